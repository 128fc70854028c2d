"""A video's own pace."""

from threading import Event, Thread
from time import perf_counter

import pytest

from core.sources.pacer import Pacer


class Clock:
    """Time as a test wants it."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pacer(clock: Clock) -> Pacer:
    return Pacer(clock)


class Waiting:
    """A thread that waits for a frame."""

    def __init__(self, pacer: Pacer, time_s: float) -> None:
        self._answers: list[bool] = []
        self._started = Event()
        self._thread = Thread(target=self._wait, args=(pacer, time_s), daemon=True)
        self._thread.start()
        assert self._started.wait(5)

    def _wait(self, pacer: Pacer, time_s: float) -> None:
        self._started.set()
        self._answers.append(pacer.wait(time_s))

    def is_waiting_after(self, patience_s: float) -> bool:
        self._thread.join(patience_s)
        return self._thread.is_alive()

    def answer(self) -> bool:
        assert not self.is_waiting_after(5)
        return self._answers[0]


def test_a_frame_waits_until_it_is_due() -> None:
    pacer = Pacer()
    started_s = perf_counter()
    assert pacer.wait(3.0), "the first frame is due at once, wherever the video starts"
    assert pacer.wait(3.05)
    assert perf_counter() - started_s >= 0.05


def test_a_late_frame_is_due_at_once(pacer: Pacer, clock: Clock) -> None:
    pacer.wait(0.0)
    clock.now_s += 0.05
    assert pacer.wait(0.04)


def test_small_lags_are_caught_up(pacer: Pacer, clock: Clock) -> None:
    pacer.wait(0.0)
    clock.now_s += 0.09
    pacer.wait(0.04)
    assert pacer.wait(0.08), "the clock stands at 0.09"


def test_after_a_long_stall_the_video_goes_on_at_its_pace(pacer: Pacer, clock: Clock) -> None:
    pacer.wait(0.0)
    clock.now_s += 10
    pacer.wait(0.04)
    waiting = Waiting(pacer, 0.5)
    assert waiting.is_waiting_after(0.05)
    pacer.stop()
    assert waiting.answer() is False


def test_a_paused_frame_waits_for_resume(pacer: Pacer, clock: Clock) -> None:
    pacer.wait(0.0)
    pacer.pause()
    assert pacer.is_paused
    clock.now_s += 60
    waiting = Waiting(pacer, 0.0)
    assert waiting.is_waiting_after(0.05)
    pacer.resume()
    assert waiting.answer() is True


def test_a_pause_is_not_caught_up(pacer: Pacer, clock: Clock) -> None:
    pacer.wait(0.0)
    pacer.pause()
    clock.now_s += 60
    pacer.resume()
    waiting = Waiting(pacer, 0.5)
    assert waiting.is_waiting_after(0.05)
    pacer.stop()
    assert waiting.answer() is False


def test_a_restart_cuts_a_waiting_frame_short(pacer: Pacer) -> None:
    pacer.wait(0.0)
    waiting = Waiting(pacer, 30.0)
    assert waiting.is_waiting_after(0.02)
    pacer.restart()
    assert waiting.answer() is False


def test_after_a_restart_the_next_frame_is_due_at_once_even_while_paused(pacer: Pacer) -> None:
    pacer.wait(0.0)
    pacer.pause()
    pacer.restart()
    assert pacer.wait(45.0)
    waiting = Waiting(pacer, 45.04)
    assert waiting.is_waiting_after(0.05)
    pacer.stop()
    assert waiting.answer() is False


def test_once_stopped_no_frame_is_wanted(pacer: Pacer) -> None:
    pacer.stop()
    assert not pacer.wait(0.0)
    pacer.restart()
    assert not pacer.wait(0.0)
