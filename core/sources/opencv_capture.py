"""OpenCV's VideoCapture behind a small contract: RGB pictures in, BGR goes no further."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import cv2
import cv2.typing
import numpy as np

from core.errors import SourceError
from core.sources.ffmpeg_memory import bound_memory
from core.sources.file_check import display_name
from core.sources.picture_limits import LONGEST_SIDE_PX
from core.text import printable
from core.types import Image

_AV_LOG_QUIET = "-8"

_CONTAINERS = "asf,avi,dv,flv,h264,hevc,ivf,matroska,mov,mpeg,mpegts,mpegvideo,mxf,ogg"
"""What is played, in FFmpeg's words: files that hold their pictures. It knows lists, too, that name
other files and addresses, and takes a file for one whatever its name says."""

_MAX_FRAME_PX = 36_000_000
"""8K and a little more. A larger frame is refused: decoders hold several at once."""

_FFMPEG_OPTIONS = f"format_whitelist;{_CONTAINERS}|protocol_whitelist;file"

_PIXELS_AS_GIVEN = int.from_bytes(b"BGR\x18", "little")
"""FFmpeg's tag of the form that OpenCV hands on as it is. Where such pixels lie from the lowest row
upwards, as in AVIs that are not compressed, OpenCV 4.14 overwrites memory and ends the program."""

_EBML_HEAD = b"\x1a\x45\xdf\xa3"
_MOST_FRAMES_A_SECOND = 1000.0
"""What claims more gives the unit of its clock for its rate."""

_LEAST_PIXEL_RATIO, _GREATEST_PIXEL_RATIO = 0.25, 4.0
_STALLED_AFTER_S = "2"

CAMERA_BACKEND = {
    "linux": cv2.CAP_V4L2,
    "darwin": cv2.CAP_AVFOUNDATION,
    # Media Foundation can take half a minute to open a camera; DirectShow opens at once.
    "win32": cv2.CAP_DSHOW,
}.get(sys.platform, cv2.CAP_ANY)
"""What talks to cameras here; the numbers of cameras are its own."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """The picture size to ask a camera for; it gives the nearest that it has."""

    width_px: int = 1280
    height_px: int = 720


class Capture(Protocol):
    """An open stream of pictures. Not thread-safe."""

    @property
    def frame_rate_hz(self) -> float | None: ...

    @property
    def frame_count(self) -> int | None:
        """From its first picture on, as the file claims; None for a camera and for streams that do
        not say.
        """
        ...

    @property
    def time_s(self) -> float:
        """The timestamp of the picture that `grab` went to last."""
        ...

    def grab(self) -> bool:
        """Go to the next picture; False at the end, and where a camera gives none.

        It is decoded, but neither converted nor copied.
        """
        ...

    def retrieve(self) -> Image | None:
        """The picture that `grab` went to; None if it cannot be had."""
        ...

    def read(self) -> Image | None:
        """The next picture: both at once."""
        ...

    def seek(self, time_s: float) -> None: ...

    def release(self) -> None: ...


class OpenCvCapture:
    """A `Capture` on top of an opened `cv2.VideoCapture`.

    Args:
        pixel_ratio: width of a pixel per height, of the picture as it is given.
        frames_before: those that the file counts before its first picture.
    """

    def __init__(
        self, capture: cv2.VideoCapture, *, pixel_ratio: float = 1.0, frames_before: int = 0
    ) -> None:
        self._capture = capture
        self._pixel_ratio = pixel_ratio
        self._frames_before = frames_before

    @property
    def frame_rate_hz(self) -> float | None:
        rate_hz = self._positive(cv2.CAP_PROP_FPS)
        return None if rate_hz is None or rate_hz > _MOST_FRAMES_A_SECOND else rate_hz

    @property
    def frame_count(self) -> int | None:
        count = self._positive(cv2.CAP_PROP_FRAME_COUNT)
        return None if count is None else max(int(count) - self._frames_before, 1)

    @property
    def time_s(self) -> float:
        return self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000

    def grab(self) -> bool:
        try:
            return self._capture.grab()
        except cv2.error:
            return False

    def retrieve(self) -> Image | None:
        try:
            is_read, image = self._capture.retrieve()
        except cv2.error:
            return None
        if not is_read or image is None or not 0 < image.shape[0] * image.shape[1] <= _MAX_FRAME_PX:
            return None
        return _to_rgb(_with_square_pixels(image, self._pixel_ratio))

    def read(self) -> Image | None:
        return self.retrieve() if self.grab() else None

    def seek(self, time_s: float) -> None:
        self._capture.set(cv2.CAP_PROP_POS_MSEC, time_s * 1000)

    def release(self) -> None:
        self._capture.release()

    def _positive(self, prop: int) -> float | None:
        value = self._capture.get(prop)
        return value if 0 < value < 1e9 else None


def open_camera(index: int, resolution: Resolution) -> Capture | None:
    """Open the camera that the system numbers `index`; None if that is not possible."""
    _silence_opencv()
    # A stalled V4L2 camera would otherwise block its thread for ten seconds.
    os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", _STALLED_AFTER_S)
    capture = cv2.VideoCapture(index, CAMERA_BACKEND)
    if not capture.isOpened():
        capture.release()
        return None
    # Uncompressed 720p does not fit through USB 2 at 30 frames a second; MJPG does.
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, resolution.width_px)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, resolution.height_px)
    return OpenCvCapture(capture)


def open_video(path: Path) -> Capture | None:
    """Open a video file, turned as its metadata says; None if it is not a video.

    Raises:
        SourceError: if its frames are too large, or not compressed.
    """
    _silence_opencv()
    bound_memory()
    os.environ["OPENCV_FFMPEG_CAPTURE_OPTIONS"] = _FFMPEG_OPTIONS
    try:
        with unicode_name(path.resolve()) as name:
            # Only FFmpeg: other back-ends take "clip01.mp4" for the first picture of a series.
            capture = cv2.VideoCapture(name, cv2.CAP_FFMPEG)
            frames_before = _frames_before(path, name)
    except (OSError, cv2.error):
        return None
    if not capture.isOpened():
        capture.release()
        return None
    if capture.get(cv2.CAP_PROP_CODEC_PIXEL_FORMAT) == _PIXELS_AS_GIVEN:
        capture.release()
        raise SourceError(
            f"{display_name(path)} is not compressed, and Visage plays no such video. "
            "Convert it, to H.264 for example."
        )
    width_px, height_px = (
        int(capture.get(prop)) for prop in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT)
    )
    if max(width_px, height_px) > LONGEST_SIDE_PX:
        capture.release()
        return None
    if width_px * height_px > _MAX_FRAME_PX:
        capture.release()
        raise SourceError(
            f"{display_name(path)} is too large: its frames have {width_px} × {height_px} pixels, "
            f"where {_MAX_FRAME_PX / 1e6:.0f} megapixels are the limit."
        )
    return OpenCvCapture(capture, pixel_ratio=_pixel_ratio(capture), frames_before=frames_before)


def _frames_before(path: Path, name: str) -> int:
    """Matroska counts from time 0, also where its first picture comes later.

    It is opened a second time for that: a file without an index, as of a recording that was
    killed, gives nothing any more once it was rewound.
    """
    with path.open("rb") as file:
        if file.read(4) != _EBML_HEAD:
            return 0
    capture = cv2.VideoCapture(name, cv2.CAP_FFMPEG)
    frames_before = int(capture.get(cv2.CAP_PROP_PTS)) if capture.grab() else 0
    capture.release()
    return max(frames_before, 0)


def _pixel_ratio(capture: cv2.VideoCapture) -> float:
    """Width of a pixel per height, once the picture is turned; 1 where nothing sensible is said."""
    width, height = (capture.get(prop) for prop in (cv2.CAP_PROP_SAR_NUM, cv2.CAP_PROP_SAR_DEN))
    ratio = width / height if width > 0 and height > 0 else 1.0
    if capture.get(cv2.CAP_PROP_ORIENTATION_META) % 180 == 90:
        ratio = 1 / ratio
    return ratio if _LEAST_PIXEL_RATIO <= ratio <= _GREATEST_PIXEL_RATIO else 1.0


def _with_square_pixels(image: cv2.typing.MatLike, pixel_ratio: float) -> cv2.typing.MatLike:
    if pixel_ratio == 1:
        return image
    height_px, width_px = image.shape[:2]
    return cv2.resize(image, (max(1, round(width_px * pixel_ratio)), height_px))


@contextmanager
def unicode_name(path: Path) -> Iterator[str]:
    """A name of the file that OpenCV takes: over bytes that are no UTF-8 it ends the program.

    A file that is not there yet can be made by that name, too.

    Raises:
        OSError: if such a file cannot be given another name for the moment.
    """
    name = str(path)
    if printable(name) == name:
        yield name
        return
    with TemporaryDirectory(prefix="visage-") as folder:
        link = Path(folder, f"video{printable(path.suffix)}")
        link.symlink_to(path)
        yield str(link)


def _silence_opencv() -> None:
    """Keep OpenCV's and FFmpeg's own complaints off the terminal: Visage says it in a sentence."""
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", _AV_LOG_QUIET)
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


def _to_rgb(image: cv2.typing.MatLike) -> Image:
    code = cv2.COLOR_GRAY2RGB if image.ndim == 2 else cv2.COLOR_BGR2RGB
    return cv2.cvtColor(image, code).astype(np.uint8, copy=False)
