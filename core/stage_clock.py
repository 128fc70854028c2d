"""Measures how long each stage takes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter


class StageClock:
    """Collects milliseconds by stage name.

    Args:
        now_s: gives the time in seconds; None for the time that passes.
    """

    def __init__(self, now_s: Callable[[], float] | None = None) -> None:
        self._now_s = now_s or perf_counter
        self.timings_ms: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Adds the time spent inside to the stage `name`."""
        start_s = self._now_s()
        try:
            yield
        finally:
            elapsed_ms = (self._now_s() - start_s) * 1000
            self.timings_ms[name] = self.timings_ms.get(name, 0.0) + elapsed_ms
