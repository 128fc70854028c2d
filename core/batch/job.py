"""Runs a job: scans, reads photos in parallel, estimates the faces of several in one call."""

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence, Set
from contextlib import ExitStack
from itertools import islice
from typing import Protocol

from core.batch.job_control import JobControl
from core.batch.job_progress import JobProgress, RateMeter, VideosInHand
from core.batch.outcome import KnownContent
from core.batch.parallel_estimating import EstimatedBatch, ParallelEstimator, is_full
from core.batch.parallel_reading import Reader, read_in_parallel
from core.batch.photo_reader import PhotoReading, Reading
from core.batch.record import Job, WaitingPhoto
from core.batch.scan import scan
from core.batch.store import BatchStore
from core.estimation.predictor import Predictor
from core.faces.versions import FLIP_AVERAGE

_SCAN_PAGE = 500
_WAITING_PAGE = 500
_MAX_PENDING_S = 0.5
_VIDEOS_AT_ONCE = 2
"""Each keeps some twenty frames in memory, and its decoder has threads of its own."""

_TOLD_EVERY_S = 0.5
"""How far a video is."""


class ClosableReader(Reader, Protocol):
    """A reader that holds the store open until it is closed."""

    def close(self) -> None: ...


class BatchJob:
    """One run of a job. It belongs to one thread; `control` belongs to all.

    Args:
        store: of this thread.
        make_reader: makes the reader of one more reading thread; called in this thread, and
            only if there is a photo to read.
        predictor: estimates the faces; closed with the job.
        in_hand: the videos that the readers are reading.
        worker_count: threads that read, and as many that estimate.
        flip_average: average each estimate with that of the mirrored face.
    """

    def __init__(
        self,
        store: BatchStore,
        job: Job,
        make_reader: Callable[[], ClosableReader],
        predictor: Predictor,
        control: JobControl,
        in_hand: VideosInHand,
        *,
        worker_count: int,
        flip_average: bool = FLIP_AVERAGE,
    ) -> None:
        self._store = store
        self._job = job
        self._make_reader = make_reader
        self._predictor = predictor
        self._control = control
        self._in_hand = in_hand
        self._worker_count = worker_count
        self._flip_average = flip_average
        self._settings = job.recipe.settings()
        self._recipe_text = job.recipe.to_text()
        self._rate = RateMeter()

    def run(self) -> Generator[JobProgress, None, None]:
        """Do what is still to be done, and tell how far it is now and then.

        It ends when every photo has an answer, or soon after it was cancelled; closing the
        generator ends it, too. What was told is stored.

        Raises:
            ModelError: if the model fails; the job can be resumed.
            StoreError: if the store cannot be written; what is stored stays.
        """
        yield from self._scan()
        if self._control.is_cancelled:
            return
        if not self._job.is_anew:
            self._store.answer_unchanged(self._job.id)
        yield self._progress()
        yield from self._label()

    def close(self) -> None:
        """Release the predictor."""
        self._predictor.close()

    def _scan(self) -> Iterator[JobProgress]:
        if self._store.job(self._job.id).is_scanned:
            return
        findings = scan(self._job.roots)
        while page := tuple(islice(findings, _SCAN_PAGE)):
            self._control.wait_while_paused()
            if self._control.is_cancelled:
                return
            self._store.add_findings(self._job.id, page)
            yield self._progress(is_scanning=True)
        self._store.end_scan(self._job.id)

    def _label(self) -> Iterator[JobProgress]:
        if not self._store.counts(self._job.id).waiting:
            return
        with ExitStack() as open_readers:
            readers = []
            for _ in range(self._worker_count):
                readers.append(self._make_reader())
                open_readers.callback(readers[-1].close)
            estimator = ParallelEstimator(
                self._predictor, self._worker_count, flip_average=self._flip_average
            )
            open_readers.callback(estimator.close)
            self._rate.restart()
            readings = self._read(readers)
            open_readers.callback(readings.close)
            yield from self._label_readings(readings, estimator)

    def _label_readings(
        self, readings: Iterator[Reading | None], estimator: ParallelEstimator
    ) -> Iterator[JobProgress]:
        pending: list[Reading] = []
        begun_at_s = told_at_s = time.monotonic()
        for reading in readings:
            if reading is not None:
                pending.append(reading)
            is_idle = reading is None and self._control.is_paused
            is_late = is_idle or time.monotonic() - begun_at_s >= _MAX_PENDING_S
            if pending and (is_late or is_full(pending)):
                estimator.begin(self._without_repetition(pending, estimator.content_hashes))
                pending = []
                begun_at_s = time.monotonic()
            yield from self._store_batches(estimator.finished(wait_for_all=is_idle))
            if self._in_hand.places and time.monotonic() - told_at_s >= _TOLD_EVERY_S:
                told_at_s = time.monotonic()
                yield self._progress()
            if is_idle:
                yield self._progress()
                self._control.wait_while_paused()
                self._rate.restart()
        estimator.begin(self._without_repetition(pending, estimator.content_hashes))
        yield from self._store_batches(estimator.finished(wait_for_all=True))

    def _read(self, readers: Sequence[Reader]) -> Generator[Reading | None, None, None]:
        """Videos come last: no photo waits for one that takes an hour."""
        yield from read_in_parallel(readers, self._waiting(is_video=False), self._control)
        videos = self._waiting(is_video=True)
        few = readers[:_VIDEOS_AT_ONCE]
        yield from read_in_parallel(few, videos, self._control, in_order=False)

    def _waiting(self, *, is_video: bool) -> Iterator[WaitingPhoto]:
        last_id, job_id = 0, self._job.id
        while page := self._store.waiting_photos(job_id, last_id, _WAITING_PAGE, is_video=is_video):
            yield from page
            last_id = page[-1].id

    def _store_batches(self, batches: Iterable[EstimatedBatch]) -> Iterator[JobProgress]:
        """Store the photos of each batch together."""
        for batch in batches:
            outcomes = batch.outcomes(self._settings)
            self._store.store_outcomes(self._recipe_text, outcomes, self._job.first_answering_job)
            self._rate.add(len(outcomes))
            yield self._progress()

    def _without_repetition(
        self, readings: Sequence[Reading], under_way: Set[bytes]
    ) -> list[Reading]:
        """The readings, those of a photo that was labelled while they were made as known."""
        met = set(under_way)
        outcomes: list[Reading] = []
        for reading in readings:
            if not isinstance(reading, PhotoReading):
                outcomes.append(reading)
                continue
            content_hash = reading.content_hash
            is_met = content_hash in met or self._knows(content_hash)
            if is_met and not reading.kept_ids:
                outcomes.append(KnownContent(reading.photo_id, content_hash))
            else:
                met.add(content_hash)
                outcomes.append(reading)
        return outcomes

    def _knows(self, content_hash: bytes) -> bool:
        first_job = self._job.first_answering_job
        return self._store.knows_content(self._recipe_text, content_hash, first_job)

    def _progress(self, *, is_scanning: bool = False) -> JobProgress:
        counts = self._store.counts(self._job.id)
        speed = self._rate.photos_per_s
        return JobProgress(
            is_scanning=is_scanning,
            is_paused=self._control.is_paused,
            total=counts.photos,
            done=counts.done,
            failed=counts.failed,
            skipped=counts.skipped,
            faces=counts.faces,
            photos_per_s=speed,
            time_left_s=counts.waiting / speed if speed and not counts.waiting_videos else None,
            videos=counts.videos,
            in_hand=self._in_hand.places,
        )
