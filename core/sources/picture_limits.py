"""How large pictures may be, and how much memory decoding them takes.

Every check raises PhotoError, whose text says what is too large.
"""

from pathlib import Path

from PIL import ImageFile as PillowFile
from PIL import Jpeg2KImagePlugin, JpegImagePlugin, TiffImagePlugin

from core.errors import PhotoError
from core.sources.file_check import display_name
from core.sources.jpeg_2000 import count_pieces
from core.sources.jpeg_scan import first_scan_colours
from core.sources.tiff_page import tile_pixels

_MAX_MEGAPIXELS = {"JPEG": 200, "MPO": 200, "HEIF": 50, "AVIF": 40, "WEBP": 25, "JPEG2000": 25}
_MAX_MEGAPIXELS_OF_OTHERS = 150
_MAX_MEGAPIXELS_IN_PASSES = 80
"""A larger photo is refused: what is no JPEG is decoded whole, and most decoders hold it several
times; of a JPEG that comes in several passes, all coefficients are held. So none needs more than
about 650 MB."""

LONGEST_SIDE_PX = 1_000_000
"""Of any photo: each row takes memory besides that of its pixels."""

_MAX_FILE_BYTES = 1_000_000_000
"""Of 150 megapixels, even an uncompressed TIFF of 16 bits fills only 900 MB."""

_MAX_BYTES_HELD = 250_000_000
"""Of HEIC, AVIF and WebP, which are held in memory as they lie on the disk, some of them twice."""

_MAX_BYTES_MAPPED = 300_000_000
"""Of a compressed TIFF, which libtiff maps into memory."""

_TOO_MUCH_WITHIN, _LITTLE_PX = 2, 4_000_000
"""An AVIF whose pictures are larger than it says, in pixels, by more than this is refused."""

_MAX_PIECES = 200_000
"""Of a JPEG 2000; for each, a decoder keeps up to 1.7 kB."""

_BYTES_PER_PIXEL = {"HEIF": 12, "AVIF": 15, "WEBP": 26, "JPEG2000": 32}
"""Measured with the largest of each kind: pixels in several forms, all at once."""

_BYTES_PER_PIXEL_OF_MODE = {"1": 1, "L": 1, "P": 1, "I;16": 2}
_BYTES_PER_PIXEL_OF_OTHERS = 4
_TRANSPARENT_MODES = ("LA", "PA", "RGBA", "RGBa", "La")
_BYTES_PER_PIXEL_IN_PASSES = 8

_DECODED_IN_PYTHON, _COPIES_IN_PYTHON = ("bmp_rle", "ppm", "ppm_plain"), 3
"""Packed BMP, and PPM of odd depths or in letters: the pixels are there as bytes, too, twice."""

_BYTES_PER_REDUCED_PIXEL, _BYTES_PER_TRANSPARENT_PIXEL = 8, 20
"""Of what a picture is reduced to: in Pillow and as an array, and laid on white."""

_BYTES_PER_PIXEL_NEAR = 13
"""Of the same while it is made: the mean of whole boxes, with sides up to 1.5 times as long."""


def check_file_size(path: Path, head: bytes, size_bytes: int) -> bool:
    """Make sure that a file is not too large; whether its kind is held in memory.

    Args:
        head: its first twelve bytes.
    """
    is_held = head[4:8] == b"ftyp" or head[8:12] == b"WEBP"
    _check_bytes(path, size_bytes, _MAX_BYTES_HELD if is_held else _MAX_FILE_BYTES)
    return is_held


def _check_bytes(path: Path, size_bytes: int, limit_bytes: int) -> None:
    if size_bytes > limit_bytes:
        raise PhotoError(
            f"{display_name(path)} is too large: its file has {size_bytes / 1e6:,.0f} MB, "
            f"where {limit_bytes / 1e6:,.0f} MB are the limit of its kind."
        )


