"""Boxes and landmarks that stand still with a face and do not lag behind it."""

import math

import numpy as np
from numpy.typing import NDArray

from core.types import Box, Detection

_JITTER_CUTOFF_HZ = 1.8
_JITTER_REACH = 0.06
"""Mean distance, in sizes of the face, beyond which it is no jitter at all: the face has moved."""


class DetectionFilter:
    """Steadies the detections of one track.

    A low-pass filter takes over the less of a new detection the nearer it is to the last one:
    at 30 frames a second jitter of a hundredth of the face's size loses more than half, a face
    that crosses its own size in a second lags by 1.5 % of it, and faster ones do not lag.
    """

    def __init__(self, detection: Detection, time_s: float) -> None:
        self._points = _points_of(detection)
        self._time_s = time_s

    def filter(self, detection: Detection, time_s: float) -> Detection:
        """The steadied detection at `time_s`, which is later than the time before."""
        elapsed_s = time_s - self._time_s
        steps = _points_of(detection) - self._points
        moved_px = float(np.hypot(*steps.T).sum()) / len(steps)
        distance = moved_px / _size_px(detection)
        calm_share = _share(_JITTER_CUTOFF_HZ, elapsed_s)
        share = calm_share + (1 - calm_share) * min(1.0, distance / _JITTER_REACH) ** 2
        self._points = self._points + share * steps
        self._time_s = time_s
        return _detection_of(self._points, detection.score)


def _points_of(detection: Detection) -> NDArray[np.float64]:
    """Two corners of the box and the landmarks, of shape (8, 2)."""
    box = detection.box
    points = np.empty((2 + len(detection.landmarks), 2))
    points[0] = box.left, box.top
    points[1] = box.right, box.bottom
    points[2:] = detection.landmarks
    return points


def _detection_of(points: NDArray[np.float64], score: float) -> Detection:
    (left, top), (right, bottom) = points[:2].tolist()
    return Detection(Box(left, top, right, bottom), score, points[2:].astype(np.float32))


def _size_px(detection: Detection) -> float:
    return max(detection.box.width, detection.box.height, 1.0)


def _share(cutoff_hz: float, elapsed_s: float) -> float:
    """How much of a new value a first-order low-pass filter takes over."""
    return 1 / (1 + 1 / (2 * math.pi * cutoff_hz * elapsed_s))
