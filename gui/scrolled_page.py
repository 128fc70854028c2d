"""Pages of dialogs, which scroll where the screen is small."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QScrollArea, QVBoxLayout, QWidget


class ScrolledPage(QScrollArea):
    """Wants the size of its page; where it gets less height, the page scrolls."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.page = page
        page.setObjectName("page")
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def sizeHint(self) -> QSize:  # noqa: N802
        wanted = self.page.sizeHint()
        if self.page.hasHeightForWidth():
            wanted.setHeight(self.page.heightForWidth(max(self.width(), wanted.width())))
        return wanted


def fill_with_page(dialog: QDialog, page: QWidget) -> None:
    """Give `dialog`, which has no layout yet, its page to read and a button to close it."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.setContentsMargins(16, 8, 16, 16)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(ScrolledPage(page))
    column.addWidget(buttons)
