"""Somebody without a camera tries the sample, and sees both people with age and gender."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.types import Face
from gui.core_parts import CoreParts
from gui.live.live_session import LiveState
from gui.window.main_window import MainWindow
from tests.window_fixtures import MakeWindow

PATIENCE_MS = 20_000


def estimated_faces(window: MainWindow) -> list[Face]:
    shown = window.live_view.shown
    faces = shown.result.faces if shown and shown.result else ()
    return [face for face in faces if face.estimate is not None]


def test_the_sample_shows_two_tracked_faces_with_age_and_gender(
    make_window: MakeWindow, model_folder: Path, qtbot: QtBot
) -> None:
    window = make_window(CoreParts())
    QTest.mouseClick(window.empty_view.sample_button, Qt.MouseButton.LeftButton)
    assert window.session.state is LiveState.LOADING
    qtbot.waitUntil(lambda: len(estimated_faces(window)) == 2, timeout=PATIENCE_MS)

    for face in estimated_faces(window):
        assert face.track_id is not None
        assert face.gender is not None
        assert face.estimate is not None
        assert face.estimate.age_years is not None
    assert window.live_view.transport.place_label.text().endswith("/ 0:14")
    assert (
        window.live_view.status_line.engine_label.text() == "A tiny model  ·  ONNX Runtime  ·  CPU"
    )


def test_the_sample_can_be_paused_moved_and_left(
    make_window: MakeWindow, model_folder: Path, qtbot: QtBot
) -> None:
    window = make_window(CoreParts())
    window.commands.open_sample.trigger()
    qtbot.waitUntil(lambda: bool(estimated_faces(window)), timeout=PATIENCE_MS)

    QTest.keyClick(window.live_view.canvas, Qt.Key.Key_Space)
    QTest.keyClick(window.live_view.canvas, Qt.Key.Key_Right)
    slider = window.live_view.transport.slider
    qtbot.waitUntil(lambda: slider.value() >= 5000, timeout=PATIENCE_MS)
    assert window.session.state is LiveState.PAUSED

    QTest.keyClick(window.live_view.canvas, Qt.Key.Key_Escape)
    assert window.live_view.stage.currentWidget() is window.empty_view
