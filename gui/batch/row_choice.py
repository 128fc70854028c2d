"""Which rows of a long list are chosen: as keys, and as the ranges that Qt selects."""

from array import array
from collections.abc import Callable, Iterator, Sequence, Set

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QObject,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView

MAX_RANGES = 500
"""A choice in more pieces than these is let go when the rows are read again: Qt would stall."""


class RowChoice(QObject):
    """The chosen rows of a view, which stay chosen when the rows are read again.

    Args:
        view: with its model.
        read_keys: gives the keys of all rows, in order.
        last_column: of a whole row.

    Signals:
        changed: other rows are chosen.
    """

    changed = Signal()

    def __init__(
        self,
        view: QAbstractItemView,
        read_keys: "Callable[[], array[int]]",
        last_column: int = 0,
    ) -> None:
        super().__init__(view)
        self.keys: array[int] = array("q")
        self.is_restoring = False
        self._awaited: tuple[int, Sequence[int]] | None = None
        self._heirs: Sequence[int] = ()
        self._scroll_value = 0
        self._view = view
        self._read_keys = read_keys
        self._last_column = last_column
        view.selectionModel().selectionChanged.connect(self.note)
        view.model().modelAboutToBeReset.connect(self._remember_place)

    def note(self) -> None:
        """Take what is selected for what is chosen."""
        if not self.is_restoring:
            selection = self._view.selectionModel().selection()
            self.keys = chosen_keys(selection, self._read_keys())
            self.changed.emit()

    def choose(self, key: int, beside: Sequence[int] = ()) -> None:
        """Select the row of a key, and those of others beside, now or when rows are read next."""
        keys = self._read_keys()
        if key not in keys:
            self._awaited = key, beside
            return
        self._awaited = None
        self.select(keys.index(key))
        if beside:
            self.keys = array("q", beside)
            self._restore(keys.index(key))
            self.note()

    def select(self, row: int) -> None:
        """Choose a row alone, whatever keys are held: with Ctrl, Qt's own way would toggle it."""
        index = self._view.model().index(row, max(0, self._view.currentIndex().column()))
        flag = QItemSelectionModel.SelectionFlag
        self._view.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)

    def follow(self) -> None:
        """The chosen rows are about to go: choose the next one that is left."""
        row, keys = self._view.currentIndex().row(), self._read_keys()
        self._heirs = (*keys[row + 1 :], *reversed(keys[: max(0, row)]))

    def forget(self) -> None:
        """Wait for no row any more."""
        self._awaited = None

    @property
    def is_awaiting(self) -> bool:
        """Whether a row is to be chosen when rows are read next."""
        return self._awaited is not None

    def choose_awaited(self) -> None:
        """Rows came: choose the one that was waited for, if it is there now."""
        awaited = self._take_awaited()
        if awaited is not None:
            self._view.executeDelayedItemsLayout()
            self.choose(*awaited)

    def restore(self, chosen: int | None) -> bool:
        """Rows were read again: select the same ones as before, wherever they lie now, or the one
        that was waited for, or the next one that is left.

        Args:
            chosen: the key of the row that has the keys.

        Returns:
            False if there is none of these.
        """
        keys = self._read_keys()
        awaited, heir = self._take_awaited(), self._take_heir()
        if awaited is None and heir is not None and chosen not in keys:
            awaited = heir, ()
        if awaited is not None:
            self.scroll_back()
            self.choose(*awaited)
            return True
        if chosen is None or chosen not in keys:
            return False
        row = keys.index(chosen)
        if not self._restore(row):
            self.select(row)
        self.scroll_back()
        return True

    def scroll_back(self) -> None:
        """To where the view was before the rows were read again."""
        self._view.executeDelayedItemsLayout()
        self._view.verticalScrollBar().setValue(self._scroll_value)

    def _take_awaited(self) -> tuple[int, Sequence[int]] | None:
        awaited, self._awaited = self._awaited, None
        is_there = awaited is not None and awaited[0] in self._read_keys()
        return awaited if is_there else None

    def _take_heir(self) -> int | None:
        heirs, self._heirs = self._heirs, ()
        there = set(self._read_keys()) if heirs else set()
        return next((key for key in heirs if key in there), None)

    def _remember_place(self) -> None:
        self._scroll_value = self._view.verticalScrollBar().value()

    def _restore(self, row: int) -> bool:
        """Select the chosen rows wherever they lie now, `row` among them, which has the keys.

        Without a word while the same ones are chosen: what is being typed is meant for them.

        Returns:
            False if they lie too far apart; then nothing changes.
        """
        model, keys = self._view.model(), self._read_keys()
        before = set(self.keys)
        chosen = before | {keys[row]}
        selection = selection_of(model, keys, chosen, self._last_column)
        if selection is None:
            return False
        flag = QItemSelectionModel.SelectionFlag
        self.is_restoring = True
        self._view.selectionModel().setCurrentIndex(model.index(row, 0), flag.NoUpdate)
        self._view.selectionModel().select(selection, flag.ClearAndSelect)
        self.is_restoring = False
        found_count = sum(part.height() for part in selection.toList())
        if not len(before) == len(chosen) == found_count:
            self.note()
        return True


def chosen_keys(selection: QItemSelection, keys: "array[int]") -> "array[int]":
    """The keys of the selected rows, from the top down."""
    spans = sorted({(part.top(), part.bottom()) for part in selection.toList()})
    chosen = array("q")
    for top, bottom in spans:
        chosen.extend(keys[top : bottom + 1])
    return chosen


def selection_of(
    model: QAbstractItemModel, keys: "array[int]", chosen: Set[int], last_column: int = 0
) -> QItemSelection | None:
    """The rows of these keys, wherever they lie now; None if they lie too far apart."""
    selection = QItemSelection()
    for count, (top, bottom) in enumerate(_runs(keys, chosen), 1):
        if count > MAX_RANGES:
            return None
        selection.select(model.index(top, 0), model.index(bottom, last_column))
    return selection


def _runs(keys: "array[int]", chosen: Set[int]) -> Iterator[tuple[int, int]]:
    """The first and the last row of each piece."""
    top: int | None = None
    for row, key in enumerate(keys):
        if key in chosen:
            top = row if top is None else top
        elif top is not None:
            yield top, row - 1
            top = None
    if top is not None:
        yield top, len(keys) - 1
