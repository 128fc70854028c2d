"""Somebody who reads French rather than English, and has no mouse."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core import paths
from gui.choices.settings_dialog import SettingsDialog
from gui.preferences import Preferences
from gui.start.window_keeper import WindowKeeper
from gui.theme import Theme
from gui.window.main_window import MainWindow
from tests.live_fakes import FakeCore, FakeVideo


@pytest.fixture
def keeper(theme: Theme, qtbot: QtBot) -> Iterator[WindowKeeper]:
    core = FakeCore({"sample": FakeVideo(frame_count=6000)})
    keeper = WindowKeeper(theme, Preferences(), core.parts)
    with qtbot.waitSignal(keeper.window.painted_first):
        keeper.window.show()
    yield keeper
    keeper.window.close()
    keeper.window.join()
    keeper.window.deleteLater()


def choose_french(window: MainWindow, qtbot: QtBot) -> None:
    """Ctrl+comma, Tab and arrows to the language, Enter."""
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = window.findChildren(SettingsDialog)
    qtbot.waitUntil(lambda: dialog.focusWidget() is not None)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    for _ in paths.languages():
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Down)
    assert dialog.language.value == "fr"
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_french_is_chosen_by_keyboard_and_the_window_goes_on_in_it(
    keeper: WindowKeeper, qtbot: QtBot
) -> None:
    english = keeper.window
    english.open_source("sample")
    qtbot.waitUntil(lambda: english.live_view.shown is not None)
    choose_french(english, qtbot)

    qtbot.waitUntil(lambda: keeper.window is not english)
    window = keeper.window
    assert window.menuBar().actions()[0].text() == "&Fichier"
    assert window.commands.settings.toolTip().startswith("Paramètres (Ctrl+")
    qtbot.waitUntil(lambda: window.live_view.shown is not None)
    assert Preferences().look.language == "fr"


def test_another_start_speaks_french_again(theme: Theme, qtbot: QtBot) -> None:
    preferences = Preferences()
    preferences.look = type(preferences.look)(language="fr")
    keeper = WindowKeeper(theme, Preferences(), FakeCore().parts)
    assert keeper.window.commands.quit.text() == "&Quitter"
    keeper.window.close()
    keeper.window.join()


def test_a_language_for_one_session_is_not_kept(theme: Theme) -> None:
    assert "fr" in paths.languages()
    preferences = Preferences(language="fr")
    preferences.look = preferences.look
    assert preferences.look.language == "fr"
    assert Preferences().look.language == "system"
