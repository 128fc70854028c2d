"""Turns the errors on validation chips into an age range that holds what it promises.

Conformalized quantile regression (Romano, Patterson and Candes, 2019) around each estimated age,
with every decade of true ages counting alike: UTKFace's many adults of 20-30 would otherwise set
the range of teenagers and of the old, who are taken for them.
"""

import numpy as np
from numpy.typing import NDArray

from core.estimation.age_reading import expected_ages
from core.estimation.model_card import AgeOutput, AgeOutputKind, AgeQuantiles, AgeRange

RANGE_SHARE = 0.8
_KNOT_YEARS = np.array([1, 5, 10, 15, 20, 25, 30, 35, 40, 50, 60, 70], np.float64)
_OLDEST_DECADE = 8
_WEIGHT_OF_FAR_FACES = 1e-6
"""What stands in where no face is near: all of them."""

Floats = NDArray[np.float64]


def calibrate_age_range(
    outputs: NDArray[np.float32], age: AgeOutput, true_age_years: Floats
) -> AgeRange | AgeQuantiles:
    """Measure where 80 % of the true ages lie, by estimated age.

    Args:
        outputs: of `age_output`, (N, 1) or (N, bins), for chips that the model did not learn from.
        true_age_years: shape (N,).
    """
    estimated = expected_ages(outputs, age)
    if age.kind is AgeOutputKind.DISTRIBUTION:
        levels = true_levels(outputs, true_age_years, age.first_year)
        return AgeQuantiles(*_knots(estimated, levels, true_age_years, digits=4))
    years, lows, highs = _knots(estimated, true_age_years - estimated, true_age_years, digits=2)
    return AgeRange(
        years, tuple(min(low, 0.0) for low in lows), tuple(max(high, 0.0) for high in highs)
    )


def true_levels(shares: NDArray[np.float32], true_age_years: Floats, first_year: int) -> Floats:
    """The share of each distribution, (N, bins), that lies below the true age, (N,), 0-1."""
    rows = np.arange(len(shares))
    bins = np.clip(np.rint(true_age_years).astype(int) - first_year, 0, shares.shape[1] - 1)
    below = np.cumsum(shares, axis=1, dtype=np.float64)[rows, bins]
    levels: Floats = below - shares[rows, bins] / 2
    return levels


Columns = tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]


def _knots(estimated: Floats, values: Floats, true_age_years: Floats, digits: int) -> Columns:
    """The tenth and ninetieth percentile of `values` among the faces estimated near each knot."""
    ends = ((1 - RANGE_SHARE) / 2, (1 + RANGE_SHARE) / 2)
    balance = _decade_weights(true_age_years)
    percentiles = []
    for knot in _KNOT_YEARS:
        distance = (estimated - knot) / (1.5 + 0.15 * knot)
        nearness = np.exp(-np.square(distance) / 2) + _WEIGHT_OF_FAR_FACES
        percentiles.append(_weighted_quantiles(values, nearness * balance, ends))
    lows, highs = np.round(np.transpose(percentiles), digits).tolist()
    return tuple(_KNOT_YEARS.tolist()), tuple(lows), tuple(highs)


def _decade_weights(true_age_years: Floats) -> Floats:
    """In inverse proportion to how many faces are of the same decade; 80 and over are one."""
    decades = np.minimum(true_age_years // 10, _OLDEST_DECADE).astype(int)
    weights: Floats = 1.0 / np.bincount(decades)[decades]
    return weights


def _weighted_quantiles(values: Floats, weights: Floats, shares: tuple[float, float]) -> Floats:
    order = np.argsort(values, kind="stable")
    cumulated = np.cumsum(weights[order])
    middles = (cumulated - weights[order] / 2) / cumulated[-1]
    return np.interp(shares, middles, values[order])
