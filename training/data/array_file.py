"""Arrays that lie in a file of the cache and are mapped into memory."""

import errno
import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np

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
        DataError: if the disk has no room for it.
    """
    if not path.exists():
        part = path.with_suffix(".part")
        create_array(part, dtype, shape)
        part.replace(path)
    return np.lib.format.open_memmap(path, mode="r+")


def _reserve(path: Path) -> None:
    with path.open("r+b") as file:
        size = path.stat().st_size
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(file.fileno(), 0, size)
        elif shutil.disk_usage(path.parent).free < size:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
