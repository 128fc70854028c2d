"""What Enter does in a dialog while no button has the focus."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from gui import file_dialogs
from gui.batch.export.export_dialog import ExportDialog
from gui.window.main_window import MainWindow
from tests.gui.language.pages import every_page, make_parts
from tests.window_fixtures import MakeWindow

WITHOUT_PRIMARY = {"get a model": "Download"}
"""What Enter presses where no button stands out, and it does not close the dialog."""


@pytest.fixture
def window(make_window: MakeWindow) -> MainWindow:
    return make_window(make_parts())


def test_enter_presses_the_button_that_stands_out_or_closes(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    found, names = set(), set()
    for name, dialog in every_page(window, tmp_path, qtbot):
        if not isinstance(dialog, QDialog):
            continue
        buttons = dialog.findChildren(QPushButton)
        primary = [_text(button) for button in buttons if button.objectName() == "primary"]
        names.add(name)
        expected = primary or [WITHOUT_PRIMARY.get(name, "Close")] * bool(buttons)
        default = [_text(button) for button in buttons if button.isDefault()]
        if default != expected:
            found.add((name, *default))
    assert found == set()
    assert {"learning", "compare a batch", "comparison", "people", "crash"} <= names


def test_enter_exports(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_dialogs, "ask_target", lambda *_: None)
    for name, dialog in every_page(window, tmp_path, qtbot):
        if name == "export as csv" and isinstance(dialog, ExportDialog):
            dialog.form.set_target(tmp_path / "faces.csv")
            QTest.keyClick(dialog.form.format_buttons[dialog.form.task.format], Qt.Key.Key_Return)
            qtbot.waitUntil(dialog.outcome.isVisible)
            break
    assert (tmp_path / "faces.csv").is_file()


def _text(button: QPushButton) -> str:
    return button.text().replace("&", "")
