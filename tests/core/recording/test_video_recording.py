import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import _imaging

from core import paths
from core.errors import ExportError
from core.recording import video_recording, vp9_encoder
from core.recording.video_recording import VideoRecording
from core.sources.video_file import VideoFileSource
from core.types import Image

ROOT = Path(__file__).parents[3]


def numbered(number: int, size: tuple[int, int] = (160, 120)) -> Image:
    """A picture whose brightness tells its number."""
    return np.full((size[1], size[0], 3), 20 + number * 4 % 200, np.uint8)


def noisy(number: int) -> Image:
    """A picture as a camera gives it, of which even a short time fills a buffer."""
    return np.random.default_rng(number).integers(0, 256, (240, 320, 3), np.uint8)


def brightness_of(path: Path) -> list[float]:
    capture = cv2.VideoCapture(str(path))
    found = []
    while (answer := capture.read())[0]:
        found.append(float(answer[1].mean()))
    return found


@pytest.fixture(params=("VP90", "VP80"))
def codec(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Recorded with libvpx itself, and by OpenCV where that is not there."""
    codec = str(request.param)
    if codec == "VP80":
        monkeypatch.setattr(vp9_encoder, "is_available", lambda: False)
    elif not vp9_encoder.is_available():
        pytest.skip("OpenCV came without libvpx")
    return codec


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere OpenCV's wheel may have another")
def test_the_libvpx_that_comes_with_opencv_is_known() -> None:
    assert vp9_encoder.is_available()


def test_another_libvpx_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vp9_encoder, "_ABI_VERSION", 36)
    assert not vp9_encoder.is_available.__wrapped__()
    with pytest.raises(ExportError, match="could not be encoded: ABI version mismatch"):
        vp9_encoder.Vp9Encoder((64, 64), 30.0)


@pytest.mark.parametrize("content", [b"half of a lib", None])
def test_a_libvpx_that_cannot_be_loaded_is_none(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    libraries = tmp_path / "opencv_python.libs"
    libraries.mkdir()
    if content is None:  # a library, but not this one
        (libraries / "libvpx.so.1").symlink_to(_imaging.__file__)
    else:
        (libraries / "libvpx.so.1").write_bytes(content)
    monkeypatch.setattr(cv2, "__file__", str(tmp_path / "cv2" / "__init__.py"))
    assert vp9_encoder._load.__wrapped__() is None


def test_an_encoder_wants_frames_of_its_size() -> None:
    with (
        vp9_encoder.Vp9Encoder((64, 48), 30.0) as encoder,
        pytest.raises(ValueError, match="shape"),
    ):
        encoder.encode(numbered(1, (48, 64)))


def test_no_encoder_stays_where_the_file_cannot_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = []

    class Encoder(vp9_encoder.Vp9Encoder):
        def close(self) -> None:
            closed.append(self)
            super().close()

    monkeypatch.setattr(video_recording, "Vp9Encoder", Encoder)
    path = tmp_path / "x.webm"
    monkeypatch.setattr(video_recording, "check_target", lambda path: path.mkdir())
    with pytest.raises(ExportError, match=r"^x\.webm could not be written: Is a directory\.$"):
        VideoRecording(path, 30.0).write(numbered(1))
    assert len(closed) == 1


def test_a_finished_recording_stays_as_it_is(tmp_path: Path) -> None:
    recording = VideoRecording(tmp_path / "x.webm", 30.0)
    recording.write(numbered(1), times=5)
    recording.close()
    recording.write(numbered(2))
    recording.close()
    assert len(brightness_of(tmp_path / "x.webm")) == recording.frame_count == 5


def test_every_frame_is_there_in_its_place(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "día.webm"
    with VideoRecording(path, 25.0) as recording:
        for number in range(40):
            recording.write(numbered(number))
    expected = [float(numbered(number).mean()) for number in range(40)]
    assert brightness_of(path) == pytest.approx(expected, abs=4)
    assert recording.duration_s == 1.6
    capture = cv2.VideoCapture(str(path))
    assert capture.get(cv2.CAP_PROP_FPS) == 25.0
    assert int(capture.get(cv2.CAP_PROP_FOURCC)).to_bytes(4, "little").decode() == codec


def test_a_player_can_jump_in_a_recording_and_knows_its_length(tmp_path: Path) -> None:
    path = tmp_path / "x.webm"
    with VideoRecording(path, 10.0) as recording:
        for number in range(45):
            recording.write(numbered(number))
    capture = cv2.VideoCapture(str(path))
    assert capture.get(cv2.CAP_PROP_FRAME_COUNT) == 45
    capture.set(cv2.CAP_PROP_POS_FRAMES, 33)
    assert capture.read()[1].mean() == pytest.approx(numbered(33).mean(), abs=4)


def test_colours_come_back_as_they_were(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "x.webm"
    picture = np.repeat(np.array([[(200, 30, 40), (30, 180, 60)]], np.uint8), 80, axis=1)
    with VideoRecording(path, 30.0) as recording:
        recording.write(np.repeat(picture, 64, axis=0))
    _, read = cv2.VideoCapture(str(path)).read()
    assert read[32, 40] == pytest.approx((40, 30, 200), abs=6)
    assert read[32, 120] == pytest.approx((60, 180, 30), abs=6)


def test_a_large_frame_is_reduced_and_an_odd_one_made_even(tmp_path: Path) -> None:
    for size, expected in (((2560, 1440), (1280, 720)), ((161, 121), (160, 120))):
        path = tmp_path / f"{size[0]}.webm"
        with VideoRecording(path, 30.0) as recording:
            recording.write(numbered(1, size), times=2)
        capture = cv2.VideoCapture(str(path))
        _, picture = capture.read()
        assert (picture.shape[1], picture.shape[0]) == expected


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of Unix")
def test_what_is_no_file_or_leads_to_a_video_is_no_target(tmp_path: Path) -> None:
    video, link, pipe = (tmp_path / name for name in ("film.mp4", "link.webm", "pipe.webm"))
    video.write_bytes(b"a film")
    link.symlink_to(video)
    os.mkfifo(pipe)
    for path in (link, pipe):
        with pytest.raises(ExportError, match="nothing was written"):
            VideoRecording(path, 30.0).write(numbered(1))
    assert video.read_bytes() == b"a film"


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux")
def test_a_folder_whose_name_is_no_unicode_takes_a_recording(tmp_path: Path) -> None:
    code = """
import os, sys
from pathlib import Path
from core.recording.video_recording import VideoRecording
from tests.core.recording.test_video_recording import numbered
folder = Path(sys.argv[1], os.fsdecode(b"caf\\xe9"))
folder.mkdir()
with VideoRecording(folder / "x.webm", 30.0) as recording:
    recording.write(numbered(1), times=9)
"""
    # In a child: over such a name, OpenCV ends the process.
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, check=True)
    (path,) = tmp_path.rglob("x.webm")
    path.rename(tmp_path / "x.webm")
    assert len(brightness_of(tmp_path / "x.webm")) == 9


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"x\.webm could not be written"):
        VideoRecording(tmp_path / "gone" / "x.webm", 30.0).write(numbered(1))


def test_a_recording_ends_before_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(video_recording, "MIN_FREE_BYTES", 10**18)
    with (
        pytest.raises(ExportError, match="nearly full"),
        VideoRecording(tmp_path / "x.webm", 30.0) as recording,
    ):
        recording.write(numbered(1))


@pytest.mark.skipif(sys.platform == "win32", reason="a limit of Unix")
def test_a_file_that_may_not_grow_is_a_sentence_and_plays_as_far_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "x.webm"
    code = f"""
import resource, signal
from pathlib import Path
from core.errors import ExportError
from core.recording.video_recording import VideoRecording
from tests.core.recording.test_video_recording import noisy
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))
try:
    with VideoRecording(Path({str(path)!r}), 30.0) as recording:
        while True:
            recording.write(noisy(recording.frame_count))
