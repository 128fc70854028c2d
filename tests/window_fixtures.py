"""Fixtures of every test that needs a window: settings of its own, and no error in the log."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.batch import database
from gui.core_parts import CoreParts
from gui.language.catalogue import ENGLISH
from gui.language.translation import speak
from gui.preferences import Preferences
from gui.theme import ColourScheme, Theme, choose_font
from gui.window.main_window import MainWindow

MakeWindow = Callable[[CoreParts], MainWindow]


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path) -> None:
    scope = QSettings.Scope.UserScope
    QSettings.setPath(QSettings.Format.IniFormat, scope, str(tmp_path / "settings"))


@pytest.fixture(autouse=True)
def own_jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The store of the test's own jobs."""
    path = tmp_path / "data" / "jobs.sqlite"
    monkeypatch.setattr(database, "default_path", lambda: path)
    return path


@pytest.fixture(autouse=True)
def no_error_in_the_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    errors = [record for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
    assert not errors, errors


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> None:
    """Whatever the desktop or another test speaks."""
    speak(ENGLISH)


@pytest.fixture(autouse=True)
def own_font(qapp: QApplication) -> None:
    """As the app itself chooses it: texts need as much room as there."""
    choose_font(qapp)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = Theme(qapp)
    theme.apply(Qt.ColorScheme.Light)
    yield theme
    theme.choose(ColourScheme.SYSTEM)
    qapp.styleHints().colorSchemeChanged.disconnect(theme.follow_system)
    theme.deleteLater()


@pytest.fixture
def make_window(qtbot: QtBot, theme: Theme) -> Iterator[MakeWindow]:
    """Opens windows; at the end each is closed and its threads have ended."""
    windows: list[MainWindow] = []

    def make(parts: CoreParts) -> MainWindow:
        window = MainWindow(theme, Preferences(), parts)
        windows.append(window)
        with qtbot.waitSignal(window.painted_first):
            window.show()
        return window

    yield make
    for window in windows:
        window.close()
        window.join()
        window.deleteLater()
