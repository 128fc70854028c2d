"""How far a job is, how fast it goes, and when it will be done."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class JobProgress:
    """A job at one moment.

    Attributes:
        is_scanning: photos are still being looked for; `total` grows.
        is_paused: nothing more is begun.
        total: photos found.
        done: photos with an answer; `failed` ones are not among them.
        failed: photos that could not be read.
        skipped: what the scan left out.
        faces: found in this job.
        photos_per_s: over the last seconds; None until it is known.
        time_left_s: until all photos are done at this speed; None until it is known.
    """

    is_scanning: bool = False
    is_paused: bool = False
    total: int = 0
    done: int = 0
    failed: int = 0
    skipped: int = 0
    faces: int = 0
    photos_per_s: float | None = None
    time_left_s: float | None = None


class RateMeter:
    """Photos per second over the last `window_s` seconds, so that it follows the photos' sizes."""

    def __init__(self, window_s: float = 15.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._window_s = window_s
        self._clock = clock
        self._marks: deque[tuple[float, int]] = deque()
        self.restart()

    def restart(self) -> None:
        """Forget what was; after a pause, for instance."""
        self._marks = deque([(self._clock(), 0)])

    def add(self, count: int) -> None:
        """Note that `count` more photos are done."""
        now_s = self._clock()
        self._marks.append((now_s, self._marks[-1][1] + count))
        while len(self._marks) > 2 and self._marks[1][0] <= now_s - self._window_s:
            self._marks.popleft()

    @property
    def photos_per_s(self) -> float | None:
        """None before there is anything to go by."""
        (from_s, before), (to_s, after) = self._marks[0], self._marks[-1]
        if after == before or to_s <= from_s:
            return None
        return (after - before) / (to_s - from_s)
