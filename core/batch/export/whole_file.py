"""Files that appear only once they are whole and on the disk."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from core.batch.export.unfinished import unfinished_file
from core.errors import ExportError
from core.sources.endings import KEPT_SUFFIXES

_NEW_MODE, _PRIVATE_MODE = 0o666, 0o600


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
    try:
        old = target.stat() if target.exists() else None
        mode = _NEW_MODE if old is None else _PRIVATE_MODE
        with unfinished_file(target.parent, mode) as (stream, unfinished):
            if old is not None:
                _take_over(stream.fileno(), old)
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            stream.close()
            unfinished.replace(target)
    except OSError as error:
        raise _export_error(path, error) from error


def check_target(path: Path) -> None:
    """Make sure, before any work, that a file could be written there.

    Raises:
        ExportError: if `path` is something else than a file or leads to a photo or video, its
            folder is missing, or nobody may look there.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise ExportError(f"{path} is not a file; nothing was written.")
        end = path.resolve()
        if path.is_symlink() and end.suffix.lower() in KEPT_SUFFIXES:
            raise ExportError(f"{path} is a link to {end}, which stays; nothing was written.")
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


def _take_over(descriptor: int, old: os.stat_result) -> None:
    """Give a new file the owner, group and mode of the one that it replaces, if we may."""
    if sys.platform == "win32":
        return
    mode = stat.S_IMODE(old.st_mode)
    with suppress(OSError):
        os.fchown(descriptor, old.st_uid, -1)
    try:
        os.fchown(descriptor, -1, old.st_gid)
    except OSError:
        mode &= ~stat.S_IRWXG  # another group gains nothing
    with suppress(OSError):
        os.fchmod(descriptor, mode)
