"""Where a moving face should be by now, and how surely: a Kalman filter of constant velocity.

Acceleration is white noise (Bar-Shalom, Li, Kirubarajan: "Estimation with Applications to Tracking
and Navigation", 2001, section 6.2.2). Both axes move alike, so they share one covariance. It is
given in sizes of the face: a near face crosses more px than a far one.
"""

import math

import numpy as np
from numpy.typing import NDArray

from core.types import Box

_PLACE_DEVIATION = 0.08
"""Of a detection's centre, in sizes of the face."""

_START_SPEED_DEVIATION = 4.0
"""Sizes a second: who crosses the picture walks at six, at most."""

_ACCELERATION_DENSITY = 3.0
"""Sizes² a second³."""

_RATIO_DEVIATION = 0.15
"""Of a detection's height, as a share of the face's."""


class Motion:
    """The motion of one face; a size is the height of its box."""

    def __init__(self, box: Box, time_s: float) -> None:
        self._place = np.array(box.centre)
        self._velocity = np.zeros(2)
        self._size_px = box.height
        self._time_s = time_s
        self._covariance = np.diag([_PLACE_DEVIATION**2, _START_SPEED_DEVIATION**2])

    def moved_px(self, time_s: float) -> tuple[float, float]:
        """How far the face should have gone since it was last seen, to the right and down."""
        dx, dy = ((time_s - self._time_s) * self._velocity).tolist()
        return dx, dy

    def distance(self, box: Box, time_s: float) -> float:
        """How unlikely `box` is this face, as a squared Mahalanobis distance.

        It is chi-squared with three degrees of freedom: two of the place, one of the height.
        """
        offset = (np.array(box.centre) - self._expected(time_s)) / self._size_px
        ratio = math.log(max(box.height, 1.0) / self._size_px) / _RATIO_DEVIATION
        return float(offset @ offset) / self._variance(time_s) + ratio**2

    def spread(self, time_s: float) -> float:
        """The logarithm of the area in which the face may be by now, which grows unseen."""
        return 2 * math.log(self._variance(time_s))

    def see(self, box: Box, time_s: float) -> None:
        """Take in where the face is at `time_s`, which is later than the time before."""
        predicted = self._predicted(time_s)
        gain = predicted[:, 0] / (predicted[0, 0] + _PLACE_DEVIATION**2)
        expected = self._expected(time_s)
        surprise_px = np.array(box.centre) - expected
        self._place = expected + gain[0] * surprise_px
        self._velocity = self._velocity + gain[1] * surprise_px
        self._covariance = predicted - np.outer(gain, predicted[0])
        self._size_px = box.height
        self._time_s = time_s

    def _expected(self, time_s: float) -> NDArray[np.float64]:
        return self._place + self.moved_px(time_s)

    def _variance(self, time_s: float) -> float:
        """Of a detection around the expected place, along an axis, in sizes²."""
        return float(self._predicted(time_s)[0, 0]) + 2 * _PLACE_DEVIATION**2

    def _predicted(self, time_s: float) -> NDArray[np.float64]:
        """The covariance of place and velocity, (2, 2), at `time_s`."""
        t = time_s - self._time_s
        step = np.array([[1.0, t], [0.0, 1.0]])
        noise = np.array([[t**3 / 3, t**2 / 2], [t**2 / 2, t]])
        return np.asarray(step @ self._covariance @ step.T + _ACCELERATION_DENSITY * noise)
