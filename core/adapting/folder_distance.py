"""How far a folder's pictures are from those that a model learnt from, without any correction."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from core.adapting.corrected_faces import JobChoice, StoppedError, estimate_faces, styled_predictor
from core.adapting.rehearsal import Rehearsal
from core.batch.record import PhotoFacts, TableRow
from core.batch.row_filter import RowFilter, RowKind
from core.batch.row_query import row_keys, table_rows
from core.errors import LearningError, PhotoError
from core.estimation.model_folder import ModelFolder

SAMPLE_SIZE = 200
LEAST_FACES = 20
_NEAR, _FAR = 1.0, 2.5
_FACES = RowFilter(kinds=frozenset({RowKind.FACE}))


class Nearness(StrEnum):
    """A distance in words."""

    NEAR = "near"
    APART = "apart"
    FAR = "far"


@dataclass(frozen=True, slots=True)
class FolderDistance:
    """How a folder's pictures look: tone, blur, grain.

    Attributes:
        deviations: between the mean style of the folder's faces and that of the faces that the
            model learnt from, in standard deviations of theirs.
        face_count: how many faces were looked at.
    """

    deviations: float
    face_count: int

    @property
    def nearness(self) -> Nearness:
        """The test parts of UTKFace and All-Age-Faces are 0.6 and 0.8 away, a dim camera 3.2."""
        if self.deviations < _NEAR:
            return Nearness.NEAR
        return Nearness.APART if self.deviations < _FAR else Nearness.FAR


def distance_of(styles: NDArray[np.float32]) -> float:
    """The distance of a sample of styles, (N, K), less what chance alone brings in so many."""
    by_chance = styles.var(axis=0).sum() / len(styles)
    return float(np.sqrt(max(0.0, (styles.mean(axis=0) ** 2).sum() - by_chance)))


def measure_distance(
    folder: ModelFolder,
    rehearsal: Rehearsal,
    choice: JobChoice,
    tell: Callable[[int, int], None],
    is_stopped: Callable[[], bool],
) -> FolderDistance:
    """The distance of a job, from faces spread evenly over it.

    Args:
        tell: called with how many faces were looked at, and how many will be.

    Raises:
        StoppedError: if it was stopped.
        LearningError: if there are too few faces that can be read.
        ModelError: if the model cannot be run.
        StoreError: if the job cannot be read.
    """
    keys = row_keys(choice.database, choice.job_id, _FACES)
    chosen = np.unique(np.linspace(0, len(keys) - 1, min(SAMPLE_SIZE, len(keys))).astype(int))
    rows = table_rows(choice.database, [keys[index] for index in chosen.tolist()])
    styles: list[NDArray[np.float32]] = []
    with styled_predictor(folder, rehearsal) as predictor:
        for number, row in enumerate(rows, 1):
            if is_stopped():
                raise StoppedError
            if row.face is not None:
                try:
                    answers = estimate_faces(_facts(row), [row.face], predictor)
                    styles += [answer.style for answer in answers]
                except (PhotoError, OSError):
                    pass  # what is gone says nothing; too few are told below
            tell(number, len(rows))
    if len(styles) < LEAST_FACES:
        raise LearningError(
            f"How a folder looks is seen of {LEAST_FACES} faces or more; {len(styles)} can be read."
        )
    return FolderDistance(distance_of(np.stack(styles)), len(styles))


def _facts(row: TableRow) -> PhotoFacts:
    """Of a video, those of the frame that shows the face best."""
    span = None if row.face is None else row.face.span
    return row.facts if span is None else replace(row.facts, frame_s=span.frame_s)
