"""Corrections by hand: kept beside the estimate, and taken back one by one.

What was corrected in several faces at once is taken back at once.
"""

import math
import sqlite3
from collections.abc import Iterable, Sequence

from core.batch.database import Database
from core.batch.record import MAX_AGE_YEARS, Correction
from core.batch.stored_row import correction_of, integer
from core.errors import StoreError
from core.types import Gender

_NOTE = (
    "INSERT INTO correction (face_id, job_id, age_before, gender_before, gesture) "
    "SELECT face.id, job_id, corrected_age, corrected_gender, ? "
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
        noted = connection.execute(_NOTE, (None, face_id))
        if not noted.rowcount:
            raise StoreError("This face was deleted with its job.")
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
    """Take the newest correction of a job back, in all faces that it was made in at once.

    Returns:
        The id of the first face that changed; None if there is nothing to take back.
    """
    with database.transaction() as connection:
        newest = _newest_gesture(connection, job_id)
        for correction_id, face_id, *before in newest:
            correction = correction_of(tuple(before))
            connection.execute(
                "UPDATE face SET corrected_age = ?, corrected_gender = ? WHERE id = ?",
                (correction.age_years, correction.gender, face_id),
            )
            connection.execute("DELETE FROM correction WHERE id = ?", (correction_id,))
        return integer("face_id", newest[-1][1]) if newest else None


def _newest_gesture(connection: sqlite3.Connection, job_id: int) -> Sequence[tuple[object, ...]]:
    """The corrections that were made at once last, the newest first."""
    return connection.execute(
        "SELECT id, face_id, age_before, gender_before FROM correction WHERE job_id = ?1 "
        "AND (id = (SELECT max(id) FROM correction WHERE job_id = ?1) OR gesture = "
        "(SELECT gesture FROM correction WHERE job_id = ?1 ORDER BY id DESC LIMIT 1)) "
        "ORDER BY id DESC",
        (job_id,),
    ).fetchall()


def _correct_all(
    database: Database, face_ids: Iterable[int], column: str, value: float | str | None
) -> None:
    """Change one column of faces; those that were deleted meanwhile are passed over."""
    database.back_up_daily()
    with database.transaction() as connection:
        (gesture,) = connection.execute(
            "SELECT coalesce(max(gesture), 0) + 1 FROM correction"
        ).fetchone()
        for face_id in face_ids:
            connection.execute(_NOTE, (gesture, face_id))
            connection.execute(f"UPDATE face SET {column} = ? WHERE id = ?", (value, face_id))


def _check_age(age_years: float | None) -> None:
    if age_years is None:
        return
    if not (math.isfinite(age_years) and 0 <= age_years <= MAX_AGE_YEARS):
        raise StoreError(f"An age lies between 0 and {MAX_AGE_YEARS:.0f} years.")
