"""Turns a model's age output into ages with their ranges."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.estimation.model_card import AgeOutput, AgeOutputKind, AgeQuantiles, AgeRange

MAX_ESTIMATE_YEARS = 1000.0
"""A model that answers more is broken, and nothing that reads its answer expects it."""


@dataclass(frozen=True, slots=True)
class AgeReading:
    """One face's age and its calibrated 80 % range, in years, 0 or more.

    Attributes:
        low_years: None without a calibration, as `high_years`.
    """

    age_years: float
    low_years: float | None = None
    high_years: float | None = None


def read_ages(outputs: NDArray[np.float32], age: AgeOutput) -> tuple[AgeReading, ...]:
    """One reading per row.

    A distribution is read by its expectation (Rothe et al., "DEX", 2015).

    Args:
        outputs: shape (N, 1) in years, or (N, bins) of probabilities.
    """
    ages = expected_ages(outputs, age)
    if age.range is None:
        return tuple(AgeReading(value) for value in ages.tolist())
    if isinstance(age.range, AgeQuantiles):
        lows, highs = _quantile_range(outputs, ages, age.range, age.first_year)
    else:
        lows, highs = _offset_range(ages, age.range)
    lows, highs = np.clip(lows, 0.0, ages), np.maximum(highs, ages)
    return tuple(map(AgeReading, ages.tolist(), lows.tolist(), highs.tolist()))


def expected_ages(outputs: NDArray[np.float32], age: AgeOutput) -> NDArray[np.float64]:
    """Ages in years, (N,), 0 or more; `outputs` as for `read_ages`."""
    values = outputs.astype(np.float64)
    if age.kind is AgeOutputKind.DISTRIBUTION:
        ages = values @ (np.arange(values.shape[1]) + age.first_year)
    else:
        ages = values[:, 0]
    return np.maximum(ages, 0.0)


def quantiles(
    shares: NDArray[np.float32], levels: NDArray[np.float64], first_year: int
) -> NDArray[np.float64]:
    """The age below which a share `levels`, (N,), 0-1, of each distribution lies, (N,).

    A bin is a year wide, with its own year in the middle, and evenly filled.

    Args:
        shares: shape (N, bins).
    """
    below = np.cumsum(shares, axis=1, dtype=np.float64)
    wanted = levels * below[:, -1]
    rows = np.arange(len(shares))
    bins = np.minimum((below < wanted[:, None]).sum(axis=1), shares.shape[1] - 1)
    filled = np.maximum(shares[rows, bins].astype(np.float64), 1e-12)
    inside = (wanted - (below[rows, bins] - filled)) / filled
    years: NDArray[np.float64] = first_year + bins - 0.5 + np.clip(inside, 0.0, 1.0)
    return years


Ends = tuple[NDArray[np.float64], NDArray[np.float64]]


def _quantile_range(
    shares: NDArray[np.float32], ages: NDArray[np.float64], knots: AgeQuantiles, first_year: int
) -> Ends:
    low, high = _between(knots.age_years, ages, knots.low_level, knots.high_level)
    return quantiles(shares, low, first_year), quantiles(shares, high, first_year)


def _offset_range(ages: NDArray[np.float64], knots: AgeRange) -> Ends:
    low, high = _between(knots.age_years, ages, knots.low_offset_years, knots.high_offset_years)
    return ages + low, ages + high


def _between(
    knot_ages: Sequence[float],
    ages: NDArray[np.float64],
    low: Sequence[float],
    high: Sequence[float],
) -> Ends:
    return np.interp(ages, knot_ages, low), np.interp(ages, knot_ages, high)
