"""Which chips an epoch shows, and how much each counts."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from training.data.chip import MAX_AGE_YEARS, Chip

_KERNEL_YEARS = 2.0
_MAX_RATIO = 10.0
_PRIOR_COUNT = 50
"""A group of few is taken to be of the same ages as all."""


def rarity(
    chips: Sequence[Chip], power: float, group_power: float = 0.0, collection_power: float = 0.0
) -> NDArray[np.float64]:
    """How much more than the average each chip's age should count, (N,), mean 1.

    In inverse proportion to how frequent the age is, within two years, to the `power`; 0 gives
    all ones. A single old face counts ten times the average at most.

    Args:
        group_power: the same for how much more frequent the age is among chips of the same gender
            and race field than among all. Where nearly all of a group are young, a network learns
            that whoever belongs to it is.
        collection_power: 0 leaves collections as large as they are, 1 makes them count alike.
    """
    weights = np.ones(len(chips))
    is_aged = np.array([chip.middle_year is not None for chip in chips], np.bool_)
    if is_aged.any():
        aged = [chip for chip in chips if chip.middle_year is not None]
        weights[is_aged] = _age_rarity(aged, power, group_power)
    collections = np.array([chip.collection for chip in chips])
    for collection in np.unique(collections):
        is_in = collections == collection
        weights[is_in] *= is_in.mean() ** -collection_power
    return np.asarray(weights / weights.mean(), np.float64)


def _age_rarity(chips: Sequence[Chip], power: float, group_power: float) -> NDArray[np.float64]:
    """The same by age and group alone, of chips whose ages are known at least roughly."""
    ages = np.array([chip.middle_year for chip in chips])
    among_all = _frequency(ages)
    weights = among_all[ages] ** -power
    groups = np.array([f"{chip.is_female} {chip.race}" for chip in chips])
    for group in np.unique(groups):
        is_in = groups == group
        weights[is_in] *= _lift(ages[is_in], among_all) ** -group_power
    weights = np.minimum(weights / weights.mean(), _MAX_RATIO)
    return np.asarray(weights / weights.mean(), np.float64)


def _frequency(ages: NDArray[np.int64]) -> NDArray[np.float64]:
    """The share of each age, from 0 on, within two years."""
    counts = np.bincount(ages, minlength=MAX_AGE_YEARS + 1).astype(np.float64)
    steps = np.arange(len(counts))[:, None] - np.arange(len(counts))
    smooth = np.exp(-0.5 * (steps / _KERNEL_YEARS) ** 2) @ counts
    return np.asarray(smooth / smooth.sum(), np.float64)


def _lift(ages: NDArray[np.int64], among_all: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much more frequent the age of each member of a group is in it, (N,), about 1."""
    ratio = _frequency(ages)[ages] / among_all[ages]
    return (len(ages) * ratio + _PRIOR_COUNT) / (len(ages) + _PRIOR_COUNT)


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
