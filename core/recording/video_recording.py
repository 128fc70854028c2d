"""An annotated video in a WebM file that can be played up to the last second after a crash.

See docs/adr/0014: VP9 where OpenCV's wheel holds libvpx, OpenCV's own VP8 elsewhere.
"""

import math
import shutil
from contextlib import ExitStack
from pathlib import Path
from time import monotonic
from typing import Protocol

import cv2
import numpy as np

from core.batch.export.whole_file import check_target
from core.closing import Closing
from core.errors import ExportError
from core.recording import vp9_encoder
from core.recording.vp9_encoder import Vp9Encoder
from core.recording.webm_file import WebmFile
from core.sources.opencv_capture import unicode_name
from core.types import Image

SUFFIX = ".webm"
MAX_SIDE_PX = 1280
"""Larger frames are reduced: encoding costs by the px."""
MIN_FREE_BYTES = 50_000_000
"""A recording ends before the disk is full, which OpenCV would not say."""
_CHECK_EVERY = 30
_VP8 = cv2.VideoWriter.fourcc(*"VP80")


class FrameWriter(Protocol):
    """Appends RGB frames of one size to a file."""

    def write(self, image: Image) -> None: ...

    def close(self) -> None: ...


class VideoRecording(Closing):
    """Writes frames at an even rate. The first one decides the size of all.

    Args:
        path: ends with `SUFFIX`.
        frame_rate_hz: frames per second.
    """

    def __init__(self, path: Path, frame_rate_hz: float) -> None:
        self._path = path
        self._frame_rate_hz = frame_rate_hz
        self._writer: FrameWriter | None = None
        self._size_px = (0, 0)
        self._ends_at_s = math.inf
        self.frame_count = 0

    @property
    def duration_s(self) -> float:
        """How long the video is by now."""
        return self.frame_count / self._frame_rate_hz

    def write(self, image: Image, times: int = 1) -> None:
        """Append a frame, as often as it is to be shown, while there is time.

        Raises:
            ExportError: if the file cannot be written, or the disk is nearly full.
        """
        if self.is_over():
            return
        if self._writer is None:
            self._writer = self._open(image)
        picture = self._fitted(image)
        for _ in range(times):
            if self.frame_count % _CHECK_EVERY == 0:
                self._check_room()
            self._writer.write(picture)
            self.frame_count += 1
            if self.is_over():
                return

    def end_within(self, time_s: float) -> None:
        """Append no frame any more after so long; may be called from any thread."""
        self._ends_at_s = monotonic() + time_s

    def is_over(self) -> bool:
        """Whether no frame is appended any more."""
        return monotonic() > self._ends_at_s

    def close(self) -> None:
        """Finish the file; nothing is appended any more."""
        self._ends_at_s = -math.inf
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def _open(self, image: Image) -> FrameWriter:
        check_target(self._path)
        self._size_px = _even_size(image)
        kind = _Vp9Writer if vp9_encoder.is_available() else _OpenCvWriter
        try:
            return kind(self._path, self._size_px, self._frame_rate_hz)
        except OSError as error:
            raise _error(self._path, error) from error

    def _fitted(self, image: Image) -> Image:
        """In the size of the video; a picture of another shape is stretched."""
        if (image.shape[1], image.shape[0]) != self._size_px:
            image = np.asarray(
                cv2.resize(image, self._size_px, interpolation=cv2.INTER_AREA), np.uint8
            )
        return image

    def _check_room(self) -> None:
        try:
            free_bytes = shutil.disk_usage(self._path.parent).free
        except OSError as error:
            raise _error(self._path, error) from error
        if free_bytes < MIN_FREE_BYTES:
            raise ExportError(f"The disk is nearly full: {self._path.name} ends here.")


class _Vp9Writer:
    def __init__(self, path: Path, size_px: tuple[int, int], frame_rate_hz: float) -> None:
        self._path = path
        with ExitStack() as stack:
            self._encoder = stack.enter_context(Vp9Encoder(size_px, frame_rate_hz))
            self._file = WebmFile(path, size_px, frame_rate_hz)
            stack.pop_all()

    def write(self, image: Image) -> None:
        packet = self._encoder.encode(image)
        try:
            self._file.write(packet.data, is_key=packet.is_key)
        except OSError as error:
            raise _error(self._path, error) from error

    def close(self) -> None:
        self._encoder.close()
        try:
            self._file.close()
        except OSError as error:
            raise _error(self._path, error) from error


class _OpenCvWriter:
    def __init__(self, path: Path, size_px: tuple[int, int], frame_rate_hz: float) -> None:
        with unicode_name(path.absolute()) as name:
            self._writer = cv2.VideoWriter(name, cv2.CAP_FFMPEG, _VP8, frame_rate_hz, size_px)
        if not self._writer.isOpened():
            raise ExportError(
                f"{path.name} could not be written: the folder may be read-only, "
                "or this build of OpenCV has no encoder for VP8."
            )

    def write(self, image: Image) -> None:
        self._writer.write(cv2.cvtColor(image, cv2.COLOR_RGB2BGR))

    def close(self) -> None:
        self._writer.release()


def _error(path: Path, error: OSError) -> ExportError:
    return ExportError(f"{path.name} could not be written: {error.strerror or error}.")


def _even_size(image: Image) -> tuple[int, int]:
    """Width and height of the video in px, both even as its colours need."""
    height, width = image.shape[:2]
    scale = min(1.0, MAX_SIDE_PX / max(height, width))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)
