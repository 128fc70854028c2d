"""Ctrl+Z takes back the newest change, of whichever kind, and leads to it."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from gui.batch.batch_view import BatchView
from gui.batch.table.row_model import Column
from gui.window.main_window import MainWindow
from tests.gui.batch.builders import label_album

PATIENCE_MS = 10_000
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def view(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> BatchView:
    """Four photos of a man each."""
    view = label_album(window, tmp_path / "album", 4, qtbot)
    view.table.setFocus()
    return view


def wait_for(view: BatchView, genders: Sequence[str], qtbot: QtBot) -> None:
    rows = view.table.rows

    def is_read() -> bool:
        texts = [rows.index(row, Column.GENDER).data() for row in range(rows.rowCount())]
        return not view.session.is_active and texts == list(genders)

    qtbot.waitUntil(is_read, timeout=PATIENCE_MS)


def press(
    view: BatchView,
    *keys: Qt.Key,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    for key in keys:
        QTest.keyClick(view.window().focusWidget(), key, modifiers)


def leave_out_chosen(window: MainWindow, qtbot: QtBot) -> None:
    press(window.batch.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)), timeout=PATIENCE_MS)
    question = window.findChildren(QMessageBox)[-1]
    (button,) = [each for each in question.buttons() if each.text() == "Leave out"]
    button.click()
    qtbot.waitUntil(lambda: not window.findChildren(QMessageBox), timeout=PATIENCE_MS)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
    window.batch.view.table.setFocus()


def test_leaving_out_is_taken_back_in_turn_with_corrections(
    window: MainWindow, view: BatchView, qtbot: QtBot
) -> None:
    view.table.selectRow(0)
    press(view, Qt.Key.Key_F)
    wait_for(view, ["Female ✎", "Male", "Male", "Male"], qtbot)
    view.table.selectRow(3)
    press(view, Qt.Key.Key_U)
    wait_for(view, ["Female ✎", "Male", "Male", "Unsure ✎"], qtbot)
    leave_out_chosen(window, qtbot)
    wait_for(view, ["Female ✎", "Male", "Male"], qtbot)
    view.table.selectRow(1)
    leave_out_chosen(window, qtbot)
    wait_for(view, ["Female ✎", "Male"], qtbot)
    view.table.selectRow(1)
    press(view, Qt.Key.Key_F)
    wait_for(view, ["Female ✎", "Female ✎"], qtbot)
    for genders in (
        ["Female ✎", "Male"],
        ["Female ✎", "Male", "Male"],
        ["Female ✎", "Male", "Male", "Unsure ✎"],
        ["Female ✎", "Male", "Male", "Male"],
        ["Male", "Male", "Male", "Male"],
    ):
        assert window.batch.actions.undo.isEnabled()
        press(view, Qt.Key.Key_Z, modifiers=CTRL)
        wait_for(view, genders, qtbot)
        assert len(view.table.chosen_keys) == 1, "where it was"
    qtbot.waitUntil(lambda: not window.batch.actions.undo.isEnabled(), timeout=PATIENCE_MS)


def test_ctrl_z_pressed_twice_at_once_takes_two_changes_back(
    window: MainWindow, view: BatchView, qtbot: QtBot
) -> None:
    for count in (3, 2):
        view.table.selectRow(0)
        leave_out_chosen(window, qtbot)
        wait_for(view, ["Male"] * count, qtbot)
    press(view, Qt.Key.Key_Z, Qt.Key.Key_Z, modifiers=CTRL)
    wait_for(view, ["Male"] * 4, qtbot)


def test_undo_leads_to_a_face_that_the_filter_hides_and_it_can_be_corrected(
    view: BatchView, qtbot: QtBot
) -> None:
    view.table.selectRow(0)
    press(view, Qt.Key.Key_F)
    wait_for(view, ["Female ✎", "Male", "Male", "Male"], qtbot)
    view.filter_bar.text.setText("003")
    wait_for(view, ["Male"], qtbot)
    view.table.selectRow(0)
    press(view, Qt.Key.Key_Z, modifiers=CTRL)
    wait_for(view, ["Male", "Male"], qtbot)
    form = view.panel.form
    qtbot.waitUntil(lambda: view.panel.name_label.text() == "000.png", timeout=PATIENCE_MS)
    assert form.isVisible()
    assert list(view.table.chosen_keys) == list(form.face_ids)
    press(view, Qt.Key.Key_U)
    wait_for(view, ["Male", "Unsure ✎"], qtbot)
    view.filter_bar.text.setText("")
    wait_for(view, ["Unsure ✎", "Male", "Male", "Male"], qtbot)


def test_undo_among_the_statistics_leads_to_its_row_in_the_table(
    view: BatchView, qtbot: QtBot
) -> None:
    view.table.selectRow(0)
    press(view, Qt.Key.Key_F)
    wait_for(view, ["Female ✎", "Male", "Male", "Male"], qtbot)
    view.filter_bar.text.setText("003")
    wait_for(view, ["Male"], qtbot)
    view.pages.choose(2)
    view.statistics.setFocus()
    press(view, Qt.Key.Key_Z, modifiers=CTRL)
    qtbot.waitUntil(lambda: view.panel.name_label.text() == "000.png", timeout=PATIENCE_MS)
    view.pages.choose(0)
    wait_for(view, ["Male", "Male"], qtbot)
    assert list(view.table.chosen_keys) == list(view.panel.form.face_ids)


def test_undo_is_offered_only_where_something_can_be_undone(
    window: MainWindow, view: BatchView, qtbot: QtBot
) -> None:
    undo, button = window.batch.actions.undo, view.panel.form.undo_button
    view.table.selectRow(0)
    assert not undo.isEnabled()
    assert not button.isEnabled()
    press(view, Qt.Key.Key_4)
    assert undo.isEnabled(), "what is typed can be forgotten"
    press(view, Qt.Key.Key_Z, modifiers=CTRL)
    assert view.panel.form.age.text() == ""
    assert not undo.isEnabled()
    press(view, Qt.Key.Key_F)
    assert undo.isEnabled()
    assert button.isEnabled()
    press(view, Qt.Key.Key_Z, modifiers=CTRL)
    qtbot.waitUntil(lambda: not button.isEnabled(), timeout=PATIENCE_MS)