def check_size(
    path: Path, picture: PillowFile.ImageFile, size_bytes: int, *, in_passes: bool
) -> None:
    limit = _MAX_MEGAPIXELS.get(picture.format or "", _MAX_MEGAPIXELS_OF_OTHERS)
    if in_passes:
        limit = _MAX_MEGAPIXELS_IN_PASSES
    if picture.width * picture.height > limit * 1_000_000:
        raise PhotoError(
            f"{display_name(path)} is too large: {picture.width} × {picture.height} pixels, "
            f"where {limit} megapixels are the limit of its kind."
        )
    if max(picture.size) > LONGEST_SIDE_PX:
        raise PhotoError(
            f"{display_name(path)} is too long: {picture.width} × {picture.height} pixels, "
            f"where a side may have {LONGEST_SIDE_PX:,}."
        )
    if (
        isinstance(picture, Jpeg2KImagePlugin.Jpeg2KImageFile)
        and count_pieces(picture) > _MAX_PIECES
    ):
        raise PhotoError(f"{display_name(path)} is cut into too many pieces to be read.")
    if isinstance(picture, TiffImagePlugin.TiffImageFile):
        if tile_pixels(picture) > limit * 1_000_000:
            raise PhotoError(f"{display_name(path)} is too large: so are its tiles.")
        if _is_mapped(picture):
            _check_bytes(path, size_bytes, _MAX_BYTES_MAPPED)


def check_within(path: Path, picture: PillowFile.ImageFile, coded_px: int) -> None:
    if coded_px > max(_LITTLE_PX, _TOO_MUCH_WITHIN * picture.width * picture.height):
        raise PhotoError(
            f"{display_name(path)} holds a larger picture, of {coded_px / 1e6:.0f} megapixels, "
            f"than the {picture.width} × {picture.height} pixels that it says."
        )


def comes_in_passes(picture: PillowFile.ImageFile) -> bool:
    """Whether it is a JPEG that covers the picture several times before it is whole.

    Pillow tells it of progressive ones alone.
    """
    if picture.info.get("progressive"):
        return True
    if not isinstance(picture, JpegImagePlugin.JpegImageFile) or picture.fp is None:
        return False
    place = picture.fp.tell()
    colours = first_scan_colours(picture.fp)
    picture.fp.seek(place)
    return 0 < colours < picture.layers


def _is_mapped(picture: PillowFile.ImageFile) -> bool:
    return any(tile[0] == "libtiff" for tile in picture.tile)


def decoding_bytes(
    picture: PillowFile.ImageFile, size_bytes: int, passes_px: int, reduced_px: int
) -> int:
    """About how much memory decoding and reducing take.

    Args:
        passes_px: the pixels at full size of a JPEG that comes in passes, else 0.
        reduced_px: the pixels of what it will be reduced to.
    """
    kind, size_px = picture.format or "", picture.width * picture.height
    per_px = _BYTES_PER_PIXEL_OF_MODE.get(picture.mode, _BYTES_PER_PIXEL_OF_OTHERS)
    needed = size_px * _BYTES_PER_PIXEL.get(kind, per_px)
    if any(tile[0] in _DECODED_IN_PYTHON for tile in picture.tile):
        needed *= _COPIES_IN_PYTHON
    is_transparent = picture.mode in _TRANSPARENT_MODES or "transparency" in picture.info
    needed += reduced_px * (
        _BYTES_PER_TRANSPARENT_PIXEL if is_transparent else _BYTES_PER_REDUCED_PIXEL
    )
    if size_px > reduced_px:
        needed += reduced_px * _BYTES_PER_PIXEL_NEAR
    if kind in _BYTES_PER_PIXEL or _is_mapped(picture):
        needed += size_bytes
    if isinstance(picture, TiffImagePlugin.TiffImageFile):
        needed += tile_pixels(picture) * _BYTES_PER_PIXEL_OF_OTHERS
    return needed + passes_px * _BYTES_PER_PIXEL_IN_PASSES
