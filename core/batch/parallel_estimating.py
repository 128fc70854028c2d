"""Estimates the faces of several photos in one call, several calls at once, in order."""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from core.batch.photo_reader import PhotoReading, Reading
from core.estimation.predictor import Predictor
from core.types import Estimate


@dataclass(frozen=True, slots=True, eq=False)
class EstimatedBatch:
    """Readings with one estimate for each of their faces, in order."""

    readings: Sequence[Reading]
    estimates: Sequence[Estimate]


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
