"""Asking for the answers of a job anew, without losing what a person corrected."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from core.batch.stored_row import box_of
from core.types import Box

_SAME_FACE_OVERLAP = 0.3
"""Intersection over union from which on a face of the new answer is one that was corrected."""

_CORRECTED = "(corrected_age IS NOT NULL OR corrected_gender IS NOT NULL)"


@dataclass(frozen=True, slots=True)
class CorrectedFace:
    """A face of an answer that is replaced, and where it is."""

    face_id: int
    box: Box


def ask_anew(connection: sqlite3.Connection, job_id: int, recipe_text: str) -> None:
    """Let every photo of a job wait again, under another recipe or the same.

    What was said of faces is forgotten, but for those that a person corrected.
    """
    connection.execute(
        "UPDATE job SET recipe = ?, is_anew = 1, is_scanned = 0 WHERE id = ?",
        (recipe_text, job_id),
    )
    connection.execute(
        "DELETE FROM face WHERE photo_id IN (SELECT id FROM photo WHERE job_id = ?) "
        f"AND NOT {_CORRECTED}",
        (job_id,),
    )
    connection.execute(
        "UPDATE photo SET state = 'waiting', error = NULL, note = NULL, content_hash = NULL, "
        "face_count = 0 WHERE job_id = ?",
        (job_id,),
    )


def take_corrected(connection: sqlite3.Connection, photo_id: int) -> Sequence[CorrectedFace]:
    """The corrected faces of a photo that waits for a new answer, out of the way of its numbers."""
    rows = connection.execute(
        "SELECT id, left, top, right, bottom FROM face WHERE photo_id = ?", (photo_id,)
    ).fetchall()
    connection.execute("UPDATE face SET number = -number WHERE photo_id = ?", (photo_id,))
    return [CorrectedFace(face_id, box_of(tuple(edges))) for face_id, *edges in rows]


def give_back_corrections(
    connection: sqlite3.Connection, photo_id: int, kept: Sequence[CorrectedFace]
) -> None:
    """Move each correction to the new face in its place.

    Where the new answer has none, the face stays as it was: a person saw it.
    """
    if not kept:
        return
    rows = connection.execute(
        "SELECT id, left, top, right, bottom FROM face WHERE photo_id = ? AND number > 0",
        (photo_id,),
    ).fetchall()
    free = {face_id: box_of(tuple(edges)) for face_id, *edges in rows}
    for old in kept:
        overlaps = {key: box.intersection_over_union(old.box) for key, box in free.items()}
        best = max(overlaps, key=lambda key: overlaps[key], default=None)
        if best is not None and overlaps[best] >= _SAME_FACE_OVERLAP:
            _move_correction(connection, old.face_id, best)
            del free[best]
    _number_again(connection, photo_id)


def _move_correction(connection: sqlite3.Connection, old_id: int, new_id: int) -> None:
    connection.execute(
        "UPDATE face SET (corrected_age, corrected_gender) = "
        "(SELECT corrected_age, corrected_gender FROM face WHERE id = ?) WHERE id = ?",
        (old_id, new_id),
    )
    connection.execute("UPDATE correction SET face_id = ? WHERE face_id = ?", (new_id, old_id))
    connection.execute("DELETE FROM face WHERE id = ?", (old_id,))


def _number_again(connection: sqlite3.Connection, photo_id: int) -> None:
    """From left to right, from 1."""
    ids = connection.execute(
        "SELECT id FROM face WHERE photo_id = ? ORDER BY left, id", (photo_id,)
    ).fetchall()
    # Numbers are unique at every moment.
    connection.execute("UPDATE face SET number = -1000000 - id WHERE photo_id = ?", (photo_id,))
    connection.executemany(
        "UPDATE face SET number = ? WHERE id = ?",
        [(number, face_id) for number, (face_id,) in enumerate(ids, 1)],
    )
    connection.execute("UPDATE photo SET face_count = ? WHERE id = ?", (len(ids), photo_id))
