"""Reads what a job holds: pages of rows for a table, or photo by photo for an export.

A table asks once for the keys of its rows (eight bytes each, filtered and sorted) and then for
the rows of the keys that it shows, which costs the same anywhere in 100,000 rows.
"""

import os
from array import array
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from core.batch.database import Database
from core.batch.record import (
    Correction,
    LabelledFace,
    LabelledPhoto,
    PhotoFacts,
    PhotoState,
    TableRow,
)
from core.batch.row_filter import EVERY_ROW, RowFilter, RowOrder, order_sql
from core.types import Box, Estimate, Face, Gender

_FACTS = (
    "photo.id, photo.path, photo.state, photo.error, photo.width_px, photo.height_px, "
    "photo.size_bytes, photo.mtime_ns"
)
_FACE = (
    "face.id, number, left, top, right, bottom, score, landmarks, age, age_low, age_high, "
    "female_probability, gender, corrected_age, corrected_gender"
)
_ROWS = "photo LEFT JOIN face ON face.photo_id = photo.id"
_FACE_ROWS = "face JOIN photo ON photo.id = face.photo_id WHERE face.id"
_FACELESS_ROWS = f"{_ROWS} WHERE face.id IS NULL AND photo.id"
_FACT_COUNT = 8
_MAX_VALUES = 900
"""SQLite's oldest builds take 999 question marks."""

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
    rows = database.rows(
        f"SELECT coalesce(face.id, -photo.id) FROM {_ROWS} "
        f"WHERE photo.job_id = ? AND {condition} ORDER BY {ordering}",
        (job_id, *values),
    )
    return array("q", (key for (key,) in rows))


def table_rows(database: Database, keys: Sequence[RowKey]) -> tuple[TableRow, ...]:
    """The rows of these keys, in their order; rows that were deleted meanwhile are left out."""
    found: dict[RowKey, TableRow] = {}
    for start in range(0, len(keys), _MAX_VALUES):
        part = keys[start : start + _MAX_VALUES]
        faces = [key for key in part if key > 0]
        photos = [-key for key in part if key < 0]
        for source, ids in ((_FACE_ROWS, faces), (_FACELESS_ROWS, photos)):
            marks = ", ".join("?" * len(ids))
            sql = f"SELECT {_FACTS}, {_FACE} FROM {source} IN ({marks})"
            for row in database.rows(sql, ids) if ids else ():
                found[_key(row)] = TableRow(_facts(row), _face(row[_FACT_COUNT:]))
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
    rows = database.rows(
        f"SELECT {_FACTS}, {_FACE} FROM {_ROWS} WHERE {where} ORDER BY photo.id, number",
        (job_id, *values),
    )
    for facts, group in groupby(rows, key=_facts):
        faces = (_face(row[_FACT_COUNT:]) for row in group)
        yield LabelledPhoto(facts, tuple(face for face in faces if face is not None))


def labelled_photo(database: Database, photo_id: int) -> LabelledPhoto | None:
    """One photo with all its faces, for a preview; None if it was deleted."""
    rows = tuple(
        database.rows(
            f"SELECT {_FACTS}, {_FACE} FROM {_ROWS} WHERE photo.id = ? ORDER BY number",
            (photo_id,),
        )
    )
    if not rows:
        return None
    faces = (_face(row[_FACT_COUNT:]) for row in rows)
    return LabelledPhoto(_facts(rows[0]), tuple(face for face in faces if face is not None))


def _key(row: tuple[Any, ...]) -> RowKey:
    photo_id, face_id = row[0], row[_FACT_COUNT]
    return int(-photo_id if face_id is None else face_id)


def _facts(row: tuple[Any, ...]) -> PhotoFacts:
    photo_id, path, state, *others = row[:_FACT_COUNT]
    return PhotoFacts(photo_id, Path(os.fsdecode(path)), PhotoState(state), *others)


def _face(values: tuple[Any, ...]) -> LabelledFace | None:
    face_id, number, left, top, right, bottom, score, landmarks = values[:8]
    if face_id is None:
        return None
    age, low, high, female_probability, gender, corrected_age, corrected_gender = values[8:]
    return LabelledFace(
        id=face_id,
        number=number,
        face=Face(
            box=Box(left, top, right, bottom),
            score=score,
            estimate=Estimate(age, low, high, female_probability),
            gender=_gender(gender),
        ),
        landmarks=np.frombuffer(landmarks, "<f4").reshape(-1, 2).astype(np.float32),
        correction=Correction(corrected_age, _gender(corrected_gender)),
    )


def _gender(text: str | None) -> Gender | None:
    return None if text is None else Gender(text)
