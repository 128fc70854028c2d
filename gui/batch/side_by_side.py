"""The rows, and the photo of the chosen one at their side."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

ROWS_SHARE, MAX_ROWS_PX = 0.6, 760
"""What the rows get of the width; the rest is the photo's."""

LEAST_PHOTO_PX = 380
"""What stays for the photo when the rows want more."""


class SideBySide(QSplitter):
    """Parts its width, until the user parts it otherwise.

    Attributes:
        chosen_share: what the user gave the rows, 0-1; None if that was left to it.
    """

    def __init__(self, rows: QWidget, photo: QWidget) -> None:
        super().__init__()
        self.chosen_share: float | None = None
        self._wanted_px = 0
        self.setChildrenCollapsible(False)
        for number, widget in enumerate((rows, photo)):
            self.addWidget(widget)
            self.setStretchFactor(number, 1)
        self.splitterMoved.connect(self._keep)

    def give_rows(self, wanted_px: int) -> None:
        """Let the rows have this width where the photo can spare it."""
        self._wanted_px = wanted_px
        self._part()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._part()

    def _part(self) -> None:
        rows_px = min(round(ROWS_SHARE * self.width()), MAX_ROWS_PX)
        rows_px = max(rows_px, min(self._wanted_px, self.width() - LEAST_PHOTO_PX))
        if self.chosen_share is not None:
            rows_px = round(self.chosen_share * self.width())
        self.setSizes([rows_px, self.width() - rows_px])

    def _keep(self, rows_px: int) -> None:
        self.chosen_share = rows_px / self.width()
