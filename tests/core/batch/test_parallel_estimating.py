from threading import Barrier

import numpy as np
import pytest
from numpy.typing import NDArray

from core.batch.outcome import PhotoFailure
from core.batch.parallel_estimating import EstimatedBatch, ParallelEstimator
from core.batch.photo_reader import PhotoReading
from core.errors import ModelError
from core.photo_labelling import FoundFaces
from tests.core.batch.builders import make_predictor, plain_chips
from tests.fakes import FunctionEngine, Outputs, make_detection, red_and_blue

PATIENCE_S = 10.0


def make_reading(photo_id: int, *ages: int) -> PhotoReading:
    """A photo whose faces are so old."""
    chips = plain_chips(len(ages))
    for chip, age in zip(chips, ages, strict=True):
        chip[..., 0] = age
    detections = tuple(make_detection() for _ in ages)
    return PhotoReading(
        photo_id, bytes([photo_id]) * 32, 64, 48, FoundFaces(detections, chips), None, b"a"
    )


def ages_of(batch: EstimatedBatch) -> list[float | None]:
    return [estimate.age_years for estimate in batch.estimates]


def test_batches_come_back_in_order_with_an_estimate_for_each_face() -> None:
    estimator = ParallelEstimator(make_predictor(), 2, flip_average=False)
    failure = PhotoFailure(2, "broken")
    estimator.begin([make_reading(1, 20, 30), failure])
    estimator.begin([make_reading(3)])
    estimator.begin([make_reading(4, 40)])
    first, second, third = estimator.finished(wait_for_all=True)
    assert (ages_of(first), ages_of(second), ages_of(third)) == ([20, 30], [], [40])
    assert first.readings[1] is failure
    estimator.close()


def test_as_many_batches_as_threads_are_estimated_at_once() -> None:
    both = Barrier(2, timeout=PATIENCE_S)

    def answer_together(images: NDArray[np.float32]) -> Outputs:
        if images.max() > 0:  # not the predictor's own first try
            both.wait()
        return red_and_blue(images)

    estimator = ParallelEstimator(
        make_predictor(FunctionEngine(answer_together)), 2, flip_average=False
    )
    estimator.begin([make_reading(1, 20)])
    estimator.begin([make_reading(2, 30)])
    assert [ages_of(batch) for batch in estimator.finished(wait_for_all=True)] == [[20], [30]]
    estimator.close()


def test_the_contents_under_way_are_known_until_they_are_given() -> None:
    estimator = ParallelEstimator(make_predictor(), 1, flip_average=False)
    estimator.begin([make_reading(1, 20), PhotoFailure(2, "broken")])
    assert estimator.content_hashes == {bytes([1]) * 32}
    assert len(list(estimator.finished(wait_for_all=True))) == 1
    assert estimator.content_hashes == set()
    estimator.close()


def test_a_model_that_fails_is_an_error_where_its_batch_is_taken() -> None:
    def fail(images: NDArray[np.float32]) -> Outputs:
        if images.max() > 0:
            raise ModelError("The model broke.")
        return red_and_blue(images)

    estimator = ParallelEstimator(make_predictor(FunctionEngine(fail)), 1, flip_average=False)
    estimator.begin([make_reading(1, 20)])
    with pytest.raises(ModelError, match="broke"):
        list(estimator.finished(wait_for_all=True))
    estimator.close()
