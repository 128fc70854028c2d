"""Ranges that fit one folder: split conformal prediction from the ages that a person corrected.

The published range holds the true age of 8 in 10 people on pictures such as the model learnt from.
Of a folder's corrected faces it is seen by how much it must be wider, or may be narrower, to hold
8 in 10 there (Lei et al., "Distribution-Free Predictive Inference for Regression", 2018). That is
true of other faces of the same folder if the corrected ones were not picked by how wrong they were.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress

from core.adapting.counted_faces import CountedFaces
from core.batch.database import Database
from core.batch.face_row import PHOTOS_WITH_FACES
from core.batch.record import LabelledFace, LabelledPhoto
from core.batch.row_filter import RowFilter
from core.batch.row_query import labelled_photos
from core.types import Estimate

LEAST_FACES = 30
COVERAGE = 0.8
_LEAST_REACH_YEARS = 0.5
"""A range reaches at least so far to either side before it is fitted."""


@dataclass(frozen=True, slots=True)
class FolderRange:
    """How the ranges of a folder are fitted.

    Attributes:
        factor: how many times as far from the estimate a range reaches, to either side.
        face_count: the corrected faces that it rests on.
        published_coverage: the share of them whose age the published range holds, 0-1.
    """

    factor: float
    face_count: int
    published_coverage: float

    def fitted(self, estimate: Estimate) -> Estimate:
        """An estimate with its range fitted; one without a range stays as it is."""
        reach = _reach(estimate)
        if reach is None or estimate.age_years is None:
            return estimate
        down, up = reach
        return replace(
            estimate,
            age_low_years=max(0.0, estimate.age_years - self.factor * down),
            age_high_years=estimate.age_years + self.factor * up,
        )

    def fitted_photo(self, photo: LabelledPhoto) -> LabelledPhoto:
        """A photo whose faces have fitted ranges; what labelled it says so."""
        told = (
            f"{photo.labelled_by}, ranges × {self.factor:.2f} by {self.face_count} corrected ages"
        )
        faces = tuple(map(self._fitted_face, photo.faces))
        return replace(photo, faces=faces, labelled_by=told)

    def _fitted_face(self, labelled: LabelledFace) -> LabelledFace:
        estimate = labelled.face.estimate
        if estimate is None:
            return labelled
        return replace(labelled, face=replace(labelled.face, estimate=self.fitted(estimate)))


def fit_range(pairs: Iterable[tuple[Estimate, float]]) -> FolderRange | None:
    """The range of a folder from estimates and the true ages, in years, of some of its faces.

    Returns:
        None for fewer than `LEAST_FACES`.
    """
    scores = sorted(_scores(pairs))
    count = len(scores)
    if count < LEAST_FACES:
        return None
    rank = math.ceil((count + 1) * COVERAGE)
    inside = sum(score <= 1 for score in scores)
    return FolderRange(scores[rank - 1], count, inside / count)


def range_of_job(database: Database, job_id: int) -> FolderRange | None:
    """The range of a job, from the faces of it whose age a person corrected, each once.

    Raises:
        StoreError: if the job cannot be read.
    """
    return fit_range(_pairs(database, job_id))


def _pairs(database: Database, job_id: int) -> Iterator[tuple[Estimate, float]]:
    contents = dict(
        database.rows(
            f"SELECT photo.id, hex(content_hash) FROM {PHOTOS_WITH_FACES} "
            "WHERE photo.job_id = ? AND corrected_age IS NOT NULL",
            (job_id,),
        )
    )
    counted = CountedFaces()
    for photo in labelled_photos(database, job_id, RowFilter(corrected_only=True)):
        file = contents.get(photo.facts.id) or f"photo {photo.facts.id}"
        for picture in photo.pictures:
            faces = [face for face in picture.faces if face.correction.age_years is not None]
            are_new = counted.are_new(file, picture.facts.frame_s, faces)
            for face in compress(faces, are_new):
                if face.face.estimate is not None and face.correction.age_years is not None:
                    yield face.face.estimate, face.correction.age_years


def _scores(pairs: Iterable[tuple[Estimate, float]]) -> Iterator[float]:
    """How many times its reach each true age is from the estimate."""
    for estimate, true_years in pairs:
        reach = _reach(estimate)
        if reach is None or estimate.age_years is None:
            continue
        error_years = true_years - estimate.age_years
        down, up = reach
        yield error_years / up if error_years > 0 else -error_years / down


def _reach(estimate: Estimate) -> Sequence[float] | None:
    """How far the published range reaches below and above the estimate, in years."""
    ends = estimate.age_years, estimate.age_low_years, estimate.age_high_years
    age, low, high = ends
    if age is None or low is None or high is None:
        return None
    return max(age - low, _LEAST_REACH_YEARS), max(high - age, _LEAST_REACH_YEARS)
