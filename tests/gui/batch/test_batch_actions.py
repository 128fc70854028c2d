"""The menu of batches."""

import re

import pytest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from core import paths
from gui.batch.batch_actions import BatchActions
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
