"""Reads a model's outputs as ages and genders."""

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from core.errors import ModelError
from core.estimation.engine import Engine
from core.estimation.model_card import AgeOutput, AgeOutputKind, ModelCard
from core.types import Estimate

AGE_OUTPUT = "age_output"
GENDER_OUTPUT = "gender_output"

MAX_BATCH = 16
"""Faces per engine call: a photo of a stadium must not cost a stadium of memory."""

Outputs = Mapping[str, NDArray[np.float32]]


class Predictor:
    """Estimates age and gender of aligned faces.

    The model is tried once when made, so that one that does not fit its card is an error here
    and the first face does not wait for the engine to warm up.

    Raises:
        ModelError: if the model's outputs are not those of its card.
    """

    def __init__(self, card: ModelCard, engine: Engine) -> None:
        self._card = card
        self._engine = engine
        self.predict(np.zeros((1, card.input_size_px, card.input_size_px, 3), np.uint8))

    @property
    def card(self) -> ModelCard:
        return self._card

    @property
    def engine(self) -> Engine:
        return self._engine

    def predict(
        self, chips: NDArray[np.uint8], *, flip_average: bool = False
    ) -> tuple[Estimate, ...]:
        """One estimate per chip, in order.

        Args:
            chips: aligned faces, shape (N, S, S, 3), RGB, 0-255, S the card's input size.
            flip_average: average with the mirrored chips: a little better, twice the time.

        Raises:
            ModelError: if the model fails, or answers something that is no number.
            ValueError: if the chips have another shape.
        """
        size = self._card.input_size_px
        if chips.ndim != 4 or chips.shape[1:] != (size, size, 3):
            raise ValueError(f"Chips of shape (N, {size}, {size}, 3) expected, not {chips.shape}.")
        estimates: list[Estimate] = []
        for start in range(0, len(chips), MAX_BATCH):
            images = chips[start : start + MAX_BATCH].astype(np.float32)
            estimates += self._read(self._run(images, flip_average), len(images))
        return tuple(estimates)

    def close(self) -> None:
        """Release the engine."""
        self._engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _run(self, images: NDArray[np.float32], flip_average: bool) -> Outputs:
        outputs = self._engine.run(images)
        if not flip_average:
            return outputs
        mirrored = self._engine.run(np.ascontiguousarray(images[:, :, ::-1]))
        return {name: np.mean([outputs[name], mirrored[name]], axis=0) for name in outputs}

    def _read(self, outputs: Outputs, count: int) -> list[Estimate]:
        ages = self._ages(outputs, count)
        genders = self._female_probabilities(outputs, count)
        return [
            _estimate(age_years, self._card.age, female_probability)
            for age_years, female_probability in zip(ages, genders, strict=True)
        ]

    def _ages(self, outputs: Outputs, count: int) -> Sequence[float | None]:
        age = self._card.age
        if age is None:
            return [None] * count
        columns = 1 if age.kind is AgeOutputKind.YEARS else None
        return read_ages(self._output(outputs, AGE_OUTPUT, count, columns), age)

    def _female_probabilities(self, outputs: Outputs, count: int) -> Sequence[float | None]:
        if not self._card.gender:
            return [None] * count
        values: list[float] = self._output(outputs, GENDER_OUTPUT, count, 1)[:, 0].tolist()
        return values

    def _output(
        self, outputs: Outputs, name: str, count: int, columns: int | None
    ) -> NDArray[np.float32]:
        """The output `name`, checked; `columns` None allows any number of them."""
        if name not in outputs:
            raise ModelError(f"The model {self._card.name} has no output {name}.")
        values = outputs[name]
        if values.ndim != 2 or len(values) != count or columns not in (None, values.shape[1]):
            raise ModelError(
                f"The output {name} of the model {self._card.name} has the shape {values.shape}, "
                "which its card does not describe."
            )
        if not np.isfinite(values).all():
            raise ModelError(f"The model {self._card.name} answered something that is no number.")
        return values


def read_ages(outputs: NDArray[np.float32], age: AgeOutput) -> list[float]:
    """Ages in years, one per row, 0 or more.

    A distribution is read by its expectation (Rothe et al., DEX, 2015).

    Args:
        outputs: shape (N, 1) in years, or (N, bins) of probabilities.
    """
    if age.kind is AgeOutputKind.DISTRIBUTION:
        years = outputs @ (np.arange(outputs.shape[1], dtype=np.float32) + age.first_year)
    else:
        years = outputs[:, 0]
    return [max(0.0, float(value)) for value in years]


def age_range(age_years: float, age: AgeOutput) -> tuple[float, float] | None:
    """The calibrated 80 % range around an estimated age; None without a calibration."""
    if age.range is None:
        return None
    knots = age.range.age_years
    low = age_years + float(np.interp(age_years, knots, age.range.low_offset_years))
    high = age_years + float(np.interp(age_years, knots, age.range.high_offset_years))
    return max(0.0, low), max(0.0, high)


def _estimate(
    age_years: float | None, age: AgeOutput | None, female_probability: float | None
) -> Estimate:
    if age_years is None or age is None:
        return Estimate(female_probability=female_probability)
    low, high = age_range(age_years, age) or (None, None)
    return Estimate(age_years, low, high, female_probability)
