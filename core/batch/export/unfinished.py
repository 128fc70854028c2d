"""What an export has begun to write beside its target: locked as long as its process lives.

So what a killed process left behind is known, and the next export into the folder removes it.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO

_PREFIX, _ENDING = ".visage-", ".part"
_numbers = count(1)
_swept_folders: set[Path] = set()


@contextmanager
def unfinished_file(folder: Path, mode: int) -> Iterator[tuple[BinaryIO, Path]]:
    """A new file in `folder`, removed at the end if it still has its name.

    Args:
        mode: as for `os.open`.

    Raises:
        OSError: if it cannot be made.
    """
    _remove_abandoned(folder)
    stream, path = _open_new(folder, mode)
    try:
        with stream:
            yield stream, path
    finally:
        # Where even that fails, the folder is gone or read-only: the first error says so.
        with suppress(OSError):
            path.unlink(missing_ok=True)


@contextmanager
def unfinished_folder(folder: Path) -> Iterator[str]:
    """A new folder in `folder` for what is only needed meanwhile.

    Raises:
        OSError: if it cannot be made.
    """
    _remove_abandoned(folder)
    path = tempfile.mkdtemp(prefix=_PREFIX, suffix=_ENDING, dir=folder)
    lock = _open_locked(Path(path))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def _remove_abandoned(folder: Path) -> None:
    """Remove what killed processes left in `folder`; each process looks once."""
    if folder in _swept_folders:
        return
    _swept_folders.add(folder)
    for path in folder.glob(f"{_PREFIX}*{_ENDING}"):
        lock = _open_locked(path)
        if lock is None:
            continue
        with suppress(OSError):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        os.close(lock)


def _open_new(folder: Path, mode: int) -> tuple[BinaryIO, Path]:
    """A file of a new name, locked where that is possible."""
    while True:
        path = folder / f"{_PREFIX}{os.getpid()}-{next(_numbers)}{_ENDING}"
        stream = open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode))  # noqa: SIM115
        _lock(stream.fileno())
        if path.exists():
            return stream, path
        stream.close()  # another process saw it before it was locked, and removed it


if sys.platform == "win32":

    def _open_locked(path: Path) -> int | None:
        """None: Windows itself removes nothing that is open, and has no lock for a folder."""
        return None

    def _lock(descriptor: int) -> bool:
        return True

else:
    import fcntl

    def _open_locked(path: Path) -> int | None:
        """A descriptor that holds the lock; None if another process does, or there is none."""
        with suppress(OSError):
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            if _lock(descriptor):
                return descriptor
            os.close(descriptor)
        return None

    def _lock(descriptor: int) -> bool:
        """Whether nobody else holds the lock, or there can be none."""
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False
