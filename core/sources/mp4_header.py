"""What the header of an MP4 or QuickTime file says of its length."""

import struct
from pathlib import Path
from typing import Any, BinaryIO

from core.sources.iso_boxes import Box, boxes


def movie_duration_s(path: Path) -> float | None:
    """How long it plays, without what its edit list hides; None where no header says so."""
    try:
        with path.open("rb") as file:
            place: Box | None = Box(b"", 0, path.stat().st_size)
            for kind in (b"moov", b"mvhd"):
                inner = boxes(file, place.begin, place.end) if place else ()
                place = next((box for box in inner if box.kind == kind), None)
            if place is None:
                return None
            file.seek(place.begin)
            return _duration_s(file)
    except (OSError, ValueError, struct.error):
        return None


def _duration_s(file: BinaryIO) -> float | None:
    (version,) = _read(file, ">B3x")
    # Version 1 has eight bytes for each time: of making, of changing, and how long it plays.
    per_s, duration = _read(file, ">16xIQ" if version == 1 else ">8xII")
    return duration / per_s if per_s and duration else None


def _read(file: BinaryIO, layout: str) -> tuple[Any, ...]:
    return struct.unpack(layout, file.read(struct.calcsize(layout)))
