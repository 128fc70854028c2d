"""One frame of a video, as a photo."""

from pathlib import Path

import pytest

from core import paths
from core.errors import PhotoError
from core.sources.video_frame import load_frame
from tests.core.sources.builders import cut_video, frame_number, start_later, write_video


@pytest.mark.parametrize("suffix", [".mp4", ".avi", ".mkv"])
@pytest.mark.parametrize("number", [0, 1, 12, 19])
def test_the_frame_of_a_time_is_that_very_frame(tmp_path: Path, suffix: str, number: int) -> None:
    codec = {".mp4": "mp4v", ".avi": "MJPG", ".mkv": "mp4v"}[suffix]
    video = write_video(tmp_path / f"clip{suffix}", 20, 25.0, codec)
    photo = load_frame(video, number / 25)
    assert frame_number(photo.image) == number
    assert (photo.width_px, photo.height_px, photo.scale) == (64, 48, 1.0)


def test_of_a_video_that_was_cut_or_begins_later_it_is_the_same_frame(tmp_path: Path) -> None:
    cut = cut_video(write_video(tmp_path / "cut.mp4", 20), 0.4, 0.4)
    assert frame_number(load_frame(cut, 0.0).image) == 10
    later = start_later(write_video(tmp_path / "later.mkv", 10))
    assert frame_number(load_frame(later, 0.2).image) == 5


def test_a_large_frame_is_reduced() -> None:
    photo = load_frame(paths.sample_clip(), 6.0, max_side_px=320)
    assert max(photo.image.shape[:2]) == 320
    assert photo.scale == pytest.approx(max(photo.width_px, photo.height_px) / 320)


def test_a_frame_that_is_not_there_any_more_is_a_sentence(tmp_path: Path) -> None:
    video = write_video(tmp_path / "clip.mp4", 20)
    with pytest.raises(PhotoError, match=r"clip.mp4 shows no picture at 1:15 any more"):
        load_frame(video, 75.0)
    with pytest.raises(PhotoError, match="does not exist"):
        load_frame(tmp_path / "gone.mp4", 0.0)
