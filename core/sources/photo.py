"""Photos: loaded upright, RGB and in bounded memory."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image as Pillow

from core.sources.colour import inverted, to_srgb, unpack
from core.sources.picture_file import PictureFile, check_picture, keep_memory, use_picture
from core.sources.tiff_page import is_negative
from core.types import Image

MAX_SIDE_PX = 2560

NEEDED_SIDE_PX = 1600
"""The search looks at 640 px and a chip has 200: a face that it sees here is sharp enough."""

THOROUGH_SIDE_PX = 6000
"""The search looks at the photo's own px: only photos beyond 24 megapixels may be reduced."""

_LONG_SHAPE = 2.0
_LONGEST_SHAPE = 50.0

_REDUCTIONS = (8, 4, 2)
"""By what a JPEG can be divided while it is decoded, which spares much of the work."""

_MAX_HELD_PX = 24_000_000
"""What a reader may hold while faces are looked for."""

_BYTES_PER_PX_SEARCHED = 8
"""The picture, the same turned, and of both a half, a quarter and so on."""

BRIGHT_FROM, _LEAST_BRIGHT_SHARE, _STEP_PX = 48, 0.01, 8
"""A picture is dark if fewer of its values, of every eighth pixel in both directions, are as bright
as this."""

_SMALL_BELOW_PX = 32
"""A face has to be 10 px high to be reported, and is not alone in a picture."""

_STRIP_PX = 4_000_000
_EXIF_ORIENTATION = 0x0112
_TURNS = {
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_270,
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_90,
}
_QUARTER_TURNS = {_TURNS[orientation] for orientation in (5, 6, 7, 8)}


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """A photo as it is meant to be seen: EXIF turn applied, sRGB, transparent parts on white.

    Attributes:
        image: the picture, perhaps reduced; it cannot be written to.
        scale: px of the full-size photo per px of `image`, 1 or more.
        width_px: full-size width, after the turn.
        height_px: full-size height, after the turn.
        note: sentences where the file holds other pages or pictures, or where the picture is so
            dark or small that faces may stay unseen; None for an ordinary photo.
    """

    image: Image
    scale: float
    width_px: int
    height_px: int
    note: str | None = None


def elongation(width_px: int, height_px: int) -> float:
    """How many times longer a picture is looked at than one of 2 : 1, to see as many px of it.

    1 up to that shape; of panoramas and strips more, so that their faces are not lost.
    """
    shape = max(width_px, height_px) / min(width_px, height_px)
    return math.sqrt(max(1.0, min(shape, _LONGEST_SHAPE) / _LONG_SHAPE))


def load_photo(path: Path, max_side_px: int = MAX_SIDE_PX) -> Photo:
    """Read a photo, reduced so that its longer side has at most `max_side_px`.

    Of an animation, the first picture; of several pages, the largest. JPEG is decoded at a
    reduced scale, so that even 100 megapixels cost little memory.

    Raises:
        PhotoError: if it cannot be read to its end, is no photo, is too large or takes too long.
    """
    return use_picture(path, lambda file: _decode(file, max_side_px))


def load_reduced(path: Path, needed_side_px: int) -> Photo:
    """Read a photo, its longer side as short as decoding gives it cheaply, but long enough.

    Beyond 24 megapixels it is reduced to these, whatever is needed.

    Args:
        needed_side_px: of a picture of a usual shape; see `elongation`.

    Raises:
        PhotoError: as `load_photo`.
    """

    return use_picture(
        path, lambda file: _decode(file, _cheap_side_px(file.picture.size, needed_side_px))
    )


