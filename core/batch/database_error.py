"""SQLite's troubles in the words of a user."""

import sqlite3
from pathlib import Path

from core import paths
from core.errors import DamagedStoreError, StoreError

_DAMAGED = (
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_CONSTRAINT,
    sqlite3.SQLITE_MISMATCH,
    sqlite3.SQLITE_TOOBIG,
    0,  # Python's own: a text that is not Unicode
)


def store_error(error: sqlite3.DatabaseError, path: Path) -> StoreError | None:
    """What a user can do about it; None for a bug of ours."""
    if isinstance(error, sqlite3.ProgrammingError):
        return None
    code = primary_code(error)
    reasons = {
        sqlite3.SQLITE_FULL: "the disk is full. Free some space and go on; what was done is kept.",
        sqlite3.SQLITE_READONLY: "they may not be written. Check the permissions of the file.",
        sqlite3.SQLITE_CANTOPEN: "the file cannot be opened. Check the permissions of its folder.",
        sqlite3.SQLITE_PERM: "access is denied. Check the permissions of the file.",
        sqlite3.SQLITE_IOERR: "the disk does not answer as it should. What was done is kept.",
        sqlite3.SQLITE_BUSY: "another program holds them. Close it and try again.",
        sqlite3.SQLITE_LOCKED: "another program holds them. Close it and try again.",
        sqlite3.SQLITE_PROTOCOL: "another program holds them. Close it and try again.",
    }
    if code in reasons:
        return StoreError(f"The stored jobs in {path} cannot be used: {reasons[code]}")
    return damaged_error(path, str(error)) if code in _DAMAGED else None


def damaged_error(path: Path, reason: str) -> DamagedStoreError:
    """What is wrong, and the way out."""
    return DamagedStoreError(
        f"The stored jobs in {path} are damaged ({reason}). "
        f"“{paths.PROGRAM} jobs repair” saves what can be read."
    )


def primary_code(error: sqlite3.DatabaseError) -> int:
    """SQLite's primary result code; 0 for an error of Python's own."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
