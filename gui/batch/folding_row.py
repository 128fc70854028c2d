"""Two widgets side by side where there is room, else one above the other."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget


class FoldingRow(QFrame):
    """Folds when it is narrower than `fold_below_px`; the one called `wide` takes what is left."""

    def __init__(self, first: QWidget, second: QWidget, wide: QWidget, fold_below_px: int) -> None:
        super().__init__()
        self._fold_below_px = fold_below_px
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(12)
        for widget in (first, second):
            self._box.addWidget(widget, 1 if widget is wide else 0)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As wide as the widest: it can fold."""
        items = (self._box.itemAt(number) for number in range(self._box.count()))
        width_px = max(item.minimumSize().width() for item in items if item is not None)
        return QSize(width_px, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        is_narrow = event.size().width() < self._fold_below_px
        direction = QBoxLayout.Direction
        self._box.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)
        self._box.setSpacing(8 if is_narrow else 12)
