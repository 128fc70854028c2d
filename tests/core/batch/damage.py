"""Stores that somebody damaged: each column with each kind of nonsense, and the file itself."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from core.batch import schema
from core.batch.correction import correct_face
from core.batch.record import Correction
from core.batch.store import BatchStore
from core.types import Gender
from tests.core.batch.builders import fill_job, make_face, photos_of

NONSENSE: dict[str, Any] = {
    "null": None,
    "text": "nonsense",
    "no Unicode": sqlite3.Binary(b"\xff\xfe"),  # stored as text, see `put`
    "blob": b"\x00\xff",
    "empty blob": b"",
    "negative": -7,
    "huge": 2**62,
    "fraction": 0.37,
    "infinite": float("inf"),
    "cut JSON": '["/album", ',
    "deep JSON": "[" * 100_000,
    "other JSON": '{"a": [1]}',
}

COLUMNS = [(table, name) for table, names in schema.columns().items() for name in names]


def make_store(path: Path) -> int:
    """A store with a bit of everything; the id of its job."""
    with BatchStore.open(path) as store:
        job = fill_job(
            store, {"a.jpg": [make_face(), make_face(8)], "b.jpg": "broken", "c.jpg": None, "d": []}
        )
        with store.database.transaction() as connection:
            connection.execute(
                "INSERT INTO skipped VALUES (?, X'2F63', 'It is hidden.', 0)", (job.id,)
            )
        face = photos_of(store, job)[0].faces[0]
        correct_face(store.database, face.id, Correction(40, Gender.MALE))
        correct_face(store.database, face.id, Correction(41, Gender.MALE))
        return job.id


@contextmanager
def unguarded(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a file whose tables let everything pass, as damage does."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '') WHERE type = 'table'"
        )
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        yield connection


def put(path: Path, table: str, column: str, kind: str) -> bool:
    """Put nonsense into a column of every row; False where SQLite takes it in no way."""
    value = "CAST(? AS TEXT)" if kind == "no Unicode" else "?"
    try:
        with unguarded(path) as connection:
            connection.execute(
                f"UPDATE OR REPLACE {table} SET {column} = {value}", (NONSENSE[kind],)
            )
    except sqlite3.DatabaseError:
        return False
    return True
