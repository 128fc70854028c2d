"""The list of a combo box, as wide as its longest choice, whatever the box's own width."""

from PySide6.QtWidgets import QComboBox, QStyledItemDelegate

ROOM_PX = 40
"""For the frame, the padding and a scroll bar."""


def widen_list(box: QComboBox) -> None:
    """Let the list show every choice whole; after the choices were added."""
    box.setItemDelegate(QStyledItemDelegate(box))  # the style sheet's room around a choice
    box.setMaxVisibleItems(max(1, box.count()))
    view = box.view()
    view.setMinimumWidth(view.sizeHintForColumn(0) + ROOM_PX)
