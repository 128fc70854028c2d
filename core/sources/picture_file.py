"""The one door through which picture files are opened: known formats, bounded in every way."""

import logging
import math
import os
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, BinaryIO, TypeVar, cast

import pi_heif

# Named one by one: where a format is missing, Pillow loads every plugin that it has.
from PIL import (  # noqa: F401
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    PpmImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)
from PIL import Image as Pillow
from PIL import ImageFile as PillowFile

from core.errors import PhotoError
from core.heap import give_back
from core.sources.avif_size import is_avif, largest_coded_px
from core.sources.endings import is_video
from core.sources.file_check import display_name, open_file
from core.sources.memory_budget import Holding, MemoryBudget
from core.sources.picture_limits import (
    check_file_size,
    check_size,
    check_within,
    comes_in_passes,
    decoding_bytes,
)
from core.sources.tiff_page import choose_page, prepare_planes
from core.sources.time_limit import TimeLimit, call_within
from core.sources.video_head import HEAD_BYTES, begins_as_video

FORMATS = ("JPEG", "PNG", "HEIF", "WEBP", "TIFF", "GIF", "AVIF", "BMP", "JPEG2000", "PPM")
"""What is opened, a JPEG perhaps as an MPO. Nothing else: among what Pillow knows besides are
formats that start programs, or that hold a picture of any other format."""

TIME_LIMIT_S = 60.0

_MAX_HEAD_BYTES = 64_000_000
"""What is read of other files before and after the pixels: metadata, profiles, pages."""

_LARGE_BYTES = 100_000_000
"""What took so much memory gives it back to the system at once."""

_SMALL_FILE_BYTES = 4_000_000
"""Files that are held wait for memory before their heads are looked at, but for these."""

_PASSES_PIECE_BYTES = 2048
"""Between two looks at the clock: a pass over a whole picture may take as few as ten bytes."""

_IN_PIECES = (b"\xff\xd8", b"\x89PNG", b"GIF8", b"BM", b"P")
"""How formats begin that are decoded while they are read: the clock is looked at at each piece."""

_ANIMATED = ("AVIF", "GIF", "PNG", "WEBP")
"""The second picture of other files is a preview, the depth or how bright the first is."""

_SAID_BY_DECODERS = ("exif", "icc_profile", "original_orientation", "progressive", "transparency")

_DECODERS = r"(PIL|pi_heif)\."
_SILENCED = ("ignore", None, Warning, re.compile(_DECODERS), 0)

Answer = TypeVar("Answer")

_log = logging.getLogger(__name__)

_budget = MemoryBudget(600_000_000)
"""For all pictures that are decoded or searched, however many threads do; the largest take all."""

# Pillow's own limit is a warning first; ours is a sentence, checked before decoding.
Pillow.MAX_IMAGE_PIXELS = None

# One thread each: several photos are decoded at once. It turns pictures as their file says, and
# then tells Pillow that they are upright.
pi_heif.register_heif_opener(
    decode_threads=1, thumbnails=False, depth_images=False, aux_images=False
)


class PictureFile:
    """A picture of which only the head was read.

    Attributes:
        picture: its size and metadata; `load` gives it its pixels.
        note: a sentence if the file holds other pages; once loaded, also if it is an animation.
    """

    def __init__(
        self,
        picture: PillowFile.ImageFile,
        file: "_BoundedFile",
        holding: Holding,
        note: str | None,
        in_passes: bool,
    ) -> None:
        self.picture = picture
        self.note = note
        self._file = file
        self._holding = holding
        self._in_passes = in_passes

    def load(self, least_size: tuple[int, int]) -> None:
        """Decode it as soon as there is memory for it.

        Args:
            least_size: a JPEG may become smaller on the way, but not smaller than this.
        """
        passes_px = self.picture.width * self.picture.height if self._in_passes else 0
        self.picture.draft(None, least_size)
        with self._file.limit.stopped():
            self._holding.resize(
                decoding_bytes(
                    self.picture, self._file.size_bytes, passes_px, math.prod(least_size)
                )
            )
        if self._in_passes:
            self.picture.decodermaxblock = _PASSES_PIECE_BYTES
        load_end = self.picture.load_end

        def load_little_more() -> None:
            self._file.allow(_MAX_HEAD_BYTES)
            load_end()

        self._file.allow(None)
        if _is_animation(self.picture):
            self.note = "It is an animation, of which the first picture was read."
        self.picture.load_end = load_little_more  # type: ignore[method-assign]
        try:
            self.picture.load()
        finally:
            # A picture that refers to itself would keep its pixels until they are collected.
            del self.picture.load_end
        _forget_texts(self.picture)

    def leave(self, kept: Holding, size_bytes: int) -> None:
        """Let `kept` of `keep_memory` hold so much for what was made of the picture."""
        self._holding.hand_over(kept, size_bytes)


def keep_memory() -> AbstractContextManager[Holding]:
    """Room, for as long as the block lasts, for what pictures `leave` there."""
    return _budget.hold()


def check_picture(path: Path) -> None:
    """Make sure, by its head alone, that a file is a picture that is not too large.

    Raises:
        PhotoError: if it is not.
    """
    with _opened(path, TimeLimit(TIME_LIMIT_S)):
        pass


