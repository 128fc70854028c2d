import numpy as np
import pytest
from numpy.typing import NDArray

from core.estimation.age_reading import read_ages
from core.estimation.model_card import AgeOutput, AgeOutputKind, AgeQuantiles
from training.publishing.calibration import calibrate_age_range, true_levels

DISTRIBUTION = AgeOutput(AgeOutputKind.DISTRIBUTION)
YEARS = AgeOutput(AgeOutputKind.YEARS)

Floats = NDArray[np.float64]


def test_the_range_holds_eight_of_ten_ages_where_errors_grow_with_age() -> None:
    rng = np.random.default_rng(0)
    estimated = rng.uniform(2, 80, 8000)
    truth = np.maximum(estimated + rng.normal(0, 1 + estimated / 10), 0)
    held = holds(estimated[:, None].astype(np.float32), YEARS, truth)
    assert held.mean() == pytest.approx(0.8, abs=0.02)
    assert held[estimated < 20].mean() == pytest.approx(0.8, abs=0.07)
    assert held[estimated > 60].mean() == pytest.approx(0.8, abs=0.07)


@pytest.mark.parametrize("claimed_spread", [0.5, 2.0], ids=["too bold", "too timid"])
def test_a_distribution_that_misjudges_itself_still_gets_a_range_that_holds(
    claimed_spread: float,
) -> None:
    rng = np.random.default_rng(1)
    seen = rng.uniform(5, 85, 6000)
    spread = rng.choice([2.0, 6.0], 6000)
    truth = np.clip(np.rint(seen + rng.normal(0, spread)), 0, 100)
    shares = gaussians(seen, spread * claimed_spread)
    held = holds(shares, DISTRIBUTION, truth)
    assert held.mean() == pytest.approx(0.8, abs=0.03)
    assert held[spread == 2.0].mean() == pytest.approx(0.8, abs=0.06)
    assert held[spread == 6.0].mean() == pytest.approx(0.8, abs=0.06)


def test_a_rare_decade_counts_as_much_as_a_common_one() -> None:
    rng = np.random.default_rng(2)
    truth = np.rint(np.concatenate([rng.uniform(20, 29, 5700), rng.uniform(12, 19, 300)]))
    seen = np.where(truth < 20, truth + 5, truth) + rng.normal(0, 2, 6000)
    held = holds(gaussians(seen, np.full(6000, 2.5)), DISTRIBUTION, truth)
    assert held[truth < 20].mean() > 0.7


def test_the_level_of_the_middle_bin_is_one_half() -> None:
    shares = np.full((1, 5), 0.2, np.float32)
    assert true_levels(shares, np.array([12.0]), first_year=10) == pytest.approx(0.5)
    assert true_levels(shares, np.array([99.0]), first_year=10) == pytest.approx(0.9)


def test_a_distribution_is_calibrated_by_levels() -> None:
    shares = gaussians(np.linspace(1, 90, 300), np.full(300, 4.0))
    found = calibrate_age_range(shares, DISTRIBUTION, np.linspace(1, 90, 300))
    assert isinstance(found, AgeQuantiles)
    assert all(low <= high for low, high in zip(found.low_level, found.high_level, strict=True))


def gaussians(middles: Floats, spreads: Floats) -> NDArray[np.float32]:
    """Distributions over the years 0-100, (N, 101)."""
    shares = np.exp(-0.5 * ((np.arange(101) - middles[:, None]) / spreads[:, None]) ** 2)
    normed: NDArray[np.float32] = (shares / shares.sum(axis=1, keepdims=True)).astype(np.float32)
    return normed


def holds(outputs: NDArray[np.float32], age: AgeOutput, truth: Floats) -> NDArray[np.bool_]:
    """Whether each true age lies in the range that is calibrated on these very faces."""
    calibrated = AgeOutput(age.kind, range=calibrate_age_range(outputs, age, truth))
    held = []
    for reading, true in zip(read_ages(outputs, calibrated), truth, strict=True):
        assert reading.low_years is not None and reading.high_years is not None
        held.append(reading.low_years <= true <= reading.high_years)
    return np.array(held)
