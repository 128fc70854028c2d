"""What the header of an MP4 or QuickTime file says of its length.

Both are made of boxes: four bytes of size, four of kind, the content (ISO/IEC 14496-12, 4.2).
"""

import struct
from pathlib import Path
from typing import Any, BinaryIO


def movie_duration_s(path: Path) -> float | None:
    """How long it plays, without what its edit list hides; None where no header says so."""
    try:
        with path.open("rb") as file:
            end = path.stat().st_size
            for kind in (b"moov", b"mvhd"):
                end = _enter(file, kind, end)
            return _duration_s(file)
    except (OSError, struct.error):
        return None


def _enter(file: BinaryIO, kind: bytes, end: int) -> int:
    """Go to the content of the next box of `kind`, and give where it ends.

    Raises:
        struct.error: if there is none before `end`.
    """
    while (start := file.tell()) < end:
        size, found = _read(file, ">I4s")
        if size == 1:  # too large for four bytes
            (size,) = _read(file, ">Q")
        box_end = start + size if size else end
        if found == kind:
            return box_end
        file.seek(max(box_end, file.tell()))
    raise struct.error


def _duration_s(file: BinaryIO) -> float | None:
    (version,) = _read(file, ">B3x")
    # Version 1 has eight bytes for each time: of making, of changing, and how long it plays.
    per_s, duration = _read(file, ">16xIQ" if version == 1 else ">8xII")
    return duration / per_s if per_s and duration else None


def _read(file: BinaryIO, layout: str) -> tuple[Any, ...]:
    return struct.unpack(layout, file.read(struct.calcsize(layout)))
