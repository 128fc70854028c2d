"""Reads photos in several threads and gives them back in order."""

from collections import deque
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from queue import SimpleQueue
from typing import Protocol

from core.batch.job_control import JobControl
from core.batch.photo_reader import Reading
from core.batch.record import WaitingPhoto

TICK_S = 0.1
_PHOTOS_AHEAD = 8
"""Per reader: enough to go on while faces are estimated or one large photo is read, and few to
hold: what is read is chips."""


class Reader(Protocol):
    """What reads a photo: see `core.batch.photo_reader`."""

    def read(self, photo: WaitingPhoto) -> Reading | None: ...


def read_in_parallel(
    readers: Sequence[Reader],
    photos: Iterable[WaitingPhoto],
    control: JobControl,
    *,
    in_order: bool = True,
) -> Generator[Reading | None, None, None]:
    """Readings in the order of `photos`, at most a few ahead of whoever takes them.

    None is given where nothing was ready for `TICK_S`, so that a caller can look around. Paused,
    no photo is begun; cancelled, it ends without what is still being read.

    Args:
        readers: one per thread; each is used by one thread at a time.
        in_order: if not, each reading is given as soon as it is there: what takes minutes keeps
            nothing back.
    """
    free: SimpleQueue[Reader] = SimpleQueue()
    for reader in readers:
        free.put(reader)
    remaining = iter(photos)
    ahead: deque[Future[Reading | None]] = deque()
    executor = ThreadPoolExecutor(len(readers), thread_name_prefix="read-photo")
    try:
        while not control.is_cancelled:
            while not control.is_paused and len(ahead) < _PHOTOS_AHEAD * len(readers):
                photo = next(remaining, None)
                if photo is None:
                    break
                ahead.append(executor.submit(_read, free, photo))
            if not ahead and not control.is_paused:
                return
            yield _taken(ahead, in_order=in_order)
    finally:
        executor.shutdown(cancel_futures=True)


def _read(free: "SimpleQueue[Reader]", photo: WaitingPhoto) -> Reading | None:
    reader = free.get()
    try:
        return reader.read(photo)
    finally:
        free.put(reader)


def _taken(ahead: "deque[Future[Reading | None]]", *, in_order: bool) -> Reading | None:
    """The first reading, or any, if it is ready soon, else None, as after a cancel."""
    if not ahead:
        return None
    awaited = (ahead[0],) if in_order else tuple(ahead)
    ready = next(iter(wait(awaited, TICK_S, FIRST_COMPLETED).done), None)
    if ready is None:
        return None
    ahead.remove(ready)
    return ready.result()
