"""What the heads of a JPEG 2000 say of its pieces."""

from collections.abc import Iterator
from typing import IO

from PIL import Jpeg2KImagePlugin

from core.sources.iso_boxes import boxes, read_at

_BEGIN, _SIZES, _STYLE, _STYLE_OF_COLOUR = 0xFF4F, 0xFF51, 0xFF52, 0xFF53
_TILE_PART, _TILE_DATA, _END = 0xFF90, 0xFF93, 0xFFD9
_MAX_COLOURS = 4
_SEGMENT_BYTES = 64
"""What is looked at of a segment."""

_MAX_SEGMENTS = 100_000
"""A picture of 25 megapixels in tiles of 256 px has some thousand."""


def count_pieces(picture: Jpeg2KImagePlugin.Jpeg2KImageFile) -> int:
    """How many code-blocks and precincts a colour has, if all of it is coded in the finest way.

    Sizes are binary logarithms (ISO/IEC 15444-1, A.6.1): of code-blocks less two, of precincts in
    the two halves of a byte for each resolution, the smallest first.

    Raises:
        ValueError: if it makes no sense.
    """
    assert picture.fp is not None
    size_px = picture.width * picture.height
    return max((_count(size_px, *style) for style in _styles(picture.fp)), default=0)


def _count(size_px: int, has_precincts: bool, style: bytes) -> int:
    levels = style[0]
    count = size_px >> (style[1] + style[2] + 4)
    if has_precincts:
        for resolution, log2 in enumerate(style[5 : 5 + levels + 1]):
            count += size_px >> (2 * (levels - resolution) + (log2 & 0xF) + (log2 >> 4))
    return count


def _styles(file: IO[bytes]) -> Iterator[tuple[bool, bytes]]:
    """Every way of coding, of the picture, of a colour or of a tile, with its precincts or not."""
    for marker, content in _segments(file):
        if marker == _SIZES and int.from_bytes(content[34:36]) > _MAX_COLOURS:
            raise ValueError("more colours than any picture has")
        # Before the style of a colour comes its number, of one byte as there are so few.
        at = {_STYLE: 0, _STYLE_OF_COLOUR: 1}.get(marker)
        if at is not None:
            style = content[at + (5 if marker == _STYLE else 1) :]
            if len(style) < 5:
                raise ValueError("a style that breaks off")
            yield bool(content[at] & 1), style


def _segments(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Markers and what follows them, in the heads of the picture and of its tiles (A.2)."""
    place = _codestream(file) + 2
    tile_end = 0
    for _ in range(_MAX_SEGMENTS):
        marker, length = divmod(int.from_bytes(read_at(file, place, 4)), 0x10000)
        if marker == _TILE_DATA:
            place = tile_end
            continue
        if marker in (0, _END) or length < 2:
            return
        content = read_at(file, place + 4, min(length - 2, _SEGMENT_BYTES))
        if marker == _TILE_PART:
            size_bytes = int.from_bytes(content[2:6])  # 0: to the end
            tile_end = place + max(size_bytes, length + 4) if size_bytes else file.seek(0, 2)
        yield marker, content
        place += 2 + length
    raise ValueError("more segments than any picture has")


def _codestream(file: IO[bytes]) -> int:
    """Where the coded picture begins; a file may be nothing else."""
    if int.from_bytes(read_at(file, 0, 2)) == _BEGIN:
        return 0
    places = (box.begin for box in boxes(file, 0, file.seek(0, 2)) if box.kind == b"jp2c")
    return next(places, 0)
