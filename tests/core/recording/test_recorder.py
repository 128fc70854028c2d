import csv
import json
from pathlib import Path
from queue import Queue

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from core.label_writing import LabelWriting
from core.recording import recorder as recorder_module
from core.recording.recorder import Recorded, Recorder
from core.recording.session_tables import TRACK, SessionTables
from core.recording.track_log import TrackLog
from core.recording.video_recording import VideoRecording
from core.sources.frame_source import SourceKind
from core.types import FrameResult
from tests.fakes import make_frame, make_image
from tests.live_fakes import make_face


def result(number: int, rate_hz: float = 30.0) -> FrameResult:
    frame = make_frame(make_image((90, 90, 90), (160, 120)), number, number / rate_hz)
    return FrameResult(frame, (make_face(track_id=1),))


def record(target: Path, kind: SourceKind, frame_count: int, **options: bool) -> Recorded:
    ended: Queue[Recorded] = Queue()
    recorder = Recorder(target, kind, 30.0, ended.put, **options)
    for number in range(frame_count):
        recorder.put(result(number))
    recorder.stop()
    recorder.join()
    return ended.get_nowait()


def frame_count(path: Path) -> int:
    capture, count = cv2.VideoCapture(str(path)), 0
    while capture.read()[0]:
        count += 1
    return count


def test_a_video_is_recorded_frame_by_frame_with_its_tables(tmp_path: Path) -> None:
    recorded = record(tmp_path / "x.webm", SourceKind.VIDEO, 75)
    assert recorded.error is None
    assert (recorded.frame_count, recorded.lost_count) == (75, 0)
    assert recorded.duration_s == pytest.approx(2.5)
    assert [path.name for path in recorded.paths] == ["x.webm", "x.csv", "x.jsonl"]
    assert frame_count(tmp_path / "x.webm") == 75
    with (tmp_path / "x.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["row"] for row in rows] == ["second", "second", "second", "track"]
    assert [row["frame_count"] for row in rows] == ["30", "30", "15", "75"]
    assert {row["gender"] for row in rows} == {"female"}
    lines = [json.loads(line) for line in (tmp_path / "x.jsonl").read_text().splitlines()]
    assert [line["row"] for line in lines] == [row["row"] for row in rows]
    assert lines[-1]["age_years"] == 34.0


def test_the_labels_of_a_recording_are_in_the_language_that_is_asked_for(tmp_path: Path) -> None:
    written: list[str] = []

    def draw_text(text: str, size_px: int) -> NDArray[np.uint8]:
        written.append(text)
        return np.zeros((size_px, 8), np.uint8)

    ended: Queue[Recorded] = Queue()
    recorder = Recorder(tmp_path / "x.webm", SourceKind.VIDEO, 30.0, ended.put)
    recorder.label_writing = LabelWriting({"female": "féminin"}.__getitem__, draw_text)
    recorder.put(result(0))
    recorder.stop()
    recorder.join()
    assert written == ["34 (28–41) · féminin 96 %"]


def test_the_tables_of_a_session_mark_doubtful_faces(tmp_path: Path) -> None:
    tables = SessionTables(tmp_path / "x.csv", tmp_path / "x.jsonl")
    log = TrackLog()
    faces = (make_face(track_id=1, quality=0.5997), make_face(track_id=2, quality=0.9))
    log.add(FrameResult(make_frame(), faces))
    with tables:
        tables.write(TRACK, log.tracks)
    with (tmp_path / "x.csv").open(newline="") as stream:
        rows = [(row["face_quality"], row["doubtful"]) for row in csv.DictReader(stream)]
    assert rows == [("0.599", "yes"), ("0.9", "")]
    lines = [json.loads(line) for line in (tmp_path / "x.jsonl").read_text().splitlines()]
    assert [line["is_doubtful"] for line in lines] == [True, False]


def test_a_camera_is_recorded_in_its_own_time(tmp_path: Path) -> None:
    ended: Queue[Recorded] = Queue()
    recorder = Recorder(tmp_path / "x.webm", SourceKind.CAMERA, None, ended.put)
    for number in (0, 4, 8):  # four frames of ten a second are a third of a second each
        recorder.put(result(number, 12.0))
    recorder.stop()
    recorder.join()
    assert frame_count(tmp_path / "x.webm") == 11
    assert ended.get_nowait().duration_s == pytest.approx(11 / 15)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_error_of_our_own_is_told_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(VideoRecording, "write", fail)
    recorded = record(tmp_path / "x.webm", SourceKind.VIDEO, 1)
    assert recorded.error == "The recording ended early, by an error in Visage."


def test_capital_letters_ask_for_a_video_too(tmp_path: Path) -> None:
    recorded = record(tmp_path / "X.WEBM", SourceKind.VIDEO, 3)
    assert [path.name for path in recorded.paths] == ["X.WEBM", "X.csv", "X.jsonl"]
    assert frame_count(tmp_path / "X.WEBM") == 3


def test_tables_alone_hold_no_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder_module, "MAX_WAITING", 100)
    recorded = record(tmp_path / "x.csv", SourceKind.CAMERA, 31)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.csv", "x.jsonl"]
    assert recorded.duration_s == pytest.approx(1.0)


def test_tables_never_take_the_place_of_another_file(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("mine")
    recorded = record(tmp_path / "x.webm", SourceKind.VIDEO, 1)
    assert (tmp_path / "x.csv").read_text() == "mine"
    assert [path.name for path in recorded.paths] == ["x.webm", "x (2).csv", "x.jsonl"]


def test_trouble_ends_the_recording_with_a_sentence_and_holds_nobody_up(tmp_path: Path) -> None:
    recorded = record(tmp_path / "gone" / "x.webm", SourceKind.VIDEO, 100)
    assert recorded.error is not None
    assert "could not be written" in recorded.error


def test_hidden_faces_are_hidden_in_the_recording(tmp_path: Path) -> None:
    noisy = make_frame(make_image((0, 0, 0), (320, 240)), 0, 0.0)
    noisy.image[60:140:2, 100:180] = 255
    ended: Queue[Recorded] = Queue()
    for name, hides in (("plain", False), ("hidden", True)):
        recorder = Recorder(
            tmp_path / f"{name}.webm", SourceKind.VIDEO, 30.0, ended.put, hides_faces=hides
        )
        recorder.put(FrameResult(noisy, (make_face(estimate=None, gender=None, track_id=1),)))
        recorder.stop()
        recorder.join()
    detail = {}
    for name in ("plain", "hidden"):
        _, picture = cv2.VideoCapture(str(tmp_path / f"{name}.webm")).read()
        detail[name] = float(picture[80:120, 120:160].std())
    assert detail["plain"] > 4 * detail["hidden"]
