"""Keeps what C++ libraries print on their own away from the terminal."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr

from core.commands.standard_streams import PlainTextStream

_STDERR = 2


@contextmanager
def native_stderr_hidden() -> Iterator[None]:
    """Inside, only Python writes to standard error.

    FFmpeg says of each damaged frame what is wrong with it, and TensorFlow how it was built; a
    command that runs in a pipe should say only what it means to.
    """
    visible = os.dup(_STDERR)
    with (
        PlainTextStream(
            os.fdopen(visible, "wb"), errors="backslashreplace", line_buffering=True
        ) as stream,
        redirect_stderr(stream),
    ):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, _STDERR)
        os.close(nowhere)
        try:
            yield
        finally:
            os.dup2(visible, _STDERR)
