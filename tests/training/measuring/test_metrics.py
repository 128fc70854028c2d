from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.types import Estimate
from training.data.chip import Chip
from training.measuring.answers import Answers, make_answers
from training.measuring.calibration_error import expected_calibration_error
from training.measuring.metrics import area_under_roc, measure, summarise


def make_chip(age_years: int, is_female: bool, race: int | None = 0) -> Chip:
    return Chip(Path("chip.jpg"), age_years, is_female, race)


def four_faces() -> Answers:
    chips = [make_chip(1, True), make_chip(20, True), make_chip(40, False), make_chip(80, False, 3)]
    estimates = [
        Estimate(2.0, 0.0, 4.0, 0.4),
        Estimate(26.0, 21.0, 31.0, 0.9),
        Estimate(40.0, 30.0, 50.0, 0.6),
        Estimate(68.0, 60.0, 82.0, 0.1),
    ]
    return make_answers(chips, estimates)


def test_the_figures_of_four_faces_are_those_worked_out_by_hand() -> None:
    figures = summarise(four_faces())
    assert figures["n"] == 4
    assert figures["age_mae"] == pytest.approx((1 + 6 + 0 + 12) / 4)
    assert figures["age_bias"] == pytest.approx((1 + 6 + 0 - 12) / 4)
    assert figures["age_mse"] == pytest.approx((1 + 36 + 0 + 144) / 4)
    assert figures["age_rmse"] == pytest.approx(np.sqrt(181 / 4))
    assert figures["age_within_5"] == 0.5
    assert figures["age_within_10"] == 0.75
    assert figures["age_range_coverage"] == 0.75
    assert figures["gender_accuracy"] == 0.5
    assert figures["gender_precision"] == 0.5
    assert figures["gender_recall"] == 0.5
    assert figures["gender_f1"] == 0.5
    assert figures["gender_auc"] == 0.75
    assert figures["age_range_width"] == pytest.approx((4 + 10 + 20 + 22) / 4)
    # Two said 0.6 and wrong, two said 0.9 and right.
    assert figures["gender_ece"] == pytest.approx((2 * 0.6 + 2 * 0.1) / 4)
    assert figures["gender_accuracy_13plus"] == pytest.approx(2 / 3)


def test_groups_are_measured_apart_and_intervals_hold_the_figure() -> None:
    figures = measure(four_faces())
    assert figures["by_age_band"]["80+"]["age_mae"] == 12
    assert set(figures["by_age_band"]) == {"0-2", "20-29", "40-49", "80+"}
    assert figures["by_gender"]["female"]["n"] == 2
    assert set(figures["by_race"]) == {"0", "3"}
    older = figures["by_group_from_40"]
    assert set(older) == {"male, race 0", "male, race 3"}
    assert older["male, race 3"]["age_bias"] == -12
    low, high = figures["intervals"]["age_mae"]
    assert 0 <= low < figures["age_mae"] < high <= 12


def test_without_a_positive_face_there_is_no_recall_nor_what_is_made_of_it() -> None:
    figures = measure(four_faces())
    men = figures["by_age_band"]["80+"]
    assert men["gender_accuracy"] == 1
    assert not {"gender_precision", "gender_recall", "gender_f1"} & set(men)
    assert figures["by_age_band"]["20-29"]["gender_f1"] == 1


def test_a_model_without_an_output_leaves_its_keys_out() -> None:
    chips = [make_chip(30, True), make_chip(50, False)]
    gender_only = measure(make_answers(chips, [Estimate(female_probability=0.8)] * 2))
    assert not [key for key in gender_only if key.startswith("age")]
    age_only = measure(make_answers(chips, [Estimate(age_years=40.0)] * 2))
    assert not [key for key in age_only if key.startswith("gender") or "range" in key]
    assert set(age_only["intervals"]) == {"age_mae", "age_within_10"}


def test_the_area_under_the_curve_counts_ties_half() -> None:
    positive = np.array([True, True, False, False])
    assert area_under_roc(np.array([0.9, 0.8, 0.2, 0.1]), positive) == 1.0
    assert area_under_roc(np.array([0.1, 0.2, 0.8, 0.9]), positive) == 0.0
    assert area_under_roc(np.array([0.5, 0.5, 0.5, 0.5]), positive) == 0.5


def test_coverage_is_given_for_each_decade_that_holds_faces() -> None:
    shares = measure(four_faces())["age_range_coverage_by_decade"]
    assert shares == {"0-9": 1.0, "20-29": 0.0, "40-49": 1.0, "80+": 1.0}


def test_a_probability_that_keeps_its_promise_has_no_calibration_error() -> None:
    rng = np.random.default_rng(0)
    said = rng.uniform(0, 1, 40_000)
    is_female = rng.uniform(0, 1, 40_000) < said
    assert expected_calibration_error(said, is_female) < 0.012
    bolder = np.clip((said - 0.5) * 1.6 + 0.5, 0.001, 0.999)
    assert expected_calibration_error(bolder, is_female) > 0.08


def test_what_is_not_labelled_is_not_measured() -> None:
    chips = [
        make_chip(30, True),
        replace(make_chip(30, True), is_female=None),
        replace(make_chip(30, False), age_years=None),
        replace(make_chip(30, False), age_years=None, group_years=(20, 29)),
    ]
    estimates = [
        Estimate(age_years=age, female_probability=0.9) for age in (34.0, 32.0, 99.0, 31.0)
    ]
    figures = measure(make_answers(chips, estimates))
    assert figures["n"] == 4
    assert figures["age_mae"] == pytest.approx(3)
    assert (figures["age_group_n"], figures["age_outside_group"]) == (1, pytest.approx(2))
    assert figures["gender_accuracy"] == pytest.approx(1 / 3)
    assert figures["by_gender"]["male"]["n"] == 2
    assert set(figures["intervals"]) == {"age_mae", "age_within_10", "gender_accuracy"}


def test_without_any_known_age_there_is_no_figure_of_ages() -> None:
    chips = [replace(make_chip(30, is_female), age_years=None) for is_female in (True, False)]
    estimates = [Estimate(age_years=30.0, female_probability=0.9)] * 2
    figures = measure(make_answers(chips, estimates))
    assert not [name for name in figures if name.startswith("age")]
    assert figures["by_age_band"] == {}