def _cheap_side_px(size: tuple[int, int], needed_side_px: int) -> int:
    """The longer side of what is held of a picture of `size`."""
    longer_px = max(size)
    needed_side_px = math.ceil(needed_side_px * elongation(*size))
    sides = (longer_px // reduction for reduction in _REDUCTIONS)
    side_px = next((side_px for side_px in sides if side_px >= needed_side_px), longer_px)
    held_px = size[0] * size[1] * (side_px / longer_px) ** 2
    return round(side_px * min(1.0, math.sqrt(_MAX_HELD_PX / held_px)))


def read_photo(path: Path, *, is_thorough: bool = False) -> Photo:
    """Read a photo at the size at which its faces are found and cropped, through whichever door.

    Raises:
        PhotoError: as `load_photo`.
    """
    return load_reduced(path, _needed_side_px(is_thorough))


@contextmanager
def open_photo(path: Path, *, is_thorough: bool = False) -> Iterator[Photo]:
    """The same, where many threads look for faces: others wait for its memory until the end.

    Raises:
        PhotoError: as `load_photo`.
    """
    with keep_memory() as kept:

        def decode(file: PictureFile) -> Photo:
            side_px = _cheap_side_px(file.picture.size, _needed_side_px(is_thorough))
            photo = _decode(file, side_px)
            height_px, width_px, _ = photo.image.shape
            file.leave(kept, height_px * width_px * _BYTES_PER_PX_SEARCHED)
            return photo

        yield use_picture(path, decode)


def reduce_pixels(pixels: Image, *, is_thorough: bool = False) -> Photo:
    """A photo of pixels that are upright and sRGB, reduced as `read_photo` reduces a file."""
    picture = Pillow.fromarray(pixels)
    image = _reduce(picture, _cheap_side_px(picture.size, _needed_side_px(is_thorough)))
    reduced = np.asarray(image)
    note = doubt(reduced, min(picture.size))
    return Photo(reduced, max(picture.size) / max(image.size), *picture.size, note)


def _needed_side_px(is_thorough: bool) -> int:
    return THOROUGH_SIDE_PX if is_thorough else NEEDED_SIDE_PX


def check_photo(path: Path) -> None:
    """Make sure, by its head alone, that a file is a picture that is not too large.

    Raises:
        PhotoError: if it is not; whether it can be read to its end is still open.
    """
    check_picture(path)


def _decode(file: PictureFile, max_side_px: int) -> Photo:
    picture = file.picture
    full_size = picture.size
    file.load(_reduced_size(full_size, max_side_px))
    # Pillow turns TIFF itself while it loads, and then no longer says so.
    turn = _TURNS.get(exif_orientation(picture))
    reduced = _reduce(picture, max_side_px)
    if is_negative(picture):
        reduced = inverted(reduced)
    image = to_srgb(reduced, picture.info.get("icc_profile"))
    if turn is not None:
        image = image.transpose(turn)
    if turn in _QUARTER_TURNS:
        full_size = full_size[::-1]
    pixels = np.asarray(image)
    note = " ".join(filter(None, (file.note, doubt(pixels, min(full_size)))))
    return Photo(pixels, max(full_size) / max(image.size), *full_size, note or None)


def doubt(image: Image, shorter_px: int) -> str | None:
    """Why faces may stay unseen, if there is a reason.

    Args:
        shorter_px: of the picture at its full size.
    """
    if shorter_px < _SMALL_BELOW_PX:
        return f"It is too small to see a face in: {shorter_px} px on its shorter side."
    is_bright = image[::_STEP_PX, ::_STEP_PX] >= BRIGHT_FROM
    if np.count_nonzero(is_bright) < _LEAST_BRIGHT_SHARE * is_bright.size:
        return "It is very dark: faces may stay unseen."
    return None


def _reduce(picture: Pillow.Image, max_side_px: int) -> Pillow.Image:
    """The picture unpacked: first averaged over whole boxes, then brought to its exact size."""
    size = _reduced_size(picture.size, max_side_px)
    factor = max(1, max(picture.size) // max_side_px)
    near = unpack(picture) if factor == 1 else _box_reduced(picture, factor)
    return near if near.size == size else near.resize(size, Pillow.Resampling.HAMMING)


def _box_reduced(picture: Pillow.Image, factor: int) -> Pillow.Image:
    """One px for each box of factor × factor px; strip by strip, so that no full copy is made."""
    width, height = picture.size
    rows = factor * max(1, _STRIP_PX // (width * factor))
    whole: Pillow.Image | None = None
    for top in range(0, height, rows):
        strip = unpack(picture.crop((0, top, width, min(top + rows, height)))).reduce(factor)
        if whole is None:
            whole = Pillow.new(strip.mode, (strip.width, -(-height // factor)))
        whole.paste(strip, (0, top // factor))
    assert whole is not None
    return whole


def _reduced_size(size: tuple[int, int], max_side_px: int) -> tuple[int, int]:
    factor = min(1.0, max_side_px / max(size))
    return max(1, round(size[0] * factor)), max(1, round(size[1] * factor))


def exif_orientation(picture: Pillow.Image) -> int:
    """How a picture is turned to be seen, 1-8; 1 (upright) where the metadata cannot be read."""
    try:
        return int(picture.getexif().get(_EXIF_ORIENTATION, 1))
    except Exception:  # a photo with broken metadata is still a photo
        return 1
