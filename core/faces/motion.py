"""Where a moving face should be by now, and how surely: a Kalman filter of constant velocity.

Acceleration is white noise (Bar-Shalom, Li, Kirubarajan: "Estimation with Applications to Tracking
and Navigation", 2001, section 6.2.2). Both axes move alike, so they share one covariance. It is
given in sizes of the face: a near face crosses more px than a far one.
"""

import math
from dataclasses import dataclass

from core.types import Box

_PLACE_DEVIATION = 0.08
"""Of a detection's centre, in sizes of the face."""

_START_SPEED_DEVIATION = 4.0
"""Sizes a second: who crosses the picture walks at six, at most."""

_ACCELERATION_DENSITY = 3.0
"""Sizes² a second³."""

_RATIO_DEVIATION = 0.15
"""Of a detection's height, as a share of the face's."""

_UNSEEN_RATIO_DEVIATION_PER_S = 0.3
"""What a second unseen adds to it: who comes nearer grows, and who comes out from behind something
is seen in part at first."""


class Motion:
    """The motion of one face; a size is the height of its box."""

    def __init__(self, box: Box, time_s: float) -> None:
        self._place_px = box.centre
        self._velocity_px_per_s = (0.0, 0.0)
        self._size_px = box.height
        self._time_s = time_s
        self._covariance = _Covariance(_PLACE_DEVIATION**2, 0.0, _START_SPEED_DEVIATION**2)

    def moved_px(self, time_s: float) -> tuple[float, float]:
        """How far the face should have gone since it was last seen, to the right and down."""
        vx, vy = self._velocity_px_per_s
        return vx * (time_s - self._time_s), vy * (time_s - self._time_s)

    def distance(self, box: Box, time_s: float) -> float:
        """How unlikely `box` is this face, as a squared Mahalanobis distance.

        It is chi-squared with three degrees of freedom: two of the place, one of the height.
        """
        offset = math.dist(box.centre, self._expected_px(time_s)) / self._size_px
        ratio = math.log(max(box.height, 1.0) / self._size_px)
        return offset**2 / self._variance(time_s) + ratio**2 / self._ratio_variance(time_s)

    def spread(self, time_s: float) -> float:
        """The logarithm of where and how high the face may be by now, which grows unseen."""
        return 2 * math.log(self._variance(time_s)) + math.log(self._ratio_variance(time_s))

    def see(self, box: Box, time_s: float) -> None:
        """Take in where the face is at `time_s`, which is later than the time before."""
        predicted = self._covariance.after(time_s - self._time_s)
        variance = predicted.place + _PLACE_DEVIATION**2
        place_gain, speed_gain = predicted.place / variance, predicted.both / variance
        x, y = self._expected_px(time_s)
        dx, dy = box.centre[0] - x, box.centre[1] - y
        vx, vy = self._velocity_px_per_s
        self._place_px = x + place_gain * dx, y + place_gain * dy
        self._velocity_px_per_s = vx + speed_gain * dx, vy + speed_gain * dy
        self._covariance = _Covariance(
            predicted.place * (1 - place_gain),
            predicted.both * (1 - place_gain),
            predicted.speed - speed_gain * predicted.both,
        )
        self._size_px = box.height
        self._time_s = time_s

    def _expected_px(self, time_s: float) -> tuple[float, float]:
        dx, dy = self.moved_px(time_s)
        return self._place_px[0] + dx, self._place_px[1] + dy

    def _variance(self, time_s: float) -> float:
        """Of a detection around the expected place, along an axis, in sizes²."""
        return self._covariance.after(time_s - self._time_s).place + 2 * _PLACE_DEVIATION**2

    def _ratio_variance(self, time_s: float) -> float:
        unseen = _UNSEEN_RATIO_DEVIATION_PER_S * (time_s - self._time_s)
        return _RATIO_DEVIATION**2 + unseen**2


@dataclass(frozen=True, slots=True)
class _Covariance:
    """Of place and speed along an axis, in sizes and seconds."""

    place: float
    both: float
    speed: float

    def after(self, t: float) -> "_Covariance":
        """What `t` seconds without a detection make of it."""
        density = _ACCELERATION_DENSITY
        return _Covariance(
            self.place + 2 * t * self.both + t**2 * self.speed + density * t**3 / 3,
            self.both + t * self.speed + density * t**2 / 2,
            self.speed + density * t,
        )
