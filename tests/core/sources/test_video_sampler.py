"""The frames of a video at even steps."""

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from core.errors import SourceError
from core.sources.time_limit import announce
from core.sources.video_file import VideoFileSource
from core.sources.video_sampler import VideoSampler
from core.types import Frame
from tests.core.sources.builders import FakeVideo, frame_number, opens, write_video


def sampled(source: VideoFileSource, interval_s: float) -> list[Frame]:
    with VideoSampler(source, interval_s) as sampler:
        return list(sampler.frames(lambda: False))


def test_frames_come_at_even_steps_and_the_others_are_passed_over(tmp_path: Path) -> None:
    video = write_video(tmp_path / "clip.mp4", frame_count=20, frame_rate_hz=25.0)
    frames = sampled(VideoFileSource(video), 0.2)
    assert [frame_number(frame.image) for frame in frames] == [0, 5, 10, 15]
    assert [frame.time_s for frame in frames] == pytest.approx([0.0, 0.2, 0.4, 0.6])
    assert [frame.index for frame in frames] == [0, 5, 10, 15]


def test_without_an_interval_every_frame_comes(tmp_path: Path) -> None:
    video = write_video(tmp_path / "clip.mp4", frame_count=8)
    assert len(sampled(VideoFileSource(video), 0)) == 8


def test_a_variable_frame_rate_gives_frames_no_closer_than_the_interval(tmp_path: Path) -> None:
    video = FakeVideo([0.0, 0.1, 0.2, 0.22, 0.3, 2.0, 2.1, 2.25, 2.3], frame_rate_hz=10)
    path = write_video(tmp_path / "clip.mp4")
    times_s = [f.time_s for f in sampled(VideoFileSource(path, make_capture=opens(video)), 0.2)]
    assert times_s == [0.0, 0.2, 2.0, 2.25]
    assert video.retrieved_count == 4


@pytest.mark.parametrize("frame_rate_hz", [10.0, 16.8, 25.0, 30.0, None])
def test_the_times_of_frames_decide_alone_whatever_rate_a_container_claims(
    tmp_path: Path, frame_rate_hz: float | None
) -> None:
    """A variable rate: the container tells its mean, or that of its shortest step."""
    steps = (1, 1, 1, 2, 1, 1, 1, 5, 2, 1, 2, 3) * 5
    times_s = [round(0.04 * frame, 3) for frame in np.cumsum(steps)]
    path = write_video(tmp_path / "clip.mp4")
    video = FakeVideo(times_s, frame_rate_hz)
    frames = sampled(VideoFileSource(path, make_capture=opens(video)), 0.2)
    expected: list[float] = []
    for time_s in times_s:
        if not expected or time_s >= expected[-1] + 0.199:
            expected.append(time_s)
    assert [frame.time_s for frame in frames] == expected


@pytest.mark.parametrize(
    "frame_rate_hz", [15.0, 23.976, 24.0, 25.0, 29.97, 30.0, 50.0, 59.94, 60.0]
)
def test_times_that_are_rounded_to_a_millisecond_give_the_same_frames(
    tmp_path: Path, frame_rate_hz: float
) -> None:
    exact_s = [number / frame_rate_hz for number in range(600)]
    path = write_video(tmp_path / "clip.mp4")
    given = []
    for times_s in (exact_s, [round(time_s, 3) for time_s in exact_s]):
        video = FakeVideo(times_s, frame_rate_hz)
        frames = sampled(VideoFileSource(path, make_capture=opens(video)), 0.2)
        given.append([frame.index for frame in frames])
    assert given[0] == given[1]
    assert set(np.diff(given[0])) == {math.ceil(round(frame_rate_hz) / 5)}


def test_what_cannot_be_opened_or_breaks_off_is_told_to_whoever_takes_the_frames(
    tmp_path: Path,
) -> None:
    with pytest.raises(SourceError, match="does not exist"):
        sampled(VideoFileSource(tmp_path / "gone.mp4"), 0.2)
    video = FakeVideo([0.0, 0.04], frame_count=250)
    path = write_video(tmp_path / "clip.mp4", 250)
    with pytest.raises(SourceError, match="breaks off at 0:00 of 0:10"):
        sampled(VideoFileSource(path, make_capture=opens(video)), 0.2)


def test_a_cancel_ends_it_and_its_thread(tmp_path: Path) -> None:
    video = write_video(tmp_path / "clip.mp4", frame_count=200)
    indexes: list[int] = []
    with VideoSampler(VideoFileSource(video), 0) as sampler:
        for frame in sampler.frames(lambda: len(indexes) > 3):
            indexes.append(frame.index)  # noqa: PERF401  the length counts meanwhile
    assert indexes == [0, 1, 2, 3]
    assert "sample-video" not in {thread.name for thread in threading.enumerate()}


def test_its_thread_is_announced_to_whoever_must_know_for_whom_it_works(tmp_path: Path) -> None:
    names: list[str] = []

    @contextmanager
    def announced() -> Iterator[None]:
        names.append(threading.current_thread().name)
        yield

    token = announce.set(announced)
    try:
        sampled(VideoFileSource(write_video(tmp_path / "clip.mp4")), 0.2)
    finally:
        announce.reset(token)
    assert names == ["sample-video"]


def test_a_decoder_that_hangs_is_given_up_and_left(tmp_path: Path) -> None:
    let_go = threading.Event()

    class HangingVideo(FakeVideo):
        def grab(self) -> bool:
            let_go.wait(20)
            return False

    path = write_video(tmp_path / "clip.mp4")
    source = VideoFileSource(path, make_capture=opens(HangingVideo([0.0, 0.04, 0.5])))
    begun_s = time.monotonic()
    with (
        pytest.raises(
            SourceError, match=r"clip\.mp4 gave no picture for 0 seconds and was given up"
        ),
        VideoSampler(source, 0.2, limit_s=0.3) as sampler,
    ):
        list(sampler.frames(lambda: False))
    assert time.monotonic() - begun_s < 5
    let_go.set()
