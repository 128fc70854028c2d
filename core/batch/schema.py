"""The tables of the store, as the steps that lead to them.

A step is never changed once it was released: a change is a new step at the end. The database's
`user_version` is the number of steps that it has taken.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cache

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE job (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        title TEXT NOT NULL,
        created_at_s REAL NOT NULL,
        roots TEXT NOT NULL,
        recipe TEXT NOT NULL,
        is_scanned INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX job_by_recipe ON job (recipe);

    -- `path` holds bytes: names that are not Unicode must come back as they were.
    CREATE TABLE photo (
        id INTEGER PRIMARY KEY,
        job_id INTEGER NOT NULL REFERENCES job ON DELETE CASCADE,
        path BLOB NOT NULL,
        search_path TEXT NOT NULL,
        size_bytes INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        content_hash BLOB,
        width_px INTEGER NOT NULL DEFAULT 0,
        height_px INTEGER NOT NULL DEFAULT 0,
        face_count INTEGER NOT NULL DEFAULT 0,
        state TEXT NOT NULL DEFAULT 'waiting',
        error TEXT,
        UNIQUE (job_id, path)
    );
    CREATE INDEX photo_by_state ON photo (job_id, state, id, face_count);
    CREATE INDEX photo_by_path ON photo (path);
    CREATE INDEX photo_by_content ON photo (content_hash) WHERE content_hash IS NOT NULL;

    CREATE TABLE skipped (
        job_id INTEGER NOT NULL REFERENCES job ON DELETE CASCADE,
        path BLOB NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (job_id, path)
    ) WITHOUT ROWID;

    CREATE TABLE face (
        id INTEGER PRIMARY KEY,
        photo_id INTEGER NOT NULL REFERENCES photo ON DELETE CASCADE,
        number INTEGER NOT NULL,
        left REAL NOT NULL,
        top REAL NOT NULL,
        right REAL NOT NULL,
        bottom REAL NOT NULL,
        score REAL NOT NULL,
        landmarks BLOB NOT NULL,
        age REAL,
        age_low REAL,
        age_high REAL,
        female_probability REAL,
        gender TEXT,
        corrected_age REAL,
        corrected_gender TEXT,
        UNIQUE (photo_id, number)
    );

    -- What a face said before each correction; undoing takes the newest one back.
    CREATE TABLE correction (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        face_id INTEGER NOT NULL REFERENCES face ON DELETE CASCADE,
        job_id INTEGER NOT NULL REFERENCES job ON DELETE CASCADE,
        age_before REAL,
        gender_before TEXT
    );
    CREATE INDEX correction_by_job ON correction (job_id, id);
    CREATE INDEX correction_by_face ON correction (face_id);
    """,
    """
    -- AUTOINCREMENT: the id of a photo or a face that was deleted never comes to mean another.
    CREATE TABLE new_photo (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        job_id INTEGER NOT NULL REFERENCES job ON DELETE CASCADE,
        path BLOB NOT NULL,
        search_path TEXT NOT NULL,
        size_bytes INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        content_hash BLOB,
        width_px INTEGER NOT NULL DEFAULT 0,
        height_px INTEGER NOT NULL DEFAULT 0,
        face_count INTEGER NOT NULL DEFAULT 0,
        state TEXT NOT NULL DEFAULT 'waiting',
        error TEXT,
        UNIQUE (job_id, path)
    );
    INSERT INTO new_photo SELECT * FROM photo;
    DROP TABLE photo;
    ALTER TABLE new_photo RENAME TO photo;
    CREATE INDEX photo_by_state ON photo (job_id, state, id, face_count);
    CREATE INDEX photo_by_path ON photo (path);
    CREATE INDEX photo_by_content ON photo (content_hash) WHERE content_hash IS NOT NULL;

    CREATE TABLE new_face (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        photo_id INTEGER NOT NULL REFERENCES photo ON DELETE CASCADE,
        number INTEGER NOT NULL,
        left REAL NOT NULL,
        top REAL NOT NULL,
        right REAL NOT NULL,
        bottom REAL NOT NULL,
        score REAL NOT NULL,
        landmarks BLOB NOT NULL,
        age REAL,
        age_low REAL,
        age_high REAL,
        female_probability REAL,
        gender TEXT,
        corrected_age REAL,
        corrected_gender TEXT,
        UNIQUE (photo_id, number)
    );
    INSERT INTO new_face SELECT * FROM face;
    DROP TABLE face;
    ALTER TABLE new_face RENAME TO face;
    """,
    """
    ALTER TABLE skipped ADD COLUMN is_trouble INTEGER NOT NULL DEFAULT 0;
    """,
    """
    ALTER TABLE face ADD COLUMN quality REAL;
    ALTER TABLE photo ADD COLUMN note TEXT;
    ALTER TABLE job ADD COLUMN is_anew INTEGER NOT NULL DEFAULT 0;
    """,
    """
    -- Corrections made at once share a number and are taken back at once; NULL is one alone.
    ALTER TABLE correction ADD COLUMN gesture INTEGER;
    """,
    """
    -- What a person adds, removes or redraws; the answers of the detector stay beside it.
    ALTER TABLE face ADD COLUMN box_by TEXT NOT NULL DEFAULT 'detector';
    ALTER TABLE face ADD COLUMN presence TEXT NOT NULL DEFAULT 'shown';
    ALTER TABLE correction ADD COLUMN presence_before TEXT NOT NULL DEFAULT 'shown';
    """,
    """
    -- A face of a video was seen from one second to another; the box is of the frame at `frame_s`.
    ALTER TABLE photo ADD COLUMN is_video INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE face ADD COLUMN from_s REAL;
    ALTER TABLE face ADD COLUMN to_s REAL;
    ALTER TABLE face ADD COLUMN frame_s REAL;
    """,
    """
    -- Another model labelled the photos of that job; its answers are shown beside.
    ALTER TABLE job ADD COLUMN compared_with INTEGER REFERENCES job ON DELETE SET NULL;
    """,
    """
    -- Of its pixels: a file in which only keywords were changed still shows the same picture.
    ALTER TABLE photo ADD COLUMN picture_hash BLOB;
    """,
)


