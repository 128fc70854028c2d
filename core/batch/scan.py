"""Looks through files and folders for photos and videos, and says why everything else is none."""

import errno
import logging
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from core.batch.file_stamp import file_stamp
from core.errors import SourceError
from core.sources.endings import PHOTO_SUFFIXES, VIDEO_SUFFIXES, is_video
from core.sources.file_check import is_folder, open_file
from core.text import printable

logger = logging.getLogger(__name__)

_KNOWN_SUFFIXES = PHOTO_SUFFIXES | VIDEO_SUFFIXES
_SOURCE_CODE_SUFFIXES = frozenset({".ts", ".mts"})
"""Of videos and of TypeScript alike."""

_SYNC_BYTE, _SYNC_PLACES = 0x47, (0, 4)
"""Where a packet of a transport stream begins; cameras put four bytes before it (ISO 13818-1)."""


@dataclass(frozen=True, slots=True)
class FoundPhoto:
    """A file to be read as a photo or a video, as it was when it was found.

    Attributes:
        path: absolute.
        size_bytes: 0 for a file that could not be looked at; reading it tells why.
        mtime_ns: when it was last changed, in ns since 1970; likewise 0.
    """

    path: Path
    size_bytes: int
    mtime_ns: int

    @property
    def is_video(self) -> bool:
        """Whether it is to be read as a video: its name alone tells."""
        return is_video(self.path)


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """What is left out, and why.

    Attributes:
        path: absolute; of a file or a folder.
        reason: a sentence for the user.
        is_trouble: it could not be looked at, so that photos may be missing.
    """

    path: Path
    reason: str
    is_trouble: bool = False


Finding: TypeAlias = FoundPhoto | SkippedFile


def scan(paths: Iterable[Path]) -> Iterator[Finding]:
    """Everything among `paths`, and in the folders among them and below, in order of names.

    Links are followed; a folder that is reached a second time, as in a loop of links, is
    skipped. A file that is named outright is a photo whatever its name says, unless it is that of
    a video: reading it tells what is wrong with it.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        absolute = Path(os.path.abspath(path))  # noqa: PTH100  resolving would rename links
        if is_folder(absolute):
            yield from _scan_folder(absolute, seen)
        else:
            yield _named_file(absolute)


def find_photos(paths: Iterable[Path]) -> Iterator[Path]:
    """Every photo that `scan` finds, and no video, for those who need not know what was left out.

    Of what is named outright, everything: whoever reads it says what is wrong with it.
    """
    for path in paths:
        if not is_folder(path):
            yield path
            continue
        for found in scan([path]):
            if isinstance(found, FoundPhoto):
                if not found.is_video:
                    yield found.path
            elif found.is_trouble:
                logger.warning("%s is left out: %s", found.path, found.reason)


def _named_file(path: Path) -> Finding:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return FoundPhoto(path, 0, 0)
    if not stat.S_ISREG(status.st_mode):
        return _classified(path, status)
    return FoundPhoto(path, *file_stamp(status))


def _scan_folder(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Finding]:
    """A stack instead of recursion: folders nest deeper than Python's calls may."""
    waiting = [folder]
    while waiting:
        place = waiting.pop()
        try:
            status = place.stat()
            identity = status.st_dev, status.st_ino
            if identity in seen:
                yield SkippedFile(place, "This folder was reached before by another way.")
                continue
            seen.add(identity)
            names = sorted(os.listdir(place))  # noqa: PTH208  a list of names is half the memory
        except OSError as error:
            reason = f"This folder could not be opened ({error.strerror})."
            yield SkippedFile(place, reason, is_trouble=True)
            continue
        folders = []
        for name in names:
            finding = _finding(place / name)
            if finding is None:
                folders.append(place / name)
            else:
                yield finding
        waiting += reversed(folders)


def _finding(path: Path) -> Finding | None:
    """None for a folder to look into."""
    if path.name.startswith("."):
        return SkippedFile(path, "It is hidden.")
    try:
        status = path.stat()
    except OSError as error:
        return _unreachable(path, error)
    return None if stat.S_ISDIR(status.st_mode) else _classified(path, status)


def _unreachable(path: Path, error: OSError) -> Finding:
    if path.suffix.lower() in _KNOWN_SUFFIXES:
        return FoundPhoto(path, 0, 0)
    if error.errno not in (errno.ENOENT, errno.ELOOP):
        return SkippedFile(path, f"It could not be reached ({error.strerror}).", is_trouble=True)
    return SkippedFile(path, "It is a dead link, or was deleted just now.")


def _is_source_code(path: Path) -> bool:
    """Whether a file begins otherwise than a video; one that cannot be opened may be one."""
    try:
        with open_file(path) as file:
            head = file.read(max(_SYNC_PLACES) + 1)
    except (SourceError, OSError):
        return False
    return not any(head[place : place + 1] == bytes([_SYNC_BYTE]) for place in _SYNC_PLACES)


def _classified(path: Path, status: os.stat_result) -> Finding:
    suffix = path.suffix.lower()
    if not stat.S_ISREG(status.st_mode):
        return SkippedFile(path, "It is no file that could be read as a photo or a video.")
    if suffix in _SOURCE_CODE_SUFFIXES and _is_source_code(path):
        return SkippedFile(path, "It is no video, whatever its ending says.")
    if suffix in _KNOWN_SUFFIXES:
        return FoundPhoto(path, *file_stamp(status))
    return SkippedFile(path, _kind_sentence(suffix))


def _kind_sentence(suffix: str) -> str:
    """Why a file is left out that may be anything; whole, so that it can be translated."""
    if not suffix:
        return (
            "It is no photo or video: "
            "a name without an ending is no kind of file that Visage reads."
        )
    kind = printable(suffix)
    return f"It is no photo or video: “{kind}” is no kind of file that Visage reads."
