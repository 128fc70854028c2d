"""The rows, and the photo of the chosen one at their side."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

ROWS_SHARE, MAX_ROWS_PX = 0.6, 760
"""What the rows get of the width at first; the rest is the photo's."""


class SideBySide(QSplitter):
    """Parts its width when it is seen first; then as the user wants it."""

    def __init__(self, rows: QWidget, photo: QWidget) -> None:
        super().__init__()
        self._was_shown = False
        self.setChildrenCollapsible(False)
        for number, widget in enumerate((rows, photo)):
            self.addWidget(widget)
            self.setStretchFactor(number, 1)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        if not self._was_shown:
            self._was_shown = True
            rows_px = min(round(ROWS_SHARE * self.width()), MAX_ROWS_PX)
            self.setSizes([rows_px, self.width() - rows_px])
