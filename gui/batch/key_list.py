"""Asks for the keys of a job's rows, for whatever shows them."""

from array import array
from collections.abc import Callable, Sequence
from itertools import chain

from core.batch.database import Database
from core.batch.row_filter import EVERY_ROW, RowFilter, RowOrder
from core.batch.row_query import RowKey, key_of, row_keys, table_rows
from gui.batch.jobs.job_reader import JobReader


class KeyList:
    """One job, filter and order at a time; what is shown stays until the answer is there.

    Args:
        topic: of the question to the reader.
        take: gets the keys of the job that is shown now.
        narrow: what the question makes of a filter; None if no row can pass.
    """

    def __init__(
        self,
        reader: JobReader,
        topic: str,
        take: "Callable[[array[int]], None]",
        narrow: Callable[[RowFilter], RowFilter | None] = lambda row_filter: row_filter,
    ) -> None:
        self.job_id: int | None = None
        self._reader = reader
        self._topic = topic
        self._take = take
        self._narrow = narrow
        self._filter = EVERY_ROW
        self._order = RowOrder.SCAN
        self._is_descending = False
        self._keys: array[int] = array("q")
        self._in_sight: set[RowKey] = set()
        self._is_asking = self._asks_again = False
        reader.failed.connect(self._forget_question)

    def show_job(self, job_id: int | None) -> None:
        """Take the keys of another job; of none, there are none."""
        self.job_id = job_id
        self._in_sight.clear()
        self._show(array("q"))
        self._ask()

    def set_filter(self, row_filter: RowFilter) -> None:
        """Take other rows of the job."""
        self._filter = row_filter
        self._in_sight.clear()
        self._ask()

    def set_order(self, order: RowOrder, *, descending: bool) -> None:
        """Take them in another order."""
        self._order, self._is_descending = order, descending
        self._in_sight.clear()
        self._ask()

    def refresh(self, in_sight: Sequence[RowKey] = ()) -> None:
        """Ask again, after the answer that is awaited: rows were added or corrected.

        Args:
            in_sight: see `JobPage.refresh`.
        """
        if self._order is not RowOrder.SCAN or self._filter != EVERY_ROW:
            self._in_sight.update(key for key in in_sight if key > 0)
        if self._is_asking:
            self._asks_again = True
        else:
            self._ask()

    def _ask(self) -> None:
        self._asks_again = False
        job_id, order, descending = self.job_id, self._order, self._is_descending
        if job_id is None:
            return
        row_filter = self._narrow(self._filter)
        shown, in_sight = self._keys, tuple(self._in_sight)

        def query(database: Database) -> "array[int]":
            if row_filter is None:
                return array("q")
            keys = row_keys(database, job_id, row_filter, order, descending=descending)
            return _in_place(database, keys, shown, in_sight) if in_sight else keys

        self._is_asking = True
        self._reader.ask(self._topic, query, lambda keys: self._take_keys_of(job_id, keys))

    def _take_keys_of(self, job_id: int, keys: "array[int]") -> None:
        self._is_asking = False
        if job_id == self.job_id:
            self._show(keys)
        if self._asks_again:
            self._ask()

    def _show(self, keys: "array[int]") -> None:
        self._keys = keys
        self._take(keys)

    def _forget_question(self) -> None:
        """After trouble with the store no answer comes."""
        self._is_asking = False


def _in_place(
    database: Database, keys: "array[int]", shown: "array[int]", in_sight: Sequence[RowKey]
) -> "array[int]":
    """The rows in the places that they have, those in sight among them; behind them, new ones."""
    stay = [key_of(row) for row in table_rows(database, in_sight)]
    there = {*keys, *stay}
    placed = (key for key in shown if key in there)
    return array("q", dict.fromkeys(chain(placed, keys, stay)))
