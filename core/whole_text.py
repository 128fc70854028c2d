"""Text files that appear only once they are whole and on the disk."""

import os
from contextlib import suppress
from pathlib import Path


def write_whole_text(path: Path, text: str) -> None:
    """Write `text` beside `path`, then put it in its place; after an error the older file stays.

    Raises:
        OSError: if it cannot be written; it names `path`.
    """
    target = path.resolve()
    part = target.with_suffix(".part")
    try:
        with part.open("w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from error
