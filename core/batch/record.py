"""What the store keeps: jobs, photos and faces.

A video is kept as a photo with a face for each person who was seen in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.batch.recipe import Recipe
from core.doubt import is_doubtful
from core.types import Detection, Estimate, Face, FaceSpan, Gender

MAX_AGE_YEARS = 130.0
"""The oldest that a person can be said to be."""


class PhotoState(StrEnum):
    """How far a photo is."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class BoxBy(StrEnum):
    """Who says where a face is."""

    DETECTOR = "detector"
    HAND = "hand"


class Presence(StrEnum):
    """Whether a stored face counts.

    Only faces that are shown are read with a job; `REMOVED` are those that a person deleted, and
    `COVERED` those in whose place a person drew another box.
    """

    SHOWN = "shown"
    REMOVED = "removed"
    COVERED = "covered"


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it stands.

    Attributes:
        roots: the files and folders that were given.
        is_scanned: whether all photos are known; if not, the scan has to be made again.
        created_at_s: seconds since 1970.
        is_anew: whether it takes no answers of other jobs.
        compared_with: the job of another model beside whose answers its own are shown; None for
            none.
    """

    id: int
    title: str
    created_at_s: float
    roots: tuple[Path, ...]
    recipe: Recipe
    is_scanned: bool
    is_anew: bool = False
    compared_with: int | None = None

    @property
    def first_answering_job(self) -> int:
        """The first job whose answers it may take; 0 for all."""
        return self.id if self.is_anew else 0


@dataclass(frozen=True, slots=True)
class JobCounts:
    """Photos by their state, what was skipped in the scan, and faces.

    Attributes:
        videos: how many of all photos are videos.
        waiting_videos: how many of those that wait.
    """

    waiting: int = 0
    done: int = 0
    failed: int = 0
    skipped: int = 0
    faces: int = 0
    videos: int = 0
    waiting_videos: int = 0

    @property
    def photos(self) -> int:
        return self.waiting + self.done + self.failed


@dataclass(frozen=True, slots=True)
class WaitingPhoto:
    """A photo that is still to be read, as it was when it was found."""

    id: int
    path: Path
    size_bytes: int
    mtime_ns: int
    is_video: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says of a face; None where the model's estimate stands."""

    age_years: float | None = None
    gender: Gender | None = None


@dataclass(frozen=True, slots=True, eq=False)
class LabelledFace:
    """A face as the model sees it, and beside it what a person corrected.

    Attributes:
        number: from 1, from left to right in its photo; in order of appearance in a video.
        face: box in px of the upright photo at full size, with the model's own estimate.
        landmarks: float32 of shape (6, 2), in the same px; see `core.types.Detection`.
        box_by: whether a person drew its box.
        span: when it was seen in a video; None in a photo.
    """

    id: int
    number: int
    face: Face
    landmarks: NDArray[np.float32]
    correction: Correction = Correction()
    box_by: BoxBy = BoxBy.DETECTOR
    span: FaceSpan | None = None

    @property
    def age_years(self) -> float | None:
        """The corrected age, else the estimated one."""
        if self.correction.age_years is not None:
            return self.correction.age_years
        return None if self.face.estimate is None else self.face.estimate.age_years

    @property
    def gender(self) -> Gender | None:
        """The corrected gender, else the estimated one."""
        return self.correction.gender or self.face.gender

    @property
    def female_probability(self) -> float | None:
        """What the model says, whatever was corrected."""
        return None if self.face.estimate is None else self.face.estimate.female_probability

    @property
    def is_corrected(self) -> bool:
        return self.correction != Correction()

    @property
    def is_doubtful(self) -> bool:
        """Whether the model's estimate is doubtful and no person has corrected it."""
        return not self.is_corrected and is_doubtful(self.face.quality)

    @property
    def certainty(self) -> float | None:
        """How sure the less sure of age and gender is, 0-1.

        None where a person corrected the face, or where nothing is known.
        """
        probability = self.female_probability
        gender = None if probability is None else max(probability, 1 - probability)
        known = [value for value in (self.face.quality, gender) if value is not None]
        return None if self.is_corrected else min(known, default=None)

    @property
    def shown(self) -> Face:
        """The face with its corrections in the place of estimates.

        A corrected age has no range, and of a corrected gender the model is not sure.
        """
        estimate = self.face.estimate or Estimate()
        if self.correction.age_years is not None:
            estimate = replace(
                estimate,
                age_years=self.correction.age_years,
                age_low_years=None,
                age_high_years=None,
            )
        if self.correction.gender is not None:
            estimate = replace(estimate, female_probability=None)
        quality = None if self.is_corrected else self.face.quality
        return replace(self.face, estimate=estimate, gender=self.gender, quality=quality)

    @property
    def detection(self) -> Detection:
        return Detection(self.face.box, self.face.score, self.landmarks)


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """A photo without its faces.

    Attributes:
        error: a sentence for a photo that could not be read, else None.
        width_px: of the upright photo at full size; 0 until it was read.
        height_px: likewise.
        size_bytes: of the file that was labelled.
        mtime_ns: when that file was last changed, in ns since 1970.
        note: a sentence where faces may be there that could not be seen, else None.
        face_count: of all its faces, whichever are asked for.
        is_video: whether the file is a video.
        frame_s: of a video, when the frame is that stands for it; None for a photo.
    """

    id: int
    path: Path
    state: PhotoState
    error: str | None = None
    width_px: int = 0
    height_px: int = 0
    size_bytes: int = 0
    mtime_ns: int = 0
    note: str | None = None
    face_count: int = 0
    is_video: bool = False
    frame_s: float | None = None


@dataclass(frozen=True, slots=True)
class LabelledPhoto:
    """A photo with those of its faces that were asked for, from left to right.

    Attributes:
        labelled_by: `Recipe.labelled_by` of its job; empty where nobody asked.
        other_labelled_by: the same of the job that this one is compared with; empty for none.
    """

    facts: PhotoFacts
    faces: Sequence[LabelledFace] = ()
    labelled_by: str = ""
    other_labelled_by: str = ""

    @property
    def path(self) -> Path:
        return self.facts.path

    @property
    def pictures(self) -> "Sequence[LabelledPhoto]":
        """The photo itself; of a video, each frame that stands for somebody, with their faces."""
        if not self.facts.is_video:
            return (self,)
        frames: dict[float, list[LabelledFace]] = {}
        for face in self.faces:
            if face.span is not None:
                frames.setdefault(face.span.frame_s, []).append(face)
        return [
            replace(self, facts=replace(self.facts, frame_s=frame_s), faces=faces)
            for frame_s, faces in sorted(frames.items())
        ]

    def picture_of(self, face_id: int | None) -> "LabelledPhoto":
        """The photo itself; of a video, the frame that stands for a face, else the first one."""
        pictures = self.pictures or (self,)
        shown = (one for one in pictures if any(face.id == face_id for face in one.faces))
        return next(shown, pictures[0])


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of the table: a face, or a photo that has none to show."""

    facts: PhotoFacts
    face: LabelledFace | None = None
