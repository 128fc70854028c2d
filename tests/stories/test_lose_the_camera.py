"""Somebody's camera is unplugged while live; the window says so, and goes on when it is back."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from core.errors import SourceError
from gui.live.live_session import LiveState
from gui.window.main_window import MainWindow
from tests.core.sources.builders import FakeCamera
from tests.live_fakes import FakeCore
from tests.window_fixtures import MakeWindow

PATIENCE_MS = 10_000


def open_camera(camera: FakeCamera, make_window: MakeWindow, qtbot: QtBot) -> MainWindow:
    source = camera.make_source(0, camera.name)
    parts = replace(FakeCore().parts, make_source=lambda _word, _settings: source)
    window = make_window(parts)
    window.open_source("camera:0")
    qtbot.waitUntil(lambda: window.live_view.shown is not None, timeout=PATIENCE_MS)
    return window


def test_a_lost_camera_is_told_the_last_picture_stays_and_it_comes_back(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    camera = FakeCamera(name="Desk camera")
    window = open_camera(camera, make_window, qtbot)
    strip = window.live_view.strip

    camera.is_plugged = False
    qtbot.waitUntil(
        lambda: strip.text.startswith("Desk camera gives no picture"), timeout=PATIENCE_MS
    )
    assert window.session.state is LiveState.RUNNING
    assert window.live_view.shown is not None

    camera.is_plugged = True
    qtbot.waitUntil(strip.isHidden, timeout=PATIENCE_MS)
    shown = window.live_view.shown
    qtbot.waitUntil(lambda: window.live_view.shown is not shown, timeout=PATIENCE_MS)


def test_a_camera_that_another_program_uses_is_a_sentence_with_a_way_out(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    camera = FakeCamera(name="Desk camera", gives_pictures=False)
    source = camera.make_source(0, camera.name)
    window = make_window(replace(FakeCore().parts, make_source=lambda _word, _settings: source))
    window.open_source("camera:0")
    trouble = window.live_view.trouble_view
    qtbot.waitUntil(lambda: window.session.state is LiveState.FAILED, timeout=PATIENCE_MS)
    assert trouble.text == "Desk camera could not be opened. Is another program using it?"

    camera.gives_pictures = True
    trouble.retry_button.click()
    qtbot.waitUntil(lambda: window.live_view.shown is not None, timeout=PATIENCE_MS)


def test_a_camera_that_breaks_for_good_is_a_sentence(make_window: MakeWindow, qtbot: QtBot) -> None:
    camera = FakeCamera(name="Desk camera")
    window = open_camera(camera, make_window, qtbot)
    camera.breaks_with = SourceError("Desk camera broke.")
    qtbot.waitUntil(lambda: window.session.state is LiveState.FAILED, timeout=PATIENCE_MS)
    assert window.live_view.trouble_view.text == "Desk camera broke."
