"""The live view: nothing yet, a video, a photo, a camera that fails, a recording."""

import tempfile
from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QWidget

from core import paths
from gui import file_dialogs
from gui.language.translation import translate
from gui.live.live_session import LiveState
from gui.window.main_window import MainWindow
from scenes.stage import wait

NEAR_FACTOR = 2.5
RECORDING = "sample.webm"


def show_empty(window: MainWindow) -> QWidget:
    window.batch.view.close_wanted.emit()
    window.session.stop()
    return window


def show_live(window: MainWindow) -> QWidget:
    """The sample with both faces estimated, some seconds in, when figures stand."""
    window.open_source("sample")
    wait(lambda: _estimated_faces(window) >= 2 and _shown_time_s(window) > 4.0)
    window.live_view.toggle_pause()
    return window


def show_photo(window: MainWindow) -> QWidget:
    window.open_source(str(paths.sample_photo()))
    wait(lambda: _estimated_faces(window) >= 1)
    return window


def show_error(window: MainWindow) -> QWidget:
    window.open_source("camera:99")
    wait(lambda: window.session.state is LiveState.FAILED)
    return window


def show_message(window: MainWindow) -> QWidget:
    """A message above the running sample."""
    show_live(window)
    text = translate("Drop", "{name} is neither a photo, a video nor a folder.")
    action = translate("MainWindow", "Choose a file"), lambda: None
    window.live_view.strip.show_trouble(text.format(name="notes.txt"), action)
    return window


def _estimated_faces(window: MainWindow) -> int:
    shown = window.live_view.shown
    if shown is None or shown.result is None:
        return 0
    return sum(face.estimate is not None for face in shown.result.faces)


def _shown_time_s(window: MainWindow) -> float:
    shown = window.live_view.shown
    return 0.0 if shown is None or shown.result is None else shown.result.frame.time_s


def show_near(window: MainWindow) -> QWidget:
    """The photo, zoomed into one of its faces."""
    show_photo(window)
    shown, zoom = window.live_view.shown, window.live_view.canvas.zoom
    assert shown is not None and shown.result is not None
    box, frame = shown.result.faces[0].box, shown.result.frame.image
    area = zoom.area
    x, y = (box.left + box.right) / 2 / frame.shape[1], (box.top + box.bottom) / 2 / frame.shape[0]
    face = QPointF(area.left() + x * area.width(), area.top() + y * area.height())
    zoom.zoom_by(NEAR_FACTOR, face)
    zoom.pan(QRectF(window.live_view.canvas.rect()).center() - face)
    return window


def show_recording(window: MainWindow) -> QWidget:
    """The first seconds of a recording."""
    window.open_source("sample")
    wait(lambda: _estimated_faces(window) >= 2)
    target = Path(tempfile.mkdtemp(), RECORDING)
    with patch.object(file_dialogs, "ask_target", lambda *_: target):
        window.commands.record.trigger()
    wait(lambda: window.live_view.transport.recording_label.text() >= "● 0:01")
    return window


def show_recorded(window: MainWindow) -> QWidget:
    """What is said of a recording that has ended."""
    if RECORDING in window.live_view.strip.text:
        return window
    if not window.live_view.transport.recording_label.text():
        show_recording(window)
    window.commands.record.trigger()
    window.live_view.toggle_pause()
    wait(lambda: RECORDING in window.live_view.strip.text)
    return window
