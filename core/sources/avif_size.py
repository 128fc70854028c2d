"""How large the pictures coded in an AVIF are, whatever its container says of them.

The container's table of places (`iloc`, ISO/IEC 14496-12, 8.11.3) leads to each coded picture, and
the sequence header there (AV1 specification, 5.5.1) has the size that a decoder takes memory for.
"""

from collections.abc import Iterator
from itertools import islice
from typing import IO

_HEAD_BYTES = 1_000_000
_PICTURE_HEAD_BYTES = 256
_TABLE_BYTES = 32_000
_MAX_PLACES = 1000
_SEQUENCE_HEADER = 1


class _Bits:
    """Bits of some bytes, the highest first; all 0 beyond the end."""

    def __init__(self, content: bytes) -> None:
        self._value = int.from_bytes(content, "big")
        self._left = 8 * len(content)

    @property
    def are_over(self) -> bool:
        return self._left <= 0

    def take(self, count: int) -> int:
        self._left -= count
        return (self._value >> max(self._left, 0)) & ((1 << count) - 1) if self._left >= 0 else 0


def largest_coded_px(file: IO[bytes]) -> int:
    """The pixels of the largest picture that is coded in an AVIF; 0 where none is found."""
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    sizes_px = [0]
    for place in islice(_places(head), _MAX_PLACES):
        file.seek(place)
        sizes_px += _coded_px(file.read(_PICTURE_HEAD_BYTES))
    return max(sizes_px)


def _places(head: bytes) -> Iterator[int]:
    """Where coded pictures begin in the file."""
    table = head.find(b"iloc")
    inner = head.find(b"idat") + 4  # what some places count from
    if table < 0:
        return
    version = head[table + 4] if table + 4 < len(head) else 0
    bits = _Bits(head[table + 8 : table + _TABLE_BYTES])
    offset_bits, length_bits, base_bits, index_bits = (8 * bits.take(4) for _ in range(4))
    for _ in range(bits.take(32 if version == 2 else 16)):
        if bits.are_over:
            return
        bits.take(32 if version == 2 else 16)
        is_inner = version > 0 and bits.take(16) & 0xF == 1
        bits.take(16)
        base = bits.take(base_bits)
        for _ in range(bits.take(16)):
            if version > 0:
                bits.take(index_bits)
            yield base + bits.take(offset_bits) + (inner if is_inner else 0)
            bits.take(length_bits)


def _coded_px(content: bytes) -> list[int]:
    """The sizes in the sequence headers among the units that some bytes begin with."""
    sizes_px = []
    place = 0
    while place + 2 < len(content):
        head = content[place]
        place += 2 if head & 0b100 else 1
        length, shift = len(content) - place, 0
        if head & 0b10:
            length = 0
            while place < len(content):
                byte = content[place]
                length |= (byte & 0x7F) << shift
                place, shift = place + 1, shift + 7
                if not byte & 0x80:
                    break
        if head >> 3 & 0xF == _SEQUENCE_HEADER:
            sizes_px.append(_sequence_px(_Bits(content[place : place + length])))
        place += length
    return sizes_px


def _sequence_px(bits: _Bits) -> int:
    bits.take(4)
    if bits.take(1):  # the short form for a still picture
        bits.take(5)
    else:
        _skip_operating_points(bits)
    width_bits, height_bits = bits.take(4) + 1, bits.take(4) + 1
    return (bits.take(width_bits) + 1) * (bits.take(height_bits) + 1)


def _skip_operating_points(bits: _Bits) -> None:
    delay_bits = 0
    if bits.take(1):
        bits.take(64)
        if bits.take(1):
            zeros = 0
            while not bits.take(1) and zeros < 32:
                zeros += 1
            bits.take(zeros)
        if bits.take(1):
            delay_bits = bits.take(5) + 1
            bits.take(42)
    has_display_delay = bits.take(1)
    for _ in range(bits.take(5) + 1):
        bits.take(12)
        if bits.take(5) > 7:
            bits.take(1)
        if delay_bits and bits.take(1):
            bits.take(2 * delay_bits + 1)
        if has_display_delay and bits.take(1):
            bits.take(4)
