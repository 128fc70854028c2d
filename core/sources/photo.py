"""Photos: found in folders, loaded upright, RGB and in bounded memory."""

import logging
import os
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np
import pi_heif
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from core.errors import PhotoError
from core.sources.colour import to_srgb, unpack
from core.sources.file_check import check_file, display_name, is_folder
from core.types import Image

PHOTO_SUFFIXES = frozenset(
    {
        ".avif",
        ".bmp",
        ".gif",
        ".heic",
        ".heif",
        ".hif",
        ".jfif",
        ".jp2",
        ".jpe",
        ".jpeg",
        ".jpg",
        ".png",
        ".ppm",
        ".tif",
        ".tiff",
        ".webp",
    }
)

MAX_SIDE_PX = 2560
_MAX_MEGAPIXELS = {"JPEG": 200, "MPO": 200, "HEIF": 64, "AVIF": 64, "WEBP": 40, "JPEG2000": 25}
_MAX_MEGAPIXELS_OF_OTHERS = 150
_MAX_MEGAPIXELS_PROGRESSIVE = 105
"""A larger photo is refused: what is no JPEG is decoded whole, and most decoders hold it several
times; of a progressive JPEG, all coefficients are held. So none needs more than about 800 MB."""

_MAX_FILE_BYTES = 1_000_000_000
"""Of 150 megapixels, even an uncompressed TIFF of 16 bits fills only 900 MB."""

_MAX_BYTES_HELD = 250_000_000
"""Of HEIC, AVIF and WebP, which are held in memory as they lie on the disk, some of them twice."""

_LARGE_PX = 30_000_000
"""Of larger photos, one is decoded at a time, however many threads read."""

_REDUCTIONS = (8, 4, 2)
"""By what a JPEG can be divided while it is decoded, which spares much of the work."""

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

_log = logging.getLogger(__name__)

_large_photo = Lock()

# Pillow's own limit is a warning first; ours is a sentence, checked before decoding.
Pillow.MAX_IMAGE_PIXELS = None

# One thread each: several photos are decoded at once. It turns pictures as their file says, and
# then tells Pillow that they are upright.
pi_heif.register_heif_opener(
    decode_threads=1, thumbnails=False, depth_images=False, aux_images=False
)


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """A photo as it is meant to be seen: EXIF turn applied, sRGB, transparent parts on white.

    Attributes:
        image: the picture, perhaps reduced; it cannot be written to.
        scale: px of the full-size photo per px of `image`, 1 or more.
        width_px: full-size width, after the turn.
        height_px: full-size height, after the turn.
        note: a sentence where the pixels are not all that the file holds, such as "It is the
            largest of 3 pages."; None for an ordinary photo.
    """

    image: Image
    scale: float
    width_px: int
    height_px: int
    note: str | None = None


def load_photo(path: Path, max_side_px: int = MAX_SIDE_PX) -> Photo:
    """Read a photo, reduced so that its longer side has at most `max_side_px`.

    Of an animation, the first picture. JPEG is decoded at a reduced scale, so that even
    100 megapixels cost little memory.

    Raises:
        PhotoError: if it cannot be read to its end, is no photo, or is too large.
    """
    with _opened(path) as picture:
        return _decode(picture, max_side_px)


