"""An annotated video in a WebM file that can be played up to the last second after a crash.

See docs/adr/0014: the encoder is libvpx's VP8, in the FFmpeg that comes with OpenCV.
"""

import math
import shutil
from pathlib import Path
from time import monotonic

import cv2
import numpy as np

from core.batch.export.whole_file import check_target
from core.closing import Closing
from core.errors import ExportError
from core.sources.opencv_capture import unicode_name
from core.types import Image

SUFFIX = ".webm"
MAX_SIDE_PX = 1280
"""Larger frames are reduced: encoding costs by the px."""
MIN_FREE_BYTES = 50_000_000
"""OpenCV does not say when the disk is full: a recording ends before."""
_CHECK_EVERY = 30
_FOURCC = cv2.VideoWriter.fourcc(*"VP80")


class VideoRecording(Closing):
    """Writes frames at an even rate. The first one decides the size of all.

    Args:
        path: ends with `SUFFIX`.
        frame_rate_hz: frames per second.
    """

    def __init__(self, path: Path, frame_rate_hz: float) -> None:
        self._path = path
        self._frame_rate_hz = frame_rate_hz
        self._writer: cv2.VideoWriter | None = None
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
        """Finish the file."""
        if self._writer is not None:
            self._writer.release()
            self._writer = None

    def _open(self, image: Image) -> cv2.VideoWriter:
        check_target(self._path)
        self._size_px = _even_size(image)
        try:
            with unicode_name(self._path.absolute()) as name:
                writer = cv2.VideoWriter(
                    name, cv2.CAP_FFMPEG, _FOURCC, self._frame_rate_hz, self._size_px
                )
        except OSError as error:
            raise _error(self._path, error) from error
        if not writer.isOpened():
            raise ExportError(
                f"{self._path.name} could not be written: the folder may be read-only, "
                "or this build of OpenCV has no encoder for VP8."
            )
        return writer

    def _fitted(self, image: Image) -> Image:
        """BGR, in the size of the video; a picture of another shape is stretched."""
        if (image.shape[1], image.shape[0]) != self._size_px:
            image = np.asarray(
                cv2.resize(image, self._size_px, interpolation=cv2.INTER_AREA), np.uint8
            )
        return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2BGR), np.uint8)

    def _check_room(self) -> None:
        try:
            free_bytes = shutil.disk_usage(self._path.parent).free
        except OSError as error:
            raise _error(self._path, error) from error
        if free_bytes < MIN_FREE_BYTES:
            raise ExportError(f"The disk is nearly full: {self._path.name} ends here.")


def _error(path: Path, error: OSError) -> ExportError:
    return ExportError(f"{path.name} could not be written: {error}.")


def _even_size(image: Image) -> tuple[int, int]:
    """Width and height of the video in px, both even as its colours need."""
    height, width = image.shape[:2]
    scale = min(1.0, MAX_SIDE_PX / max(height, width))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)
