"""How large the pictures coded in an AVIF are, whatever its container says of them.

The container (ISO/IEC 14496-12: places of items 8.11.3, of samples 8.7) leads to what is
coded, and the sequence headers there (AV1 specification, 5.5.1) have the size that a decoder takes
memory for. What a decoder may look at is looked at: a file can be made so as to mislead.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import IO, TypeAlias

from core.sources.iso_boxes import Box, boxes, read_at

_CONTAINERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl"})
_OFFSET_BYTES = {b"stco": 4, b"co64": 8}
_CODED = b"av01"
_BRANDS = frozenset({b"avif", b"avis", b"mif1", b"msf1"})
_UNIT_HEAD_BYTES = 10
_SEQUENCE_HEADER, _SEQUENCE_HEADER_BYTES = 1, 512
_MAX_UNITS = 10_000
"""Of a picture; some hundred would be many."""

_MAX_TABLE_BYTES, _MAX_EXTENTS = 1_000_000, 20_000
"""Of all items; a picture in tiles has some thousand. An extent may take no byte of the table, but
16 of the decoder's memory."""

Extents: TypeAlias = list[tuple[int, int]]
"""Place and length of each piece of what is coded."""


def is_avif(head: bytes) -> bool:
    """Whether the first twelve bytes of a file may be those of an AVIF."""
    return head[4:8] == b"ftyp" and head[8:12] in _BRANDS


def largest_coded_px(file: IO[bytes]) -> int:
    """The pixels of the largest picture that is coded in an AVIF; 0 where none is found.

    To be called before a decoder opens the file: the table of places alone can fill any memory.

    Raises:
        ValueError: if it makes no sense.
    """
    top = list(boxes(file, 0, file.seek(0, 2)))
    items = (extents for box in top if box.kind == b"meta" for extents in _items(file, box))
    coded = chain(items, _first_samples(file, top))
    return max((px for extents in coded for px in _coded_px(file, extents)), default=0)


def _items(file: IO[bytes], meta: Box) -> Iterator[Extents]:
    """Where the pictures lie that are items of a `meta` box."""
    children = list(boxes(file, meta.begin + 4, meta.end))
    inner = next((box.begin for box in children if box.kind == b"idat"), 0)
    lists = [box for box in children if box.kind == b"iinf"]
    if len(lists) > 1:
        raise ValueError("more than one list of items")
    coded = {item for box in lists for item in _coded_items(file, box)}
    for box in children:
        if box.kind == b"iloc":
            if box.end - box.begin > _MAX_TABLE_BYTES:
                raise ValueError("a table larger than any")
            fields = _Fields(read_at(file, box.begin, box.end - box.begin))
            yield from (extents for item, extents in _places(fields, inner) if item in coded)


def _coded_items(file: IO[bytes], info: Box) -> Iterator[int]:
    """The numbers of the items that are AV1."""
    version = read_at(file, info.begin, 1)
    for entry in boxes(file, info.begin + (6 if version == b"\0" else 8), info.end):
        fields = _Fields(read_at(file, entry.begin, 16))
        item = fields.take(2 if fields.take(4) >> 24 == 2 else 4)
        fields.take(2)
        if fields.take(4) == int.from_bytes(_CODED):
            yield item


def _places(fields: "_Fields", inner: int) -> Iterator[tuple[int, Extents]]:
    """The number and the extents of every item; some count from the place `inner`."""
    version = fields.take(4) >> 24
    sizes = fields.take(2)
    offset_bytes, length_bytes, base_bytes, index_bytes = (sizes >> at & 15 for at in (12, 8, 4, 0))
    number_bytes = 4 if version == 2 else 2
    left = _MAX_EXTENTS
    for _ in range(fields.take(number_bytes)):
        item = fields.take(number_bytes)
        is_inner = version > 0 and fields.take(2) & 15 == 1
        fields.take(2)
        base = fields.take(base_bytes) + (inner if is_inner else 0)
        extents: Extents = []
        count = fields.take(2)
        left -= count
        if left < 0:
            raise ValueError("more extents than any picture has")
        for _ in range(count):
            fields.take(index_bytes if version > 0 else 0)
            extents.append((base + fields.take(offset_bytes), fields.take(length_bytes)))
        yield item, extents


