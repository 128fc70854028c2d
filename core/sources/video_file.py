"""A video file: every frame, in order."""

import math
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from core.errors import SourceError
from core.sources.file_check import check_file, display_name
from core.sources.frame_source import FrameSource, SourceKind
from core.sources.mp4_header import movie_duration_s
from core.sources.opencv_capture import Capture, open_video
from core.text import clock_text
from core.types import Frame

_DEFAULT_FRAME_RATE_HZ = 30.0
# Headers round, and sound may outlast the pictures: only a larger gap is a broken file.
_MISSING_S = 1.0
_MISSING_SHARES = (0.1, 0.25)
"""The gap in seconds, kept between these shares of the length."""

_ROUNDING_S = 0.002
"""Containers round times, Matroska to a millisecond: by so much a frame may seem too early."""


class VideoFileSource(FrameSource):
    """Keeps the contract of `FrameSource`; reads at once, `Pacer` gives the pace."""

    def __init__(
        self, path: Path, *, make_capture: Callable[[Path], Capture | None] = open_video
    ) -> None:
        self._path = path
        self._make_capture = make_capture
        self._lock = Lock()
        self._capture: Capture | None = None
        self._frame_rate_hz: float | None = None
        self._duration_s: float | None = None
        self._next_index = 0
        self._last_time_s = -math.inf
        self._reached_s = 0.0
        self._is_grabbed = False
        self._has_pictures = False

    @property
    def kind(self) -> SourceKind:
        return SourceKind.VIDEO

    @property
    def title(self) -> str:
        return display_name(self._path)

    @property
    def frame_rate_hz(self) -> float | None:
        return self._frame_rate_hz

    @property
    def duration_s(self) -> float | None:
        return self._duration_s

    @property
    def is_seekable(self) -> bool:
        return self._duration_s is not None

    def open(self) -> None:
        with self._lock:
            if self._capture is not None:
                return
            check_file(self._path)
            capture = self._make_capture(self._path)
            if capture is None:
                raise SourceError(f"{self.title} is not a video that Visage can play.")
            self._capture = capture
            self._frame_rate_hz = capture.frame_rate_hz
            self._duration_s = self._claimed_duration_s(capture)
            self._next_index, self._last_time_s, self._reached_s = 0, -math.inf, 0.0
            self._is_grabbed = self._has_pictures = False

    def read(self, timeout_s: float = 1.0) -> Frame | None:
        with self._lock:
            if self._capture is None:
                return None
            is_there = self._is_grabbed or self._grab(self._capture)
            self._is_grabbed = False
            image = self._capture.retrieve() if is_there else None
            if image is None:
                self._check_end()
                return None
            self._has_pictures = True
            return Frame(image, self._next_index - 1, self._last_time_s)

    def skip_to(self, time_s: float) -> None:
        """Pass over the frames that come before `time_s`; how times are rounded is let pass.

        They are decoded, as those after them need, but cost no more than that.
        """
        with self._lock:
            while self._capture is not None:
                if self._is_grabbed and self._last_time_s >= time_s - _ROUNDING_S:
                    return
                self._has_pictures |= self._is_grabbed
                self._is_grabbed = self._grab(self._capture)
                if not self._is_grabbed:
                    return  # the next `read` finds the end, too

    def seek(self, time_s: float) -> None:
        with self._lock:
            if self._capture is None or self._duration_s is None:
                raise SourceError(f"{self.title} has no known length: seeking is not possible.")
            latest_s = max(0.0, self._duration_s - self._frame_period_s)
            self._reached_s = min(max(time_s, 0.0), latest_s)
            self._last_time_s = -math.inf
            self._is_grabbed = False
            self._capture.seek(self._reached_s)

    def close(self) -> None:
        with self._lock:
            if self._capture is not None:
                self._capture.release()
                self._capture = None

    @property
    def _frame_period_s(self) -> float:
        return 1 / (self._frame_rate_hz or _DEFAULT_FRAME_RATE_HZ)

    def _claimed_duration_s(self, capture: Capture) -> float | None:
        if capture.frame_count is None or capture.frame_rate_hz is None:
            return None
        counted_s = capture.frame_count / capture.frame_rate_hz
        # An edit list, as cutting leaves it, hides frames that are counted.
        return min(counted_s, movie_duration_s(self._path) or counted_s)

    def _grab(self, capture: Capture) -> bool:
        """Go to the next frame, if there is one, and note when it is.

        Where the file's time does not rise, one is made up.
        """
        if not capture.grab():
            return False
        claimed_time_s = capture.time_s
        time_s = max(claimed_time_s, 0.0) if math.isfinite(claimed_time_s) else 0.0
        if time_s <= self._last_time_s:
            time_s = self._last_time_s + self._frame_period_s
        self._next_index += 1
        self._last_time_s = self._reached_s = time_s
        return True

    def _check_end(self) -> None:
        """Tell a file that ends from one that breaks off.

        Raises:
            SourceError: if much of the length that the file claims is missing, or every picture.
        """
        if self._duration_s is not None:
            self._check_length(self._duration_s)
        if not self._has_pictures:
            raise SourceError(f"{self.title} holds no picture that Visage can read.")

    def _check_length(self, duration_s: float) -> None:
        read_s = self._reached_s + self._frame_period_s
        least_s, most_s = (share * duration_s for share in _MISSING_SHARES)
        if duration_s - read_s > min(max(_MISSING_S, least_s), most_s):
            reached, length = (clock_text(round(s)) for s in (read_s, duration_s))
            raise SourceError(
                f"{self.title} breaks off at {reached} of {length}: "
                "the rest of the file is missing or damaged."
            )
