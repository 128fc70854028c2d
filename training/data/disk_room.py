"""Says when a disk is full before anything is written to it."""

import shutil
from pathlib import Path

from core.errors import DataError


def check_room(folder: Path, size_bytes: int, what: str) -> None:
    """See that `folder` has room for `size_bytes` of `what`.

    Raises:
        DataError: if it has not.
    """
    if shutil.disk_usage(folder).free < size_bytes:
        raise no_room(folder, size_bytes, what)


def no_room(folder: Path, size_bytes: int, what: str) -> DataError:
    """That `folder` has no room for `size_bytes` of `what`."""
    left = shutil.disk_usage(folder).free
    return DataError(
        f"{folder} needs {size_bytes / 1e6:,.0f} MB for {what} and has {left / 1e6:,.0f} MB left."
    )
