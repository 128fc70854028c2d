"""What a model said of labelled chips, as arrays beside the truth."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from core.types import Estimate
from training.data.chip import Chip

UNKNOWN_RACE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Arrays of shape (N,); NaN stands where a label is not known or a model gives no answer.

    Attributes:
        true_age_years: NaN also where a group of ages is known only.
        true_group_years: the first and the last year of such a group, (N, 2).
        is_female: False where `is_gender_known` is.
        race: UTKFace's field 0-4, or -1 where the name lacks it.
        collection: the names of the collections.
    """

    true_age_years: NDArray[np.float64]
    true_group_years: NDArray[np.float64]
    is_female: NDArray[np.bool_]
    is_gender_known: NDArray[np.bool_]
    race: NDArray[np.int64]
    collection: NDArray[np.str_]
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
    def aged(self) -> "Answers":
        """Those of faces whose age is known exactly."""
        return self.chosen(np.isfinite(self.true_age_years))

    @property
    def grouped(self) -> "Answers":
        """Those of faces whose age is known to lie in a group."""
        return self.chosen(np.isfinite(self.true_group_years[:, 0]))

    @property
    def gendered(self) -> "Answers":
        """Those of faces whose gender is known."""
        return self.chosen(self.is_gender_known)

    @property
    def wrongness(self) -> NDArray[np.float64]:
        """Years off plus ten for a sure wrong gender, (N,): what sorts best from worst."""
        wrong = np.zeros(self.count)
        if self.has_age:
            wrong += np.nan_to_num(np.abs(self.age_years - self.true_age_years))
        if self.has_gender:
            off = np.abs(self.female_probability - self.is_female)
            wrong += 10 * off * self.is_gender_known
        return wrong

    def comparable(self, other: "Answers") -> "Answers":
        """As if the model gave no answer that the `other` model does not give to the same face."""
        return replace(
            self,
            age_years=_where_known(other.age_years, self.age_years),
            age_low_years=_where_known(other.age_low_years, self.age_low_years),
            age_high_years=_where_known(other.age_high_years, self.age_high_years),
            female_probability=_where_known(other.female_probability, self.female_probability),
        )

    def chosen(self, index: NDArray[np.bool_] | NDArray[np.int64]) -> "Answers":
        """The answers at `index`: a mask, or positions that may repeat."""
        return Answers(*(getattr(self, field.name)[index] for field in fields(self)))


def make_answers(chips: Sequence[Chip], estimates: Sequence[Estimate]) -> Answers:
    """Put the estimates of `chips`, in their order, beside their labels."""
    assert len(chips) == len(estimates)
    groups = [chip.group_years or (np.nan, np.nan) for chip in chips]
    return Answers(
        true_age_years=_column([chip.age_years for chip in chips]),
        true_group_years=np.array(groups, dtype=np.float64).reshape(-1, 2),
        is_female=np.array([bool(chip.is_female) for chip in chips], dtype=np.bool_),
        is_gender_known=np.array([chip.is_female is not None for chip in chips], dtype=np.bool_),
        race=np.array([UNKNOWN_RACE if chip.race is None else chip.race for chip in chips]),
        collection=np.array([chip.collection for chip in chips], dtype=np.str_),
        age_years=_column([estimate.age_years for estimate in estimates]),
        age_low_years=_column([estimate.age_low_years for estimate in estimates]),
        age_high_years=_column([estimate.age_high_years for estimate in estimates]),
        female_probability=_column([estimate.female_probability for estimate in estimates]),
    )


def _where_known(others: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(np.isnan(others), np.nan, values)


def _column(values: Sequence[float | None]) -> NDArray[np.float64]:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
