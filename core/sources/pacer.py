"""Shows a video's frames at the video's own pace."""

from collections.abc import Callable
from threading import Condition
from time import perf_counter

_MAX_LAG_S = 0.1


class Pacer:
    """Makes its caller wait until a frame is due.

    One thread waits; any thread may pause, resume, restart or stop. A caller that falls behind
    is not hurried through the missed time: beyond a small lag the video simply plays later, so
    that every frame is still shown.
    """

    def __init__(self, clock_s: Callable[[], float] = perf_counter) -> None:
        self._clock_s = clock_s
        self._changed = Condition()
        self._start_s: float | None = None
        self._paused_at_s: float | None = None
        self._restart_count = 0
        self._is_stopped = False

    @property
    def is_paused(self) -> bool:
        return self._paused_at_s is not None

    def wait(self, time_s: float) -> bool:
        """Wait until the frame of `time_s` is due; while paused, wait on.

        The first frame, and the first after `restart`, is due at once, paused or not: so a seek
        shows where it went.

        Returns:
            False if `restart` or `stop` came in between: the frame is no longer wanted.
        """
        with self._changed:
            if self._start_s is None and not self._is_stopped:
                self._start_s = self._now_s() - time_s
                return True
            restart_count = self._restart_count
            while not self._is_stopped and self._restart_count == restart_count:
                remaining_s = self._remaining_s(time_s)
                if remaining_s <= 0 and not self.is_paused:
                    self._accept_lag(-remaining_s)
                    return True
                self._changed.wait(None if self.is_paused else remaining_s)
            return False

    def pause(self) -> None:
        with self._changed:
            if self._paused_at_s is None:
                self._paused_at_s = self._clock_s()
            self._changed.notify_all()

    def resume(self) -> None:
        with self._changed:
            if self._paused_at_s is not None and self._start_s is not None:
                self._start_s += self._clock_s() - self._paused_at_s
            self._paused_at_s = None
            self._changed.notify_all()

    def restart(self) -> None:
        """Forget the position; to be called after each seek, and to cut a waiting frame short."""
        with self._changed:
            self._start_s = None
            self._restart_count += 1
            self._changed.notify_all()

    def stop(self) -> None:
        """From now on no frame is wanted."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify_all()

    def _now_s(self) -> float:
        return self._clock_s() if self._paused_at_s is None else self._paused_at_s

    def _remaining_s(self, time_s: float) -> float:
        assert self._start_s is not None
        return self._start_s + time_s - self._now_s()

    def _accept_lag(self, lag_s: float) -> None:
        if lag_s > _MAX_LAG_S and self._start_s is not None:
            self._start_s += lag_s
