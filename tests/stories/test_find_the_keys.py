"""Somebody who likes the keyboard asks for the keys, and goes back to the picture."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.window.keys_dialog import KeysDialog
from tests.live_fakes import FakeCore
from tests.window_fixtures import MakeWindow


def test_f1_lists_every_key_of_the_window_and_escape_closes_the_list(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(FakeCore().parts)
    QTest.keyClick(window, Qt.Key.Key_F1)
    (dialog,) = window.findChildren(KeysDialog)
    shown = {label.text() for label in dialog.findChildren(QLabel)}
    for action in (*window.actions(), *window.batch.actions.every):
        for key in action.shortcuts():
            assert any(key.toString() in text for text in shown), action.text()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(KeysDialog))
