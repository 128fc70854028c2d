import numpy as np
import pytest

from core.faces.smoother import (
    MEMORY_S,
    EstimateSmoother,
    decide_gender,
    robust_mean,
    weighted_median,
)
from core.settings import Settings
from core.types import Estimate, Gender

SETTINGS = Settings(female_threshold=0.6, male_threshold=0.4)


def smoother_of(*ages: float, weight: float = 1.0) -> EstimateSmoother:
    smoother = EstimateSmoother(SETTINGS)
    for index, age in enumerate(ages):
        smoother.add(Estimate(age, age - 5, age + 7), weight, 0.1 * index)
    return smoother


def smoothed_age(smoother: EstimateSmoother) -> float:
    assert smoother.smoothed is not None
    assert smoother.smoothed.age_years is not None
    return smoother.smoothed.age_years


def genders_of(*probabilities: float) -> list[Gender | None]:
    """What is shown after each, when each alone counts."""
    smoother = EstimateSmoother(SETTINGS)
    shown = []
    for index, probability in enumerate(probabilities):
        smoother.add(Estimate(female_probability=probability), 1.0, index * 2 * MEMORY_S)
        shown.append(smoother.gender)
    return shown


def test_a_new_track_has_no_estimate() -> None:
    smoother = EstimateSmoother(SETTINGS)
    assert smoother.smoothed is None
    assert smoother.gender is None


def test_the_first_estimate_is_shown_as_it_is() -> None:
    smoother = smoother_of(34)
    assert smoother.smoothed == Estimate(34, 29, 41, None)


def test_flicker_is_averaged() -> None:
    rng = np.random.default_rng(0)
    ages = rng.normal(40, 4, 30)
    smoother = EstimateSmoother(SETTINGS)
    shown = []
    for index, age in enumerate(ages):
        smoother.add(Estimate(float(age)), 1.0, 0.1 * index)
        shown.append(smoothed_age(smoother))
    assert abs(shown[-1] - 40) < 1.5
    assert np.abs(np.diff(shown[10:])).max() < 1.0


def test_an_outlier_is_clipped() -> None:
    assert smoothed_age(smoother_of(30, 31, 30, 29, 30, 31, 30, 90)) == pytest.approx(30, abs=1)


def test_the_range_is_smoothed_like_the_age() -> None:
    smoother = smoother_of(30, 31, 30, 29, 30, 90)
    assert smoother.smoothed is not None
    age, low, high = (
        smoothed_age(smoother),
        *(
            smoother.smoothed.age_low_years,
            smoother.smoothed.age_high_years,
        ),
    )
    assert low == pytest.approx(age - 5)
    assert high == pytest.approx(age + 7)


def test_an_age_never_leaves_its_own_range() -> None:
    """Ends of ranges agree with each other while ages do not: each loses other outliers."""
    smoother = EstimateSmoother(SETTINGS)
    mirrored = EstimateSmoother(SETTINGS)
    for index, (age, low) in enumerate([(43, 41), (41, 41), (34, 32)]):
        smoother.add(Estimate(age, low, 60), 1.0, 0.1 * index)
        mirrored.add(Estimate(80 - age, 20, 80 - low), 1.0, 0.1 * index)
    assert smoother.smoothed is not None
    assert smoother.smoothed.age_low_years == smoothed_age(smoother)
    assert mirrored.smoothed is not None
    assert mirrored.smoothed.age_high_years == smoothed_age(mirrored)


def test_ages_that_vary_much_have_a_wider_reach() -> None:
    """Two standard deviations, which are 1.4826 median absolute ones; two years at least."""
    ages = np.array([20.0, 30, 40, 50, 60, 100])  # half of them within 10 years of 40
    clipped = [20, 30, 40, 50, 60, 40 + 2 * 1.4826 * 10]
    assert robust_mean(ages, np.ones(6)) == pytest.approx(np.mean(clipped))
    steady = np.array([40.0, 40, 40, 40, 40, 100])
    assert robust_mean(steady, np.ones(6)) == pytest.approx(np.mean([40] * 5 + [42]))


def test_a_sharp_large_face_counts_more_than_blurred_small_ones() -> None:
    smoother = EstimateSmoother(SETTINGS)
    for index in range(5):
        smoother.add(Estimate(50.0), 0.05, 0.1 * index)
    smoother.add(Estimate(30.0), 1.0, 0.6)
    assert smoothed_age(smoother) == pytest.approx(30, abs=1)


def test_old_estimates_are_forgotten() -> None:
    smoother = smoother_of(70, 70, 70, 70)
    smoother.add(Estimate(25.0), 1.0, 1.0 + MEMORY_S)
    assert smoothed_age(smoother) == 25


@pytest.mark.parametrize(("later_s", "shown"), [(3.9, 26), (4.1, 25)])
def test_an_estimate_counts_for_four_seconds(later_s: float, shown: float) -> None:
    smoother = smoother_of(27)
    smoother.add(Estimate(25.0), 1.0, later_s)
    assert smoothed_age(smoother) == shown


def test_what_a_model_does_not_say_stays_unknown() -> None:
    smoother = EstimateSmoother(SETTINGS)
    smoother.add(Estimate(female_probability=0.9), 1.0, 0.0)
    assert smoother.smoothed == Estimate(female_probability=0.9)
    assert smoother_of(30).gender is None


def test_probabilities_are_averaged() -> None:
    smoother = EstimateSmoother(SETTINGS)
    for index, probability in enumerate([0.9, 0.8, 0.1, 0.8, 0.9]):
        smoother.add(Estimate(female_probability=probability), 1.0, 0.1 * index)
    assert smoother.gender is Gender.FEMALE
    assert smoother.smoothed is not None
    assert smoother.smoothed.female_probability == pytest.approx(0.7)


@pytest.mark.parametrize(
    ("probability", "gender"),
    [
        (1.0, Gender.FEMALE),
        (0.6, Gender.FEMALE),
        (0.59, Gender.UNSURE),
        (0.41, Gender.UNSURE),
        (0.4, Gender.MALE),
        (0.0, Gender.MALE),
    ],
)
def test_gender_is_unsure_between_the_thresholds(probability: float, gender: Gender) -> None:
    assert decide_gender(probability, SETTINGS) is gender


def test_a_shown_gender_does_not_flicker_around_its_threshold() -> None:
    assert genders_of(0.65, 0.58, 0.61, 0.55) == [Gender.FEMALE] * 4
    assert genders_of(0.35, 0.42, 0.39, 0.45) == [Gender.MALE] * 4


def test_a_shown_gender_is_taken_back_when_it_is_clearly_wrong() -> None:
    assert genders_of(0.7, 0.5, 0.55, 0.3) == [
        Gender.FEMALE,
        Gender.UNSURE,
        Gender.UNSURE,
        Gender.MALE,
    ]


def test_the_weighted_median_ignores_light_values() -> None:
    assert weighted_median(np.array([90.0, 30, 31]), np.array([0.1, 1, 1])) == 31
    assert weighted_median(np.array([7.0]), np.array([0.2])) == 7
