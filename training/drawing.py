"""Which chips an epoch shows, and how much each counts."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from training.utkface import MAX_AGE_YEARS, Chip

_KERNEL_YEARS = 2.0
_MAX_RATIO = 10.0


def rarity(chips: Sequence[Chip], power: float) -> NDArray[np.float64]:
    """How much more than the average each chip's age should count, (N,), mean 1.

    In inverse proportion to how frequent the age is, within two years, to the `power`; 0 gives
    all ones. A single old face counts ten times the average at most.
    """
    ages = np.array([chip.age_years for chip in chips])
    counts = np.bincount(ages, minlength=MAX_AGE_YEARS + 1).astype(np.float64)
    steps = np.arange(len(counts))[:, None] - np.arange(len(counts))
    smooth = np.exp(-0.5 * (steps / _KERNEL_YEARS) ** 2) @ counts
    weights = smooth[ages] ** -power
    weights = np.minimum(weights / weights.mean(), _MAX_RATIO)
    return np.asarray(weights / weights.mean(), np.float64)


def draw_epoch(
    indices: NDArray[np.int64], weights: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.int64]:
    """As many draws from `indices` as there are, in random order, as often as `weights` say.

    Systematic sampling: each index comes its expected number of times, rounded up or down, and
    with equal weights exactly once.

    Args:
        weights: of the indices, mean 1.
    """
    edges = np.concatenate([[0.0], np.cumsum(weights)])
    steps = np.floor(edges * (len(indices) / edges[-1]) + rng.random()).astype(np.int64)
    return rng.permutation(np.repeat(indices, np.diff(steps)))
