"""Video files, good and bad."""

import math
import os
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from core import paths
from core.errors import SourceError
from core.sources import opencv_capture
from core.sources.endings import VIDEO_SUFFIXES
from core.sources.video_file import VideoFileSource
from core.types import Frame
from tests.core.sources.builders import (
    FakeVideo,
    cut_video,
    frame_number,
    opens,
    start_later,
    stretch_pixels,
    write_video,
)

SAMPLES = Path(__file__).with_name("samples")
WRITTEN = {
    ".avi": ("MJPG", ".divx"),
    ".dv": ("dvsd", ""),
    ".flv": ("FLV1", ""),
    ".ivf": ("VP80", ""),
    ".m2v": ("MPG2", ""),
    ".mkv": ("mp4v", ".webm"),
    ".mov": ("mp4v", ".qt"),
    ".mp4": ("mp4v", ".3g2 .3gp .f4v .m4v"),
    ".mpg": ("MPG2", ".mpe .mpeg"),
    ".mxf": ("MPG2", ""),
    ".ogv": ("VP80", ".ogm"),
    ".ts": ("mp4v", ".m2t .m2ts .mts"),
    ".vob": ("MPG2", ""),
    ".wmv": ("WMV2", ".asf"),
}
"""Endings by which OpenCV writes a video, with a codec, and other endings of such files."""

SAMPLED = {"plain.h264": ".h264 .264", "plain.hevc": ".hevc .h265 .265"}
"""Files of bare frames, grey ones, of codecs that OpenCV writes none of."""

CASES = Path(__file__).parents[4] / "shared" / "cases" / "video"
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason="needs ../shared/cases")


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return write_video(tmp_path / "clip.mp4", frame_count=20, frame_rate_hz=25.0)


def read_all(source: VideoFileSource) -> list[Frame]:
    return list(iter(source.read, None))


def read_times_s(video: FakeVideo, path: Path) -> list[float]:
    with VideoFileSource(path, make_capture=opens(video)) as source:
        return [frame.time_s for frame in read_all(source)]


def test_every_frame_comes_in_order_with_its_time(clip: Path) -> None:
    with VideoFileSource(clip) as source:
        frames = read_all(source)
    assert [frame_number(frame.image) for frame in frames] == list(range(20))
    assert [frame.index for frame in frames] == list(range(20))
    assert [frame.time_s for frame in frames] == pytest.approx([n / 25 for n in range(20)])


def test_every_ending_that_is_promised_is_played(tmp_path: Path) -> None:
    written: dict[str, Path] = {}
    for ending, (codec, others) in WRITTEN.items():
        size_px = (720, 576) if ending == ".dv" else (64, 48)
        path = write_video(tmp_path / f"clip{ending}", codec=codec, size_px=size_px)
        written |= dict.fromkeys((ending, *others.split()), path)
    for name, endings in SAMPLED.items():
        written |= dict.fromkeys(endings.split(), SAMPLES / name)
    assert written.keys() == VIDEO_SUFFIXES
    for ending, path in written.items():
        copy = Path(shutil.copy(path, tmp_path / f"copy{ending}"))
        with VideoFileSource(copy) as source:
            assert len(read_all(source)) == 10, ending


def test_it_says_its_rate_and_length(clip: Path) -> None:
    with VideoFileSource(clip) as source:
        assert source.frame_rate_hz == pytest.approx(25)
        assert source.duration_s == pytest.approx(0.8)


def test_after_the_end_nothing_comes(clip: Path) -> None:
    with VideoFileSource(clip) as source:
        read_all(source)
        assert source.read() is None
        assert source.read() is None


@pytest.mark.parametrize(
    ("time_s", "number"), [(0.4, 10), (0.0, 0), (-5.0, 0), (0.76, 19), (99.0, 19)]
)
def test_a_seek_goes_to_its_frame_or_the_nearest_end(
    clip: Path, time_s: float, number: int
) -> None:
    with VideoFileSource(clip) as source:
        read_all(source)
        source.seek(time_s)
        frame = source.read()
    assert frame is not None
    assert frame_number(frame.image) == number
    assert frame.time_s == pytest.approx(number / 25)
    assert frame.index == 20


def test_after_a_seek_the_video_still_ends_well(clip: Path) -> None:
    with VideoFileSource(clip) as source:
        source.seek(0.4)
        assert len(read_all(source)) == 10


def test_a_closed_video_starts_again_from_its_beginning(clip: Path) -> None:
    source = VideoFileSource(clip)
    with source:
        read_all(source)
    with source:
        frame = source.read()
    assert frame is not None
    assert (frame.index, frame.time_s) == (0, 0.0)


