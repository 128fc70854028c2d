"""Which rows of a long list are chosen: as keys, and as the ranges that Qt selects."""

from array import array
from collections.abc import Iterator, Set

from PySide6.QtCore import QAbstractItemModel, QItemSelection

MAX_RANGES = 500
"""A choice in more pieces than these is let go when the rows are read again: Qt would stall."""


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
