"""Two jobs over the same photos, labelled by different models: whose face is whose, and how far
their answers are apart.

A job that is compared with another keeps its own answers only; the other's are looked up when rows
are read. Faces mean the same if they lie in the same place of a photo of the same path, or are seen
at the same times of a video.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from core.batch.database import Database
from core.batch.record import Job
from core.batch.stored_row import JOB_COLUMNS, box_of, estimate_of, gender_of, integer, job_of
from core.model_comparison import SAME_FACE_IOU
from core.types import Estimate, OtherAnswer, years_apart

_ANSWER_COLUMNS = ("age", "age_low", "age_high", "female_probability")


def _of(face: str, columns: Iterable[str]) -> str:
    return ", ".join(f"{face}.{column}" for column in columns)


_BOX_COLUMNS = ("left", "top", "right", "bottom")
_MEETS = (
    "CASE WHEN face.from_s IS NULL THEN other.left < face.right AND other.right > face.left "
    "AND other.top < face.bottom AND other.bottom > face.top "
    "ELSE other.from_s = face.from_s AND other.to_s = face.to_s END"
)
"""In a video the models may stand for a person by different frames, but follow alike."""

_CANDIDATES = (
    "SELECT photo.id, face.id, other.id, face.from_s IS NOT NULL, abs(face.number - other.number), "
    f"{_of('face', _BOX_COLUMNS)}, {_of('other', _BOX_COLUMNS)}, "
    f"{_of('face', _ANSWER_COLUMNS)}, {_of('other', _ANSWER_COLUMNS)}, other.gender "
    "FROM face JOIN photo ON photo.id = face.photo_id JOIN job ON job.id = photo.job_id "
    "JOIN photo AS other_photo "
    "ON other_photo.job_id = job.compared_with AND other_photo.path = photo.path "
    "JOIN face AS other ON other.photo_id = other_photo.id "
    f"WHERE face.presence = 'shown' AND other.presence = 'shown' AND {_MEETS} AND "
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A face of each job that may mean the same."""

    photo_id: int
    face_id: int
    other_id: int
    is_in_video: bool
    number_gap: int
    overlap: float
    own: Estimate
    answer: OtherAnswer

    @property
    def may_be_same(self) -> bool:
        return self.is_in_video or self.overlap >= SAME_FACE_IOU


def compared_job(database: Database, job_id: int) -> Job | None:
    """The job that a job is compared with; None if there is none, or none any more."""
    columns = ", ".join(f"other.{name.strip()}" for name in JOB_COLUMNS.split(","))
    sql = (
        f"SELECT {columns} FROM job JOIN job AS other ON other.id = job.compared_with "
        "WHERE job.id = ?"
    )
    return next(database.read(job_of, sql, (job_id,)), None)


def answers_of_job(database: Database, job_id: int) -> Mapping[int, OtherAnswer]:
    """What the other job says of each face of a job, by the ids of the faces."""
    pairs = _pairs(database, "photo.job_id = ?", (job_id,))
    return {pair.face_id: pair.answer for pair in pairs}


def answers_of_photos(database: Database, photo_ids: Sequence[int]) -> Mapping[int, OtherAnswer]:
    """The same of the faces of a few photos."""
    marks = ", ".join("?" * len(photo_ids))
    pairs = _pairs(database, f"photo.id IN ({marks})", photo_ids)
    return {pair.face_id: pair.answer for pair in pairs}


def other_ages(database: Database, job_id: int) -> Mapping[int, float]:
    """How old the other job takes each face for, by the ids of the faces."""
    answers = answers_of_job(database, job_id).items()
    ages = {face_id: answer.estimate.age_years for face_id, answer in answers}
    return {face_id: age for face_id, age in ages.items() if age is not None}


def distances(database: Database, job_id: int) -> Mapping[int, float]:
    """How far the answers for each face are apart, by the ids of the faces.

    In years; of models without an age, in shares of how surely it is female. Faces that only one
    job knows are left out.
    """
    found = {}
    for pair in _pairs(database, "photo.job_id = ?", (job_id,)):
        years = years_apart(pair.answer.estimate, pair.own)
        genders = (pair.own.female_probability, pair.answer.estimate.female_probability)
        if years is not None:
            found[pair.face_id] = abs(years)
        elif genders[0] is not None and genders[1] is not None:
            found[pair.face_id] = abs(genders[0] - genders[1])
    return found


def _pairs(database: Database, condition: str, values: Sequence[Any]) -> Iterable[_Candidate]:
    """Each face with its nearest of the other job; none of them twice."""
    sql = f"{_CANDIDATES}{condition} ORDER BY photo.id"
    found = (one for one in database.read(_candidate_of, sql, values) if one.may_be_same)
    for _, of_photo in groupby(found, key=lambda one: one.photo_id):
        # Photo by photo: to sort 100,000 at once would let the window wait for Python's lock.
        paired: set[int] = set()
        others: set[int] = set()
        for one in sorted(of_photo, key=lambda one: (-one.overlap, one.number_gap)):
            if one.face_id not in paired and one.other_id not in others:
                paired.add(one.face_id)
                others.add(one.other_id)
                yield one


def _candidate_of(row: tuple[Any, ...]) -> _Candidate:
    photo_id, face_id, other_id, is_in_video, number_gap, *rest = row
    box, other_box = box_of(tuple(rest[:4])), box_of(tuple(rest[4:8]))
    return _Candidate(
        integer("id", photo_id, 1),
        integer("id", face_id, 1),
        integer("id", other_id, 1),
        bool(is_in_video),
        integer("number", number_gap),
        box.intersection_over_union(other_box),
        estimate_of(tuple(rest[8:12])),
        OtherAnswer(estimate_of(tuple(rest[12:16])), gender_of("gender", rest[16])),
    )
