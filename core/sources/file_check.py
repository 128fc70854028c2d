"""What can be said of a file before anyone decodes it."""

import os
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import BinaryIO

from core.errors import SourceError
from core.text import one_line


def is_folder(path: Path) -> bool:
    """Whether it is a folder; False where the system does not say, as in a forbidden place.

    `Path.is_dir` raises there before Python 3.14, and so does `Path.exists`.
    """
    return os.path.isdir(path)  # noqa: PTH112


def is_there(path: Path) -> bool:
    """Whether there is a file or a folder; False where the system does not say."""
    return os.path.exists(path)  # noqa: PTH110


def check_file(path: Path, error: type[SourceError] = SourceError) -> None:
    """Make sure that there is a regular file with something in it.

    Raises:
        error: a sentence that says what is wrong.
    """
    open_file(path, error).close()


def open_file(path: Path, error: type[SourceError] = SourceError) -> BinaryIO:
    """Open a regular file with something in it, to read it.

    A pipe, a socket or a device is neither waited for nor read, also if it took the place of a
    file a moment ago.

    Raises:
        error: a sentence that says what is wrong.
    """
    name = display_name(path)
    try:
        if not S_ISDIR(mode := path.stat().st_mode):
            _check_regular(mode, name, error)
        file = open(path, "rb", opener=_open_without_waiting)  # noqa: SIM115
    except FileNotFoundError:
        if os.path.islink(path):  # noqa: PTH114  `Path.is_symlink` may raise
            raise error(f"{name} is a link that leads nowhere.") from None
        raise error(f"{name} does not exist. Was it moved or renamed?") from None
    except IsADirectoryError:
        raise error(f"{name} is a folder, not a file.") from None
    except PermissionError:
        raise error(f"{name} may not be read. Check its permissions.") from None
    except OSError as trouble:
        raise error(f"{name} could not be read ({trouble.strerror}).") from trouble
    except ValueError as trouble:
        raise error(f"{name} could not be read ({trouble}).") from trouble
    try:
        status = os.fstat(file.fileno())
        _check_regular(status.st_mode, name, error)
        if not status.st_size:
            raise error(f"{name} is empty: it has zero bytes.")
    except SourceError:
        file.close()
        raise
    return file


def _open_without_waiting(path: str, flags: int) -> int:
    """A pipe that nobody writes to would be waited for without end."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _check_regular(mode: int, name: str, error: type[SourceError]) -> None:
    if not S_ISREG(mode):
        raise error(f"{name} is no file but a pipe, a socket or a device, and is not read.")


def display_name(path: Path) -> str:
    """The file's name on one line, with "?" in the place of bytes that are not Unicode."""
    return one_line(path.name)
