"""Corrections by hand: kept beside the estimate, and taken back one by one.

What was corrected in several faces at once is taken back at once, and so are boxes that a person
drew or deleted (core/batch/box_correction.py): both are changes of one list.
"""

import math
import sqlite3
from collections.abc import Iterable, Sequence

from core.batch.database import Database
from core.batch.face_row import IS_SHOWN, boxes_of, is_same_face, number_again
from core.batch.record import MAX_AGE_YEARS, Correction
from core.batch.stored_row import NonsenseError, change_of, integer
from core.errors import StoreError
from core.types import Gender

_NOTE = (
    "INSERT INTO correction "
    "(face_id, job_id, age_before, gender_before, presence_before, gesture) "
    "SELECT face.id, job_id, corrected_age, corrected_gender, presence, ? "
    "FROM face JOIN photo ON photo.id = photo_id WHERE face.id = ?"
)


def correct_face(database: Database, face_id: int, correction: Correction) -> None:
    """What a person says of a face from now on; `Correction()` lets the estimate stand again.

    Raises:
        StoreError: if the age is none, or the face is not there any more.
    """
    _check_age(correction.age_years)
    database.back_up_daily()
    with database.transaction() as connection:
        note_before(connection, face_id)
        connection.execute(
            "UPDATE face SET corrected_age = ?, corrected_gender = ? WHERE id = ?",
            (correction.age_years, correction.gender, face_id),
        )


def correct_ages(database: Database, face_ids: Iterable[int], age_years: float | None) -> None:
    """How old these faces are from now on; None lets the estimates stand again.

    Raises:
        StoreError: if the age is none.
    """
    _check_age(age_years)
    _correct_all(database, face_ids, "corrected_age", age_years)


def correct_genders(database: Database, face_ids: Iterable[int], gender: Gender | None) -> None:
    """Which gender these faces have from now on; None lets the estimates stand again."""
    _correct_all(database, face_ids, "corrected_gender", gender)


def undo_correction(database: Database, job_id: int) -> int | None:
    """Take the newest change of a job back, in all faces that it was made in at once.

    Returns:
        The key of a row in which it was: see `core.batch.row_query`. None if there is nothing to
        take back.
    """
    with database.transaction() as connection:
        newest = _newest_gesture(connection, job_id)
        if not newest:
            return None
        for correction_id, face_id, *before in newest:
            correction, presence = change_of(tuple(before))
            connection.execute(
                "UPDATE face SET corrected_age = ?, corrected_gender = ?, presence = ? "
                "WHERE id = ?",
                (correction.age_years, correction.gender, presence, face_id),
            )
            connection.execute("DELETE FROM correction WHERE id = ?", (correction_id,))
        face_ids = [integer("face_id", row[1]) for row in reversed(newest)]
        photo_ids = photos_with(connection, face_ids)
        if not photo_ids:
            raise NonsenseError("face_id leads to no face")
        for photo_id in photo_ids:
            _forget_undrawn(connection, photo_id)
            number_again(connection, photo_id)
        return _key_to_show(connection, face_ids, photo_ids[0])


def newest_correction(database: Database, job_id: int) -> int:
    """A number that grows with each change of a job; 0 while there is nothing to take back."""
    row = database.row("SELECT max(id) FROM correction WHERE job_id = ?", (job_id,))
    return 0 if row is None or row[0] is None else integer("id", row[0], 1)


def note_before(connection: sqlite3.Connection, face_id: int, gesture: int | None = None) -> None:
    """Note what a face is before a change.

    Args:
        gesture: of `next_gesture`, for changes that are taken back together.

    Raises:
        StoreError: if it is not there any more.
    """
    if not connection.execute(_NOTE, (gesture, face_id)).rowcount:
        raise StoreError("This face was deleted with its job.")


def next_gesture(connection: sqlite3.Connection) -> int:
    """A number for the changes that are made now."""
    (gesture,) = connection.execute(
        "SELECT coalesce(max(gesture), 0) + 1 FROM correction"
    ).fetchone()
    return integer("gesture", gesture, 1)


def photos_with(connection: sqlite3.Connection, face_ids: Iterable[int]) -> Sequence[int]:
    """The ids of the photos that have any of these faces, in their order."""
    found: dict[int, None] = {}
    for face_id in face_ids:
        row = connection.execute("SELECT photo_id FROM face WHERE id = ?", (face_id,)).fetchone()
        if row is not None:
            found[integer("photo_id", row[0], 1)] = None
    return tuple(found)


def _newest_gesture(connection: sqlite3.Connection, job_id: int) -> Sequence[tuple[object, ...]]:
    """The changes that were made at once last, the newest first."""
    return connection.execute(
        "SELECT id, face_id, age_before, gender_before, presence_before FROM correction "
        "WHERE job_id = ?1 "
        "AND (id = (SELECT max(id) FROM correction WHERE job_id = ?1) OR gesture = "
        "(SELECT gesture FROM correction WHERE job_id = ?1 ORDER BY id DESC LIMIT 1)) "
        "ORDER BY id DESC",
        (job_id,),
    ).fetchall()


def _forget_undrawn(connection: sqlite3.Connection, photo_id: int) -> None:
    """Drop boxes whose drawing was taken back; what they alone covered is shown again."""
    undrawn = boxes_of(
        connection,
        photo_id,
        "box_by = 'hand' AND presence <> 'shown' "
        "AND NOT EXISTS (SELECT 1 FROM correction WHERE face_id = face.id)",
    )
    for face_id, box in undrawn.items():
        connection.execute("DELETE FROM face WHERE id = ?", (face_id,))
        shown = boxes_of(connection, photo_id, IS_SHOWN).values()
        for covered_id, covered in boxes_of(connection, photo_id, "presence = 'covered'").items():
            if is_same_face(box, covered) and not any(is_same_face(one, covered) for one in shown):
                connection.execute("UPDATE face SET presence = 'shown' WHERE id = ?", (covered_id,))


def _key_to_show(connection: sqlite3.Connection, face_ids: Sequence[int], photo_id: int) -> int:
    """The first of these faces that is shown, else another of the photo, else the photo's row."""
    shown = boxes_of(connection, photo_id, IS_SHOWN)
    there = [face_id for face_id in face_ids if face_id in shown]
    return next(iter([*there, *shown]), -photo_id)


def _correct_all(
    database: Database, face_ids: Iterable[int], column: str, value: float | str | None
) -> None:
    """Change one column of faces; those that were deleted meanwhile are passed over."""
    database.back_up_daily()
    with database.transaction() as connection:
        gesture = next_gesture(connection)
        for face_id in face_ids:
            connection.execute(_NOTE, (gesture, face_id))
            connection.execute(f"UPDATE face SET {column} = ? WHERE id = ?", (value, face_id))


def _check_age(age_years: float | None) -> None:
    if age_years is None:
        return
    if not (math.isfinite(age_years) and 0 <= age_years <= MAX_AGE_YEARS):
        raise StoreError(f"An age lies between 0 and {MAX_AGE_YEARS:.0f} years.")
