"""What Ctrl+C does where a KeyboardInterrupt, which strikes between any two steps, does harm."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.batch.job_control import JobControl

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
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        control.cancel()

    with _control_c(cancel):
        yield


@contextmanager
def _control_c(answer: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Inside, Ctrl+C is answered so; not where it is ignored, as in a script's background."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_IGN:
        yield
        return
    signal.signal(signal.SIGINT, answer)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is answer:
            signal.signal(signal.SIGINT, before)
