"""Saves what can be read of a damaged store: row by row into a new file, the rest from a backup.

The ids of jobs, photos and faces are given once only, so a row of a backup never stands for
something else. What cannot be complete any more waits to be labelled again.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core import paths
from core.batch import schema, stored_row
from core.batch.backup import backups
from core.batch.database import Database
from core.batch.database_error import primary_code
from core.batch.face_row import TOUCHED_BY_HAND
from core.errors import DamagedStoreError, StoreError
from core.text import search_text

Values = dict[str, Any]

_MAX_LEAP = 2**40
_UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""SQLite's own words on a damaged file may be no Unicode."""
_KEY_OF = "SELECT name, type FROM pragma_table_info(?) WHERE pk"
_DONE_IN_PART = (
    "SELECT id FROM photo WHERE state = 'done' AND face_count <> "
    "(SELECT count(*) FROM face WHERE photo_id = photo.id AND presence = 'shown')"
)


@dataclass(frozen=True, slots=True)
class Repair:
    """What was saved.

    Attributes:
        waiting_again: photos whose answer is lost: they wait to be labelled again.
        damaged_path: where the damaged file lies now.
    """

    jobs: int
    photos: int
    faces: int
    waiting_again: int
    damaged_path: Path


def repair(path: Path) -> Repair | None:
    """Put a sound store in the place of a damaged one, which is kept beside it.

    Returns:
        None if the store is sound; then nothing changes.

    Raises:
        StoreError: if another program uses it, or it cannot be written.
    """
    if _is_sound(path):
        return None
    _check_free(path)
    moment = f"{datetime.now(UTC):%Y-%m-%d-%H%M%S}"
    damaged_path = path.with_name(f"{path.stem}-damaged-{moment}{path.suffix}")
    rebuilt_path = path.with_name(f"{path.stem}-repaired-{moment}{path.suffix}")
    try:
        _copy_with_log(path, damaged_path)
        with Database(rebuilt_path) as rebuilt:
            waiting_again = _rebuild(rebuilt, [damaged_path, *backups(path)[:1]])
            found = _counts(rebuilt)
        _remove(path)
        rebuilt_path.replace(path)
    except OSError as error:
        raise StoreError(f"{path} could not be repaired ({error.strerror}).") from error
    finally:
        _remove(rebuilt_path)
    return Repair(*found, waiting_again, damaged_path)


def _is_sound(path: Path) -> bool:
    """Whether every page, index and row is as it should be."""
    try:
        with Database(path) as database:
            if database.row("PRAGMA integrity_check(1)") != ("ok",):
                return False
            for table, (names, value_of) in _CHECKS.items():
                for _ in database.read(value_of, f"SELECT {', '.join(names)} FROM {table}"):
                    pass
            return database.row(_DONE_IN_PART) is None
    except DamagedStoreError:
        return False
    except StoreError as error:
        if _is_called_read_only(error) and os.access(path, os.W_OK):
            return False  # its own header says so
        raise


def _is_called_read_only(error: StoreError) -> bool:
    cause = error.__cause__
    return (
        isinstance(cause, sqlite3.DatabaseError) and primary_code(cause) == sqlite3.SQLITE_READONLY
    )


def _check_free(path: Path) -> None:
    """Make sure that no other program uses the file.

    Raises:
        StoreError: if one does.
    """
    with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
        except sqlite3.DatabaseError as error:
            if primary_code(error) == sqlite3.SQLITE_BUSY:
                raise StoreError(
                    f"The stored jobs in {path} are in use. Close Visage and try again."
                ) from error


def _remove(path: Path) -> None:
    """Remove a store with the files that SQLite keeps beside it."""
    for ending in ("-wal", "-shm", ""):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _copy_with_log(path: Path, target: Path) -> None:
    for ending in ("", "-wal"):
        source = path.with_name(path.name + ending)
        if source.exists():
            paths.make_private_file(target.with_name(target.name + ending))
            shutil.copyfile(source, target.with_name(target.name + ending))


def _rebuild(rebuilt: Database, sources: list[Path]) -> int:
    """Fill a new store, from the first source what it gives, from the next what is missing.

    Returns:
        How many photos lost their answer.
    """
    with rebuilt.transaction() as target:
        target.execute("PRAGMA defer_foreign_keys = ON")
        for source in sources:
            with closing(sqlite3.connect(source, isolation_level=None)) as connection:
                connection.text_factory = _text_or_bytes
                _copy_rows(connection, target)
                _copy_last_ids(connection, target)
        return _drop_loose_ends(target)


def _text_or_bytes(raw: bytes) -> str | bytes:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


