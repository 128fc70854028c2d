from pathlib import Path

import numpy as np
import pytest

from core.types import Estimate
from training.data.chip import Chip
from training.measuring.aggregates import MAX_ERROR_YEARS, aggregate
from training.measuring.answers import Answers, make_answers
from training.measuring.metrics import area_under_roc, summarise


def make_said(count: int = 400) -> Answers:
    rng = np.random.default_rng(0)
    chips = [
        Chip(Path("c.jpg"), int(age), bool(index % 3), 0)
        for index, age in enumerate(rng.integers(1, 110, count))
    ]
    ages = [max(0.0, (chip.age_years or 0) + rng.normal(0, 12)) for chip in chips]
    genders = [
        float(np.clip(bool(chip.is_female) + rng.normal(0, 0.6), 0.01, 0.99)) for chip in chips
    ]
    return make_answers(
        chips, [Estimate(a, a - 5, a + 5, g) for a, g in zip(ages, genders, strict=True)]
    )


def test_every_face_is_counted_once_and_the_figures_follow_from_the_counts() -> None:
    said = make_said()
    counts, figures = aggregate(said), summarise(said)
    (true_male, _), (_, true_female) = counts["genders"]
    assert (true_male + true_female) / 400 == figures["gender_accuracy"]
    assert np.sum(counts["genders"]) == np.sum(counts["ages"]) == sum(counts["age_errors"]) == 400
    assert sum(row[2] for row in counts["reliability"]) == 400
    years = np.arange(-MAX_ERROR_YEARS, MAX_ERROR_YEARS + 1)
    mean = float(np.average(years, weights=counts["age_errors"]))
    assert mean == pytest.approx(figures["age_bias"], abs=0.2)
    assert counts["age_ranges"]["high_years"][3] - counts["age_ranges"]["low_years"][3] == 10


def test_a_kept_curve_has_the_area_of_all_thresholds() -> None:
    said = make_said()
    roc = aggregate(said)["roc"]
    assert len(roc["false_positive_rate"]) <= 101
    area = np.trapezoid(roc["true_positive_rate"], roc["false_positive_rate"])
    exact = area_under_roc(said.female_probability, said.is_female)
    assert area == pytest.approx(exact, abs=0.003)
    ends = [(rates[0], rates[-1]) for rates in roc.values()]
    assert ends == [(0.0, 1.0), (0.0, 1.0)]


def test_an_output_that_a_model_lacks_leaves_no_counts() -> None:
    chips = [Chip(Path("c.jpg"), 30, True, 0), Chip(Path("c.jpg"), 50, False, 0)]
    of_gender = aggregate(make_answers(chips, [Estimate(female_probability=0.8)] * 2))
    assert set(of_gender) == {"genders", "reliability", "roc"}
    of_age = aggregate(make_answers(chips, [Estimate(age_years=40.0)] * 2))
    assert set(of_age) == {"age_errors", "ages"}