@pytest.mark.parametrize(
    "times_s",
    [
        [0.0, 0.04, 0.04, 0.08],
        [0.0, 0.5, 0.1, 0.2],
        [0.0, math.nan, math.inf, 0.2],
        [-1.0, -0.5, 0.0, 0.04],
        [0.0, 0.0, 0.0, 0.0],
    ],
)
def test_timestamps_that_do_not_rise_are_made_to(times_s: list[float], clip: Path) -> None:
    read = read_times_s(FakeVideo(times_s), clip)
    assert len(read) == len(times_s)
    assert all(0 <= earlier < later for earlier, later in pairwise(read))


def test_a_variable_frame_rate_is_kept(clip: Path) -> None:
    times_s = [0.0, 0.1, 0.13, 0.5, 0.52]
    assert read_times_s(FakeVideo(times_s), clip) == times_s


def test_without_a_known_length_there_is_no_seeking(clip: Path) -> None:
    with VideoFileSource(clip, make_capture=opens(FakeVideo([0.0]))) as source:
        assert source.duration_s is None
        with pytest.raises(SourceError, match="seeking is not possible"):
            source.seek(0.0)


def test_rotation_is_honoured(clip: Path) -> None:
    content = bytearray(clip.read_bytes())
    matrix = content.index(b"tkhd") + 44
    one, none = (1 << 16).to_bytes(4, "big"), bytes(4)
    minus_one = (-(1 << 16)).to_bytes(4, "big", signed=True)
    content[matrix : matrix + 20] = none + one + none + minus_one + none
    clip.write_bytes(content)
    with VideoFileSource(clip) as source:
        frame = source.read()
    assert frame is not None
    assert frame.image.shape == (64, 48, 3)
    assert frame.image[32, 5].max() < 60, "a quarter turn clockwise takes the black half left"
    assert frame.image[32, 43].max() > 180


@pytest.mark.parametrize("name", ["Familie Müller.mp4", "誕生日.mp4", "клип%03d.mp4", "a 🎂 b.mp4"])
def test_names_in_any_script(tmp_path: Path, name: str) -> None:
    with VideoFileSource(write_video(tmp_path / name)) as source:
        assert source.title == name
        assert len(read_all(source)) == 10


@pytest.mark.parametrize(("start_s", "length_s"), [(0.0, 2.0), (1.6, 2.0), (3.0, 1.0)])
def test_a_cut_video_has_the_length_that_it_was_cut_to_and_ends_well(
    tmp_path: Path, start_s: float, length_s: float
) -> None:
    path = write_video(tmp_path / "cut.mp4", frame_count=100, frame_rate_hz=25.0)
    with VideoFileSource(cut_video(path, start_s, length_s)) as source:
        assert source.duration_s == pytest.approx(length_s)
        frames = read_all(source)
        source.seek(99.0)
        last = source.read()
    assert len(frames) == pytest.approx(25 * length_s, abs=1)
    assert last is not None
    assert last.time_s == pytest.approx(length_s - 1 / 25, abs=1 / 25)


def test_a_video_whose_clock_starts_later_has_its_own_length_and_ends_well(tmp_path: Path) -> None:
    with VideoFileSource(start_later(write_video(tmp_path / "late.mkv"))) as source:
        assert source.duration_s == pytest.approx(0.4)
        frames = read_all(source)
        source.seek(0.2)
        middle = source.read()
    assert [frame_number(frame.image) for frame in frames] == list(range(10))
    assert frames[0].time_s == 0
    assert middle is not None
    assert frame_number(middle.image) == 5
    assert middle.time_s == pytest.approx(0.2)


@needs_cases
@pytest.mark.parametrize(
    ("name", "length_s", "count"),
    [("starts_at_4_s.mkv", 4.0, 120), ("starts_at_100_s.webm", 2.0, 60)],
)
def test_a_recording_that_starts_late_ends_well(name: str, length_s: float, count: int) -> None:
    with VideoFileSource(CASES / name) as source:
        assert source.duration_s == pytest.approx(length_s)
        assert len(read_all(source)) == count


@pytest.mark.parametrize(("shown_px", "width_px"), [(64, 64), (96, 96), (32, 32), (6400, 64)])
def test_pixels_become_square(tmp_path: Path, shown_px: int, width_px: int) -> None:
    path = stretch_pixels(write_video(tmp_path / "wide.mp4"), shown_px)
    with VideoFileSource(path) as source:
        assert {frame.image.shape for frame in read_all(source)} == {(48, width_px, 3)}