def load_reduced(path: Path, needed_side_px: int) -> Photo:
    """Read a photo, its longer side as short as decoding gives it cheaply, but long enough.

    Raises:
        PhotoError: as `load_photo`.
    """
    with _opened(path) as picture:
        longer_px = max(picture.size)
        sides = (longer_px // reduction for reduction in _REDUCTIONS)
        side_px = next((side_px for side_px in sides if side_px >= needed_side_px), longer_px)
        return _decode(picture, side_px)


def check_photo(path: Path) -> None:
    """Make sure, by its head alone, that a file is a picture that is not too large.

    Raises:
        PhotoError: if it is not; whether it can be read to its end is still open.
    """
    with _head(path):
        pass


def find_photos(paths: Iterable[Path]) -> Iterator[Path]:
    """Every file among `paths`, and every photo in the folders among them and below.

    Folders are walked in the order of their names; hidden files and folders are left out, and
    folders that cannot be read are logged. Files that are named outright are given whatever
    they are: `load_photo` says what is wrong with them.
    """
    for path in paths:
        if is_folder(path):
            yield from _photos_below(path)
        else:
            yield path


def _photos_below(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder, onerror=_log_unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and Path(name).suffix.lower() in PHOTO_SUFFIXES:
                yield Path(place, name)


def _log_unreadable(error: OSError) -> None:
    _log.warning("The folder %s is left out: %s", error.filename, error.strerror)


@contextmanager
def _opened(path: Path) -> Iterator[Pillow.Image]:
    """A photo to be decoded; trouble within the block is put into words."""
    with _head(path) as picture:
        # JPEG 2000 takes as much memory as six times the pixels of others.
        is_large = picture.width * picture.height > _LARGE_PX or picture.format == "JPEG2000"
        with _large_photo if is_large else nullcontext():
            yield picture


@contextmanager
def _head(path: Path) -> Iterator[Pillow.Image]:
    """A photo of which only the head was read; trouble within the block is put into words."""
    check_file(path, PhotoError)
    with _trouble_in_words(path):
        _check_file_size(path)
        with Pillow.open(path) as picture:
            _check_size(path, picture)
            yield picture


@contextmanager
def _trouble_in_words(path: Path) -> Iterator[None]:
    """Turns whatever a decoder raises into a sentence; the log keeps the original."""
    name = display_name(path)
    try:
        with warnings.catch_warnings():
            # Pillow warns of odd metadata in pictures that it then reads well.
            warnings.simplefilter("ignore")
            yield
    except PhotoError:
        raise
    except UnidentifiedImageError:
        raise PhotoError(f"{name} is not a picture that Visage can read.") from None
    except MemoryError:
        raise PhotoError(f"{name} needs more memory than is free.") from None
    except Exception as error:  # a damaged file makes decoders fail in every way
        _log.info("%s could not be decoded", name, exc_info=True)
        raise PhotoError(
            f"{name} is damaged or incomplete and could not be read to its end."
        ) from error


def _check_file_size(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(12)
        size_bytes = os.fstat(file.fileno()).st_size
    is_held = head[4:8] == b"ftyp" or head[8:12] == b"WEBP"
    limit_bytes = _MAX_BYTES_HELD if is_held else _MAX_FILE_BYTES
    if size_bytes > limit_bytes:
        raise PhotoError(
            f"{display_name(path)} is too large: its file has {size_bytes / 1e6:,.0f} MB, "
            f"where {limit_bytes / 1e6:,.0f} MB are the limit of its kind."
        )


def _check_size(path: Path, picture: Pillow.Image) -> None:
    width_px, height_px = picture.size
    limit = _MAX_MEGAPIXELS.get(picture.format or "", _MAX_MEGAPIXELS_OF_OTHERS)
    if picture.info.get("progressive"):
        limit = _MAX_MEGAPIXELS_PROGRESSIVE
    if width_px * height_px > limit * 1_000_000:
        raise PhotoError(
            f"{display_name(path)} is too large: {width_px} × {height_px} pixels, "
            f"where {limit} megapixels are the limit of its kind."
        )


def _decode(picture: Pillow.Image, max_side_px: int) -> Photo:
    full_size = picture.size
    picture.draft(None, _reduced_size(full_size, max_side_px))
    picture.load()
    # Pillow turns TIFF itself while it loads, and then no longer says so.
    turn = _TURNS.get(_orientation(picture))
    image = to_srgb(_reduce(picture, max_side_px), picture.info.get("icc_profile"))
    if turn is not None:
        image = image.transpose(turn)
    if turn in _QUARTER_TURNS:
        full_size = full_size[::-1]
    return Photo(np.asarray(image), max(full_size) / max(image.size), *full_size)


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
    tops = range(0, height, rows)
    strips = [
        unpack(picture.crop((0, top, width, min(top + rows, height)))).reduce(factor)
        for top in tops
    ]
    whole = Pillow.new(strips[0].mode, (strips[0].width, sum(strip.height for strip in strips)))
    for top, strip in zip(tops, strips, strict=True):
        whole.paste(strip, (0, top // factor))
    return whole


def _reduced_size(size: tuple[int, int], max_side_px: int) -> tuple[int, int]:
    factor = min(1.0, max_side_px / max(size))
    return max(1, round(size[0] * factor)), max(1, round(size[1] * factor))


def _orientation(picture: Pillow.Image) -> int:
    """1-8; 1 (upright) where the metadata cannot be read."""
    try:
        return int(picture.getexif().get(_EXIF_ORIENTATION, 1))
    except Exception:  # a photo with broken metadata is still a photo
        return 1
