"""Looks through folders of any storage for photos and videos, in the order of a local job."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from core.batch.scan import FoundPhoto, SkippedFile, scan
from core.cluster.storage import Storage
from core.cluster.work import WorkPhoto
from core.commands.given_name import GivenNames
from core.errors import SourceError
from core.sources.endings import PHOTO_SUFFIXES, VIDEO_SUFFIXES

_KNOWN_SUFFIXES = PHOTO_SUFFIXES | VIDEO_SUFFIXES
_STAMPS = ("ETag", "etag", "mtime", "LastModified", "updated", "created")
"""What file systems say of a file that changes with its content, the surest first."""

_NAMELESS = "Objects in a folder without a name (//) cannot be listed; photos may be missing."


def find_work(source: Storage, name: str, skipped: list[SkippedFile]) -> Iterator[WorkPhoto]:
    """Every photo and video at or below `source`, in order of names.

    Args:
        source: a file or a folder.
        name: what results call it.
        skipped: takes what could not be looked at, so that photos may be missing.

    Raises:
        SourceError: if there is nothing.
        StorageError: if a storage cannot be reached.
    """
    try:
        is_folder = source.is_folder()
    except FileNotFoundError:
        raise SourceError(f"{source.url} does not exist. Was it moved or renamed?") from None
    if source.is_local:
        yield from _find_files(Path(source.root), name, skipped)
    elif is_folder:
        yield from _find_objects(source, name, skipped)
    else:
        yield _photo(source.entry(), name)


def _find_files(root: Path, name: str, skipped: list[SkippedFile]) -> Iterator[WorkPhoto]:
    name_of = GivenNames({root: name}).name_of
    for found in scan([root]):
        if isinstance(found, FoundPhoto):
            place = str(found.path)
            yield WorkPhoto(name_of(found.path), place, found.size_bytes, str(found.mtime_ns))
        elif found.is_trouble or found.path == root:
            skipped.append(found)


def _find_objects(storage: Storage, name: str, skipped: list[SkippedFile]) -> Iterator[WorkPhoto]:
    waiting = [storage.root.rstrip("/")]
    while waiting:
        folder = waiting.pop()
        folders = []
        for entry in storage.entries(folder):
            place = str(entry["name"]).rstrip("/")
            is_folder = entry["type"] == "directory"
            if place == folder and is_folder and str(entry["name"]).endswith("/"):
                skipped.append(SkippedFile(Path(place), _NAMELESS, is_trouble=True))
            if place == folder or PurePosixPath(place).name.startswith("."):
                continue
            if is_folder:
                folders.append(place)
            elif PurePosixPath(place).suffix.lower() in _KNOWN_SUFFIXES:
                below = place.removeprefix(storage.root.rstrip("/"))
                yield _photo(entry, name.rstrip("/") + below)
        waiting += reversed(folders)


def _photo(entry: dict[str, Any], name: str) -> WorkPhoto:
    stamp = next((str(entry[key]) for key in _STAMPS if entry.get(key)), "")
    return WorkPhoto(name, str(entry["name"]), int(entry.get("size") or 0), stamp)
