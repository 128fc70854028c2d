"""How many things happen in a second."""

from collections import deque


class RateMeter:
    """Counts over a sliding window.

    Args:
        window_s: how far back it looks.
    """

    def __init__(self, window_s: float = 1.0) -> None:
        self._window_s = window_s
        self._times_s: deque[float] = deque()

    def note(self, time_s: float) -> None:
        """Something happened at `time_s`."""
        self._times_s.append(time_s)
        self._forget_before(time_s - self._window_s)

    def per_second(self, now_s: float) -> float:
        """The rate over the window that ends now; 0 when nothing happened in it."""
        self._forget_before(now_s - self._window_s)
        if len(self._times_s) < 2:
            return 0.0
        return (len(self._times_s) - 1) / (self._times_s[-1] - self._times_s[0])

    def _forget_before(self, time_s: float) -> None:
        while self._times_s and self._times_s[0] < time_s:
            self._times_s.popleft()
