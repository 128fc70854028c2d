"""Reads what a job holds: pages of rows for a table, or photo by photo for an export.

A table asks once for the keys of its rows (eight bytes each, filtered and sorted) and then for
the rows of the keys that it shows, which costs the same anywhere in 100,000 rows.
"""

from array import array
from collections.abc import Iterator, Sequence
from itertools import groupby

from core.batch.database import Database
from core.batch.face_row import IS_SHOWN, PHOTOS_WITH_FACES
from core.batch.record import LabelledPhoto, TableRow
from core.batch.row_filter import EVERY_ROW, RowFilter, RowOrder, order_sql
from core.batch.stored_row import (
    FACE_COLUMNS,
    FACT_COLUMNS,
    JOB_COLUMNS,
    integer,
    job_of,
    table_row_of,
)

_COLUMNS = f"{FACT_COLUMNS}, {FACE_COLUMNS}"
_ROWS = PHOTOS_WITH_FACES
_FACE_ROWS = f"face JOIN photo ON photo.id = face.photo_id WHERE {IS_SHOWN} AND face.id"
_FACELESS_ROWS = f"{_ROWS} WHERE face.id IS NULL AND photo.id"
_MAX_VALUES = 900
"""SQLite's oldest builds take 999 question marks."""
_LEAST_KEY = -(2**63) + 1

RowKey = int
"""The id of a face, or minus the id of a photo without one."""


def row_keys(
    database: Database,
    job_id: int,
    row_filter: RowFilter = EVERY_ROW,
    order: RowOrder = RowOrder.SCAN,
    *,
    descending: bool = False,
) -> "array[int]":
    """The keys of all rows that pass, in order; 800 kB for 100,000 rows."""
    condition, values = row_filter.to_sql()
    ordering = order_sql(order, descending=descending)
    keys = database.read(
        lambda row: integer("id", row[0], _LEAST_KEY),
        f"SELECT coalesce(face.id, -photo.id) FROM {_ROWS} "
        f"WHERE photo.job_id = ? AND {condition} ORDER BY {ordering}",
        (job_id, *values),
    )
    return array("q", keys)


def table_rows(database: Database, keys: Sequence[RowKey]) -> tuple[TableRow, ...]:
    """The rows of these keys, in their order; rows that were deleted meanwhile are left out."""
    found: dict[RowKey, TableRow] = {}
    for start in range(0, len(keys), _MAX_VALUES):
        part = keys[start : start + _MAX_VALUES]
        faces = [key for key in part if key > 0]
        photos = [-key for key in part if key < 0]
        for source, ids in ((_FACE_ROWS, faces), (_FACELESS_ROWS, photos)):
            marks = ", ".join("?" * len(ids))
            sql = f"SELECT {_COLUMNS} FROM {source} IN ({marks})"
            for row in database.read(table_row_of, sql, ids) if ids else ():
                found[key_of(row)] = row
    return tuple(found[key] for key in keys if key in found)


def labelled_photos(
    database: Database,
    job_id: int,
    row_filter: RowFilter = EVERY_ROW,
    *,
    whole_photos: bool = False,
) -> Iterator[LabelledPhoto]:
    """Every photo with a row that passes, in the order of the scan.

    Args:
        whole_photos: give all faces of such a photo, not only those that pass: whoever hides
            faces must hide all of them.
    """
    condition, values = row_filter.to_sql()
    where = f"photo.job_id = ? AND {condition}"
    if whole_photos:
        where = f"photo.id IN (SELECT photo.id FROM {_ROWS} WHERE {where})"
    rows = database.read(
        table_row_of,
        f"SELECT {_COLUMNS} FROM {_ROWS} WHERE {where} ORDER BY photo.id, number",
        (job_id, *values),
    )
    labelled_by = _labelled_by(database, job_id)
    for _, group in groupby(rows, key=lambda row: row.facts.id):
        yield _photo_of(tuple(group), labelled_by)


def labelled_photo(database: Database, photo_id: int) -> LabelledPhoto | None:
    """One photo with all its faces, for a preview; None if it was deleted."""
    sql = f"SELECT {_COLUMNS} FROM {_ROWS} WHERE photo.id = ? ORDER BY number"
    rows = tuple(database.read(table_row_of, sql, (photo_id,)))
    return _photo_of(rows) if rows else None


def key_of(row: TableRow) -> RowKey:
    """The key that `row_keys` gives of this row."""
    return -row.facts.id if row.face is None else row.face.id


def _labelled_by(database: Database, job_id: int) -> str:
    """Empty if the job is not there any more."""
    jobs = database.read(job_of, f"SELECT {JOB_COLUMNS} FROM job WHERE id = ?", (job_id,))
    job = next(jobs, None)
    return "" if job is None else job.recipe.labelled_by


def _photo_of(rows: Sequence[TableRow], labelled_by: str = "") -> LabelledPhoto:
    faces = tuple(row.face for row in rows if row.face is not None)
    return LabelledPhoto(rows[0].facts, faces, labelled_by)
