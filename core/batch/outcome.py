"""What becomes of a photo, and how that is stored: only while the photo is still waiting."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from core.batch.face_row import ESTIMATED_COLUMNS, insert_faces, update_estimates
from core.batch.renewal import give_back_touched, identity_of, take_touched
from core.types import Detection, Face, FaceSpan
from core.video_labelling import Trail

SAME_CONTENT = (
    "SELECT photo.id FROM photo JOIN job ON job.id = job_id "
    "WHERE content_hash = ? AND state = 'done' AND recipe = ? AND job.id >= ? "
    "ORDER BY photo.id DESC LIMIT 1"
)
"""The newest photo that shows the same bytes under the same recipe: content hash, recipe, and the
first job that counts."""


_COPIED = "content_hash, picture_hash, width_px, height_px, note"
_DETECTED = "FROM face WHERE photo_id = ?1 AND box_by = 'detector'"


@dataclass(frozen=True, slots=True, eq=False)
class PhotoAnswer:
    """The faces of a photo, boxes and landmarks in px of the upright photo at full size.

    Attributes:
        picture_hash: of the pixels, see `core.batch.photo_reader`; None of a video.
        kept: faces that a person touched, by their ids, as they are estimated now.
        spans: of a video, one for each face; else empty.
        trails: likewise.
    """

    photo_id: int
    content_hash: bytes
    width_px: int
    height_px: int
    faces: Sequence[tuple[Detection, Face]]
    note: str | None = None
    picture_hash: bytes | None = None
    kept: Mapping[int, Face] = field(default_factory=dict)
    spans: Sequence[FaceSpan] = ()
    trails: Sequence[Trail] = ()


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
    before = identity_of(connection, answer.photo_id)
    updated = connection.execute(
        "UPDATE photo SET state = 'done', content_hash = ?, picture_hash = ?, width_px = ?, "
        "height_px = ?, face_count = ?, note = ? WHERE id = ? AND state = 'waiting'",
        (
            answer.content_hash,
            answer.picture_hash,
            answer.width_px,
            answer.height_px,
            len(answer.faces),
            answer.note,
            answer.photo_id,
        ),
    )
    if before is not None and updated.rowcount:
        update_estimates(connection, answer.kept)
        kept = take_touched(connection, answer.photo_id, before)
        insert_faces(connection, answer.photo_id, answer.faces, answer.spans)
        give_back_touched(connection, answer.photo_id, kept, answer.trails)


def copy_answer(connection: sqlite3.Connection, photo_id: int, known_id: int) -> None:
    """Answer a photo with what the detector and the model say of another, whatever by hand."""
    before = identity_of(connection, photo_id)
    updated = connection.execute(
        f"UPDATE photo SET state = 'done', ({_COPIED}) = "
        f"(SELECT {_COPIED} FROM photo WHERE id = ?1), "
        f"face_count = (SELECT count(*) {_DETECTED}) WHERE id = ?2 AND state = 'waiting'",
        (known_id, photo_id),
    )
    if before is not None and updated.rowcount:
        kept = take_touched(connection, photo_id, before)
        connection.execute(
            f"INSERT INTO face (photo_id, number, {ESTIMATED_COLUMNS}) "
            "SELECT ?2, row_number() OVER (ORDER BY from_s, left, id), "
            f"{ESTIMATED_COLUMNS} {_DETECTED}",
            (known_id, photo_id),
        )
        give_back_touched(connection, photo_id, kept)
