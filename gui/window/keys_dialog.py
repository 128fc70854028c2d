"""Lists the keys: those of the window's actions, and those that a page knows by itself."""

from collections.abc import Sequence

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLabel,
    QWidget,
)

from gui.language.translation import marked, translate
from gui.scrolled_page import fill_with_page
from gui.window.actions import Actions
from gui.window.screen_fit import keep_on_screen

WIDTH_PX = 640
ZOOM_KEYS = (
    marked("KeysDialog", "Shift+Left, Right, Up, Down\tMove the picture"),
    marked("KeysDialog", "Wheel, pinch, double click\tNearer, and back"),
)

PAGE_KEYS = (
    marked("KeysDialog", "Up, Down, Page Up, Page Down, Home, End\tWalk through the rows"),
    marked("KeysDialog", "0 to 9, Enter\tBegin an age for the chosen faces"),
    marked("KeysDialog", "Enter in the age\tTake it, and go to the next face"),
    marked("KeysDialog", "Esc\tLeave a field"),
    marked(
        "KeysDialog",
        "Arrows, Shift+arrows, Enter, Esc\tMove, resize, take, leave the box that is drawn",
    ),
    marked("KeysDialog", "Delete in the photo\tDelete the face"),
    marked("KeysDialog", "Ctrl+1, 2, 3\tTable, faces, statistics"),
)
"""Keys, a tab, and what they do in a batch, besides those of its menu."""


class KeysDialog(QDialog):
    """Every key with what it does.

    Args:
        batch_actions: all that can be done with a batch.
    """

    def __init__(self, actions: Actions, batch_actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        page = QWidget()
        page.setObjectName("page")
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(24, 16, 24, 16)
        self._grid.setHorizontalSpacing(32)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        for title, listed in actions.by_place.items():
            self._add_section(title, [_key_line(action) for action in listed])
        self._add_section(self.tr("In a picture that was zoomed into"), _translated(ZOOM_KEYS))
        with_keys = [action for action in batch_actions if action.shortcuts()]
        lines = [_key_line(action) for action in with_keys]
        self._add_section(self.tr("Batch"), [*_translated(PAGE_KEYS), *lines])
        fill_with_page(self, page)
        self.resize(WIDTH_PX, self._grid.totalHeightForWidth(WIDTH_PX))
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


def _translated(lines: Sequence[str]) -> list[tuple[str, str]]:
    parted = (translate("KeysDialog", line).split("\t") for line in lines)
    return [(keys, text) for keys, text in parted]
