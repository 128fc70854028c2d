"""The list of a combo box, as large as its choices, whatever the box's own size."""

from PySide6.QtWidgets import QComboBox, QStyledItemDelegate

ROOM_PX = 40
"""For the frame, the padding and a scroll bar."""

MAX_CHOICES = 12
"""More than these are scrolled to."""


def fit_list(box: QComboBox) -> None:
    """Let the list show every choice whole; after the choices were added."""
    box.setItemDelegate(QStyledItemDelegate(box))  # the style sheet's room around a choice
    shown_count = max(1, min(box.count(), MAX_CHOICES))
    box.setMaxVisibleItems(shown_count)
    view = box.view()
    view.setMinimumWidth(view.sizeHintForColumn(0) + ROOM_PX)
    # Qt leaves too little for it below a box that has the focus, whose frame is another one.
    frame = view.contentsMargins()
    view.setMinimumHeight(shown_count * view.sizeHintForRow(0) + frame.top() + frame.bottom())
