"""Somebody studies a video: frame by frame, slowly, again and again; and comes back to it later."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from gui.live.live_session import LiveState
from gui.preferences import Preferences
from gui.window.main_window import MainWindow
from tests.live_fakes import FakeCore, FakeVideo
from tests.window_fixtures import MakeWindow


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "Film & more.mp4"
    path.touch()
    return path


@pytest.fixture
def core(film: Path) -> FakeCore:
    video = FakeVideo(frame_count=600)
    video.frame_rate_hz = 10.0  # type: ignore[assignment]
    return FakeCore({"sample": FakeVideo(frame_count=3), str(film): video})


@pytest.fixture
def window(core: FakeCore, make_window: MakeWindow) -> MainWindow:
    return make_window(core.parts)


def start(window: MainWindow, word: str, qtbot: QtBot) -> None:
    window.open_source(word)
    qtbot.waitUntil(lambda: window.live_view.shown is not None)


def press(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(window.focusWidget() or window, key)


def shown_time_s(window: MainWindow) -> float:
    shown = window.live_view.shown
    assert shown is not None
    assert shown.result is not None
    return round(shown.result.frame.time_s, 2)


def wait_for_frame(window: MainWindow, time_s: float, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: shown_time_s(window) == time_s)


def test_full_stop_and_comma_step_through_the_frames(
    window: MainWindow, film: Path, qtbot: QtBot
) -> None:
    start(window, str(film), qtbot)
    press(window, Qt.Key.Key_Space)
    window.session.seek(30.0)
    wait_for_frame(window, 30.0, qtbot)
    for key, time_s in (("Period", 30.1), ("Period", 30.2), ("Comma", 30.1), ("Comma", 30.0)):
        press(window, getattr(Qt.Key, f"Key_{key}"))
        wait_for_frame(window, time_s, qtbot)
    assert window.session.state is LiveState.PAUSED


def test_brackets_change_the_speed_and_no_frame_is_left_out(
    core: FakeCore, window: MainWindow, film: Path, qtbot: QtBot
) -> None:
    start(window, str(film), qtbot)
    for _ in range(9):
        press(window, Qt.Key.Key_BracketRight)
    assert window.live_view.transport.speed_label.text() == "4×"
    for _ in range(3):
        press(window, Qt.Key.Key_BracketLeft)
    assert window.live_view.transport.speed_label.text() == ""
    qtbot.waitUntil(lambda: shown_time_s(window) >= 1.0)
    times_s = [frame.time_s for frame in core.pipelines[0].processed]
    assert times_s == [number / 10 for number in range(len(times_s))]


def test_a_loop_begins_again_at_the_end(window: MainWindow, core: FakeCore, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    start(window, "sample", qtbot)
    qtbot.waitUntil(lambda: len(core.pipelines[0].processed) > 7)
    assert window.session.state is LiveState.RUNNING
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.session.state is LiveState.ENDED)


def test_what_was_opened_is_offered_again_until_it_is_to_be_forgotten(
    window: MainWindow, film: Path, qtbot: QtBot
) -> None:
    row = window.empty_view.recent_row
    assert row.isHidden()
    start(window, str(film), qtbot)
    press(window, Qt.Key.Key_Escape)
    assert not row.isHidden()
    (button,) = row.findChildren(QPushButton)
    assert button.accessibleName() == "Open Film & more.mp4 again"
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.state is LiveState.RUNNING)
    press(window, Qt.Key.Key_Escape)
    forget = next(each for each in row.findChildren(QToolButton) if each.isVisible())
    forget.click()
    assert row.isHidden()
    assert Preferences().recent == ()


def test_neither_the_sample_nor_a_camera_is_remembered(window: MainWindow, qtbot: QtBot) -> None:
    start(window, "sample", qtbot)
    press(window, Qt.Key.Key_Escape)
    assert window.empty_view.recent_row.isHidden()
