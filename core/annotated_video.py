"""Writes frames with their faces as a WebM (VP8), which every browser plays."""

from pathlib import Path
from types import TracebackType
from typing import Self

import cv2

from core.annotator import Annotator
from core.errors import ExportError
from core.types import FrameResult

MAX_SIDE_PX = 1280


class AnnotatedVideo:
    """A file that is written frame by frame; the first one gives the size.

    Args:
        path: ends in .webm.
        frame_rate_hz: at which it plays.
    """

    def __init__(self, path: Path, frame_rate_hz: float) -> None:
        self._path = path
        self._frame_rate_hz = frame_rate_hz
        self._annotator = Annotator()
        self._writer: cv2.VideoWriter | None = None
        self._size_px = (0, 0)

    def add(self, result: FrameResult) -> None:
        """Write a frame with its faces drawn.

        Raises:
            ExportError: if the file cannot be written.
        """
        image = self._annotator.annotate(result.frame.image, result.faces)
        if self._writer is None:
            self._writer = self._open(image.shape[1], image.shape[0])
        fitted = cv2.resize(image, self._size_px, interpolation=cv2.INTER_AREA)
        self._writer.write(cv2.cvtColor(fitted, cv2.COLOR_RGB2BGR))

    def close(self) -> None:
        """Finish the file."""
        if self._writer is not None:
            self._writer.release()
            self._writer = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _open(self, width_px: int, height_px: int) -> cv2.VideoWriter:
        factor = min(1.0, MAX_SIDE_PX / max(width_px, height_px))
        self._size_px = _even(width_px * factor), _even(height_px * factor)
        code = cv2.VideoWriter.fourcc(*"VP80")
        writer = cv2.VideoWriter(
            str(self._path), cv2.CAP_FFMPEG, code, self._frame_rate_hz, self._size_px
        )
        if not writer.isOpened():
            raise ExportError(f"The video {self._path.name} could not be written.")
        return writer


def _even(length_px: float) -> int:
    """VP8 halves its colours in both directions."""
    return max(2, round(length_px / 2) * 2)
