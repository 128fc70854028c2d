"""Somebody records the sample, and finds every frame in it and everybody in its tables."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

import cv2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core.errors import SourceError
from core.recording import recorder
from core.recording.video_recording import FrameWriter, VideoRecording
from core.types import Frame, FrameResult, Image
from gui import file_dialogs
from gui.live import record_keeper
from gui.live.live_session import LiveState
from gui.live.tracks_dialog import TracksDialog
from gui.window.main_window import MainWindow
from tests.fakes import make_frame
from tests.live_fakes import FakeCamera, FakeCore, FakePipeline, FakeVideo, make_face
from tests.window_fixtures import MakeWindow

RecordInto = Callable[[Path], None]


class TrackingPipeline(FakePipeline):
    """Follows one person."""

    def process(self, frame: Frame) -> FrameResult:
        return FrameResult(frame, (make_face(track_id=1),))


@pytest.fixture
def core() -> FakeCore:
    camera = FakeCamera(*[make_frame(index=i, time_s=i / 10) for i in range(20)])
    core = FakeCore({"sample": FakeVideo(frame_count=12), "camera:0": camera})
    core.next_pipeline = TrackingPipeline()
    return core


@pytest.fixture
def window(core: FakeCore, make_window: MakeWindow) -> MainWindow:
    return make_window(core.parts)


@pytest.fixture
def record_into(monkeypatch: pytest.MonkeyPatch) -> RecordInto:
    """Answers the question where to record."""

    def answer(path: Path) -> None:
        monkeypatch.setattr(file_dialogs, "ask_target", lambda *_: path)

    return answer


@pytest.fixture
def patient_recorder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every frame, though a test's camera gives them all at once."""
    monkeypatch.setattr(recorder, "MAX_WAITING", 100)


def frame_count(path: Path) -> int:
    capture, count = cv2.VideoCapture(str(path)), 0
    while capture.read()[0]:
        count += 1
    return count


def press_button(window: MainWindow, text: str) -> None:
    strip = window.live_view.strip
    (button,) = (each for each in strip.findChildren(QPushButton) if each.text() == text)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def test_a_recording_of_a_video_has_every_frame_and_ends_with_it(
    window: MainWindow,
    tmp_path: Path,
    qtbot: QtBot,
    record_into: RecordInto,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    record_into(tmp_path / "x.webm")
    opened: list[Path] = []
    monkeypatch.setattr(record_keeper, "open_file", opened.append)
    window.open_source("sample")
    qtbot.waitUntil(lambda: window.session.state is LiveState.ENDED)
    window.session.seek(0.0)
    window.session.pause()
    QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert window.live_view.transport.recording_label.text() == "● 0:00"
    QTest.keyClick(window, Qt.Key.Key_Space)
    strip = window.live_view.strip
    qtbot.waitUntil(lambda: strip.text.startswith("Recorded as x.webm"), timeout=15_000)
    assert frame_count(tmp_path / "x.webm") in (11, 12)  # the first was perhaps shown before
    assert "1 person" in strip.text
    assert window.live_view.transport.recording_label.isHidden()
    press_button(window, "Open")
    assert opened == [tmp_path / "x.webm"]
    press_button(window, "People")
    (dialog,) = window.findChildren(TracksDialog)
    dialog.copy()
    assert "\t34\t28–41\tFemale 96 %\t0:0" in QGuiApplication.clipboard().text()


def record_camera(core: FakeCore, window: MainWindow, until: str, qtbot: QtBot) -> None:
    """Begin and end a recording by the same key, once so much of it is said."""
    window.open_source("camera:0")
    qtbot.waitUntil(lambda: window.live_view.shown is not None)
    QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    feed_tenths(core, range(20, 45))
    label = window.live_view.transport.recording_label
    qtbot.waitUntil(lambda: label.text() >= until)
    QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.live_view.strip.text.startswith("Recorded as"))


def feed_tenths(core: FakeCore, tenths: range) -> None:
    """Let the camera give a frame for each of these tenths of a second."""
    camera = core.sources["camera:0"]
    assert isinstance(camera, FakeCamera)
    for number in tenths:
        camera.feed(make_frame(index=number, time_s=number / 10))


def test_the_same_key_ends_a_recording_of_a_camera(
    core: FakeCore,
    window: MainWindow,
    tmp_path: Path,
    qtbot: QtBot,
    record_into: RecordInto,
    patient_recorder: None,
) -> None:
    record_into(tmp_path / "x.csv")
    record_camera(core, window, "● 0:02", qtbot)
    assert window.live_view.strip.text.startswith("Recorded as x.csv")
    assert window.session.state is LiveState.RUNNING
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == [
        "x.csv",
        "x.jsonl",
    ]
    with (tmp_path / "x.csv").open(newline="") as stream:
        kinds = [row["row"] for row in csv.DictReader(stream)]
    assert kinds.count("track") == 1
    assert kinds.count("second") >= 2
    lines = (tmp_path / "x.jsonl").read_text().splitlines()
    assert [json.loads(line)["row"] for line in lines] == kinds


def test_leaving_the_source_ends_the_recording_and_nothing_is_lost(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, record_into: RecordInto
) -> None:
    record_into(tmp_path / "x.webm")
    window.open_source("camera:0")
    qtbot.waitUntil(lambda: window.live_view.shown is not None)
    window.commands.record.trigger()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.live_view.strip.text.startswith("Recorded as x.webm"))
    assert not window.commands.record.isEnabled()


