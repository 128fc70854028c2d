"""Rows that are dragged out of the window, as files."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QMimeData, QModelIndex, QUrl

from core.batch.record import TableRow


def files_to_drag(
    indexes: Iterable[QModelIndex], row_at: Callable[[int], TableRow | None]
) -> QMimeData:
    """What a file manager or a mail takes: each photo once.

    Args:
        row_at: gives the row of a number; None for one that was scrolled past long ago, which is
            left out.
    """
    rows = map(row_at, sorted({index.row() for index in indexes}))
    paths = (row.facts.path for row in rows if row is not None)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in dict.fromkeys(paths)])
    return data
