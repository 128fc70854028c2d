"""Turns the errors on validation chips into an age range that holds what it promises."""

import numpy as np
from numpy.typing import NDArray

from core.estimation.model_card import AgeRange
from training.answers import Answers

RANGE_SHARE = 0.8
_KNOT_COUNT = 9
_WINDOW_SHARE = 0.2


def calibrate_age_range(answers: Answers) -> AgeRange:
    """Measure where 80 % of the true ages lie around an estimate, by estimated age.

    At each knot, the tenth and ninetieth percentile of (true - estimated) over the fifth of the
    faces whose estimates are nearest; the range is never turned inside out.

    Args:
        answers: with ages, on chips that the model did not learn from.
    """
    order = np.argsort(answers.age_years, kind="stable")
    estimated = answers.age_years[order]
    errors = (answers.true_age_years - answers.age_years)[order]
    window = max(2, round(_WINDOW_SHARE * len(order)))
    starts = np.unique(np.linspace(0, len(order) - window, _KNOT_COUNT).astype(int))
    knots = [_knot(estimated[s : s + window], errors[s : s + window]) for s in starts]
    ages, lows, highs = zip(*_distinct(knots), strict=True)
    return AgeRange(ages, lows, highs)


def _knot(
    estimated: NDArray[np.float64], errors: NDArray[np.float64]
) -> tuple[float, float, float]:
    low, high = np.quantile(errors, [(1 - RANGE_SHARE) / 2, (1 + RANGE_SHARE) / 2])
    return (
        round(float(estimated.mean()), 2),
        round(min(float(low), 0.0), 2),
        round(max(float(high), 0.0), 2),
    )


def _distinct(knots: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Without knots at an age that an earlier one has."""
    return [knot for index, knot in enumerate(knots) if index == 0 or knot[0] > knots[index - 1][0]]
