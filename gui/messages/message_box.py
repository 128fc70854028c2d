"""A message or a question in a box of its own."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

EXTRA_MARGIN_PX = 12
"""Beside Qt's own one: as much room as the dialogs have around their words."""


def make_message_box(parent: QWidget, title: str) -> QMessageBox:
    """One without words yet; it is forgotten when it is closed."""
    box = QMessageBox(parent)
    box.setWindowTitle(title)
    box.setContentsMargins(*(4 * (EXTRA_MARGIN_PX,)))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box
