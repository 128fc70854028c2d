"""Photos that a person leaves out of a job: they are listed among what was skipped."""

from collections.abc import Iterable, Sequence

from core.batch.database import Database

LEFT_OUT = "You left it out."
"""The reason of a skipped file, by which a later scan knows it."""


def leave_out(database: Database, photo_ids: Iterable[int]) -> None:
    """Take photos out of their job, with what is known of them; the files stay where they are."""
    database.back_up_daily()
    ids = [(photo_id,) for photo_id in photo_ids]
    with database.transaction() as connection:
        connection.executemany(
            "INSERT OR REPLACE INTO skipped (job_id, path, reason) "
            f"SELECT job_id, path, '{LEFT_OUT}' FROM photo WHERE id = ?",
            ids,
        )
        connection.executemany("DELETE FROM photo WHERE id = ?", ids)


def photos_of_faces(database: Database, face_ids: Sequence[int]) -> tuple[int, ...]:
    """The ids of the photos that have any of these faces."""
    found: dict[int, None] = {}
    for face_id in face_ids:
        row = database.row("SELECT photo_id FROM face WHERE id = ?", (face_id,))
        if row is not None:
            found[int(row[0])] = None
    return tuple(found)
