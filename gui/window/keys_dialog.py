"""Lists the keys: those of the window's actions, and those that a page knows by itself."""

from collections.abc import Sequence

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLabel,
    QWidget,
)

from gui.scrolled_page import fill_with_page
from gui.window.actions import Actions
from gui.window.screen_fit import keep_on_screen

ZOOM_KEYS = (
    ("Shift+Left, Right, Up, Down", "Move the picture"),
    ("Wheel, pinch, double click", "Nearer, and back"),
)

BATCH_KEYS = (
    ("Up, Down, Page Up, Page Down, Home, End", "Walk through the rows"),
    ("0 to 9, Enter", "Begin an age for the chosen faces"),
    ("Enter in the age", "Take it, and go to the next face"),
    ("F, M, U", "Female, male, unsure"),
    ("Esc", "Leave a field"),
    ("Ctrl+Z", "Take the newest correction back"),
    ("Ctrl+Enter, Ctrl+R", "Open the photo full size, show it in its folder"),
    ("Ctrl+C, Ctrl+Shift+C", "Copy the rows, the photo with its faces"),
    ("Delete", "Leave the photos out of the batch"),
    ("+, −, Ctrl+0", "Zoom into the photo, and show it whole"),
    ("F2", "Rename the batch"),
    ("Ctrl+F", "Find a file"),
    ("Ctrl+1, 2, 3", "Table, faces, statistics"),
    ("Ctrl+P", "Pause, go on"),
    ("Ctrl+S", "Export"),
    ("Ctrl+W", "Close the batch; it is kept"),
)
"""Keys and what they do in a batch."""


class KeysDialog(QDialog):
    """Every key with what it does."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        page = QWidget()
        page.setObjectName("page")
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(24, 16, 24, 16)
        self._grid.setHorizontalSpacing(32)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        for title, listed in actions.by_place.items():
            self._add_section(title, [_key_line(action) for action in listed])
        self._add_section("In a picture that was zoomed into", ZOOM_KEYS)
        self._add_section("Batch", BATCH_KEYS)
        fill_with_page(self, page)
        self.resize(520, 620)
        keep_on_screen(self)

    def _add_section(self, title: str, lines: Sequence[tuple[str, str]]) -> None:
        row = self._grid.rowCount()
        heading = QLabel(title)
        heading.setObjectName("subheading")
        heading.setContentsMargins(0, 8, 0, 0)
        self._grid.addWidget(heading, row, 0, 1, 2)
        for number, (keys, text) in enumerate(lines, row + 1):
            shown = QLabel(keys)
            shown.setWordWrap(True)
            self._grid.addWidget(shown, number, 0)
            meaning = QLabel(text)
            meaning.setObjectName("muted")
            meaning.setWordWrap(True)
            self._grid.addWidget(meaning, number, 1)


def _key_line(action: QAction) -> tuple[str, str]:
    form = QKeySequence.SequenceFormat.NativeText
    keys = ", ".join(key.toString(form) for key in action.shortcuts())
    return keys, action.text().replace("&", "").removesuffix("…")
