"""Arrays that lie in a file of the cache and are mapped into memory."""

import errno
import os
import shutil
from pathlib import Path
from typing import Any, Literal

import numpy as np

from core.errors import DataError
from training.data.disk_room import no_room


def create_array(path: Path, dtype: type, shape: tuple[int, ...]) -> "np.memmap[Any, Any]":
    """A new array of zeros in the file `path`, with all of its place on the disk reserved.

    Without that the file would have holes, and writing into one of them on a full disk ends the
    program with a bus error.

    Raises:
        DataError: if the disk has no room for it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    array = np.lib.format.open_memmap(path, mode="w+", dtype=dtype, shape=shape)
    try:
        _reserve(path)
    except OSError as error:
        path.unlink()
        if error.errno != errno.ENOSPC:
            raise
        raise no_room(path.parent, array.nbytes, "pictures") from None
    return array


def open_array(path: Path, dtype: type, shape: tuple[int, ...]) -> "np.memmap[Any, Any]":
    """The array in the file `path`, to go on with; a new one of zeros where there is none.

    Raises:
        DataError: if the disk has no room for it, or it is damaged.
    """
    if not path.exists():
        part = path.with_suffix(".part")
        create_array(part, dtype, shape)
        part.replace(path)
    return read_array(path, shape, "r+")


def read_array(
    path: Path, shape: tuple[int, ...], mode: Literal["r", "r+"] = "r"
) -> "np.memmap[Any, Any]":
    """The array in the file `path`.

    Raises:
        DataError: if it is damaged, or of another shape.
    """
    try:
        array = np.lib.format.open_memmap(path, mode=mode)
    except (ValueError, EOFError):
        array = None
    if array is None or array.shape != shape:
        raise DataError(f"{path} is damaged. Delete it and start again.")
    return array


def _reserve(path: Path) -> None:
    with path.open("r+b") as file:
        size = path.stat().st_size
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(file.fileno(), 0, size)
        elif shutil.disk_usage(path.parent).free < size:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