def use_picture(path: Path, use: Callable[[PictureFile], Answer]) -> Answer:
    """What `use` makes of a picture, within a limit of time.

    Raises:
        PhotoError: if it is no picture, too large, damaged, or takes too long; or as `use`.
    """
    limit = TimeLimit(TIME_LIMIT_S)

    def open_and_use() -> Answer:
        with _opened(path, limit) as picture:
            return use(picture)

    with open_file(path, PhotoError) as file:
        is_in_pieces = file.read(4).startswith(_IN_PIECES)
    if is_in_pieces:
        return open_and_use()
    try:
        return call_within(limit, open_and_use)
    except TimeoutError:
        raise _too_slow(path) from None


@contextmanager
def _opened(path: Path, limit: TimeLimit) -> Iterator[PictureFile]:
    """Trouble within the block is put into words."""
    with (
        open_file(path, PhotoError) as file,
        _trouble_in_words(path, limit),
        _budget.hold() as holding,
    ):
        bounded = _BoundedFile(file, limit)
        head = bounded.read(12)
        is_held = check_file_size(path, head, bounded.size_bytes)
        if is_held:
            bounded.allow(None)
            if bounded.size_bytes > _SMALL_FILE_BYTES:
                with limit.stopped():
                    holding.resize(_budget.total_bytes)
        coded_px = largest_coded_px(cast("IO[bytes]", bounded)) if is_avif(head) else 0
        bounded.seek(0)
        picture = Pillow.open(cast("IO[bytes]", bounded), formats=FORMATS)
        try:
            _forget_texts(picture)
            note = None
            if isinstance(picture, TiffImagePlugin.TiffImageFile):
                note = choose_page(picture)
                prepare_planes(picture)
            if isinstance(picture, AvifImagePlugin.AvifImageFile):
                check_within(path, picture, coded_px)
            in_passes = comes_in_passes(picture)
            check_size(path, picture, bounded.size_bytes, in_passes=in_passes)
            yield PictureFile(picture, bounded, holding, note, in_passes)
        finally:
            # Its memory is free before another thread is told so.
            picture.close()
            if holding.size_bytes > _LARGE_BYTES:
                give_back()


def _is_animation(picture: PillowFile.ImageFile) -> bool:
    try:
        return picture.format in _ANIMATED and bool(getattr(picture, "is_animated", False))
    except Exception:  # what follows the first picture may be damaged
        return False


def _forget_texts(picture: Pillow.Image) -> None:
    """A text in a PNG may bear the name of something that decoders say."""
    for name in _SAID_BY_DECODERS:
        if isinstance(picture.info.get(name), str):
            del picture.info[name]


class _BoundedFile:
    """A file that Pillow may read for so long and so much."""

    def __init__(self, file: BinaryIO, limit: TimeLimit) -> None:
        self.limit = limit
        self.size_bytes = os.fstat(file.fileno()).st_size
        self._file = file
        self._allowed_bytes: int | None = _MAX_HEAD_BYTES
        self.seek, self.tell = file.seek, file.tell
        # libtiff reads by the system's number of the file.
        self.fileno, self.close = file.fileno, file.close

    def allow(self, size_bytes: int | None) -> None:
        """Let so much be read from now on; None for as much as there is."""
        self._allowed_bytes = size_bytes

    def read(self, size: int = -1) -> bytes:
        self.limit.check()
        content = self._file.read(size)
        if self._allowed_bytes is not None:
            self._allowed_bytes -= len(content)
            if self._allowed_bytes < 0:
                raise OSError("its metadata is larger than any")
        return content


@contextmanager
def _trouble_in_words(path: Path, limit: TimeLimit) -> Iterator[None]:
    """Turns whatever a decoder raises into a sentence; the log keeps the original."""
    name = display_name(path)
    _silence_pillow()
    try:
        yield
    except PhotoError:
        raise
    except UnidentifiedImageError:
        raise PhotoError(_no_picture(path)) from None
    except MemoryError:
        raise PhotoError(f"{name} needs more memory than is free.") from None
    except Exception as error:  # a damaged file makes decoders fail in every way
        if not limit.remaining_s:
            raise _too_slow(path) from None
        # Trouble with the file has a number; what Pillow says of its content has none.
        if isinstance(error, OSError) and error.errno is not None:
            reason = error.strerror
            raise PhotoError(f"{name} could not be read to its end ({reason}).") from error
        _log.info("%s could not be decoded", name, exc_info=True)
        raise PhotoError(
            f"{name} is damaged or incomplete and could not be read to its end."
        ) from error


def _no_picture(path: Path) -> str:
    """A video is told apart, and what to do where its name is that of none."""
    name = display_name(path)
    with open_file(path, PhotoError) as file:
        holds_video = begins_as_video(file.read(HEAD_BYTES))
    if not holds_video:
        return f"{name} is not a picture that Visage can read."
    if is_video(path):
        return f"{name} is a video, not a photo: open it as a video."
    return f"{name} holds a video, but is not called one: rename it, to end with .mp4, say."


def _silence_pillow() -> None:
    """Pillow warns of odd metadata in pictures that it then reads well.

    A filter that stays: filters belong to all threads, none may change them for a while.
    """
    if _SILENCED not in warnings.filters:
        warnings.filterwarnings("ignore", module=_DECODERS)


def _too_slow(path: Path) -> PhotoError:
    return PhotoError(
        f"{display_name(path)} took longer than {TIME_LIMIT_S:.0f} seconds and was given up."
    )