TABLES = ("job", "photo", "skipped", "face", "correction")
"""Those that others refer to come first."""

LAST_IDS = "SELECT seq FROM sqlite_sequence UNION ALL " + " UNION ALL ".join(
    f"SELECT coalesce(max(id), 0) FROM {table}" for table in ("job", "photo", "face", "correction")
)
"""A query for those that were given last, and those that are there."""


def take_steps(connection: sqlite3.Connection, version: int = 0) -> None:
    """Take all steps beyond the first `version`, without beginning or ending a transaction."""
    for statements in MIGRATIONS[version:]:
        for statement in _split(statements):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def columns() -> Mapping[str, tuple[str, ...]]:
    """The names of the columns of each table."""
    return {table: tuple(_defaults()[table]) for table in TABLES}


def defaults(table: str) -> Mapping[str, str]:
    """What SQL puts into each column of a table that is not given."""
    return _defaults()[table]


def has_usual_form(connection: sqlite3.Connection) -> bool:
    """Whether a database has just the tables, columns and indexes that the steps make.

    A view, a trigger or a table without its keys would fail only later, and look like a bug.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as usual:
        take_steps(usual)
        return _form(connection) == _form(usual)


def _form(connection: sqlite3.Connection) -> set[tuple[object, ...]]:
    parts = set(connection.execute("SELECT type, name FROM sqlite_master"))
    for table in TABLES:
        sql = "SELECT name, type, pk FROM pragma_table_info(?)"
        parts |= {(table, *column) for column in connection.execute(sql, (table,))}
    return parts


@cache
def _defaults() -> Mapping[str, Mapping[str, str]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        take_steps(connection)
        return {
            table: {
                name: default or "NULL"
                for _, name, _, _, default, _ in connection.execute(f"PRAGMA table_info({table})")
            }
            for table in TABLES
        }


def _split(statements: str) -> Iterator[str]:
    """The single statements of a script: `executescript` would commit before the first."""
    statement = ""
    for line in statements.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
