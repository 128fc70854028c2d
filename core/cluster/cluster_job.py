"""Runs a job on a cluster: hands parts of the work out, and sums up what comes back."""

import time
from collections import Counter, deque
from collections.abc import Generator, Iterator
from typing import Protocol

from core.batch.job_control import JobControl
from core.batch.job_progress import JobProgress, RateMeter
from core.cluster.part_file import PartFile
from core.cluster.work import Part
from core.errors import VisageError

_PARTS_AHEAD = 512
"""Found and not handed out yet: so much of the work is known to progress, and held in memory."""

_TICK_S = 0.2
_CAREFUL_AFTER, _MOST_LOSSES = 2, 6
"""So often a part was lost: photos are read one by one, or the run gives up."""


class LostPartError(VisageError):
    """A part was begun again and again, and never came back."""


class Loss(Protocol):
    """What comes back from a pool: see `core.cluster.ray_pool.Finished`."""

    @property
    def part(self) -> Part: ...
    @property
    def file(self) -> PartFile | None: ...
    @property
    def reason(self) -> str: ...


class Pool(Protocol):
    """What labels parts: see `core.cluster.ray_pool`."""

    @property
    def has_room(self) -> bool: ...
    @property
    def is_idle(self) -> bool: ...
    def begin(self, part: Part, *, is_careful: bool = False) -> None: ...
    def finished(self, timeout_s: float) -> Iterator[Loss]: ...


class ClusterJob:
    """One run over all parts; those that are written already are not labelled again.

    Args:
        parts: all of them, found as they are asked for.
        written: what is written already, by the keys of parts.

    Attributes:
        files: of all parts that are done, by their keys, in the order of the photos.
        has_begun: whether a worker was given anything.
    """

    def __init__(
        self,
        parts: Iterator[Part],
        written: dict[str, PartFile],
        pool: Pool,
        control: JobControl,
    ) -> None:
        self.files: dict[str, PartFile | None] = {}
        self.has_begun = False
        self._parts = parts
        self._written = written
        self._pool = pool
        self._control = control
        self._waiting: deque[Part] = deque()
        self._losses: Counter[str] = Counter()
        self._is_found = False
        self._total = self._photos = self._faces = self._failed = 0
        self._rate = RateMeter()

    def run(self) -> Generator[JobProgress, None, None]:
        """Label what is not labelled yet, and tell how far it is now and then.

        Raises:
            LostPartError: if a part is lost again and again; what is written stays.
            VisageError: what a worker or the source raises.
        """
        while not self._control.is_cancelled:
            self._find()
            while self._waiting and self._pool.has_room:
                part = self._waiting.popleft()
                is_careful = self._losses[part.key] >= _CAREFUL_AFTER
                self.has_begun = True
                self._pool.begin(part, is_careful=is_careful)
            if self._is_found and not self._waiting and self._pool.is_idle:
                break
            for finished in self._pool.finished(_TICK_S):
                self._take(finished)
            yield self._progress()
        yield self._progress()

    def _find(self) -> None:
        """Look for more work, for a tick at most: it may lie far away."""
        until_s = time.monotonic() + _TICK_S
        while len(self._waiting) < _PARTS_AHEAD and time.monotonic() < until_s:
            part = next(self._parts, None)
            if part is None:
                self._is_found = True
                return
            self._total += len(part.photos)
            self.files[part.key] = None
            written = self._written.pop(part.key, None)
            if written is not None and written.is_whole:
                self._note(written)
            else:
                self._waiting.append(part)

    def _take(self, finished: Loss) -> None:
        if finished.file is not None:
            self._note(finished.file)
            self._rate.add(finished.file.photos)
            return
        self._losses[finished.part.key] += 1
        if self._losses[finished.part.key] >= _MOST_LOSSES:
            raise LostPartError(
                f"{len(finished.part.photos)} photos, from {finished.part.photos[0].name} on, were "
                f"given up after {_MOST_LOSSES} tries. {finished.reason} "
                "The same command goes on from there."
            )
        self._waiting.appendleft(finished.part)

    def _note(self, file: PartFile) -> None:
        self.files[file.key] = file
        self._photos += file.photos
        self._faces += file.faces
        self._failed += file.failed

    def _progress(self) -> JobProgress:
        speed = self._rate.photos_per_s
        left = self._total - self._photos
        return JobProgress(
            total=self._total,
            done=self._photos - self._failed,
            failed=self._failed,
            faces=self._faces,
            photos_per_s=speed,
            time_left_s=left / speed if speed and self._is_found else None,
        )
