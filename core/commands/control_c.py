"""What Ctrl+C does where a KeyboardInterrupt, which strikes between any two steps, does harm.

A system that asks a program to end, by SIGTERM, is answered alike.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.batch.job_control import JobControl

_ENDINGS = (signal.SIGINT, signal.SIGTERM)

INTERRUPTED = 130
"""The exit code after Ctrl+C."""


@contextmanager
def control_c_ends_at_once() -> Iterator[None]:
    """For imports, where nothing can be lost: NumPy takes an interrupt for a broken install."""

    def end(_number: int, _frame: FrameType | None) -> None:
        print("Stopped.", file=sys.stderr, flush=True)
        os._exit(INTERRUPTED)

    with _control_c(end):
        yield


@contextmanager
def control_c_cancels(control: "JobControl") -> Iterator[None]:
    """Inside, the first Ctrl+C cancels the job; any further one ends the program at once.

    An interrupt while a thread starts or ends would leave one that nobody ends and that Python
    waits for without end.
    """

    def cancel(_number: int, _frame: FrameType | None) -> None:
        for ending in _ENDINGS:
            signal.signal(ending, signal.SIG_DFL)
        control.cancel()

    with _control_c(cancel):
        yield


@contextmanager
def _control_c(answer: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Inside, Ctrl+C is answered so; not where it is ignored, as in a script's background."""
    found = {ending: signal.getsignal(ending) for ending in _ENDINGS}
    answered = {ending: how for ending, how in found.items() if how is not signal.SIG_IGN}
    for ending in answered:
        signal.signal(ending, answer)
    try:
        yield
    finally:
        for ending, before in answered.items():
            if signal.getsignal(ending) is answer:
                signal.signal(ending, before)
