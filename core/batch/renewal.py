"""Asking for the answers of a job anew, without losing what a person corrected or drew.

What was done by hand to one picture is never put on another: a file may have been replaced, turned
or reduced since. Its bytes tell, or its pixels where only its metadata was changed.
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from core.batch.face_row import TOUCHED_BY_HAND, boxes_of, frames_of, is_same_face, number_again
from core.batch.record import Presence
from core.batch.stored_row import presence_of
from core.types import Box
from core.video_labelling import Trail

PlaceAt: TypeAlias = Callable[[float | None], Box | None]
"""Where a face is at a second of its video, or in its photo; None where it is not seen."""


CORRECTIONS_DROPPED = "The picture is another now: corrections by hand were dropped."

KNOWN_WIDTH_PX = (
    "CASE WHEN content_hash IS NOT NULL OR (size_bytes, mtime_ns) = ({}, {}) "
    "THEN width_px ELSE 0 END"
)
"""The width of a waiting photo whose file has this size and time now.

An older Visage forgot the hash of what it asked for anew: there, an unchanged file is the same
picture, and the width of one that was changed is forgotten, so that it equals none."""


@dataclass(frozen=True, slots=True)
class PictureIdentity:
    """What tells the picture that an answer is about from others; None is not known."""

    content_hash: bytes | None
    picture_hash: bytes | None
    width_px: int
    height_px: int

    def is_same(self, other: "PictureIdentity") -> bool:
        """Whether both are the same picture, by all that is known of this one."""
        if self.content_hash is None and self.picture_hash is None:
            return (self.width_px, self.height_px) == (other.width_px, other.height_px)
        return self.content_hash == other.content_hash or (
            self.picture_hash is not None and self.picture_hash == other.picture_hash
        )


@dataclass(frozen=True, slots=True)
class TouchedFace:
    """A face of an answer that is replaced, and where it is.

    Attributes:
        frame_s: of a video, when it is there; None in a photo.
    """

    face_id: int
    box: Box
    frame_s: float | None
    is_drawn: bool
    presence: Presence


def ask_anew(connection: sqlite3.Connection, job_id: int, recipe_text: str) -> None:
    """Let every photo of a job wait again, under another recipe or the same.

    What was said of faces is forgotten, but for those that a person touched.
    """
    connection.execute(
        "UPDATE job SET recipe = ?, is_anew = 1, is_scanned = 0 WHERE id = ?",
        (recipe_text, job_id),
    )
    connection.execute(
        "DELETE FROM face WHERE photo_id IN (SELECT id FROM photo WHERE job_id = ?) "
        f"AND NOT {TOUCHED_BY_HAND}",
        (job_id,),
    )
    connection.execute(
        "UPDATE photo SET state = 'waiting', error = NULL, note = NULL, face_count = 0 "
        "WHERE job_id = ?",
        (job_id,),
    )


def identity_of(connection: sqlite3.Connection, photo_id: int) -> PictureIdentity | None:
    """Which picture the answer of a photo is about; of one that waits, the answer before.

    None if its job was deleted.
    """
    row = connection.execute(
        "SELECT content_hash, picture_hash, width_px, height_px FROM photo WHERE id = ?",
        (photo_id,),
    ).fetchone()
    return None if row is None else PictureIdentity(*row)


def take_touched(
    connection: sqlite3.Connection, photo_id: int, before: PictureIdentity
) -> Sequence[TouchedFace]:
    """The touched faces of a photo that gets a new answer, out of the way of its numbers.

    None, and a note says so, where the new answer is about another picture than `before`.
    """
    rows = connection.execute(
        "SELECT id, box_by = 'hand', presence FROM face WHERE photo_id = ?", (photo_id,)
    ).fetchall()
    now = identity_of(connection, photo_id) if rows else None
    if now is not None and not before.is_same(now):
        connection.execute("DELETE FROM face WHERE photo_id = ?", (photo_id,))
        connection.execute(
            "UPDATE photo SET note = coalesce(note || ' ', '') || ? WHERE id = ?",
            (CORRECTIONS_DROPPED, photo_id),
        )
        return []
    boxes = boxes_of(connection, photo_id) if rows else {}
    frames_s = frames_of(connection, photo_id) if rows else {}
    connection.execute("UPDATE face SET number = -number WHERE photo_id = ?", (photo_id,))
    return [
        TouchedFace(
            face_id,
            boxes[face_id],
            frames_s[face_id],
            bool(is_drawn),
            presence_of(presence),
        )
        for face_id, is_drawn, presence in rows
    ]


def give_back_touched(
    connection: sqlite3.Connection,
    photo_id: int,
    kept: Sequence[TouchedFace],
    trails: Sequence[Trail] = (),
) -> None:
    """Move what a person did to each face to the new face in its place.

    Where the new answer has none, the face stays as it was, because a person saw it; unless it was
    deleted. A box that a person drew stays in any case, and covers what is found in its place.

    Args:
        trails: of a video that was looked at again, one for each new face: they tell who was there
            in the frame of then. Else only faces of the same frame are compared.
    """
    if not kept:
        return
    found = _found(connection, photo_id, trails)
    for old in kept:
        if old.is_drawn:
            continue
        new_id = _best(old, found)
        if new_id is not None:
            _move(connection, old.face_id, new_id)
            del found[new_id]
        elif old.presence is Presence.REMOVED:
            connection.execute("DELETE FROM face WHERE id = ?", (old.face_id,))
    for drawn in kept:
        new_id = _best(drawn, found)
        if drawn.is_drawn and drawn.presence is Presence.SHOWN and new_id is not None:
            connection.execute("UPDATE face SET presence = 'covered' WHERE id = ?", (new_id,))
            del found[new_id]
    number_again(connection, photo_id)


def _found(
    connection: sqlite3.Connection, photo_id: int, trails: Sequence[Trail]
) -> dict[int, PlaceAt]:
    """Where each face of the new answer is."""
    boxes = boxes_of(connection, photo_id, "number > 0")
    if trails:
        return {face_id: trail.at for face_id, trail in zip(boxes, trails, strict=True)}
    frames_s = frames_of(connection, photo_id)
    return {face_id: _only_at(frames_s[face_id], box) for face_id, box in boxes.items()}


def _only_at(frame_s: float | None, box: Box) -> PlaceAt:
    """The place of a face that is known in one frame, or in a photo."""
    return lambda time_s: box if time_s == frame_s else None


def _best(touched: TouchedFace, found: dict[int, PlaceAt]) -> int | None:
    """The found face that a box means, if any."""
    places = {key: place_at(touched.frame_s) for key, place_at in found.items()}
    boxes = {key: box for key, box in places.items() if box is not None}
    overlaps = {key: box.intersection_over_union(touched.box) for key, box in boxes.items()}
    best = max(overlaps, key=lambda key: overlaps[key], default=None)
    return best if best is not None and is_same_face(touched.box, boxes[best]) else None


def _move(connection: sqlite3.Connection, old_id: int, new_id: int) -> None:
    connection.execute(
        "UPDATE face SET (corrected_age, corrected_gender, presence) = "
        "(SELECT corrected_age, corrected_gender, presence FROM face WHERE id = ?) WHERE id = ?",
        (old_id, new_id),
    )
    connection.execute("UPDATE correction SET face_id = ? WHERE face_id = ?", (new_id, old_id))
    connection.execute("DELETE FROM face WHERE id = ?", (old_id,))
