import numpy as np
import pytest

from core.estimation.age_reading import AgeReading, quantiles, read_ages
from core.estimation.model_card import AgeOutput, AgeOutputKind, AgeQuantiles, AgeRange


def test_years_are_read_as_they_are_and_offsets_give_the_range() -> None:
    age = AgeOutput(AgeOutputKind.YEARS, range=AgeRange((0.0, 50.0), (-1.0, -6.0), (2.0, 7.0)))
    (reading,) = read_ages(np.array([[25.0]], np.float32), age)
    assert reading == AgeReading(25.0, 21.5, 29.5)


def test_a_distribution_gets_its_range_from_its_own_quantiles() -> None:
    age = AgeOutput(
        AgeOutputKind.DISTRIBUTION, range=AgeQuantiles((0.0, 100.0), (0.1, 0.1), (0.9, 0.9))
    )
    sure = np.zeros((1, 60), np.float32)
    sure[0, 30] = 1.0
    unsure = np.zeros((1, 60), np.float32)
    unsure[0, 21:41] = 0.05
    near, wide = read_ages(np.concatenate([sure, unsure]), age)
    assert (near.age_years, near.low_years, near.high_years) == pytest.approx((30, 29.6, 30.4))
    assert wide.age_years == pytest.approx(30.5)
    assert (wide.low_years, wide.high_years) == pytest.approx((22.5, 38.5), abs=1e-4)


def test_levels_follow_the_estimated_age() -> None:
    age = AgeOutput(
        AgeOutputKind.DISTRIBUTION, range=AgeQuantiles((10.0, 20.0), (0.1, 0.3), (0.9, 0.7))
    )
    flat = np.full((1, 31), 1 / 31, np.float32)
    (reading,) = read_ages(flat, age)
    assert reading.low_years == pytest.approx(31 * 0.2 - 0.5, abs=1e-4)
    assert reading.high_years == pytest.approx(31 * 0.8 - 0.5, abs=1e-4)


def test_the_estimate_itself_is_never_outside_its_range() -> None:
    age = AgeOutput(
        AgeOutputKind.DISTRIBUTION, range=AgeQuantiles((0.0, 100.0), (0.4, 0.4), (0.6, 0.6))
    )
    skewed = np.zeros((1, 101), np.float32)
    skewed[0, [10, 90]] = 0.75, 0.25
    (reading,) = read_ages(skewed, age)
    assert reading.age_years == pytest.approx(30)
    assert reading.high_years == pytest.approx(30)


def test_a_quantile_counts_from_the_first_year() -> None:
    shares = np.full((1, 10), 0.1, np.float32)
    assert quantiles(shares, np.array([0.5]), first_year=20) == pytest.approx(24.5)
    assert quantiles(shares, np.array([1.0]), first_year=20) == pytest.approx(29.5)


def test_no_outputs_are_no_readings() -> None:
    assert read_ages(np.zeros((0, 1), np.float32), AgeOutput(AgeOutputKind.YEARS)) == ()
