"""The SQLite file behind the store: opened, brought up to date, its troubles put into words."""

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from core import paths
from core.batch import schema
from core.batch.backup import BEFORE_UPDATE, back_up, backups
from core.batch.database_error import damaged_error, primary_code, store_error
from core.batch.stored_row import MAX_ID, NonsenseError, integer
from core.closing import Closing
from core.errors import StoreError
from core.sources.file_check import is_there

logger = logging.getLogger(__name__)

WINDOW_FILE = "jobs.sqlite"
COMMAND_LINE_FILE = "command-line.sqlite"
_BUSY_S = 10.0
_RETRY_S = 0.02
_HEADER_BYTES = 100
"""Of each file of SQLite, which takes a smaller one for a new one."""

_checked_paths: set[Path] = set()
"""Files that this process looked through."""

Value = TypeVar("Value")


def default_path() -> Path:
    """Where the jobs of the user's window lie."""
    return paths.data_dir() / WINDOW_FILE


def command_line_path() -> Path:
    """Where the jobs of the user's `label` lie."""
    return paths.data_dir() / COMMAND_LINE_FILE


class Database(Closing):
    """One connection. Any thread may use it, one at a time; several may be open on one file.

    In write-ahead logging readers and a writer do not wait for each other, and a process that
    is killed leaves what was committed. Each process looks a file through before it uses it, and
    nobody but the user may read it.

    Raises:
        StoreError: if the file cannot be opened, or is of a newer Visage.
        DamagedStoreError: if it is damaged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        _check_kept(path)
        _make_place(path)
        with self._trouble_in_words():
            self._connection = sqlite3.connect(
                path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False
            )
        try:
            with self._trouble_in_words(), self._form_checked():
                self._prepare_when_free()
                self._check_tables()
        except BaseException:
            self._connection.close()
            raise
        _checked_paths.add(path)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The answer to a query, row by row, as the file holds it."""
        with self._trouble_in_words():
            yield from self._connection.execute(sql, values)

    def read(
        self, value_of: Callable[[tuple[Any, ...]], Value], sql: str, values: Sequence[Any] = ()
    ) -> Iterator[Value]:
        """The answer to a query, each row as the value that a function of `stored_row` gives.

        Raises:
            DamagedStoreError: if a row makes no sense.
        """
        with self._trouble_in_words():
            yield from map(value_of, self._connection.execute(sql, values))

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

    def back_up_daily(self) -> None:
        """Keep a copy of the file as it is now, if there is none of today and place for one."""
        try:
            back_up(self._connection, self.path)
        except (OSError, sqlite3.DatabaseError) as error:
            logger.warning("There is no backup of the stored jobs: %s", error)

    def close(self) -> None:
        """Close the connection. Closing twice is harmless."""
        self._connection.close()

    def _roll_back(self) -> None:
        # A full disk has already rolled back by itself.
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _prepare_when_free(self) -> None:
        """Where two first starts meet, SQLite refuses one of them without waiting."""
        deadline_s = time.monotonic() + _BUSY_S
        while True:
            try:
                return self._prepare()
            except sqlite3.OperationalError as error:
                self._roll_back()
                if primary_code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline_s:
                    raise
            time.sleep(_RETRY_S)

    def _prepare(self) -> None:
        if self.path not in _checked_paths:
            self._check_pages()
        if self._version() != len(schema.MIGRATIONS):
            self._migrate()
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._connection.execute("PRAGMA journal_mode = WAL")
        # Power loss may take the last commits, never the file: those photos are read again.
        self._connection.execute("PRAGMA synchronous = NORMAL")

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    def _migrate(self) -> None:
        if 0 < self._version() < len(schema.MIGRATIONS):
            self._back_up_before_update()
        # A table that is made anew would take all that refers to it along.
        self._connection.execute("PRAGMA foreign_keys = OFF")
        self._connection.execute("BEGIN IMMEDIATE")
        version = self._version()  # another process may have been faster
        if version > len(schema.MIGRATIONS):
            raise StoreError(
                f"The stored jobs in {self.path} come from a newer Visage. "
                "Install that version, or move the file away to start anew."
            )
        schema.take_steps(self._connection, version)
        self._connection.execute("COMMIT")

    def _back_up_before_update(self) -> None:
        try:
            back_up(self._connection, self.path, BEFORE_UPDATE)
        except OSError as error:
            raise StoreError(
                f"The stored jobs in {self.path} must be updated, and there is no place for a "
                f"copy of them ({error.strerror}). Free some space and try again."
            ) from error

    def _check_tables(self) -> None:
        if not schema.has_usual_form(self._connection):
            raise damaged_error(self.path, "its tables have another form")
        for (last_id,) in self._connection.execute(schema.LAST_IDS):
            integer("id", last_id, 0, MAX_ID)

    @contextmanager
    def _form_checked(self) -> Iterator[None]:
        """The statements inside fail only on a file that has other tables than ours."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if primary_code(error) == sqlite3.SQLITE_ERROR:
                raise damaged_error(self.path, str(error)) from error
            raise

    def _check_pages(self) -> None:
        """65 ms for 100,000 photos; pages in a circle would be read without end."""
        if self._connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise damaged_error(self.path, "a part of the file is lost")

    @contextmanager
    def _trouble_in_words(self) -> Iterator[None]:
        try:
            yield
        except NonsenseError as error:
            raise damaged_error(self.path, str(error)) from error
        except UnicodeDecodeError as error:  # in SQLite's own words on a damaged file
            raise damaged_error(self.path, "a text is not Unicode") from error
        except sqlite3.DatabaseError as error:
            told = store_error(error, self.path)
            if told is None:
                raise
            raise told from error


def _check_kept(path: Path) -> None:
    """A file that lost everything would be taken for a new one.

    Raises:
        DamagedStoreError: if it is empty, but there is a copy of what it held.
    """
    with suppress(OSError):
        if path.stat().st_size < _HEADER_BYTES and backups(path):
            raise damaged_error(path, "the file is empty")


def _make_place(path: Path) -> None:
    """Make sure that nobody but the user may look; what else is wrong, SQLite will say."""
    try:
        paths.make_private_folder(path.parent)
    except OSError as error:
        raise StoreError(
            f"The folder {path.parent} for the stored jobs cannot be made ({error.strerror})."
        ) from error
    beside = (path.with_name(path.name + ending) for ending in ("-wal", "-shm"))
    for file in (path, *filter(is_there, beside)):
        with suppress(OSError):
            paths.make_private_file(file)
