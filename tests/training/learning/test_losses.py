import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from training.learning.losses import (
    AgeError,
    LabelDistribution,
    LabelDistributionLoss,
    YearsLoss,
    label_shares,
)

YEARS = np.arange(101, dtype=np.float32)


def shares_of(age_years: float, label: LabelDistribution) -> NDArray[np.float32]:
    shares = label_shares(np.array([[age_years]], np.float32), YEARS, label)
    return np.asarray(keras.ops.convert_to_numpy(shares)[0], np.float32)


@pytest.mark.parametrize(("age_years", "spread"), [(10, 1.6), (20, 2.4), (60, 3.0)])
def test_a_label_is_a_gaussian_whose_spread_grows_with_age(age_years: int, spread: float) -> None:
    shares = shares_of(age_years, LabelDistribution())
    assert shares.sum() == pytest.approx(1, abs=1e-5)
    mean = float(shares @ YEARS)
    assert mean == pytest.approx(age_years, abs=0.02)
    assert np.sqrt(shares @ (YEARS - mean) ** 2) == pytest.approx(spread, rel=0.02)


def test_an_age_beyond_the_last_bin_ends_there() -> None:
    assert shares_of(116, LabelDistribution()) == pytest.approx(shares_of(100, LabelDistribution()))


def test_the_loss_is_zero_for_the_label_itself_and_grows_with_distance() -> None:
    loss = LabelDistributionLoss(LabelDistribution(), first_year=0)
    said = np.stack([shares_of(age, LabelDistribution()) for age in (30, 33, 50)])
    ages = np.full((3, 2), 30, np.float32)
    near, off, far = keras.ops.convert_to_numpy(loss.call(ages, said))
    assert near == pytest.approx(0, abs=1e-4)
    assert 0 < off < far


def test_the_expectation_counts_as_much_as_its_weight_says() -> None:
    said = shares_of(40, LabelDistribution())[None]
    ages = np.array([[30.0, 30.0]], np.float32)
    without = LabelDistributionLoss(LabelDistribution(), 0).call(ages, said)
    with_it = LabelDistributionLoss(LabelDistribution(expectation_weight=0.5), 0).call(ages, said)
    assert float(with_it[0] - without[0]) == pytest.approx(0.5 * 10, abs=0.05)


def test_a_label_within_its_own_year_makes_the_divergence_cross_entropy() -> None:
    said = shares_of(33, LabelDistribution())[None]
    loss = LabelDistributionLoss(LabelDistribution().one_year_wide(), first_year=0)
    for age in (30, 33, 60):
        found = float(loss.call(np.array([[age, age]], np.float32), said)[0])
        assert found == pytest.approx(-np.log(said[0, age] + 1e-7), abs=1e-4)


def test_the_age_error_reads_years_and_distributions_alike() -> None:
    ages = np.array([[30.0, 30.0], [60.0, 60.0]], np.float32)
    years, shares = AgeError(0), AgeError(0)
    years.update_state(ages, np.array([[32.0], [59.0]], np.float32))
    said = np.stack([shares_of(age, LabelDistribution()) for age in (32, 59)])
    shares.update_state(ages, said)
    assert float(years.result()) == pytest.approx(1.5)
    assert float(shares.result()) == pytest.approx(1.5, abs=0.02)


def test_within_its_group_an_age_is_no_error_and_beyond_it_the_nearest_year_counts() -> None:
    twenties = np.array([[20.0, 29.0]] * 3, np.float32)
    said = np.array([[25.0], [32.0], [16.0]], np.float32)
    off = keras.ops.convert_to_numpy(YearsLoss(is_squared=False).call(twenties, said))
    assert off.tolist() == [0, 3, 4]
    squared = keras.ops.convert_to_numpy(YearsLoss(is_squared=True).call(twenties, said))
    assert squared.tolist() == [0, 9, 16]


def test_a_distribution_within_the_group_is_no_loss_wherever_it_lies_there() -> None:
    twenties = np.array([[20.0, 29.0]] * 3, np.float32)
    sure = LabelDistribution().one_year_wide()
    said = np.stack([shares_of(age, sure) for age in (21, 28, 40)])
    loss = LabelDistributionLoss(LabelDistribution(expectation_weight=0.1), first_year=0)
    low, high, outside = keras.ops.convert_to_numpy(loss.call(twenties, said))
    assert low == pytest.approx(0, abs=1e-4)
    assert high == pytest.approx(0, abs=1e-4)
    assert outside > 10
