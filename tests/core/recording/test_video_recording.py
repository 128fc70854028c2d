import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from core import paths
from core.errors import ExportError
from core.recording import video_recording
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


def test_every_frame_is_there_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "día.webm"
    with VideoRecording(path, 25.0) as recording:
        for number in range(40):
            recording.write(numbered(number))
    expected = [float(numbered(number).mean()) for number in range(40)]
    assert brightness_of(path) == pytest.approx(expected, abs=4)
    assert recording.duration_s == 1.6
    assert cv2.VideoCapture(str(path)).get(cv2.CAP_PROP_FPS) == 25.0


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
    with pytest.raises(ExportError, match="nearly full"):
        VideoRecording(tmp_path / "x.webm", 30.0).write(numbered(1))


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
    assert len(brightness_of(path)) > 120 - 30


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
