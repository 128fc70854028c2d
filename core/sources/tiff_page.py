"""TIFF and EXIF directories of bounded size, and what Pillow leaves to do in TIFF pictures."""

import math
from collections.abc import Iterator
from typing import IO, Any, cast

from PIL import ExifTags, ImageFile, TiffImagePlugin
from PIL import Image as Pillow

_MAX_DIRECTORY_BYTES = 32_000_000
_MAX_TAG_BYTES = 1_000_000
_OPAQUE_TAGS = frozenset({700, 33723, 34377, 34675, 37500, 37724})
"""XMP, IPTC, Photoshop's blocks, a colour profile, a maker's note, Photoshop's layers: bytes that
nobody makes lists of."""

_MAX_PAGES = 64
_SUBFILE_TYPE, _PHOTOMETRIC, _PLANES = 254, 262, 284
_IS_REDUCED_OR_MASK = 0b101
_WHITE_IS_ZERO, _SEPARATE = 0, 2

_TILE_SIDES = 322, 323
_MAX_TAGS = 65_535


class _BoundedDirectory(TiffImagePlugin.ImageFileDirectory_v2):
    """Each of 65,535 tags may name the same megabytes: a small file would fill any memory."""

    def load(self, fp: IO[bytes]) -> None:
        super().load(cast("IO[bytes]", _Rationed(fp)))
        for tag, content in tuple(self._tagdata.items()):
            if len(content) > _MAX_TAG_BYTES and tag not in _OPAQUE_TAGS:
                del self._tagdata[tag]


class _Rationed:
    """A file of which a directory reads no more than is good for it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._left_bytes = _MAX_DIRECTORY_BYTES
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= self._left_bytes:
            raise OSError("the directory is larger than any")
        self._left_bytes -= size
        return self._file.read(size)


# Pillow makes the directories of TIFF, EXIF and MPO by this name.
TiffImagePlugin.ImageFileDirectory_v2 = _BoundedDirectory  # type: ignore[misc]


# By the order of bytes, what 0 means, the signs, the order of bits, the bits, and the alpha.
# Pillow takes unsigned grey of 32 bits for signed, and does not know the others.
TiffImagePlugin.OPEN_INFO |= {
    (b"II", 1, (1,), 1, (32,), ()): ("F", "F;32"),
    (b"II", 0, (1,), 1, (32,), ()): ("F", "F;32"),
    (b"MM", 0, (1,), 1, (16,), ()): ("I;16B", "I;16B"),
    (b"II", 0, (1,), 1, (8, 8), (2,)): ("LA", "LA"),
    (b"MM", 0, (1,), 1, (8, 8), (2,)): ("LA", "LA"),
}


def choose_page(picture: TiffImagePlugin.TiffImageFile) -> str | None:
    """Go to the largest page, the first among equals; a note if there are others.

    Smaller copies of a page and masks, which say what they are, are no pages.
    """
    sizes: dict[int, int] = {}
    for number in range(_MAX_PAGES):
        try:
            picture.seek(number)
        except EOFError:
            break
        except Exception:  # a page of a kind that Pillow does not know
            continue
        if not _int_tag(picture, _SUBFILE_TYPE, 0) & _IS_REDUCED_OR_MASK or not sizes:
            sizes[number] = picture.width * picture.height
    largest = max(sizes, key=lambda number: sizes[number], default=0)
    picture.seek(largest)
    if len(sizes) < 2:
        return None
    count = f"{len(sizes)} or more" if len(sizes) == _MAX_PAGES else str(len(sizes))
    return f"Page {largest + 1} of {count} was read: the largest, or the first of that size."


def prepare_planes(picture: TiffImagePlugin.TiffImageFile) -> None:
    """Let libtiff read colours of 16 bits that lie apart: Pillow itself takes them for 8 bits."""
    bits = picture.tag_v2.get(ExifTags.Base.BitsPerSample, ())
    is_apart = _int_tag(picture, _PLANES, 1) == _SEPARATE and len(picture.tile) > 1
    if is_apart and set(bits) == {16} and picture.tile[0][0] == "raw":
        width_px, height_px = (_int_tag(picture, tag, 0) for tag in (256, 257))
        arguments = (f"{picture.mode};16N", "raw", False, picture.tag_v2.offset)
        picture.tile = [ImageFile._Tile("libtiff", (0, 0, width_px, height_px), 0, arguments)]
        picture.use_load_libtiff = True


def is_negative(picture: Pillow.Image) -> bool:
    """Whether it is grey with white as 0 that Pillow leaves so: deep, or with an alpha."""
    return (
        isinstance(picture, TiffImagePlugin.TiffImageFile)
        and (picture.mode.startswith("I") or picture.mode in ("F", "LA"))
        and _int_tag(picture, _PHOTOMETRIC, 1) == _WHITE_IS_ZERO
    )


def tile_pixels(picture: TiffImagePlugin.TiffImageFile) -> int:
    """How many pixels the decoder holds at once beside the picture.

    Raises:
        ValueError: if libtiff, which reads the directory by itself, would see other tiles than
            Pillow does: in a tag that comes twice, or is of a type that Pillow passes over.
    """
    known = {tag: _int_tag(picture, tag, 0) for tag in _TILE_SIDES if tag in picture.tag_v2}
    if sorted(tag for tag in _tags(picture) if tag in _TILE_SIDES) != list(known):
        raise ValueError("tiles that could be understood in two ways")
    return math.prod(known.values()) if known else 0


def _tags(picture: TiffImagePlugin.TiffImageFile) -> Iterator[int]:
    """The tags of the page's directory, as they stand in the file."""
    directory, file = picture.tag_v2, picture.fp
    assert file is not None
    place = file.tell()
    file.seek(directory.offset)
    count_size, entry_size, layout = (8, 20, "Q") if directory._bigtiff else (2, 12, "H")
    (count,) = directory._unpack(layout, file.read(count_size))
    entries = file.read(min(count, _MAX_TAGS) * entry_size)
    file.seek(place)
    for begin in range(0, len(entries) - 1, entry_size):
        yield directory._unpack("H", entries[begin : begin + 2])[0]


def _int_tag(picture: TiffImagePlugin.TiffImageFile, tag: int, default: int) -> int:
    value: Any = picture.tag_v2.get(tag, default)
    return value if isinstance(value, int) else default
