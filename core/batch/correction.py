"""Corrections by hand: kept beside the estimate, and taken back one by one."""

import math

from core.batch.database import Database
from core.batch.record import MAX_AGE_YEARS, Correction
from core.batch.stored_row import correction_of, integer
from core.errors import StoreError


def correct_face(database: Database, face_id: int, correction: Correction) -> None:
    """What a person says of a face from now on; `Correction()` lets the estimate stand again.

    Raises:
        StoreError: if the age is none, or the face is not there any more.
    """
    _check_age(correction.age_years)
    database.back_up_daily()
    with database.transaction() as connection:
        noted = connection.execute(
            "INSERT INTO correction (face_id, job_id, age_before, gender_before) "
            "SELECT face.id, job_id, corrected_age, corrected_gender "
            "FROM face JOIN photo ON photo.id = photo_id WHERE face.id = ?",
            (face_id,),
        )
        if not noted.rowcount:
            raise StoreError("This face was deleted with its job.")
        connection.execute(
            "UPDATE face SET corrected_age = ?, corrected_gender = ? WHERE id = ?",
            (correction.age_years, correction.gender, face_id),
        )


def undo_correction(database: Database, job_id: int) -> int | None:
    """Take the newest correction of a job back.

    Returns:
        The id of the face that changed; None if there is nothing to take back.
    """
    with database.transaction() as connection:
        newest = connection.execute(
            "SELECT id, face_id, age_before, gender_before FROM correction "
            "WHERE job_id = ? ORDER BY id DESC LIMIT 1",
            (job_id,),
        ).fetchone()
        if newest is None:
            return None
        correction_id, face_id, *before = newest
        correction = correction_of(tuple(before))
        connection.execute(
            "UPDATE face SET corrected_age = ?, corrected_gender = ? WHERE id = ?",
            (correction.age_years, correction.gender, face_id),
        )
        connection.execute("DELETE FROM correction WHERE id = ?", (correction_id,))
        return integer("face_id", face_id)


def _check_age(age_years: float | None) -> None:
    if age_years is None:
        return
    if not (math.isfinite(age_years) and 0 <= age_years <= MAX_AGE_YEARS):
        raise StoreError(f"An age lies between 0 and {MAX_AGE_YEARS:.0f} years.")
