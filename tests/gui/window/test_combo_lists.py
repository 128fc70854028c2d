"""The lists that combo boxes open, on every page and in every dialog."""

from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from tests.gui.language.pages import every_page, make_parts
from tests.window_fixtures import MakeWindow


def last_choice(box: QComboBox) -> QRect:
    view = box.view()
    return view.visualRect(view.model().index(box.count() - 1, 0))


def test_a_list_shows_its_last_choice_whole(
    make_window: MakeWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    found, cut = set(), set()
    for _, page in every_page(make_window(make_parts()), tmp_path, qtbot):
        page.activateWindow()
        for box in page.findChildren(QComboBox):
            if box.isVisible() and box.count():
                box.setFocus()
                qtbot.waitUntil(box.hasFocus)
                box.showPopup()
                name = box.accessibleName() or box.currentText()
                found.add(name)
                if not box.view().viewport().rect().contains(last_choice(box)):
                    cut.add(name)
                box.hidePopup()
    assert cut == set()
    assert len(found) == 6
