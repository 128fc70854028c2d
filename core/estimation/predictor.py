"""Reads a model's outputs as ages and genders."""

from collections.abc import Mapping, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from core.closing import Closing
from core.errors import ModelError
from core.estimation.age_reading import MAX_ESTIMATE_YEARS, AgeReading, read_ages
from core.estimation.engine import Engine
from core.estimation.model_card import AgeOutputKind, ModelCard
from core.types import Estimate

AGE_OUTPUT = "age_output"
GENDER_OUTPUT = "gender_output"

MAX_BATCH = 16
"""Faces per engine call: a photo of a stadium must not cost a stadium of memory."""

Outputs = Mapping[str, NDArray[np.float32]]


class Predictor(Closing):
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
        if not len(chips):
            return ()
        return tuple(self._read(self.outputs(chips, flip_average=flip_average), len(chips)))

    def outputs(self, chips: NDArray[np.uint8], *, flip_average: bool = False) -> Outputs:
        """What the model itself answers to one chip or more; arguments and errors as `predict`."""
        size = self._card.input_size_px
        if chips.ndim != 4 or chips.shape[1:] != (size, size, 3):
            raise ValueError(f"Chips of shape (N, {size}, {size}, 3) expected, not {chips.shape}.")
        parts = [
            self._run(chips[start : start + MAX_BATCH], flip_average)
            for start in range(0, len(chips), MAX_BATCH)
        ]
        return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}

    def close(self) -> None:
        """Release the engine."""
        self._engine.close()

    def _run(self, chips: NDArray[np.uint8], flip_average: bool) -> Outputs:
        outputs = self._answer(chips)
        if not flip_average:
            return outputs
        # NumPy reverses px by px and takes ten times as long.
        mirrored = self._answer(np.stack([cv2.flip(chip, 1) for chip in chips]))
        return {name: np.mean([outputs[name], mirrored[name]], axis=0) for name in outputs}

    def _answer(self, chips: NDArray[np.uint8]) -> Outputs:
        """What the engine answers, with at least one dimension: answers are joined along it."""
        outputs = self._engine.run(chips.astype(np.float32))
        for name, values in outputs.items():
            if values.ndim == 0:
                raise self._shape_error(name, values)
        return outputs

    def _read(self, outputs: Outputs, count: int) -> list[Estimate]:
        ages = self._ages(outputs, count)
        genders = self._female_probabilities(outputs, count)
        return list(map(_estimate, ages, genders))

    def _ages(self, outputs: Outputs, count: int) -> Sequence[AgeReading | None]:
        age = self._card.age
        if age is None:
            return [None] * count
        columns = 1 if age.kind is AgeOutputKind.YEARS else None
        readings = read_ages(self._output(outputs, AGE_OUTPUT, count, columns), age)
        if any(
            (reading.high_years or reading.age_years) > MAX_ESTIMATE_YEARS for reading in readings
        ):
            raise ModelError(f"The model {self._card.name} answered something that is no age.")
        return readings

    def _female_probabilities(self, outputs: Outputs, count: int) -> Sequence[float | None]:
        if not self._card.gender:
            return [None] * count
        values: list[float] = self._output(outputs, GENDER_OUTPUT, count, 1)[:, 0].tolist()
        if not all(0 <= value <= 1 for value in values):
            raise ModelError(f"The model {self._card.name} answered what is no probability.")
        return values

    def _output(
        self, outputs: Outputs, name: str, count: int, columns: int | None
    ) -> NDArray[np.float32]:
        """The output `name`, checked; `columns` None allows any number of them."""
        if name not in outputs:
            raise ModelError(f"The model {self._card.name} has no output {name}.")
        values = outputs[name]
        if values.ndim != 2 or len(values) != count or columns not in (None, values.shape[1]):
            raise self._shape_error(name, values)
        if not np.isfinite(values).all():
            raise ModelError(f"The model {self._card.name} answered something that is no number.")
        return values

    def _shape_error(self, name: str, values: NDArray[np.float32]) -> ModelError:
        return ModelError(
            f"The output {name} of the model {self._card.name} has the shape {values.shape}, "
            "which its card does not describe."
        )


def _estimate(age: AgeReading | None, female_probability: float | None) -> Estimate:
    if age is None:
        return Estimate(female_probability=female_probability)
    return Estimate(age.age_years, age.low_years, age.high_years, female_probability)