def test_a_video_says_at_its_end_who_was_seen(window: MainWindow, qtbot: QtBot) -> None:
    window.open_source("sample")
    qtbot.waitUntil(lambda: window.live_view.strip.text == "1 person seen.")
    press_button(window, "Show")
    (dialog,) = window.findChildren(TracksDialog)
    assert dialog.table.rowCount() == 1


def test_what_is_said_of_a_recording_goes_when_another_begins(
    core: FakeCore,
    window: MainWindow,
    tmp_path: Path,
    qtbot: QtBot,
    record_into: RecordInto,
    patient_recorder: None,
) -> None:
    record_into(tmp_path / "x.csv")
    record_camera(core, window, "● 0:01", qtbot)
    record_into(tmp_path / "y.csv")
    window.commands.record.trigger()
    assert window.live_view.strip.text == ""


def test_what_is_played_is_never_written_over(
    core: FakeCore,
    window: MainWindow,
    tmp_path: Path,
    qtbot: QtBot,
    record_into: RecordInto,
) -> None:
    film = tmp_path / "film.webm"
    film.write_bytes(b"a film")
    core.sources[str(film)] = FakeVideo(frame_count=600)
    record_into(film)
    window.open_source(str(film))
    qtbot.waitUntil(lambda: window.live_view.shown is not None)
    window.commands.record.trigger()
    assert window.live_view.strip.text == "film.webm is what is being played."
    other_way = tmp_path / "other way"
    other_way.symlink_to(tmp_path)
    window.live_view.strip.clear()
    record_into(other_way / "film.webm")
    window.commands.record.trigger()
    assert window.live_view.strip.text == "film.webm is what is being played."
    assert film.read_bytes() == b"a film"


def test_trouble_is_a_sentence_and_the_picture_goes_on(
    core: FakeCore, window: MainWindow, tmp_path: Path, qtbot: QtBot, record_into: RecordInto
) -> None:
    record_into(tmp_path / "gone" / "x.webm")
    core.sources["sample"] = FakeVideo(frame_count=600)
    window.open_source("sample")
    qtbot.waitUntil(lambda: window.live_view.shown is not None)
    window.commands.record.trigger()
    qtbot.waitUntil(lambda: "could not be written" in window.live_view.strip.text)
    assert window.session.state is LiveState.RUNNING
    assert window.live_view.transport.recording_label.isHidden()


def test_a_video_waits_while_it_is_asked_where_to_record(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[float] = []

    def think(*_: object) -> Path:
        """Longer than the video lasts."""
        qtbot.wait(2000)
        assert window.live_view.shown is not None
        assert window.live_view.shown.result is not None
        shown.append(window.live_view.shown.result.frame.time_s)
        return tmp_path / "x.webm"

    monkeypatch.setattr(file_dialogs, "ask_target", think)
    window.open_source("sample")
    qtbot.waitUntil(lambda: window.live_view.shown is not None)
    QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    strip = window.live_view.strip
    qtbot.waitUntil(lambda: strip.text.startswith("Recorded as x.webm"), timeout=15_000)
    assert frame_count(tmp_path / "x.webm") == 11 - round(shown[0] * 10)


def test_a_video_goes_on_when_nothing_is_to_be_recorded_after_all(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_dialogs, "ask_target", lambda *_: None)
    window.open_source("sample")
    qtbot.waitUntil(lambda: window.live_view.shown is not None)
    window.commands.record.trigger()
    assert window.session.state is LiveState.RUNNING


def test_it_is_told_when_the_source_had_ended_before_the_answer(
    core: FakeCore,
    window: MainWindow,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lose_camera(*_: object) -> Path:
        camera = core.sources["camera:0"]
        assert isinstance(camera, FakeCamera)
        camera.feed(SourceError("The camera was unplugged."))
        qtbot.waitUntil(lambda: window.session.state is LiveState.FAILED)
        return tmp_path / "x.webm"

    monkeypatch.setattr(file_dialogs, "ask_target", lose_camera)
    window.open_source("camera:0")
    qtbot.waitUntil(lambda: window.live_view.shown is not None)
    window.commands.record.trigger()
    strip = window.live_view.strip
    assert strip.text == "Nothing was recorded: what was shown had come to its end."
    assert not (tmp_path / "x.webm").exists()


class SlowEncoder:
    """An encoder on a busy computer."""

    def __init__(self, encoder: FrameWriter) -> None:
        self._encoder = encoder

    def write(self, picture: Image) -> None:
        sleep(0.5)
        self._encoder.write(picture)

    def close(self) -> None:
        self._encoder.close()


def test_quitting_finishes_a_recording_in_time_though_the_encoder_is_slow(
    core: FakeCore,
    window: MainWindow,
    tmp_path: Path,
    qtbot: QtBot,
    record_into: RecordInto,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    open_writer = VideoRecording._open
    monkeypatch.setattr(
        VideoRecording, "_open", lambda video, image: SlowEncoder(open_writer(video, image))
    )
    record_into(tmp_path / "x.webm")
    window.open_source("camera:0")
    qtbot.waitUntil(lambda: window.live_view.shown is not None)
    window.commands.record.trigger()
    recorder = window.recording._recorder
    assert recorder is not None
    feed_tenths(core, range(20, 29))
    qtbot.waitUntil(lambda: len(recorder._waiting) >= 7)
    began_s = monotonic()
    window.close()
    window.join()
    assert monotonic() - began_s < 3, "all that wait would take more than 4 s"
    assert frame_count(tmp_path / "x.webm") >= 1
    assert cv2.VideoCapture(str(tmp_path / "x.webm")).get(cv2.CAP_PROP_FRAME_COUNT) > 0
    with (tmp_path / "x.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows[-1]["row"] == "track"
    assert int(rows[-1]["frame_count"]) >= 8
