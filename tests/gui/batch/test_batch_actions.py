"""The menu of batches."""

import re

import pytest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from core import paths
from core.batch.job_progress import JobProgress
from gui.batch.batch_actions import BatchActions
from gui.batch.jobs.job_header import JobHeader
from gui.icons import Icons
from gui.language.catalogue import ENGLISH
from gui.language.translation import speak
from gui.theme import Theme

LOW_PX = 600
"""What a screen of 700 px has room for below the menu bar."""


@pytest.mark.parametrize("language", paths.languages())
def test_the_menu_fits_small_screens_and_each_of_its_letters_means_one_thing(
    language: str, theme: Theme, qtbot: QtBot
) -> None:
    speak(language)
    try:
        window = QWidget()
        qtbot.addWidget(window)
        menu = BatchActions(window, Icons(theme)).menu
    finally:
        speak(ENGLISH)
    groups = [sub for sub in menu.findChildren(QMenu) if not sub.isEmpty()]
    assert len(groups) == 4
    for each in (menu, *groups):
        assert each.sizeHint().height() <= LOW_PX
        letters = [re.findall("&(.)", action.text().lower()) for action in each.actions()]
        given = [letter for found in letters for letter in found]
        assert sorted(given) == sorted(set(given))


@pytest.mark.parametrize("language", paths.languages())
def test_a_command_has_one_name_in_the_menu_and_on_its_button(
    language: str, theme: Theme, qtbot: QtBot
) -> None:
    speak(language)
    try:
        window, icons = QWidget(), Icons(theme)
        qtbot.addWidget(window)
        actions, header = BatchActions(window, icons), JobHeader(icons)
        qtbot.addWidget(header)
        header.resize(1200, 80)
        header.show_progress(JobProgress(total=3, done=1, failed=2))
    finally:
        speak(ENGLISH)
    pairs = {
        actions.pause: header.pause_button.text(),
        actions.go_on: header.go_on_button.text(),
        actions.cancel: header.cancel_button.text(),
        actions.again: header.again_button.text(),
        actions.retry: header.retry_button.text().replace(" 2", ""),
        actions.export: header.export_button.text(),
        actions.close: header.close_button.accessibleName(),
    }
    names = [(_words(action.text()), _words(name)) for action, name in pairs.items()]
    assert [menu for menu, _ in names] == [button for _, button in names]


def test_a_paused_batch_has_one_way_to_go_on_in_its_menu(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions = BatchActions(window, Icons(theme))

    def names() -> list[str]:
        return [_words(each.text()) for each in actions.menu.actions() if each.isVisible()]

    assert {"Pause", "Go on"} <= set(names())
    actions.set_paused(True)
    assert names().count("Go on") == 1
    assert "Pause" not in names()
    actions.set_paused(False)
    assert {"Pause", "Go on"} <= set(names())


def _words(name: str) -> str:
    return name.replace("&", "").replace(" les ", " ").strip()
