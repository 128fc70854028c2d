"""Gives up what takes too long."""

import math
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from threading import Thread
from typing import TypeVar

Answer = TypeVar("Answer")

announce: ContextVar[Callable[[], AbstractContextManager[object]]] = ContextVar(
    "announce", default=nullcontext
)
"""Makes a block in which bounded work is done, in its own thread: for whoever must know that this
thread works for the calling one."""


class TimeLimit:
    """So many seconds for a piece of work, not counting what it waits for others."""

    def __init__(self, limit_s: float) -> None:
        self.limit_s = limit_s
        self._ends_at_s = time.monotonic() + limit_s

    @property
    def remaining_s(self) -> float:
        """0 once the time is over; all of it while the work waits."""
        return min(max(self._ends_at_s - time.monotonic(), 0.0), self.limit_s)

    def check(self) -> None:
        """Raise TimeoutError if the time is over."""
        if time.monotonic() >= self._ends_at_s:
            raise TimeoutError

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """While the work waits for others, no time passes; it begins anew afterwards."""
        self._ends_at_s = math.inf
        try:
            yield
        finally:
            self._ends_at_s = time.monotonic() + self.limit_s


def call_within(limit: TimeLimit, work: Callable[[], Answer]) -> Answer:
    """The answer of `work`, which runs in a thread of its own.

    Native code cannot be stopped: after the limit, its thread goes on until it ends by itself,
    holds what it holds, and keeps no program from ending.

    Raises:
        TimeoutError: if there was no answer within the limit.
        Exception: whatever `work` raises.
    """
    outcome: Future[Answer] = Future()
    arguments = (outcome, work, announce.get())
    Thread(target=_settle, args=arguments, name="bounded-work", daemon=True).start()
    while remaining_s := limit.remaining_s:
        try:
            return outcome.result(remaining_s)
        except TimeoutError:
            if outcome.done():
                return outcome.result()
    raise TimeoutError


def _settle(
    outcome: "Future[Answer]",
    work: Callable[[], Answer],
    announced: Callable[[], AbstractContextManager[object]],
) -> None:
    try:
        with announced():
            answer = work()
    except BaseException as error:
        outcome.set_exception(error)
    else:
        outcome.set_result(answer)
