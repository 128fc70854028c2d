"""Brings the frames of a camera, which come when they come, to an even rate."""

from core.live_pipeline import MAX_GAP_S


class SteadyPace:
    """Says how often each frame is to be shown. A longer gap, as after a pause, is left out."""

    def __init__(self, frame_rate_hz: float) -> None:
        self._frame_rate_hz = frame_rate_hz
        self._start_s: float | None = None
        self._last_time_s = 0.0
        self._shown_count = 0

    def times(self, time_s: float) -> int:
        """How often to show the frame of `time_s`; 0 where one is there already."""
        gap_s = time_s - self._last_time_s
        if self._start_s is None or not 0 < gap_s <= MAX_GAP_S:
            self._start_s = time_s - self._shown_count / self._frame_rate_hz
        self._last_time_s = time_s
        due_count = int((time_s - self._start_s) * self._frame_rate_hz + 0.5) + 1
        times = max(0, due_count - self._shown_count)
        self._shown_count += times
        return times
