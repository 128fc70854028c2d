"""Real drag and drop events, sent as the system would."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

LEFT = Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier
ANY_ACTION = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction


def files(paths: Iterable[Path]) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drag_over(widget: QWidget, data: QMimeData) -> QDragEnterEvent:
    event = QDragEnterEvent(QPoint(20, 20), ANY_ACTION, data, LEFT, NO_KEY)
    QApplication.sendEvent(widget, event)
    return event


def drop(widget: QWidget, data: QMimeData) -> QDropEvent:
    """Enter and drop; the proposed action is a move, as some file managers propose."""
    drag_over(widget, data)
    event = QDropEvent(QPointF(20, 20), ANY_ACTION, data, LEFT, NO_KEY)
    event.setDropAction(Qt.DropAction.MoveAction)
    QApplication.sendEvent(widget, event)
    return event
