"""Reads what a job holds: pages of rows for a table, or photo by photo for an export.

A table asks once for the keys of its rows (eight bytes each, filtered and sorted) and then for
the rows of the keys that it shows, which costs the same anywhere in 100,000 rows.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from core.batch.comparison import (
    answers_of_job,
    answers_of_photos,
    compared_job,
    distances,
    other_ages,
)
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
from core.types import OtherAnswer

_COLUMNS = f"{FACT_COLUMNS}, {FACE_COLUMNS}"
_ROWS = PHOTOS_WITH_FACES
_FACE_ROWS = f"face JOIN photo ON photo.id = face.photo_id WHERE {IS_SHOWN} AND face.id"
_FACELESS_ROWS = f"{_ROWS} WHERE face.id IS NULL AND photo.id"
_MAX_VALUES = 900
"""SQLite's oldest builds take 999 question marks."""
_LEAST_KEY = -(2**63) + 1

_COMPARING = {RowOrder.DISTANCE: distances, RowOrder.OTHER_AGE: other_ages}

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
    if order in _COMPARING:
        in_scan_order = row_keys(database, job_id, row_filter)
        ranks = _COMPARING[order](database, job_id)
        return _by_rank(in_scan_order, ranks, descending=descending)
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
    found = _with_other_answers(database, found)
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
    labelled_by, other = _labelled_by(database, job_id), compared_job(database, job_id)
    answers = {} if other is None else answers_of_job(database, job_id)
    for _, group in groupby(rows, key=lambda row: row.facts.id):
        photo = _photo_of([_with_answer(row, answers) for row in group])
        by_other = "" if other is None else other.recipe.labelled_by
        yield replace(photo, labelled_by=labelled_by, other_labelled_by=by_other)


def labelled_photo(database: Database, photo_id: int) -> LabelledPhoto | None:
    """One photo with all its faces, for a preview; None if it was deleted."""
    sql = f"SELECT {_COLUMNS} FROM {_ROWS} WHERE photo.id = ? ORDER BY number"
    rows = tuple(database.read(table_row_of, sql, (photo_id,)))
    answers = answers_of_photos(database, (photo_id,))
    return _photo_of([_with_answer(row, answers) for row in rows]) if rows else None


def first_key(database: Database, photo_id: int) -> RowKey:
    """The key of a photo's first row."""
    photo = labelled_photo(database, photo_id)
    return photo.faces[0].id if photo is not None and photo.faces else -photo_id


def key_of(row: TableRow) -> RowKey:
    """The key that `row_keys` gives of this row."""
    return -row.facts.id if row.face is None else row.face.id


def _labelled_by(database: Database, job_id: int) -> str:
    """Empty if the job is not there any more."""
    jobs = database.read(job_of, f"SELECT {JOB_COLUMNS} FROM job WHERE id = ?", (job_id,))
    job = next(jobs, None)
    return "" if job is None else job.recipe.labelled_by


def _photo_of(rows: Sequence[TableRow]) -> LabelledPhoto:
    faces = tuple(row.face for row in rows if row.face is not None)
    return LabelledPhoto(rows[0].facts, faces)


def _by_rank(keys: "array[int]", ranks: Mapping[int, float], *, descending: bool) -> "array[int]":
    """The keys by a number of each; those without one come last."""
    sign = -1 if descending else 1
    known = sorted((key for key in keys if key in ranks), key=lambda key: sign * ranks[key])
    return array("q", [*known, *(key for key in keys if key not in ranks)])


def _with_other_answers(
    database: Database, rows: Mapping[RowKey, TableRow]
) -> dict[RowKey, TableRow]:
    photo_ids = list({row.facts.id: None for row in rows.values() if row.face is not None})
    answers: dict[int, OtherAnswer] = {}
    for start in range(0, len(photo_ids), _MAX_VALUES):
        answers |= answers_of_photos(database, photo_ids[start : start + _MAX_VALUES])
    return {key: _with_answer(row, answers) for key, row in rows.items()}


def _with_answer(row: TableRow, answers: Mapping[int, OtherAnswer]) -> TableRow:
    """The row, with what a second model says of its face."""
    labelled = row.face
    answer = None if labelled is None else answers.get(labelled.id)
    if labelled is None or answer is None:
        return row
    face = replace(labelled.face, other=answer)
    return replace(row, face=replace(labelled, face=face))
