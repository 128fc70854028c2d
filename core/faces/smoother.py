"""Steady answers from the flickering estimates of one track."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.settings import Settings
from core.types import Estimate, Gender

MEMORY_S = 4.0
"""Estimates older than this are forgotten, except the newest."""

MAX_ESTIMATES = 32

_OUTLIER_SPREADS = 2.0
"""Ages farther from the median than so many spreads are moved to that distance."""

_MIN_SPREAD_YEARS = 1.0

_MAD_TO_DEVIATION = 1.4826
"""Standard deviation of a normal distribution, in median absolute deviations."""

_HYSTERESIS = 0.08
"""How far a probability must fall below its threshold until a shown gender is taken back."""


_Join = Callable[[NDArray[np.float64], NDArray[np.float64]], float]


@dataclass(frozen=True, slots=True)
class _Weighted:
    estimate: Estimate
    weight: float
    time_s: float


class EstimateSmoother:
    """Joins the recent estimates of one track; make one per track."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._recent: deque[_Weighted] = deque(maxlen=MAX_ESTIMATES)
        self._smoothed: Estimate | None = None
        self._gender: Gender | None = None

    @property
    def smoothed(self) -> Estimate | None:
        """The track's estimate; None before the first one was added."""
        return self._smoothed

    @property
    def gender(self) -> Gender | None:
        """As it should be shown; None as long as no estimate knows it."""
        return self._gender

    def add(self, estimate: Estimate, weight: float, time_s: float) -> None:
        """Take in one more estimate.

        Args:
            weight: how much it counts, above 0.
            time_s: when its frame was taken, not before that of the last one.
        """
        self._recent.append(_Weighted(estimate, weight, time_s))
        while self._recent[0].time_s < time_s - MEMORY_S:
            self._recent.popleft()
        self._smoothed = _join(self._recent)
        probability = self._smoothed.female_probability
        if probability is not None:
            self._gender = _keep_or_change(self._gender, probability, self._settings)


def decide_gender(female_probability: float, settings: Settings) -> Gender:
    """The gender to show for one estimate: unsure between the two thresholds."""
    if female_probability >= settings.female_threshold:
        return Gender.FEMALE
    if female_probability <= settings.male_threshold:
        return Gender.MALE
    return Gender.UNSURE


def _keep_or_change(shown: Gender | None, probability: float, settings: Settings) -> Gender:
    """A shown gender stays until its probability has clearly left the threshold."""
    if shown is Gender.FEMALE and probability > settings.female_threshold - _HYSTERESIS:
        return shown
    if shown is Gender.MALE and probability < settings.male_threshold + _HYSTERESIS:
        return shown
    return decide_gender(probability, settings)


def _join(recent: Sequence[_Weighted]) -> Estimate:
    age, low, high = (
        _joined(recent, name, robust_mean)
        for name in ("age_years", "age_low_years", "age_high_years")
    )
    # Each loses its own outliers: an age can be one where the ends of its range are not.
    return Estimate(
        age_years=age,
        age_low_years=low if low is None or age is None else min(low, age),
        age_high_years=high if high is None or age is None else max(high, age),
        female_probability=_joined(recent, "female_probability", _weighted_mean),
    )


def _joined(recent: Sequence[_Weighted], name: str, join: _Join) -> float | None:
    """One value of the estimates that have it; None if none has."""
    known = [
        (value, item.weight)
        for item in recent
        if (value := getattr(item.estimate, name)) is not None
    ]
    if not known:
        return None
    values, weights = np.array(known).T
    return join(values, weights)


def robust_mean(years: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """The weighted mean of `years`, outliers clipped; both of shape (N,), N >= 1.

    Values farther than two spreads from the weighted median are moved to that distance, as in
    Huber's estimate of location; the spread comes from the median absolute deviation.
    """
    middle = weighted_median(years, weights)
    deviation = _MAD_TO_DEVIATION * weighted_median(np.abs(years - middle), weights)
    reach = _OUTLIER_SPREADS * max(deviation, _MIN_SPREAD_YEARS)
    return _weighted_mean(np.clip(years, middle - reach, middle + reach), weights)


def _weighted_mean(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    return float((values * weights).sum() / weights.sum())


def weighted_median(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """The smallest value at which half of the weight is reached; both of shape (N,), N >= 1."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])
