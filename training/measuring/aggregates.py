"""What the figures of a page are drawn from: counts and curves, small enough for a card."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.measuring.answers import Answers
from training.measuring.calibration_error import reliability

MAX_ERROR_YEARS = 40
"""Larger errors count as this one."""

BIN_YEARS = 2
BIN_COUNT = 60
"""Whole years are counted in bins of two, the last of which holds all that are older."""

_ROC_POINTS = 101


def aggregate(answers: Answers) -> dict[str, Any]:
    """The counts and curves of what a model said; those of an output that it lacks are absent.

    Keys:
        genders: faces by labelled (row) and said gender, male first, 2 x 2.
        roc: rates of false and true positives over all thresholds, female positive.
        reliability: confidence, accuracy and faces of each bin.
        age_errors: faces by years off, rounded, from -40 to 40.
        ages: faces by labelled (row) and estimated age, in bins of two years.
        age_ranges: mean low and high end by bin of the estimated age, beside the bin's middle.
    """
    found: dict[str, Any] = {}
    if answers.has_gender and answers.gendered.count:
        found |= _gender_aggregates(answers.gendered)
    if answers.has_age and answers.aged.count:
        found |= _age_aggregates(answers.aged)
    if answers.has_age_range:
        found["age_ranges"] = _age_ranges(answers)
    return found


def _gender_aggregates(answers: Answers) -> dict[str, Any]:
    said = answers.female_probability >= 0.5
    genders = [
        [int(((answers.is_female == truth) & (said == say)).sum()) for say in (False, True)]
        for truth in (False, True)
    ]
    rows = reliability(answers.female_probability, answers.is_female)
    found: dict[str, Any] = {
        "genders": genders,
        "reliability": [[round(said, 4), round(right, 4), n] for said, right, n in rows],
    }
    if answers.is_female.any() and not answers.is_female.all():
        found["roc"] = _roc(answers)
    return found


def _roc(answers: Answers) -> dict[str, list[float]]:
    """The curve at points that are spread evenly along it."""
    order = np.argsort(-answers.female_probability, kind="stable")
    positive = answers.is_female[order]
    last_of_ties = np.flatnonzero(np.diff(answers.female_probability[order], append=-1.0))
    hits = np.append(0.0, (np.cumsum(positive) / positive.sum())[last_of_ties])
    misses = np.append(0.0, (np.cumsum(~positive) / (~positive).sum())[last_of_ties])
    steps = np.linspace(0, 2, _ROC_POINTS)
    places = np.unique(np.searchsorted(hits + misses, steps).clip(max=len(hits) - 1))
    return {
        "false_positive_rate": np.round(misses[places], 4).tolist(),
        "true_positive_rate": np.round(hits[places], 4).tolist(),
    }


def _age_aggregates(answers: Answers) -> dict[str, Any]:
    errors = np.rint(answers.age_years - answers.true_age_years)
    errors = np.clip(errors, -MAX_ERROR_YEARS, MAX_ERROR_YEARS).astype(np.int64)
    ages = np.zeros((BIN_COUNT, BIN_COUNT), np.int64)
    np.add.at(ages, (_bins(answers.true_age_years), _bins(answers.age_years)), 1)
    counts = np.bincount(errors + MAX_ERROR_YEARS, minlength=2 * MAX_ERROR_YEARS + 1)
    return {"age_errors": counts.tolist(), "ages": ages.tolist()}


def _age_ranges(answers: Answers) -> dict[str, list[float]]:
    bins = _bins(answers.age_years)
    filled = np.unique(bins)

    def means(values: NDArray[np.float64]) -> list[float]:
        return [round(float(values[bins == number].mean()), 1) for number in filled]

    return {
        "age_years": means(answers.age_years),
        "low_years": means(answers.age_low_years),
        "high_years": means(answers.age_high_years),
    }


def _bins(age_years: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.asarray(np.clip(np.rint(age_years) // BIN_YEARS, 0, BIN_COUNT - 1), np.int64)