def _copy_rows(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Add what is not there yet. A job that was deleted has no photo left: it stays deleted."""
    is_first = target.execute("SELECT 1 FROM job UNION SELECT 1 FROM photo").fetchone() is None
    known = {job_id for (job_id,) in target.execute("SELECT DISTINCT job_id FROM photo")}
    for table, names in schema.columns().items():
        marks = ", ".join("?" * len(names))
        target.executemany(
            f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({marks})",
            (
                tuple(values.values())
                for values in _sound_rows(source, table, names)
                if is_first or table != "job" or values["id"] in known
            ),
        )


def _copy_last_ids(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """No id is given twice, also if its row was deleted."""
    with suppress(*_UNREADABLE):
        for table, last_id in source.execute("SELECT name, seq FROM sqlite_sequence"):
            if type(last_id) is int and last_id <= stored_row.MAX_ID:
                target.execute(
                    "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (last_id, table)
                )


def _sound_rows(source: sqlite3.Connection, table: str, names: tuple[str, ...]) -> Iterator[Values]:
    """The rows of a table that make sense."""
    checked_names, value_of = _CHECKS[table]
    for row in _readable_rows(source, table, names):
        values = dict(zip(names, row, strict=True))
        try:
            if "id" in values:
                stored_row.integer("id", values["id"], 1, stored_row.MAX_ID)
            value_of(tuple(values[name] for name in checked_names))
        except stored_row.NonsenseError:
            continue
        if table == "photo":
            values["search_path"] = search_text(str(stored_row.path_of(values["path"])))
            for name in ("content_hash", "picture_hash"):
                if type(values[name]) is not bytes:
                    values[name] = None
        yield values


def _readable_rows(
    source: sqlite3.Connection, table: str, names: tuple[str, ...]
) -> Iterator[tuple[Any, ...]]:
    """The rows of a table, leaping over pages that cannot be read."""
    is_numbered = "id" in names
    try:
        expressions = ", ".join(_expressions(source, table, names))
        if is_numbered and source.execute(_KEY_OF, (table,)).fetchone() != ("id", "INTEGER"):
            raise sqlite3.DatabaseError(f"{table} has no numbers")
    except _UNREADABLE:
        return
    sql = f"SELECT {expressions} FROM {table} NOT INDEXED"
    start, leap = 1, 1
    while leap < _MAX_LEAP:
        try:
            if is_numbered:
                for row in source.execute(f"{sql} WHERE id >= ? ORDER BY id", (start,)):
                    _check_progress(row[names.index("id")] >= start)
                    yield row
                    start, leap = row[names.index("id")] + 1, 1
            else:
                seen: set[tuple[Any, ...]] = set()
                for row in source.execute(sql):
                    _check_progress(row[:2] not in seen)
                    yield row
                    seen.add(row[:2])
            return
        except _UNREADABLE:
            if not is_numbered:
                return
            start, leap = start + leap, leap * 2


def _check_progress(is_new: bool) -> None:
    """Pages of a damaged file may lead to each other in a circle."""
    if not is_new:
        raise sqlite3.DatabaseError("a row comes twice")


def _expressions(source: sqlite3.Connection, table: str, names: tuple[str, ...]) -> Iterator[str]:
    """The columns, with defaults for those that an older file does not have."""
    there = {row[1] for row in source.execute(f"PRAGMA table_info({table})")}
    if not there:
        raise sqlite3.DatabaseError(f"no table {table}")
    defaults = schema.defaults(table)
    for name in names:
        yield name if name in there else f"{defaults[name]} AS {name}"


def _drop_loose_ends(target: sqlite3.Connection) -> int:
    """Drop what belongs to nothing, and let photos wait whose faces are not all there."""
    for statement in (
        "DELETE FROM photo WHERE job_id NOT IN (SELECT id FROM job)",
        "DELETE FROM skipped WHERE job_id NOT IN (SELECT id FROM job)",
        "DELETE FROM face WHERE photo_id NOT IN (SELECT id FROM photo)",
        "UPDATE job SET compared_with = NULL WHERE compared_with NOT IN (SELECT id FROM job)",
    ):
        target.execute(statement)
    lost = [photo_id for (photo_id,) in target.execute(_DONE_IN_PART)]
    for photo_id in lost:
        target.execute(
            f"DELETE FROM face WHERE photo_id = ? AND NOT {TOUCHED_BY_HAND}", (photo_id,)
        )
        target.execute(
            "UPDATE photo SET state = 'waiting', error = NULL, face_count = 0 WHERE id = ?",
            (photo_id,),
        )
    target.execute(
        "DELETE FROM correction WHERE face_id NOT IN (SELECT id FROM face) "
        "OR job_id NOT IN (SELECT id FROM job)"
    )
    return len(lost)


def _counts(database: Database) -> tuple[int, int, int]:
    row = database.row(
        "SELECT (SELECT count(*) FROM job), (SELECT count(*) FROM photo), "
        "(SELECT count(*) FROM face)"
    )
    assert row is not None
    return row[0], row[1], row[2]


def _names(columns: str) -> tuple[str, ...]:
    return tuple(name.strip().rpartition(".")[2] for name in columns.split(","))


_CHECKS: Mapping[str, tuple[tuple[str, ...], Callable[[tuple[Any, ...]], object]]] = {
    "job": (_names(stored_row.JOB_COLUMNS), stored_row.job_of),
    "photo": (_names(stored_row.FACT_COLUMNS), stored_row.photo_facts_of),
    "skipped": (_names(stored_row.SKIPPED_COLUMNS), stored_row.skipped_file_of),
    "face": (_names(stored_row.FACE_COLUMNS), stored_row.face_of),
    "correction": (("age_before", "gender_before", "presence_before"), stored_row.change_of),
}
"""What a row of each table must hold."""