except ExportError as error:
    print(error)
"""
    child = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert child.stdout.startswith("x.webm could not be written: ")
    assert len(brightness_of(path)) > 10


def test_a_killed_recording_is_whole_up_to_the_last_second(tmp_path: Path) -> None:
    path = tmp_path / "killed.webm"
    code = f"""
import os, signal
from pathlib import Path
from core.recording.video_recording import VideoRecording
from tests.core.recording.test_video_recording import noisy
recording = VideoRecording(Path({str(path)!r}), 30.0)
for number in range(120):
    recording.write(noisy(number))
os.kill(os.getpid(), signal.SIGKILL)
"""
    child = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert child.returncode != 0
    assert len(brightness_of(path)) == 120
    with VideoFileSource(path) as source:
        assert sum(1 for _ in iter(source.read, None)) == 120
        assert source.duration_s is None


@pytest.mark.slow
def test_a_recording_of_the_sample_has_every_frame(tmp_path: Path) -> None:
    path = tmp_path / "sample.webm"
    with VideoFileSource(paths.sample_clip()) as source, VideoRecording(path, 30.0) as recording:
        for frame in iter(source.read, None):
            recording.write(frame.image)
    with VideoFileSource(path) as source:
        times_s = [frame.time_s for frame in iter(source.read, None)]
    assert len(times_s) == recording.frame_count == 420
    assert times_s == pytest.approx([number / 30 for number in range(420)], abs=0.002)
