"""How a model is trained: one frozen configuration for each name and preset."""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any

import keras

from core.errors import DataError
from core.estimation.model_card import AgeOutput
from core.estimation.predictor import AGE_OUTPUT, GENDER_OUTPUT
from training.architectures.transfer import NO_WEIGHTS
from training.data.augmentation import Augmentation
from training.learning.losses import AgeLoss, LabelDistribution

AUTO_PRECISION = "auto"

_NOT_DESCRIBED = ("make_model", "load_weights", "title", "description", "pretraining")


class Preset(StrEnum):
    """As the report trained, or with what has been learnt since."""

    REPORT = "report"
    TUNED = "tuned"


class Schedule(StrEnum):
    """How the learning rate falls: when the validation loss stands still, or as a cosine."""

    PLATEAU = "plateau"
    COSINE = "cosine"


@dataclass(frozen=True, slots=True)
class TrainConfig:
    """How one model is trained.

    Attributes:
        make_model: builds the network for an input size in px, without pretrained weights.
        load_weights: starts the network from what `weights` names; None if it starts from nothing.
        weights: `imagenet`, `none`, or the path of a file.
        pretraining: what these weights were learnt from, for the card; empty if from nothing.
        age: how its `age_output` is read; None if it has none.
        gender: whether it has a `gender_output`.
        label: the shape of an age label, where `age_loss` is the label distribution.
        gender_smoothing: how far gender labels are moved from 0 and 1 towards one half.
        loss_weights: a factor by output name.
        weight_decay: of AdamW (Loshchilov and Hutter, 2019); None for plain Adam.
        head_epochs: first so many epochs train the layers above the backbone alone.
        head_learning_rate: the rate of those epochs.
        frozen_layers: layers of the backbone, from its input on, that never learn.
        warm_up: share of the cosine's steps in which the rate rises from zero.
        min_learning_rate: where the rate ends.
        epochs: at most so many, those of the head included.
        stop_patience_epochs: end when the validation loss has not improved for so long.
        keep_last: never end early, and keep the last epoch's weights, not the best epoch's:
            validation shows clean chips, and not what was learnt of worn ones.
        plateau_patience_epochs: lower the learning rate after so long without improvement.
        plateau_factor: by how much.
        ema_momentum: per step, for the moving average of the weights that is validated and kept;
            None for the weights themselves.
        settle_batches: so many batches first renew the batch norm's statistics.
        rare_age_draws: 0 draws each chip once an epoch, 1 each age equally often.
        rare_group_draws: 0 leaves each gender and race field its own ages, 1 gives all the same.
        rare_collection_draws: 0 leaves collections as large as they are, 1 draws all equally often.
        rare_age_weight: 0 weighs each chip's age alike, 1 in inverse proportion to its frequency.
        crop_share: share of the chips drawn as the app crops them out of a picture.
        teachers: model folders whose mean answers are learnt beside the labels, each asked about
            the collections that it learnt from.
        teaching_share: how much these answers count, 0-1; the labels count the rest.
        precision: a Keras dtype policy, or `auto`: the one that a probe finds the faster.
    """

    name: str
    preset: Preset
    title: str
    description: str
    make_model: Callable[[int], keras.Model]
    age: AgeOutput | None
    gender: bool
    input_size_px: int
    augmentation: Augmentation
    load_weights: Callable[[keras.Model, str], None] | None = None
    weights: str = NO_WEIGHTS
    pretraining: str = ""
    age_loss: AgeLoss = AgeLoss.LABEL_DISTRIBUTION
    label: LabelDistribution = field(default_factory=LabelDistribution)
    gender_smoothing: float = 0.0
    loss_weights: dict[str, float] = field(default_factory=dict)
    learning_rate: float = 1e-4
    min_learning_rate: float = 1e-6
    weight_decay: float | None = None
    head_epochs: int = 0
    head_learning_rate: float = 1e-3
    frozen_layers: int = 0
    schedule: Schedule = Schedule.PLATEAU
    warm_up: float = 0.05
    batch_size: int = 32
    epochs: int = 50
    stop_patience_epochs: int = 5
    keep_last: bool = False
    plateau_patience_epochs: int = 2
    plateau_factor: float = 0.4
    ema_momentum: float | None = None
    settle_batches: int = 0
    rare_age_draws: float = 0.0
    rare_group_draws: float = 0.0
    rare_collection_draws: float = 0.0
    rare_age_weight: float = 0.0
    crop_share: float = 0.0
    teachers: tuple[str, ...] = ()
    teaching_share: float = 0.5
    precision: str = AUTO_PRECISION
    seed: int = 42

    def build(self) -> keras.Model:
        """The network, without pretrained weights.

        Raises:
            DataError: if pictures of this size are too small for it.
        """
        try:
            model = self.make_model(self.input_size_px)
        except ValueError as error:
            raise DataError(
                f"{self.name} needs a larger --size than {self.input_size_px}."
            ) from error
        model.name = self.name  # several models may be one network
        return model

    @property
    def outputs(self) -> tuple[str, ...]:
        """The names of the network's outputs."""
        has = {AGE_OUTPUT: self.age is not None, GENDER_OUTPUT: self.gender}
        return tuple(name for name, is_there in has.items() if is_there)

    @property
    def first_year(self) -> int:
        """The first bin of its age distribution."""
        return self.age.first_year if self.age else 0

    def described(self) -> dict[str, Any]:
        """Every setting that shapes a run, as plain JSON values.

        The number of epochs is one where the learning rate depends on it; else it may be raised.
        """
        values = asdict(self)
        for name in _NOT_DESCRIBED:
            del values[name]
        if self.schedule is not Schedule.COSINE:
            del values["epochs"]
        return values


def completed(values: Mapping[str, Any]) -> dict[str, Any]:
    """A described configuration as JSON has it, with every setting that it lacks at its default.

    Runs that began before there was a setting went on as if it had that value.

    Raises:
        KeyError: if it lacks one that has no default.
    """
    nested = {"augmentation": Augmentation, "label": LabelDistribution}
    filled = {**_defaults(TrainConfig), **values}
    if lacking := {one.name for one in fields(TrainConfig)} - {*filled, *_NOT_DESCRIBED}:
        raise KeyError(*lacking)
    filled |= {name: {**_defaults(of), **filled[name]} for name, of in nested.items()}
    return dict(json.loads(json.dumps(filled)))


def _defaults(of: type[Any]) -> dict[str, Any]:
    return {
        setting.name: setting.default for setting in fields(of) if setting.default is not MISSING
    }