@needs_cases
def test_faces_in_flat_pixels_are_not_squeezed() -> None:
    with (
        VideoFileSource(CASES / "pixels_4_to_3.mp4") as flat,
        VideoFileSource(CASES / "pixels_square.mp4") as square,
    ):
        for one, other in zip(read_all(flat), read_all(square), strict=True):
            assert one.image.shape == (360, 640, 3)
            assert abs(one.image.astype(int) - other.image).mean() < 6


def test_a_list_of_other_files_is_no_video(tmp_path: Path) -> None:
    write_video(tmp_path / "other.mp4")
    path = tmp_path / "list.mp4"
    path.write_text("ffconcat version 1.0\nfile other.mp4\n")
    with pytest.raises(SourceError, match=r"^list\.mp4 is not a video that Visage can play"):
        VideoFileSource(path).open()


def test_frames_beyond_measure_are_a_sentence(clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opencv_capture, "_MAX_FRAME_PX", 3000)
    with pytest.raises(SourceError, match=r"clip\.mp4 is too large: its frames have 64 × 48 pixe"):
        VideoFileSource(clip).open()


def test_a_video_that_breaks_off_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "half.mp4"
    content = paths.sample_clip().read_bytes()
    path.write_bytes(content[: len(content) // 4])
    with VideoFileSource(path) as source, pytest.raises(SourceError) as trouble:
        read_all(source)
    assert str(trouble.value).startswith("half.mp4 breaks off at 0:0")
    assert "of 0:14" in str(trouble.value)


def test_text_renamed_to_video_is_a_sentence_and_nothing_else_is_said(
    tmp_path: Path,
) -> None:
    path = tmp_path / "text.mp4"
    path.write_text("This is not a video.")
    with pytest.raises(SourceError, match=r"text\.mp4 is not a video that Visage can play"):
        VideoFileSource(path).open()
    # In a process of its own: FFmpeg is silenced when it is first used.
    code = (
        "import sys; from pathlib import Path; from core.sources.opencv_capture import open_video"
    )
    program = f"{code}; print(open_video(Path(sys.argv[1])))"
    said = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        cwd=paths.install_dir(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert (said.stdout.strip(), said.stderr) == ("None", "")


def test_half_of_a_short_video_is_a_sentence(tmp_path: Path) -> None:
    half = FakeVideo([n / 30 for n in range(30)], frame_rate_hz=30.0, frame_count=60)
    (tmp_path / "half.avi").write_bytes(b"half")
    with pytest.raises(SourceError, match=r"half\.avi breaks off at 0:01 of 0:02"):
        read_times_s(half, tmp_path / "half.avi")


def test_a_video_without_a_picture_is_a_sentence(clip: Path) -> None:
    with pytest.raises(SourceError, match=r"^clip\.mp4 holds no picture that Visage can read\.$"):
        read_times_s(FakeVideo([]), clip)


def test_the_unit_of_a_clock_is_no_rate(tmp_path: Path) -> None:
    path = write_video(tmp_path / "x.mkv")
    content = path.read_bytes()
    nanoseconds = b"\x23\xe3\x83\x84" + (40_000_000).to_bytes(4)
    assert content.count(nanoseconds) == 1
    path.write_bytes(content.replace(nanoseconds, b"\x23\xe3\x83\x84" + (11_111).to_bytes(4)))
    with VideoFileSource(path) as source:
        assert source.frame_rate_hz is None
        assert len(read_all(source)) == 10


def test_sound_may_outlast_the_pictures(clip: Path) -> None:
    times_s = [n / 25 for n in range(20)]
    assert read_times_s(FakeVideo(times_s, frame_count=25), clip) == times_s


def test_a_name_may_hold_bytes_that_are_no_unicode(clip: Path, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.mp4"))
    try:
        clip.rename(path)
    except OSError:
        pytest.skip("this file system takes Unicode names only")
    with VideoFileSource(path) as source:
        assert source.title == "caf?.mp4"
        assert len(read_all(source)) == 20
        source.seek(0.4)
        frame = source.read()
    assert frame is not None
    assert frame_number(frame.image) == 10


def test_zero_bytes_are_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "none.mp4"
    path.touch()
    with pytest.raises(SourceError, match=r"none\.mp4 is empty"):
        VideoFileSource(path).open()


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"gone\.mp4 does not exist"):
        VideoFileSource(tmp_path / "gone.mp4").open()


def test_a_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is a folder"):
        VideoFileSource(tmp_path).open()


def test_the_sample_clip_plays() -> None:
    with VideoFileSource(paths.sample_clip()) as source:
        frame = source.read()
        assert source.duration_s == pytest.approx(14)
    assert frame is not None
    assert frame.image.shape == (720, 1280, 3)
