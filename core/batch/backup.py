"""Copies of the store, made before its form changes and on days with corrections."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from core import paths

KEPT = 3
BEFORE_UPDATE = "-before-update"


def back_up(connection: sqlite3.Connection, path: Path, purpose: str = "") -> None:
    """Copy the store in the file `path`, once a day and purpose; the oldest copies go.

    Raises:
        OSError: if there is no place for it.
        sqlite3.DatabaseError: likewise, or if the store cannot be read.
    """
    folder = path.with_name("backups")
    copy = folder / f"{path.stem}-{datetime.now(UTC):%Y-%m-%d}{purpose}{path.suffix}"
    if copy.exists():
        return
    paths.make_private_folder(folder)
    unfinished = folder / f"{path.stem}.part"
    unfinished.unlink(missing_ok=True)
    paths.make_private_file(unfinished)
    with closing(sqlite3.connect(unfinished)) as target:
        connection.backup(target)
    unfinished.replace(copy)
    for old in backups(path)[KEPT:]:
        old.unlink(missing_ok=True)


def backups(path: Path) -> list[Path]:
    """The copies of the store in the file `path`, the newest first."""
    copies = path.with_name("backups").glob(f"{path.stem}-*{path.suffix}")
    return sorted(filter(Path.is_file, copies), reverse=True)
