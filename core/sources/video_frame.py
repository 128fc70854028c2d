"""One frame of a video, as a photo."""

from pathlib import Path

import cv2
import numpy as np

from core.errors import PhotoError, SourceError
from core.sources.photo import MAX_SIDE_PX, Photo
from core.sources.time_limit import TimeLimit, call_within
from core.sources.video_file import VideoFileSource
from core.text import clock_text
from core.types import Frame

_LEAD_S = 0.5
"""Where a video cannot be entered exactly, the frame still comes behind."""

_LIMIT_S = 60.0
_USUAL_RATE_HZ = 30.0


def load_frame(path: Path, time_s: float, max_side_px: int = MAX_SIDE_PX) -> Photo:
    """The frame at `time_s`, reduced so that its longer side has at most `max_side_px`.

    Raises:
        PhotoError: if there is none, or finding it takes too long.
    """
    source = VideoFileSource(path)
    missing = PhotoError(f"{source.title} shows no picture at {clock_text(time_s)} any more.")
    try:
        frame = call_within(TimeLimit(_LIMIT_S), lambda: _frame_at(source, time_s))
    except TimeoutError:
        raise missing from None
    except SourceError as error:
        raise PhotoError(str(error)) from error
    if frame is None:
        raise missing
    return _reduced(frame, max_side_px)


def _frame_at(source: VideoFileSource, time_s: float) -> Frame | None:
    """The frame, entered shortly before, or read from the beginning where that leads astray."""
    with source:
        tolerance_s = 0.5 / (source.frame_rate_hz or _USUAL_RATE_HZ)
        for start_s in (max(time_s - _LEAD_S, 0.0), 0.0) if source.is_seekable else (0.0,):
            if source.is_seekable:
                source.seek(start_s)
            source.skip_to(time_s)
            frame = source.read()
            if frame is not None and abs(frame.time_s - time_s) <= tolerance_s:
                return frame
    return None


def _reduced(frame: Frame, max_side_px: int) -> Photo:
    height_px, width_px = frame.image.shape[:2]
    scale = max(1.0, max(height_px, width_px) / max_side_px)
    if scale == 1.0:
        return Photo(frame.image, scale, width_px, height_px)
    size = max(1, round(width_px / scale)), max(1, round(height_px / scale))
    image = np.asarray(cv2.resize(frame.image, size, interpolation=cv2.INTER_AREA), np.uint8)
    return Photo(image, scale, width_px, height_px)
