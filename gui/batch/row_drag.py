"""Rows that are dragged out of the window, as files."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl


def files_to_drag(paths: Iterable[Path]) -> QMimeData:
    """What a file manager or a mail takes: each photo once."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in dict.fromkeys(paths)])
    return data
