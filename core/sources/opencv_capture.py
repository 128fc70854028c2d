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

from core.text import printable
from core.types import Image

_AV_LOG_QUIET = "-8"
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
        """As the file claims; None for a camera and for streams that do not say."""
        ...

    @property
    def time_s(self) -> float:
        """The timestamp of the picture that `read` gave last."""
        ...

    def read(self) -> Image | None:
        """The next picture; None at the end, and where a camera gives none."""
        ...

    def seek(self, time_s: float) -> None: ...

    def release(self) -> None: ...


class OpenCvCapture:
    """A `Capture` on top of an opened `cv2.VideoCapture`."""

    def __init__(self, capture: cv2.VideoCapture) -> None:
        self._capture = capture

    @property
    def frame_rate_hz(self) -> float | None:
        return self._positive(cv2.CAP_PROP_FPS)

    @property
    def frame_count(self) -> int | None:
        count = self._positive(cv2.CAP_PROP_FRAME_COUNT)
        return None if count is None else int(count)

    @property
    def time_s(self) -> float:
        return self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000

    def read(self) -> Image | None:
        try:
            is_read, image = self._capture.read()
        except cv2.error:
            return None
        if not is_read or image is None or image.size == 0:
            return None
        return _to_rgb(image)

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
    """Open a video file, turned as its metadata says; None if it is not a video."""
    _silence_opencv()
    try:
        with _unicode_name(path.resolve()) as name:
            # Only FFmpeg: other back-ends take "clip01.mp4" for the first picture of a series.
            capture = cv2.VideoCapture(name, cv2.CAP_FFMPEG)
    except (OSError, cv2.error):
        return None
    if not capture.isOpened():
        capture.release()
        return None
    return OpenCvCapture(capture)


@contextmanager
def _unicode_name(path: Path) -> Iterator[str]:
    """A name of the file that OpenCV takes: over bytes that are no UTF-8 it ends the program.

    Raises:
        OSError: if such a file cannot be given another name for the moment.
    """
    name = str(path)
    if printable(name) == name:
        yield name
        return
    with TemporaryDirectory(prefix="visage-") as folder:
        link = Path(folder, "video")
        link.symlink_to(path)
        yield str(link)


def _silence_opencv() -> None:
    """Keep OpenCV's and FFmpeg's own complaints off the terminal: Visage says it in a sentence."""
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", _AV_LOG_QUIET)
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


def _to_rgb(image: cv2.typing.MatLike) -> Image:
    code = cv2.COLOR_GRAY2RGB if image.ndim == 2 else cv2.COLOR_BGR2RGB
    return cv2.cvtColor(image, code).astype(np.uint8, copy=False)
