"""What a model said of labelled chips, as arrays beside the truth."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.types import Estimate
from training.data.utkface import Chip

UNKNOWN_RACE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Arrays of shape (N,); NaN stands where a model gives no such answer.

    Attributes:
        race: UTKFace's field 0-4, or -1 where the name lacks it.
    """

    true_age_years: NDArray[np.float64]
    is_female: NDArray[np.bool_]
    race: NDArray[np.int64]
    age_years: NDArray[np.float64]
    age_low_years: NDArray[np.float64]
    age_high_years: NDArray[np.float64]
    female_probability: NDArray[np.float64]

    @property
    def count(self) -> int:
        return len(self.true_age_years)

    @property
    def has_age(self) -> bool:
        return bool(np.isfinite(self.age_years).all())

    @property
    def has_age_range(self) -> bool:
        return bool(np.isfinite(self.age_low_years).all())

    @property
    def has_gender(self) -> bool:
        return bool(np.isfinite(self.female_probability).all())

    @property
    def wrongness(self) -> NDArray[np.float64]:
        """Years off plus ten for a sure wrong gender, (N,): what sorts best from worst."""
        wrong = np.zeros(self.count)
        if self.has_age:
            wrong += np.abs(self.age_years - self.true_age_years)
        if self.has_gender:
            wrong += 10 * np.abs(self.female_probability - self.is_female)
        return wrong

    def chosen(self, index: NDArray[np.bool_] | NDArray[np.int64]) -> "Answers":
        """The answers at `index`: a mask, or positions that may repeat."""
        return Answers(
            self.true_age_years[index],
            self.is_female[index],
            self.race[index],
            self.age_years[index],
            self.age_low_years[index],
            self.age_high_years[index],
            self.female_probability[index],
        )


def make_answers(chips: Sequence[Chip], estimates: Sequence[Estimate]) -> Answers:
    """Put the estimates of `chips`, in their order, beside their labels."""
    assert len(chips) == len(estimates)
    return Answers(
        true_age_years=np.array([chip.age_years for chip in chips], dtype=np.float64),
        is_female=np.array([chip.is_female for chip in chips], dtype=np.bool_),
        race=np.array([UNKNOWN_RACE if chip.race is None else chip.race for chip in chips]),
        age_years=_column([estimate.age_years for estimate in estimates]),
        age_low_years=_column([estimate.age_low_years for estimate in estimates]),
        age_high_years=_column([estimate.age_high_years for estimate in estimates]),
        female_probability=_column([estimate.female_probability for estimate in estimates]),
    )


def _column(values: Sequence[float | None]) -> NDArray[np.float64]:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
