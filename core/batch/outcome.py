"""What becomes of a photo, and how that is stored: only while the photo is still waiting."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from core.batch.renewal import give_back_corrections, take_corrected
from core.types import Detection, Estimate, Face

_FACE_COLUMNS = (
    "number, left, top, right, bottom, score, landmarks, "
    "age, age_low, age_high, female_probability, gender, quality"
)

SAME_CONTENT = (
    "SELECT photo.id FROM photo JOIN job ON job.id = job_id "
    "WHERE content_hash = ? AND state = 'done' AND recipe = ? AND job.id >= ? "
    "ORDER BY photo.id DESC LIMIT 1"
)
"""The newest photo that shows the same bytes under the same recipe: content hash, recipe, and the
first job that counts."""


@dataclass(frozen=True, slots=True, eq=False)
class PhotoAnswer:
    """The faces of a photo, boxes and landmarks in px of the upright photo at full size."""

    photo_id: int
    content_hash: bytes
    width_px: int
    height_px: int
    faces: Sequence[tuple[Detection, Face]]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class KnownContent:
    """A photo whose very bytes were labelled before by the same recipe."""

    photo_id: int
    content_hash: bytes


@dataclass(frozen=True, slots=True)
class PhotoFailure:
    """A photo that could not be read, and the sentence that says why."""

    photo_id: int
    error: str


Outcome: TypeAlias = PhotoAnswer | KnownContent | PhotoFailure


def store_outcome(
    connection: sqlite3.Connection, recipe_text: str, outcome: Outcome, first_job: int = 0
) -> None:
    """Store one outcome; of known content that was deleted meanwhile, nothing."""
    if isinstance(outcome, PhotoFailure):
        connection.execute(
            "UPDATE photo SET state = 'failed', error = ? WHERE id = ? AND state = 'waiting'",
            (outcome.error, outcome.photo_id),
        )
    elif isinstance(outcome, KnownContent):
        values = (outcome.content_hash, recipe_text, first_job)
        known = connection.execute(SAME_CONTENT, values).fetchone()
        if known is not None:
            copy_answer(connection, outcome.photo_id, known[0])
    else:
        _store_answer(connection, outcome)


def _store_answer(connection: sqlite3.Connection, answer: PhotoAnswer) -> None:
    updated = connection.execute(
        "UPDATE photo SET state = 'done', content_hash = ?, width_px = ?, height_px = ?, "
        "face_count = ?, note = ? WHERE id = ? AND state = 'waiting'",
        (
            answer.content_hash,
            answer.width_px,
            answer.height_px,
            len(answer.faces),
            answer.note,
            answer.photo_id,
        ),
    )
    if updated.rowcount:
        kept = take_corrected(connection, answer.photo_id)
        connection.executemany(
            f"INSERT INTO face (photo_id, {_FACE_COLUMNS}) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (answer.photo_id, number, *_face_values(detection, face))
                for number, (detection, face) in enumerate(answer.faces, 1)
            ],
        )
        give_back_corrections(connection, answer.photo_id, kept)


def copy_answer(connection: sqlite3.Connection, photo_id: int, known_id: int) -> None:
    """Answer a photo with the estimates, not the corrections, of another."""
    updated = connection.execute(
        "UPDATE photo SET state = 'done', (content_hash, width_px, height_px, face_count, note) = "
        "(SELECT content_hash, width_px, height_px, face_count, note FROM photo WHERE id = ?) "
        "WHERE id = ? AND state = 'waiting'",
        (known_id, photo_id),
    )
    if updated.rowcount:
        kept = take_corrected(connection, photo_id)
        connection.execute(
            f"INSERT INTO face (photo_id, {_FACE_COLUMNS}) "
            f"SELECT ?, {_FACE_COLUMNS} FROM face WHERE photo_id = ? ORDER BY number",
            (photo_id, known_id),
        )
        give_back_corrections(connection, photo_id, kept)


def _face_values(detection: Detection, face: Face) -> tuple[Any, ...]:
    box = face.box
    estimate = face.estimate or Estimate()
    return (
        *(float(edge_px) for edge_px in (box.left, box.top, box.right, box.bottom)),
        float(face.score),
        detection.landmarks.astype("<f4", copy=False).tobytes(),
        estimate.age_years,
        estimate.age_low_years,
        estimate.age_high_years,
        estimate.female_probability,
        None if face.gender is None else face.gender.value,
        face.quality,
    )