def _first_samples(file: IO[bytes], top: list[Box]) -> Iterator[Extents]:
    """Where the first pictures of sequences lie, each for as long as the longest of them."""
    longest = max((_first_size(file, box) for box in _leaves(file, top)), default=0)
    for box in _leaves(file, top):
        offset_bytes = _OFFSET_BYTES.get(box.kind)
        if offset_bytes:
            fields = _Fields(read_at(file, box.begin + 4, 4 + offset_bytes))
            if fields.take(4):
                yield [(fields.take(offset_bytes), longest)]


def _first_size(file: IO[bytes], box: Box) -> int:
    """The size of a sequence's first picture, in bytes; 0 where the box does not say."""
    if box.kind != b"stsz":
        return 0
    fields = _Fields(read_at(file, box.begin + 4, 12))
    same, count = fields.take(4), fields.take(4)
    return same or (fields.take(4) if count else 0)


def _leaves(file: IO[bytes], parents: Iterable[Box]) -> Iterator[Box]:
    for box in parents:
        if box.kind in _CONTAINERS:
            yield from _leaves(file, boxes(file, box.begin, box.end))
        else:
            yield box


def _read_extents(file: IO[bytes], extents: Extents, place: int, size_bytes: int) -> bytes:
    """What lies at a place within pieces that are taken as one."""
    content = b""
    for begin, length in extents:
        if place < length and len(content) < size_bytes:
            content += read_at(file, begin + place, min(size_bytes - len(content), length - place))
        place = max(0, place - length)
    return content


def _coded_px(file: IO[bytes], extents: Extents) -> Iterator[int]:
    """The sizes in the sequence headers among the units of what is coded."""
    place, end = 0, sum(length for _, length in extents)
    for _ in range(_MAX_UNITS):
        head = _read_extents(file, extents, place, _UNIT_HEAD_BYTES)
        if not head:
            return
        size_at = 2 if head[0] & 0b100 else 1
        begin, length = place + size_at, end
        if head[0] & 0b10:
            size_bytes, length = _length(head[size_at:])
            begin += size_bytes
        if head[0] >> 3 & 0xF == _SEQUENCE_HEADER:
            content = _read_extents(file, extents, begin, min(length, _SEQUENCE_HEADER_BYTES))
            yield _sequence_px(_Bits(content))
        place = begin + length
    raise ValueError("more units than any picture has")


def _length(content: bytes) -> tuple[int, int]:
    """How many bytes a length takes (4.10.5), and what it is."""
    length = 0
    for number, byte in enumerate(content):
        length |= (byte & 0x7F) << 7 * number
        if not byte & 0x80:
            return number + 1, length
    raise ValueError("a length without end")


def _sequence_px(bits: "_Bits") -> int:
    bits.take(4)
    if bits.take(1):  # the short form for a still picture
        bits.take(5)
    else:
        _skip_operating_points(bits)
    width_bits, height_bits = bits.take(4) + 1, bits.take(4) + 1
    return (bits.take(width_bits) + 1) * (bits.take(height_bits) + 1)


def _skip_operating_points(bits: "_Bits") -> None:
    delay_bits = 0
    if bits.take(1):
        bits.take(64)
        if bits.take(1):
            _skip_ticks(bits)
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


def _skip_ticks(bits: "_Bits") -> None:
    """A number of any length (4.10.3); decoders differ in the longest."""
    zeros = 0
    while not bits.take(1):
        zeros += 1
        if zeros == 32:
            raise ValueError("a number without end")
    bits.take(zeros)


class _Fields:
    """Whole numbers of some bytes each."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._place = 0

    def take(self, count: int) -> int:
        """The next number; ValueError beyond the end."""
        begin, self._place = self._place, self._place + count
        if self._place > len(self._content):
            raise ValueError("a table that breaks off")
        return int.from_bytes(self._content[begin : self._place])


class _Bits:
    """Bits of some bytes, the highest first; all 0 beyond the end."""

    def __init__(self, content: bytes) -> None:
        self._value = int.from_bytes(content)
        self._left = 8 * len(content)

    def take(self, count: int) -> int:
        self._left -= count
        return (self._value >> max(self._left, 0)) & ((1 << count) - 1) if self._left >= 0 else 0
