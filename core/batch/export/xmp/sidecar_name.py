"""Which file is a photo's sidecar: programs agree on its ending and not on what comes before."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from core.sources.endings import PHOTO_SUFFIXES, RAW_SUFFIXES
from core.sources.file_check import is_there


class SidecarName(StrEnum):
    """Which sidecars of `photo.jpg` are written.

    Attributes:
        AUTO: those that are there, one or both; else the full name.
        FULL: `photo.jpg.xmp`, as digiKam, darktable and Immich name it.
        SHORT: `photo.xmp`, as Adobe's programs, Capture One and Apple Photos do.
        BOTH: both of them.
    """

    AUTO = "auto"
    FULL = "full"
    SHORT = "short"
    BOTH = "both"


def full_path(photo: Path) -> Path:
    """`photo.jpg.xmp`, or `photo.jpg.XMP` where that alone is there."""
    return _as_spelt(photo.with_name(photo.name + ".xmp"))


def short_path(photo: Path) -> Path:
    """`photo.xmp`, or `photo.XMP` where that alone is there."""
    return _as_spelt(photo.with_suffix(".xmp"))


def _as_spelt(sidecar: Path) -> Path:
    """Some programs write the ending in capitals, which are another name on most of Linux."""
    capitals = sidecar.with_suffix(".XMP")
    return capitals if is_there(capitals) and not is_there(sidecar) else sidecar


def namesakes(photo: Path) -> Iterator[Path]:
    """Other pictures that `photo.xmp` could belong to."""
    for suffix in sorted(PHOTO_SUFFIXES | RAW_SUFFIXES):
        for ending in (suffix, suffix.upper()):
            other = photo.with_suffix(ending)
            if is_there(other) and not other.samefile(photo):
                yield other
