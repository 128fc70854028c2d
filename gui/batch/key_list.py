"""Asks for the keys of a job's rows, for whatever shows them."""

from array import array
from collections.abc import Callable

from core.batch.database import Database
from core.batch.row_filter import EVERY_ROW, RowFilter, RowOrder
from core.batch.row_query import row_keys
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
        self._is_asking = self._asks_again = False
        reader.failed.connect(self._forget_question)

    def show_job(self, job_id: int | None) -> None:
        """Take the keys of another job; of none, there are none."""
        self.job_id = job_id
        self._take(array("q"))
        self._ask()

    def set_filter(self, row_filter: RowFilter) -> None:
        """Take other rows of the job."""
        self._filter = row_filter
        self._ask()

    def set_order(self, order: RowOrder, *, descending: bool) -> None:
        """Take them in another order."""
        self._order, self._is_descending = order, descending
        self._ask()

    def refresh(self) -> None:
        """Ask again, after the answer that is awaited: rows were added or corrected."""
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

        def query(database: Database) -> "array[int]":
            if row_filter is None:
                return array("q")
            return row_keys(database, job_id, row_filter, order, descending=descending)

        self._is_asking = True
        self._reader.ask(self._topic, query, lambda keys: self._take_keys_of(job_id, keys))

    def _take_keys_of(self, job_id: int, keys: "array[int]") -> None:
        self._is_asking = False
        if job_id == self.job_id:
            self._take(keys)
        if self._asks_again:
            self._ask()

    def _forget_question(self) -> None:
        """After trouble with the store no answer comes."""
        self._is_asking = False
