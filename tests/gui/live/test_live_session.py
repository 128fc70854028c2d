from collections.abc import Iterator
from pathlib import Path
from threading import Event
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.errors import ModelError, PhotoError, SourceError
from core.types import Frame, FrameResult
from gui.language.words import bug_sentence
from gui.live.live_request import LiveRequest, LiveResult
from gui.live.live_session import LiveSession, LiveState
from gui.live.live_worker import LiveWorker
from tests.fakes import make_frame
from tests.live_fakes import FakeCamera, FakeCore, FakePhoto, FakePipeline, FakeVideo

CAMERA = LiveRequest("camera:0")
VIDEO = LiveRequest("holiday.mp4")


class Listener:
    """Notes everything that a session says."""

    def __init__(self, session: LiveSession) -> None:
        self.results: list[LiveResult] = []
        self.states: list[LiveState] = []
        self.sentences: list[str] = []
        session.result_arrived.connect(self.results.append)
        session.state_changed.connect(self.states.append)
        session.failed.connect(self.sentences.append)
        session.interrupted.connect(self.sentences.append)

    @property
    def times_s(self) -> list[float]:
        return [result.result.frame.time_s for result in self.results if result.result]


@pytest.fixture
def camera() -> FakeCamera:
    return FakeCamera(make_frame())


@pytest.fixture
def core(camera: FakeCamera) -> FakeCore:
    return FakeCore({"camera:0": camera, "holiday.mp4": FakeVideo()})


@pytest.fixture
def session(core: FakeCore, qtbot: QtBot) -> Iterator[LiveSession]:
    session = LiveSession(core.parts)
    yield session
    core.may_build.set()
    session.stop()
    session.join()


@pytest.fixture
def heard(session: LiveSession) -> Listener:
    return Listener(session)


def wait_for(qtbot: QtBot, session: LiveSession, state: LiveState) -> None:
    qtbot.waitUntil(lambda: session.state is state)


def test_a_started_camera_loads_then_runs_and_gives_results(
    session: LiveSession, heard: Listener, qtbot: QtBot
) -> None:
    session.start(CAMERA)
    qtbot.waitUntil(lambda: len(heard.results) == 1)
    assert heard.states == [LiveState.LOADING, LiveState.RUNNING]
    assert session.info is not None
    assert (session.info.title, session.info.engine, session.info.device) == (
        "Desk camera",
        "ONNX Runtime",
        "CPU",
    )


@pytest.mark.timing
def test_stopping_while_a_model_is_built_returns_at_once_and_nothing_more_is_heard(
    session: LiveSession, heard: Listener, core: FakeCore, qtbot: QtBot
) -> None:
    core.may_build.clear()
    session.start(CAMERA)
    assert core.is_building.wait(5)
    began_s = perf_counter()
    session.stop()
    assert perf_counter() - began_s < 0.05
    core.may_build.set()
    qtbot.waitUntil(lambda: bool(core.pipelines) and core.pipelines[0].is_closed)
    session.join()
    assert heard.states[-1] is LiveState.IDLE
    assert not heard.results


