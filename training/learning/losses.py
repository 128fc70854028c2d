"""What training makes small, whatever the network's output.

An age is a target of two years, (N, 2): the first and the last between which it lies. They are
one where it is known exactly.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

import keras
from keras import ops

_SMALLEST_SHARE = 1e-7
_SPREAD_WITHIN_A_BIN = 0.1


class AgeLoss(StrEnum):
    """How far an age is off."""

    SQUARED_ERROR = "squared_error"
    ABSOLUTE_ERROR = "absolute_error"
    CROSS_ENTROPY = "cross_entropy"
    LABEL_DISTRIBUTION = "label_distribution"

    @property
    def wants_distribution(self) -> bool:
        """Whether it compares distributions over ages, not years."""
        return self in (AgeLoss.CROSS_ENTROPY, AgeLoss.LABEL_DISTRIBUTION)


@dataclass(frozen=True, slots=True)
class LabelDistribution:
    """A label as a Gaussian over one-year bins (Gao et al., "Deep Label Distribution Learning").

    Its standard deviation grows with age: neighbours in age look alike the more, the older.

    Attributes:
        spread_at_birth_years: standard deviation for age 0.
        spread_growth: years of standard deviation per year of age.
        max_spread_years: no more than this.
        expectation_weight: weight of the absolute error of the expectation, in years, beside
            the divergence (DLDL-v2: Gao et al., 2018); 0 leaves it out.
    """

    spread_at_birth_years: float = 0.8
    spread_growth: float = 0.08
    max_spread_years: float = 3.0
    expectation_weight: float = 0.0

    def one_year_wide(self) -> "LabelDistribution":
        """The same with all of a label in its own year: the divergence is then cross-entropy."""
        return replace(self, spread_at_birth_years=_SPREAD_WITHIN_A_BIN, spread_growth=0.0)


class YearsLoss(keras.losses.Loss):  # type: ignore[misc]
    """How far years are off, or the square of it."""

    def __init__(self, is_squared: bool) -> None:
        super().__init__(name="years")
        self._is_squared = is_squared

    def call(self, y_true: keras.KerasTensor, y_pred: keras.KerasTensor) -> keras.KerasTensor:
        """Of targets (N, 2) and years (N, 1), one loss a face, (N,)."""
        error = years_off(y_true, y_pred)[:, 0]
        return ops.square(error) if self._is_squared else error


class LabelDistributionLoss(keras.losses.Loss):  # type: ignore[misc]
    """Kullback-Leibler divergence of the prediction from the label's distribution.

    Of a group of ages, it is the divergence from the nearest distribution that lies within it:
    the logarithm of the prediction's share there.
    """

    def __init__(self, label: LabelDistribution, first_year: int) -> None:
        super().__init__(name="label_distribution")
        self._label = label
        self._first_year = first_year

    def call(self, y_true: keras.KerasTensor, y_pred: keras.KerasTensor) -> keras.KerasTensor:
        """Of targets (N, 2) and shares (N, bins), one loss a face, (N,)."""
        years = bin_years(y_pred, self._first_year)
        first, last = ops.split(ops.cast(y_true, y_pred.dtype), 2, axis=-1)
        target = label_shares(first, years, self._label)
        ratio = ops.log(target + _SMALLEST_SHARE) - ops.log(y_pred + _SMALLEST_SHARE)
        of_age = ops.sum(target * ratio, axis=-1)
        in_group = ops.cast((years >= first) & (years <= last), y_pred.dtype)
        of_group = -ops.log(ops.sum(in_group * y_pred, axis=-1) + _SMALLEST_SHARE)
        loss = ops.where(first[:, 0] == last[:, 0], of_age, of_group)
        if self._label.expectation_weight:
            error = years_off(y_true, expected_age(y_pred, self._first_year))
            loss = loss + self._label.expectation_weight * error[:, 0]
        return loss


def years_off(y_true: keras.KerasTensor, age_years: keras.KerasTensor) -> keras.KerasTensor:
    """How far ages (N, 1) are from the nearest year of their targets (N, 2), shape (N, 1)."""
    first, last = ops.split(ops.cast(y_true, age_years.dtype), 2, axis=-1)
    return ops.maximum(ops.maximum(first - age_years, age_years - last), 0)


def bin_years(shares: keras.KerasTensor, first_year: int) -> keras.KerasTensor:
    """The year of each bin of shares (N, bins), shape (bins,)."""
    return ops.arange(shares.shape[-1], dtype=shares.dtype) + first_year


def label_shares(
    age_years: keras.KerasTensor, years: keras.KerasTensor, label: LabelDistribution
) -> keras.KerasTensor:
    """The distribution, (N, bins), that stands for ages (N, 1); the last bin is open."""
    age = ops.clip(age_years, years[0], years[-1])
    spread = ops.minimum(
        label.spread_at_birth_years + label.spread_growth * age, label.max_spread_years
    )
    return ops.softmax(-ops.square((years - age) / spread) / 2, axis=-1)


def expected_age(shares: keras.KerasTensor, first_year: int) -> keras.KerasTensor:
    """The expectation of shares (N, bins), in years, (N, 1)."""
    return ops.sum(shares * bin_years(shares, first_year), axis=-1, keepdims=True)


class AgeError(keras.metrics.MeanMetricWrapper):  # type: ignore[misc]
    """Mean absolute error in years of an age that is read as the app reads it."""

    def __init__(self, first_year: int) -> None:
        def error(y_true: keras.KerasTensor, y_pred: keras.KerasTensor) -> keras.KerasTensor:
            age = y_pred if y_pred.shape[-1] == 1 else expected_age(y_pred, first_year)
            return years_off(y_true, age)

        super().__init__(error, name="mae")
