"""The figures by which models are judged. Shares lie between 0 and 1; female is positive."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.data.age_bands import AGE_BANDS
from training.measuring.answers import Answers
from training.measuring.calibration_error import expected_calibration_error

GROWN_YEARS = 13
"""From this age on gender is also measured alone: small children show none."""

OLDER_YEARS = 40
"""From this age on gender and race field are also measured together."""

BOOTSTRAP_ROUNDS = 1000
INTERVAL_PERCENT = (2.5, 97.5)
_LAST_DECADE = 8


def measure(answers: Answers) -> dict[str, Any]:
    """Every figure of the whole, by age band, gender and race field, with 95 % intervals.

    Keys of an output that the model does not have are absent.
    """
    return {
        **summarise(answers),
        "by_age_band": {
            name: summarise(answers.chosen(mask))
            for name, first, last in AGE_BANDS
            if (mask := _between(answers.true_age_years, first, last)).any()
        },
        **_coverage_by_decade(answers),
        "by_gender": {
            name: summarise(answers.chosen(mask))
            for name, is_female in (("female", True), ("male", False))
            if (mask := _is_of_gender(answers, is_female)).any()
        },
        "by_race": {
            str(race): summarise(answers.chosen(answers.race == race))
            for race in np.unique(answers.race[answers.race >= 0])
        },
        "by_group_from_40": _by_group(answers.chosen(answers.true_age_years >= OLDER_YEARS)),
        "intervals": bootstrap_intervals(answers),
    }


def _by_group(answers: Answers) -> dict[str, dict[str, float]]:
    """By gender and race field together: few of some groups are old, and are read too young."""
    return {
        f"{name}, race {race}": summarise(answers.chosen(mask))
        for race in np.unique(answers.race[answers.race >= 0])
        for name, is_female in (("female", True), ("male", False))
        if (mask := (answers.race == race) & _is_of_gender(answers, is_female)).any()
    }


def _is_of_gender(answers: Answers, is_female: bool) -> NDArray[np.bool_]:
    is_of_gender: NDArray[np.bool_] = answers.is_gender_known & (answers.is_female == is_female)
    return is_of_gender


def summarise(answers: Answers) -> dict[str, float]:
    """The figures of one set of faces, of which there is at least one.

    Each is of those whose label is known; where that is none of them, it is absent.
    """
    figures: dict[str, float] = {"n": answers.count}
    aged, grouped, gendered = answers.aged, answers.grouped, answers.gendered
    if answers.has_age and aged.count:
        figures |= _age_figures(aged)
    if answers.has_age and grouped.count:
        figures |= {"age_group_n": grouped.count, "age_outside_group": years_outside(grouped)}
    if answers.has_age_range and aged.count:
        figures["age_range_coverage"] = age_range_coverage(aged)
        figures["age_range_width"] = float((aged.age_high_years - aged.age_low_years).mean())
    if answers.has_gender and gendered.count:
        figures |= _gender_figures(gendered)
    return figures


def years_outside(answers: Answers) -> float:
    """The mean distance in years of an age from its group, zero within it."""
    first, last = answers.true_group_years.T
    nearest = np.clip(answers.age_years, first, last)
    return float(np.abs(answers.age_years - nearest).mean())


def _age_figures(answers: Answers) -> dict[str, float]:
    error = answers.age_years - answers.true_age_years
    distance = np.abs(error)
    return {
        "age_mae": float(distance.mean()),
        "age_bias": float(error.mean()),
        "age_mse": float(np.square(error).mean()),
        "age_rmse": float(np.sqrt(np.square(error).mean())),
        "age_within_5": float((distance <= 5).mean()),
        "age_within_10": float((distance <= 10).mean()),
    }


def _coverage_by_decade(answers: Answers) -> dict[str, dict[str, float]]:
    if not (answers.has_age_range and answers.aged.count):
        return {}
    answers = answers.aged
    decades = np.minimum(answers.true_age_years // 10, _LAST_DECADE).astype(int)
    shares = {
        f"{10 * decade}-{10 * decade + 9}" if decade < _LAST_DECADE else f"{10 * decade}+": (
            age_range_coverage(answers.chosen(decades == decade))
        )
        for decade in np.unique(decades).tolist()
    }
    return {"age_range_coverage_by_decade": shares}


def age_range_coverage(answers: Answers) -> float:
    """The share of faces whose true age lies in the range that was given."""
    above = answers.true_age_years >= answers.age_low_years
    below = answers.true_age_years <= answers.age_high_years
    return float((above & below).mean())


def _gender_figures(answers: Answers) -> dict[str, float]:
    said = answers.female_probability >= 0.5
    right = said == answers.is_female
    true_positives = int((said & answers.is_female).sum())
    figures = {"gender_accuracy": float(right.mean())}
    if answers.is_female.any():
        precision = _ratio(true_positives, int(said.sum()))
        recall = true_positives / int(answers.is_female.sum())
        figures |= {
            "gender_precision": precision,
            "gender_recall": recall,
            "gender_f1": _ratio(2 * precision * recall, precision + recall),
        }
    if answers.is_female.any() and not answers.is_female.all():
        figures["gender_auc"] = area_under_roc(answers.female_probability, answers.is_female)
    figures["gender_ece"] = expected_calibration_error(
        answers.female_probability, answers.is_female
    )
    grown = answers.true_age_years >= GROWN_YEARS
    if grown.any():
        figures["gender_accuracy_13plus"] = float(right[grown].mean())
    return figures


def area_under_roc(scores: NDArray[np.float64], is_positive: NDArray[np.bool_]) -> float:
    """The chance that a positive scores higher than a negative, ties counting half.

    Computed from ranks (Mann-Whitney U). Both kinds must be present.
    """
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    last_rank = np.cumsum(counts)
    mean_rank = last_rank - (counts - 1) / 2
    positives = int(is_positive.sum())
    negatives = len(is_positive) - positives
    rank_sum = float(mean_rank[inverse][is_positive].sum())
    return (rank_sum - positives * (positives + 1) / 2) / (positives * negatives)


def bootstrap_intervals(answers: Answers, seed: int = 0) -> dict[str, list[float]]:
    """95 % percentile intervals of the main figures over resampled faces (Efron 1979)."""
    of_faces: dict[str, NDArray[np.float64]] = {}
    aged, gendered = answers.aged, answers.gendered
    if answers.has_age and aged.count:
        of_faces["age_mae"] = np.abs(aged.age_years - aged.true_age_years)
        of_faces["age_within_10"] = (of_faces["age_mae"] <= 10).astype(np.float64)
    if answers.has_gender and gendered.count:
        is_right = (gendered.female_probability >= 0.5) == gendered.is_female
        of_faces["gender_accuracy"] = is_right.astype(np.float64)
    return {name: _interval(values, seed) for name, values in of_faces.items()}


def _interval(values: NDArray[np.float64], seed: int) -> list[float]:
    rng = np.random.default_rng(seed)
    count = len(values)
    means = [values[rng.integers(0, count, count)].mean() for _ in range(BOOTSTRAP_ROUNDS)]
    return [float(end) for end in np.percentile(means, INTERVAL_PERCENT)]


def _between(ages: NDArray[np.float64], first: int, last: int) -> NDArray[np.bool_]:
    return (ages >= first) & (ages <= last)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