def test_a_start_after_a_stop_waits_for_the_camera_too(
    session: LiveSession,
    core: FakeCore,
    camera: FakeCamera,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session.start(CAMERA)
    wait_for(qtbot, session, LiveState.RUNNING)
    was_open: list[bool] = []
    opens = camera.open

    def note_and_open() -> None:
        was_open.append(camera.is_open)
        opens()

    monkeypatch.setattr(camera, "open", note_and_open)
    session.stop()
    session.start(CAMERA)
    wait_for(qtbot, session, LiveState.RUNNING)
    assert was_open == [False]


def test_the_sample_is_the_sample_even_beside_a_folder_of_that_name(
    core: FakeCore,
    session: LiveSession,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "sample").mkdir()
    monkeypatch.chdir(tmp_path)
    core.sources["sample"] = FakeVideo()
    session.start(LiveRequest("sample"))
    qtbot.waitUntil(lambda: session.info is not None)
    assert session.info is not None
    assert session.info.kind == "video"


def test_stopping_closes_source_and_pipeline(
    session: LiveSession, core: FakeCore, camera: FakeCamera, qtbot: QtBot
) -> None:
    session.start(CAMERA)
    wait_for(qtbot, session, LiveState.RUNNING)
    session.stop()
    session.join()
    assert not camera.is_open
    assert core.pipelines[0].is_closed


def test_a_new_start_waits_until_the_old_one_let_go_of_the_camera(
    session: LiveSession, camera: FakeCamera, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.start(CAMERA)
    wait_for(qtbot, session, LiveState.RUNNING)
    was_open: list[bool] = []
    opens = camera.open

    def note_and_open() -> None:
        was_open.append(camera.is_open)
        opens()

    monkeypatch.setattr(camera, "open", note_and_open)
    session.start(CAMERA)
    wait_for(qtbot, session, LiveState.RUNNING)
    assert was_open == [False]


@pytest.mark.parametrize("error", [SourceError("No camera."), ModelError("No model.")])
def test_expected_trouble_is_a_sentence(
    session: LiveSession, heard: Listener, core: FakeCore, qtbot: QtBot, error: Exception
) -> None:
    if isinstance(error, SourceError):
        core.sources["camera:0"] = error
    else:
        core.next_pipeline = error
    session.start(CAMERA)
    wait_for(qtbot, session, LiveState.FAILED)
    assert heard.sentences == [str(error)]


def test_a_bug_in_the_worker_is_a_failure_and_reaches_the_hook(
    session: LiveSession,
    heard: Listener,
    core: FakeCore,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caught: list[type[BaseException]] = []
    monkeypatch.setattr("threading.excepthook", lambda bug: caught.append(bug.exc_type))
    core.next_pipeline = ZeroDivisionError()
    session.start(CAMERA)
    wait_for(qtbot, session, LiveState.FAILED)
    session.join()
    assert heard.sentences == [bug_sentence()]
    assert caught == [ZeroDivisionError]


def test_a_lost_camera_is_told_once_and_its_return_too(
    session: LiveSession, heard: Listener, camera: FakeCamera, qtbot: QtBot
) -> None:
    session.start(CAMERA)
    with qtbot.waitSignal(session.interrupted):
        pass
    with qtbot.waitSignal(session.recovered):
        camera.feed(make_frame(index=1, time_s=1.0))
    assert heard.sentences == ["Desk camera gives no picture."]
    assert session.state is LiveState.RUNNING


def test_frames_that_the_camera_skipped_are_counted_as_dropped(
    session: LiveSession, heard: Listener, camera: FakeCamera, qtbot: QtBot
) -> None:
    session.start(CAMERA)
    qtbot.waitUntil(lambda: len(heard.results) == 1)
    camera.feed(make_frame(index=4, time_s=0.1))
    qtbot.waitUntil(lambda: len(heard.results) == 2)
    assert heard.results[-1].dropped_count == 3


def test_a_paused_camera_shows_nothing_until_it_goes_on(
    session: LiveSession, heard: Listener, core: FakeCore, camera: FakeCamera, qtbot: QtBot
) -> None:
    session.start(CAMERA)
    qtbot.waitUntil(lambda: len(heard.results) == 1)
    session.pause()
    camera.feed(make_frame(index=1, time_s=1.0))
    camera.feed(make_frame(index=2, time_s=2.0))
    session.resume()
    assert session.state is LiveState.RUNNING
    qtbot.waitUntil(lambda: 2.0 in heard.times_s)


def test_a_video_shows_every_frame_and_then_has_ended(
    session: LiveSession, heard: Listener, qtbot: QtBot
) -> None:
    session.start(VIDEO)
    wait_for(qtbot, session, LiveState.ENDED)
    assert heard.times_s == [0.0, 0.1, 0.2]


def test_an_ended_video_plays_on_after_a_seek(
    session: LiveSession, heard: Listener, qtbot: QtBot
) -> None:
    session.start(VIDEO)
    wait_for(qtbot, session, LiveState.ENDED)
    session.seek(0.1)
    assert session.state is LiveState.RUNNING
    wait_for(qtbot, session, LiveState.ENDED)
    assert heard.times_s == [0.0, 0.1, 0.2, 0.1, 0.2]


def test_a_video_that_ended_while_paused_plays_again(
    session: LiveSession, heard: Listener, qtbot: QtBot
) -> None:
    session.start(VIDEO)
    qtbot.waitUntil(lambda: len(heard.results) == 1)
    session.pause()
    session.seek(0.2)
    wait_for(qtbot, session, LiveState.ENDED)
    session.seek(0.0)
    wait_for(qtbot, session, LiveState.ENDED)
    assert heard.times_s[-3:] == [0.0, 0.1, 0.2]


def test_an_end_that_a_seek_has_overtaken_is_not_heard(
    core: FakeCore, session: LiveSession, heard: Listener, qtbot: QtBot
) -> None:
    core.sources["holiday.mp4"] = FakeVideo(frame_count=5)
    session.start(VIDEO)
    qtbot.waitUntil(lambda: len(heard.results) == 1)
    worker = session._worker
    assert worker is not None
    is_over = Event()
    worker.ended.connect(is_over.set, Qt.ConnectionType.DirectConnection)
    assert is_over.wait(10)  # the window is busy meanwhile
    with qtbot.waitSignal(worker.ended):
        session.seek(0.0)
    assert heard.states == [LiveState.LOADING, LiveState.RUNNING, LiveState.ENDED]


def test_a_seek_in_a_paused_video_shows_that_one_frame(
    core: FakeCore, session: LiveSession, heard: Listener, qtbot: QtBot
) -> None:
    core.sources["holiday.mp4"] = FakeVideo(frame_count=100)
    session.start(VIDEO)
    qtbot.waitUntil(lambda: len(heard.results) == 1)
    session.pause()
    session.seek(8.0)
    qtbot.waitUntil(lambda: 8.0 in heard.times_s)
    assert session.state is LiveState.PAUSED
    assert max(heard.times_s) == 8.0
    assert not core.pipelines[0].were_held[0]
    assert core.pipelines[0].were_held[-1], "the pipeline knows that the frame stays"


def test_a_folder_is_browsed_photo_by_photo(
    session: LiveSession, heard: Listener, tmp_path: Path, qtbot: QtBot
) -> None:
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        (tmp_path / name).touch()
    session.start(LiveRequest(str(tmp_path)))
    qtbot.waitUntil(lambda: len(heard.results) == 1)
    session.show_photo(1)
    qtbot.waitUntil(lambda: len(heard.results) == 2)
    session.show_photo(99)
    qtbot.waitUntil(lambda: len(heard.results) == 3)
    assert [(each.title, each.photo_index) for each in heard.results] == [
        ("a.jpg", 0),
        ("b.jpg", 1),
        ("c.jpg", 2),
    ]


def test_a_broken_photo_is_a_sentence_and_the_others_stay(
    session: LiveSession, heard: Listener, core: FakeCore, tmp_path: Path, qtbot: QtBot
) -> None:
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).touch()
    broken = str(tmp_path / "a.jpg")
    core.sources[broken] = FakePhoto(broken, PhotoError("a.jpg is damaged."))
    session.start(LiveRequest(str(tmp_path)))
    qtbot.waitUntil(lambda: len(heard.results) == 1)
    session.show_photo(1)
    qtbot.waitUntil(lambda: len(heard.results) == 2)
    assert [each.error for each in heard.results] == ["a.jpg is damaged.", None]


def test_a_folder_without_photos_says_so(
    session: LiveSession, heard: Listener, tmp_path: Path, qtbot: QtBot
) -> None:
    session.start(LiveRequest(str(tmp_path)))
    wait_for(qtbot, session, LiveState.FAILED)
    assert heard.sentences[0].startswith("There is no photo in")


def test_what_a_worker_says_after_it_was_replaced_is_not_heard(
    session: LiveSession, heard: Listener, core: FakeCore, qtbot: QtBot
) -> None:
    core.may_build.clear()
    core.next_pipeline = FakePipeline(model="old")
    session.start(CAMERA)
    assert core.is_building.wait(5)
    session.start(VIDEO)
    core.may_build.set()
    wait_for(qtbot, session, LiveState.ENDED)
    assert {result.title for result in heard.results} == {"holiday.mp4"}


def test_after_a_seek_no_frame_of_the_old_place_is_shown(core: FakeCore) -> None:
    shown_s: list[float] = []

    class SeekingPipeline(FakePipeline):
        def process(self, frame: Frame) -> FrameResult:
            if not self.processed:
                worker.seek(0.2)
            return super().process(frame)

    def note() -> None:
        taken = worker.slot.take()
        assert taken is not None
        assert taken.result is not None
        shown_s.append(taken.result.frame.time_s)

    core.next_pipeline = SeekingPipeline()
    worker = LiveWorker(VIDEO, core.parts)
    worker.result_ready.connect(note, Qt.ConnectionType.DirectConnection)
    worker.ended.connect(worker.stop, Qt.ConnectionType.DirectConnection)
    worker.start()
    assert worker.join(10)
    assert shown_s == [0.2]
