"""Shares memory among threads, so that many large pictures never fill it together."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class Holding:
    """A part of a `MemoryBudget`, held by one thread.

    Attributes:
        size_bytes: how much is held.
        is_open: whether it may be given more: it has not been given back.
    """

    def __init__(self, budget: "MemoryBudget") -> None:
        self._budget = budget
        self.size_bytes = 0
        self.is_open = True

    def resize(self, size_bytes: int) -> None:
        """Hold so much from now on; wait until it is free.

        Whoever holds a part that it needs may only shrink it: two that grow could wait for each
        other without end.
        """
        size_bytes = min(size_bytes, self._budget.total_bytes)
        assert self.size_bytes == 0 or size_bytes <= self.size_bytes
        self._budget.take(size_bytes - self.size_bytes)
        self.size_bytes = size_bytes

    def hand_over(self, other: "Holding", size_bytes: int) -> None:
        """Let another thread's holding have a part of this one, unless it was given back."""
        self._budget.move(self, other, min(size_bytes, self.size_bytes))


class MemoryBudget:
    """So many bytes for all threads together; who asks for more than all gets all.

    They are served in the order in which they ask: else who asks for much would be overtaken for
    ever.

    Args:
        wait_s: who is first and sees nothing given back for so long gets MemoryError: what holds
            them may never end.
    """

    def __init__(self, total_bytes: int, wait_s: float = 300) -> None:
        self.total_bytes = total_bytes
        self._wait_s = wait_s
        self._free_bytes = total_bytes
        self._waiting: deque[object] = deque()
        self._changed = Condition()

    @contextmanager
    def hold(self, size_bytes: int = 0) -> Iterator[Holding]:
        """A part for as long as the block lasts."""
        holding = Holding(self)
        try:
            holding.resize(size_bytes)
            yield holding
        finally:
            with self._changed:
                holding.is_open = False
            holding.resize(0)

    def take(self, size_bytes: int) -> None:
        """Take so many bytes as soon as they are free; give them back where it is negative.

        Raises:
            MemoryError: if they did not become free in time.
        """
        with self._changed:
            if size_bytes > 0:
                self._wait_for(size_bytes)
            self._free_bytes -= size_bytes
            self._changed.notify_all()

    def _wait_for(self, size_bytes: int) -> None:
        place = object()
        self._waiting.append(place)
        try:
            while (is_later := self._waiting[0] is not place) or size_bytes > self._free_bytes:
                if not self._changed.wait(self._wait_s) and not is_later:
                    raise MemoryError
        finally:
            self._waiting.remove(place)
            self._changed.notify_all()

    def move(self, giver: Holding, taker: Holding, size_bytes: int) -> None:
        """Nobody else can take it meanwhile."""
        with self._changed:
            if taker.is_open:
                giver.size_bytes -= size_bytes
                taker.size_bytes += size_bytes
