"""Standard streams that are missing, or that take nothing any more."""

import os
import sys


def fill_missing_streams() -> None:
    """Let what is printed without a terminal go nowhere, instead of ending the program.

    Windows starts a program with a window without standard streams. They are opened in the order
    of their numbers, so that each gets its own, for C++ libraries too.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123, SIM115  it stays open
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)


def drop_output() -> None:
    """Let what is still to be written go nowhere: at its end, Python would fail on it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
