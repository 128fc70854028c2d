"""Estimates the faces of several photos in one call, several calls at once, in order."""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

import numpy as np

from core.batch.outcome import Outcome, PhotoAnswer
from core.batch.photo_reader import PhotoReading, Reading
from core.estimation.predictor import Predictor
from core.photo_labelling import make_faces
from core.settings import Settings
from core.types import Estimate

_FACES_PER_BATCH = 8
_MAX_PHOTOS_PENDING = 32


@dataclass(frozen=True, slots=True, eq=False)
class EstimatedBatch:
    """Readings with one estimate for each of their faces, in order."""

    readings: Sequence[Reading]
    estimates: Sequence[Estimate]

    def outcomes(self, settings: Settings) -> list[Outcome]:
        """What becomes of each photo."""
        estimates = iter(self.estimates)
        return [
            _answer(one, estimates, settings) if isinstance(one, PhotoReading) else one
            for one in self.readings
        ]


def _answer(
    reading: PhotoReading, estimates: Iterator[Estimate], settings: Settings
) -> PhotoAnswer:
    detections = reading.found.detections
    own = reading.estimates or list(islice(estimates, len(reading.found.chips)))
    faces = make_faces(detections, own, settings)
    found_count = len(faces) - len(reading.kept_ids)
    return PhotoAnswer(
        reading.photo_id,
        reading.content_hash,
        reading.width_px,
        reading.height_px,
        list(zip(detections, faces, strict=True))[:found_count],
        reading.note,
        reading.picture_hash,
        dict(zip(reading.kept_ids, faces[found_count:], strict=True)),
    )


def is_full(pending: Sequence[Reading]) -> bool:
    """Whether so many photos are worth a call of the model."""
    faces = sum(
        len(reading.found.chips) for reading in pending if isinstance(reading, PhotoReading)
    )
    return faces >= _FACES_PER_BATCH or len(pending) >= _MAX_PHOTOS_PENDING


@dataclass(frozen=True, slots=True, eq=False)
class _Batch:
    readings: Sequence[Reading]
    estimates: Future[Sequence[Estimate]]


class ParallelEstimator:
    """Keeps the processors busy while whoever began a batch goes on collecting the next.

    Args:
        predictor: called by all threads at once.
        thread_count: so many batches are estimated at once; one more may wait.
        flip_average: average each estimate with that of the mirrored face.
    """

    def __init__(self, predictor: Predictor, thread_count: int, *, flip_average: bool) -> None:
        self._predictor = predictor
        self._thread_count = thread_count
        self._flip_average = flip_average
        self._executor = ThreadPoolExecutor(thread_count, thread_name_prefix="estimate-faces")
        self._under_way: deque[_Batch] = deque()

    @property
    def content_hashes(self) -> set[bytes]:
        """Of the photos that are under way."""
        readings = (reading for batch in self._under_way for reading in batch.readings)
        return {reading.content_hash for reading in readings if isinstance(reading, PhotoReading)}

    def begin(self, readings: Sequence[Reading]) -> None:
        """Estimate the faces of these photos next."""
        self._under_way.append(_Batch(readings, self._executor.submit(self._estimate, readings)))

    def finished(self, *, wait_for_all: bool = False) -> Iterator[EstimatedBatch]:
        """The batches that are done, first begun, first given.

        It waits where more than one would be left without a thread.

        Raises:
            ModelError: if the model fails.
        """
        while self._under_way:
            batch = self._under_way[0]
            is_crowded = len(self._under_way) > self._thread_count
            if not (wait_for_all or is_crowded or batch.estimates.done()):
                return
            estimates = batch.estimates.result()
            self._under_way.popleft()
            yield EstimatedBatch(batch.readings, estimates)

    def close(self) -> None:
        """End the threads; what was not given is dropped."""
        self._executor.shutdown(cancel_futures=True)

    def _estimate(self, readings: Sequence[Reading]) -> Sequence[Estimate]:
        chips = [reading.found.chips for reading in readings if isinstance(reading, PhotoReading)]
        if not chips:
            return ()
        return self._predictor.predict(np.concatenate(chips), flip_average=self._flip_average)
