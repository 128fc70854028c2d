"""Files that appear only once they are whole and on the disk."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO

from core.errors import ExportError

_numbers = count(1)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A stream to a file that takes the place of `path` when it is complete.

    It is written beside it, flushed to the disk, then renamed. After any error an older file is
    still there as it was, and nothing is left beside it.

    Raises:
        ExportError: if the disk is full, the folder is missing or may not be written, or `path`
            is something else than a file.
    """
    check_target(path)
    target = path.resolve()
    unfinished = target.with_name(f".visage-{os.getpid()}-{next(_numbers)}.part")
    try:
        with unfinished.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(target)
    except OSError as error:
        raise _export_error(path, error) from error
    finally:
        _remove(unfinished)


def check_target(path: Path) -> None:
    """Make sure, before any work, that a file could be written there.

    Raises:
        ExportError: if `path` is something else than a file, its folder is missing, or nobody
            may look there.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise ExportError(f"{path} is not a file; nothing was written.")
    except FileNotFoundError:
        if not path.resolve().parent.is_dir():
            raise ExportError(f"{path} could not be written (there is no such folder).") from None
    except OSError as error:
        raise _export_error(path, error) from error


def make_folder(path: Path) -> None:
    """Make a folder and those above it.

    Raises:
        ExportError: if that is not possible.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _export_error(path, error) from error


def _export_error(path: Path, error: OSError) -> ExportError:
    return ExportError(f"{path} could not be written ({error.strerror}).")


def _remove(path: Path) -> None:
    # Where even that fails, the folder is gone or read-only: the first error says so.
    with suppress(OSError):
        path.unlink(missing_ok=True)
