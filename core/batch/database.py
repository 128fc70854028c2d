"""The SQLite file behind the store: opened, brought up to date, its troubles put into words."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from core import paths
from core.batch.schema import MIGRATIONS
from core.errors import StoreError

FILE_NAME = "jobs.sqlite"
_BUSY_S = 10.0


def default_path() -> Path:
    """Where the jobs of this user lie."""
    return paths.data_dir() / FILE_NAME


class Database:
    """One connection. Any thread may use it, one at a time; several may be open on one file.

    In write-ahead logging readers and a writer do not wait for each other, and a process that
    is killed leaves what was committed.

    Raises:
        StoreError: if the file cannot be opened, is damaged, or is of a newer Visage.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        _make_folder(path.parent)
        with self._trouble_in_words():
            self._connection = sqlite3.connect(
                path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False
            )
        try:
            with self._trouble_in_words():
                self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The answer to a query, row by row."""
        with self._trouble_in_words():
            yield from self._connection.execute(sql, values)

    def row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of an answer; None if there is none."""
        with self._trouble_in_words():
            row: tuple[Any, ...] | None = self._connection.execute(sql, values).fetchone()
            return row

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All that is done on the connection is kept, or, after any error, nothing of it."""
        with self._trouble_in_words():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is read is of one moment, whatever others write meanwhile; nothing is written."""
        with self._trouble_in_words():
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._roll_back()

    def close(self) -> None:
        """Close the connection. Closing twice is harmless."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _roll_back(self) -> None:
        # A full disk has already rolled back by itself.
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _prepare(self) -> None:
        if self._version() != len(MIGRATIONS):
            self._migrate()
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._connection.execute("PRAGMA journal_mode = WAL")
        # Power loss may take the last commits, never the file: those photos are read again.
        self._connection.execute("PRAGMA synchronous = NORMAL")

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    def _migrate(self) -> None:
        # A table that is made anew would take all that refers to it along.
        self._connection.execute("PRAGMA foreign_keys = OFF")
        self._connection.execute("BEGIN IMMEDIATE")
        version = self._version()  # another process may have been faster
        if version > len(MIGRATIONS):
            raise StoreError(
                f"The stored jobs in {self.path} come from a newer Visage. "
                "Install that version, or move the file away to start anew."
            )
        for statements in MIGRATIONS[version:]:
            for statement in _split(statements):
                self._connection.execute(statement)
        self._connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        self._connection.execute("COMMIT")

    @contextmanager
    def _trouble_in_words(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            sentence = _sentence(error, self.path)
            if sentence is None:
                raise
            raise StoreError(sentence) from error


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The folder {folder} for the stored jobs cannot be made ({error.strerror})."
        ) from error


def _sentence(error: sqlite3.DatabaseError, path: Path) -> str | None:
    """What a user can do about it; None for a bug of ours."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    reasons = {
        sqlite3.SQLITE_FULL: "the disk is full. Free some space and go on; what was done is kept.",
        sqlite3.SQLITE_READONLY: "they may not be written. Check the permissions of the file.",
        sqlite3.SQLITE_CANTOPEN: "the file cannot be opened. Check the permissions of its folder.",
        sqlite3.SQLITE_PERM: "access is denied. Check the permissions of the file.",
        sqlite3.SQLITE_IOERR: "the disk does not answer as it should. What was done is kept.",
        sqlite3.SQLITE_BUSY: "another program holds them. Close it and try again.",
        sqlite3.SQLITE_CORRUPT: "the file is damaged. Move it away to start anew.",
        sqlite3.SQLITE_NOTADB: "the file is damaged. Move it away to start anew.",
    }
    reason = reasons.get(code)
    return None if reason is None else f"The stored jobs in {path} cannot be used: {reason}"


def _split(statements: str) -> Iterator[str]:
    """The single statements of a script: `executescript` would commit before the first."""
    statement = ""
    for line in statements.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
