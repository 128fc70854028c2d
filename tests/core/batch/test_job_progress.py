from pathlib import Path

import pytest

from core.batch.job_progress import JobProgress, RateMeter, VideoPlace


class Clock:
    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_the_rate_is_that_of_the_last_seconds() -> None:
    clock = Clock()
    meter = RateMeter(window_s=10, clock=clock)
    for _ in range(20):
        clock.now_s += 1
        meter.add(1)
    assert meter.photos_per_s == 1
    for _ in range(11):
        clock.now_s += 1
        meter.add(5)
    assert meter.photos_per_s == 5


def test_a_pause_does_not_count() -> None:
    clock = Clock()
    meter = RateMeter(clock=clock)
    clock.now_s += 1
    meter.add(10)
    clock.now_s += 1000
    meter.restart()
    clock.now_s += 2
    meter.add(10)
    assert meter.photos_per_s == 5


def test_there_is_no_rate_before_anything_is_done() -> None:
    assert RateMeter(clock=Clock()).photos_per_s is None


def test_one_long_photo_is_a_rate_too() -> None:
    clock = Clock()
    meter = RateMeter(window_s=10, clock=clock)
    for _ in range(3):
        clock.now_s += 60
        meter.add(1)
    assert meter.photos_per_s == 1 / 60


def test_the_share_that_is_done_counts_the_parts_of_videos() -> None:
    places = [VideoPlace(Path("a.mp4"), 30, 60), VideoPlace(Path("b.mp4"), 30, None)]
    assert JobProgress(total=4, done=1, failed=1, in_hand=places).share == pytest.approx(0.625)
    assert JobProgress().share == 0
