"""Lets one run at a time write a file of the cache, or a folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from core.errors import DataError


@contextmanager
def exclusive(path: Path, refusal: str = "") -> Iterator[None]:
    """Keep every other run from making `path`; if one does, say so and wait until it is done.

    The system holds the lock, and frees it when the run is killed; its file stays.

    Args:
        refusal: do not wait, but say this.

    Raises:
        DataError: with the refusal.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path.with_name(f"{path.name}.lock"))
    try:
        lock.acquire(blocking=False)
    except Timeout:
        if refusal:
            raise DataError(refusal) from None
        print(f"Another run is making {path}; this one waits for it.", flush=True)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
