"""How each model is trained: one frozen configuration a name."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import keras

from core.estimation.model_card import AgeOutput, AgeOutputKind
from core.estimation.predictor import AGE_OUTPUT, GENDER_OUTPUT
from training.architectures.age_gender_cnn import make_age_gender_cnn
from training.augmentation import CAMERA, Augmentation


@dataclass(frozen=True, slots=True)
class TrainConfig:
    """One training recipe.

    Attributes:
        make_model: builds the network for an input size in px.
        age: how its `age_output` is read; None if it has none.
        gender: whether it has a `gender_output`.
        losses: a Keras loss by output name.
        loss_weights: a factor by output name.
        epochs: at most so many.
        stop_patience_epochs: end when the validation loss has not improved for so long.
        plateau_patience_epochs: lower the learning rate after so long without improvement.
        plateau_factor: by how much.
        ema_momentum: per step, for the moving average of the weights that is validated and kept.
        precision: a Keras dtype policy.
    """

    name: str
    title: str
    description: str
    make_model: Callable[[int], keras.Model]
    age: AgeOutput | None
    gender: bool
    losses: dict[str, str]
    loss_weights: dict[str, float]
    input_size_px: int
    augmentation: Augmentation
    learning_rate: float = 1e-4
    min_learning_rate: float = 1e-6
    batch_size: int = 32
    epochs: int = 50
    stop_patience_epochs: int = 5
    plateau_patience_epochs: int = 2
    plateau_factor: float = 0.4
    ema_momentum: float = 0.998
    precision: str = "mixed_bfloat16"
    seed: int = 42

    @property
    def outputs(self) -> tuple[str, ...]:
        """The names of the network's outputs."""
        has = {AGE_OUTPUT: self.age is not None, GENDER_OUTPUT: self.gender}
        return tuple(name for name, is_there in has.items() if is_there)

    def described(self) -> dict[str, Any]:
        """Every setting that shapes a run, as plain JSON values; `epochs` may be raised later."""
        values = {**asdict(self), "make_model": self.make_model.__name__}
        del values["epochs"]
        return values


CONFIGS: dict[str, TrainConfig] = {
    config.name: config
    for config in (
        TrainConfig(
            name="age_gender_cnn",
            title="Age and gender CNN",
            description="The report's joint network of four convolution blocks, from scratch.",
            make_model=make_age_gender_cnn,
            age=AgeOutput(AgeOutputKind.YEARS),
            gender=True,
            losses={"age_output": "mean_squared_error", "gender_output": "binary_crossentropy"},
            # Squared years are some hundred times as large as the cross-entropy: with equal
            # weights the shared blocks would learn age alone.
            loss_weights={"age_output": 0.01, "gender_output": 1.0},
            input_size_px=128,
            augmentation=CAMERA,
        ),
    )
}
