"""The boxes that AVIF, JPEG 2000, MP4 and QuickTime files consist of (ISO/IEC 14496-12, 4.2)."""

from collections.abc import Iterator
from typing import IO, NamedTuple

_MAX_BOXES = 20_000
"""Beside each other; a picture in tiles has some thousand."""


class Box(NamedTuple):
    """A box without its head: its content lies from place `begin` of the file to place `end`."""

    kind: bytes
    begin: int
    end: int


def boxes(file: IO[bytes], begin: int, end: int) -> Iterator[Box]:
    """The boxes between two places; one that breaks off ends there.

    Raises:
        ValueError: if there are more than in any picture.
    """
    for _ in range(_MAX_BOXES):
        if begin + 8 > end:
            return
        head = read_at(file, begin, 16)
        size, head_bytes = int.from_bytes(head[:4]), 8
        if size == 1:
            size, head_bytes = int.from_bytes(head[8:]), 16
        size = size or end - begin
        if size < head_bytes:
            return
        yield Box(head[4:8], begin + head_bytes, min(begin + size, end))
        begin += size
    raise ValueError("more boxes than any picture has")


def read_at(file: IO[bytes], place: int, size_bytes: int) -> bytes:
    """What lies at a place; less at the end of the file."""
    file.seek(place)
    return file.read(size_bytes)
