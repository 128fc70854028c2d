"""Standard streams that are missing, that take nothing any more, or that end in a terminal."""

import io
import os
import sys

from core.text import one_line, terminal_text

_LINE_START, _LINE_REST_CLEARED = "\r", "\x1b[K"


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


class PlainTextStream(io.TextIOWrapper):
    """A stream on which no name of a file steers a terminal: ESC and its kin are "�"."""

    def write(self, text: str, /) -> int:
        if text.isprintable():
            return super().write(text)
        if text.startswith(_LINE_START) and text.endswith(_LINE_REST_CLEARED):
            line = text.removeprefix(_LINE_START).removesuffix(_LINE_REST_CLEARED)
            return super().write(_LINE_START + one_line(line) + _LINE_REST_CLEARED)
        return super().write(terminal_text(text))


def written_anew(line: str) -> str:
    """What takes the place of the last line on a terminal."""
    return _LINE_START + line + _LINE_REST_CLEARED


def keep_terminal_plain() -> None:
    """Let nothing steer the terminal that is printed from now on; what goes elsewhere stays."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper) and stream.isatty():
            plain = PlainTextStream(
                stream.buffer, stream.encoding, stream.errors, line_buffering=True
            )
            setattr(sys, name, plain)
