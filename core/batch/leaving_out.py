"""Photos that a person leaves out of a job: they are listed among what was skipped."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.batch.correction import newest_correction
from core.batch.database import Database
from core.batch.schema import columns
from core.errors import StoreError

LEFT_OUT = "You left it out."
"""The reason of a skipped file, by which a later scan knows it."""


_OF_PHOTO = {
    "photo": "id = ?",
    "face": "photo_id = ?",
    "correction": "face_id IN (SELECT id FROM face WHERE photo_id = ?)",
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Photos that were left out, with all that was known of them, as the store held it.

    Attributes:
        rows: by table.
        newest_correction: that of their job, or 0, once they were out of it.
    """

    photo_ids: Sequence[int]
    rows: Mapping[str, Sequence[tuple[Any, ...]]]
    newest_correction: int


def leave_out(database: Database, job_id: int, photo_ids: Iterable[int]) -> LeftOut:
    """Take photos out of a job, with what is known of them; the files stay where they are."""
    database.back_up_daily()
    ids = [(photo_id,) for photo_id in photo_ids]
    with database.transaction() as connection:
        rows = {
            table: [
                row
                for values in ids
                for row in connection.execute(
                    f"SELECT {', '.join(columns()[table])} FROM {table} WHERE {condition}", values
                )
            ]
            for table, condition in _OF_PHOTO.items()
        }
        connection.executemany(
            "INSERT OR REPLACE INTO skipped (job_id, path, reason) "
            f"SELECT job_id, path, '{LEFT_OUT}' FROM photo WHERE id = ?",
            ids,
        )
        connection.executemany("DELETE FROM photo WHERE id = ?", ids)
    return LeftOut([photo_id for (photo_id,) in ids], rows, newest_correction(database, job_id))


def put_back(database: Database, left_out: LeftOut) -> None:
    """Take photos into their job again, with all that was known of them.

    Raises:
        StoreError: if the job was deleted meanwhile.
    """
    with database.transaction() as connection:
        for table, rows in left_out.rows.items():
            names = columns()[table]
            for row in rows:
                values = dict(zip(names, row, strict=True))
                if table == "photo":
                    deleted = connection.execute(
                        "DELETE FROM skipped WHERE job_id = ? AND path = ?",
                        (values["job_id"], values["path"]),
                    )
                    if not deleted.rowcount:
                        raise StoreError("This batch was deleted, or took the file back already.")
                marks = ", ".join("?" * len(names))
                connection.execute(
                    f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", row
                )


def photos_of_faces(database: Database, face_ids: Sequence[int]) -> tuple[int, ...]:
    """The ids of the photos that have any of these faces."""
    found: dict[int, None] = {}
    for face_id in face_ids:
        row = database.row("SELECT photo_id FROM face WHERE id = ?", (face_id,))
        if row is not None:
            found[int(row[0])] = None
    return tuple(found)
