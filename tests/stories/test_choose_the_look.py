"""Somebody wants a dark window, ages alone beside the faces, and no small faces."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from core.label_contents import LabelContents
from gui.choices.settings_dialog import SettingsDialog
from gui.preferences import Preferences
from gui.theme import ColourScheme, Theme, load_colours
from gui.window.main_window import MainWindow
from tests.live_fakes import FakeCore, FakeVideo
from tests.window_fixtures import MakeWindow


def open_settings(window: MainWindow) -> SettingsDialog:
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = window.findChildren(SettingsDialog)
    return dialog


def test_a_look_is_worn_at_once_and_remembered(
    make_window: MakeWindow, theme: Theme, qtbot: QtBot
) -> None:
    core = FakeCore({"sample": FakeVideo(frame_count=600)})
    window = make_window(core.parts)
    window.open_source("sample")
    qtbot.waitUntil(lambda: window.live_view.shown is not None)
    dialog = open_settings(window)
    dialog.colour_scheme.choose(ColourScheme.DARK)
    for box in (dialog.labels.range, dialog.labels.gender):
        QTest.keyClick(box, Qt.Key.Key_Space)
    dialog.min_face.setFocus()
    dialog.min_face.selectAll()
    QTest.keyClicks(dialog.min_face, "48")
    ok = dialog.findChild(QDialogButtonBox)
    assert ok is not None
    QTest.keyClick(ok.button(QDialogButtonBox.StandardButton.Ok), Qt.Key.Key_Space)

    assert theme.colours == load_colours(Qt.ColorScheme.Dark)
    assert window.palette().window().color() == QColor(theme.colours.window)
    qtbot.waitUntil(lambda: len(core.settings) == 2)
    assert core.settings[1].min_face_px == 48
    qtbot.waitUntil(lambda: window.live_view.canvas.result is not None)
    result = window.live_view.canvas.result
    assert result is not None
    (face,) = window.live_view.canvas.labelled(result).faces
    assert face.gender is None
    assert face.estimate is not None
    assert (face.estimate.age_years, face.estimate.age_low_years) == (34, None)
    assert Preferences().look.colour_scheme is ColourScheme.DARK
    assert Preferences().look.label_contents == LabelContents(has_range=False, has_gender=False)
    assert Preferences().settings.min_face_px == 48


def test_who_chose_light_stays_light_when_the_system_turns_dark(
    make_window: MakeWindow, theme: Theme
) -> None:
    window = make_window(FakeCore().parts)
    dialog = open_settings(window)
    dialog.colour_scheme.choose(ColourScheme.LIGHT)
    dialog.accept()
    theme.follow_system(Qt.ColorScheme.Dark)
    assert theme.colours == load_colours(Qt.ColorScheme.Light)


def test_without_an_age_there_is_no_range_to_choose(make_window: MakeWindow) -> None:
    dialog = open_settings(make_window(FakeCore().parts))
    QTest.keyClick(dialog.labels.age, Qt.Key.Key_Space)
    assert not dialog.labels.range.isEnabled()
