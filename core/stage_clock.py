"""Measures how long each stage takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter


class StageClock:
    """Collects milliseconds by stage name."""

    def __init__(self) -> None:
        self.timings_ms: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Adds the time spent inside to the stage `name`."""
        start = perf_counter()
        try:
            yield
        finally:
            elapsed_ms = (perf_counter() - start) * 1000
            self.timings_ms[name] = self.timings_ms.get(name, 0.0) + elapsed_ms
