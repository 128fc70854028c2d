"""The configurations: `report` as the report trained, `tuned` as what has been learnt since."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from core.errors import DataError
from core.estimation.model_card import AgeOutput, AgeOutputKind
from core.estimation.predictor import AGE_OUTPUT, GENDER_OUTPUT
from training.architectures.heads import FIRST_YEAR, YEAR_BINS
from training.architectures.registry import ARCHITECTURES, Architecture
from training.architectures.run_weights import is_run_weights
from training.architectures.transfer import IMAGENET, NO_WEIGHTS
from training.data.augmentation import CAMERA, REPORT, WORN
from training.learning.configs import Preset, Schedule, TrainConfig
from training.learning.inheritance import origin
from training.learning.losses import AgeLoss, LabelDistribution

YEARS = AgeOutput(AgeOutputKind.YEARS)
DISTRIBUTION = AgeOutput(AgeOutputKind.DISTRIBUTION, first_year=FIRST_YEAR)

TITLES = {
    "gender_cnn": "Gender CNN",
    "age_cnn": "Age CNN",
    "age_gender_cnn": "Age and gender CNN",
    "efficientnet_b0": "EfficientNetB0",
    "efficientnet_b1": "EfficientNetB1",
    "efficientnet_b2": "EfficientNetB2",
    "mobilenet_v2": "MobileNetV2",
    "vgg16": "VGG16",
    "resnet50": "ResNet50",
    "visage": "Visage",
}

DESCRIPTIONS = {
    "gender_cnn": "Gender alone: four convolutions, from scratch, as in the student report.",
    "age_cnn": "Age alone: four convolutions, from scratch, as in the student report.",
    "age_gender_cnn": "Both from four convolution blocks, from scratch, as in the student report.",
    "visage": "MobileNet that learnt faces first, fine-tuned on the crops that the app makes.",
}
_ON_IMAGENET = "{title} with ImageNet weights under the report's shared head."
_FROM_SCRATCH = "{title}, from scratch."

BACKBONES = (
    "efficientnet_b0",
    "efficientnet_b1",
    "efficientnet_b2",
    "mobilenet_v2",
    "vgg16",
    "resnet50",
)

_FACE_NETWORK = "hse_mobilenet"
FACE_WEIGHTS = "hse_faceres.npz"
_FACE_PRETRAINING = (
    "VGGFace2 for identity, then IMDB-WIKI for age and gender, both for research only "
    "(HSE-FaceRes by A. Savchenko)"
)

_AGE_LOSS_WEIGHTS = {
    AgeLoss.SQUARED_ERROR: 0.01,
    AgeLoss.ABSOLUTE_ERROR: 0.1,
    AgeLoss.CROSS_ENTROPY: 1.0,
    AgeLoss.LABEL_DISTRIBUTION: 1.0,
}
"""Brings years to the order of a cross-entropy: the shared layers would learn age alone."""

_SETTLE_BATCHES = 100

_REPORT_FROZEN_LAYERS = 99
"""The report froze the first 100 of Keras's layers; ours lack one that has no weights.

What it froze in the other backbones is not known: they are taken alike.
"""


def find_config(name: str, preset: Preset | None = None) -> TrainConfig:
    """The configuration of a model in a preset; None is the tuned one, which is published.

    Raises:
        DataError: if there is none; the text lists those there are.
    """
    names = sorted({known for known, _ in CONFIGS})
    if name not in names:
        raise DataError(f"There is no model {name!r}. Choose from {', '.join(names)}.")
    preset = preset or Preset.TUNED
    presets = [known for known_name, known in CONFIGS if known_name == name]
    if preset not in presets:
        raise DataError(f"{name} has no preset {preset}. Choose from {', '.join(presets)}.")
    return CONFIGS[name, preset]


def with_weights(config: TrainConfig, weights: str) -> TrainConfig:
    """`config`, starting from other weights.

    Args:
        weights: as `TrainConfig.weights`. From nothing, a backbone has nothing worth freezing; what
            an earlier run has learnt needs no epochs for its head alone.

    Raises:
        DataError: if the network always starts from nothing.
    """
    if config.load_weights is None:
        raise DataError(f"{config.name} starts from nothing; --weights is not for it.")
    if weights == NO_WEIGHTS:
        return replace(
            _unlearnt(config),
            weights=weights,
            frozen_layers=0,
            head_epochs=0,
            settle_batches=0,
        )
    if is_run_weights(weights):
        first = with_weights(config, origin(weights))
        return replace(
            config,
            weights=weights,
            head_epochs=0,
            description=first.description,
            pretraining=first.pretraining,
        )
    if config.weights != IMAGENET or weights == IMAGENET:
        return replace(config, weights=weights)
    # What a file has learnt beside ImageNet cannot be known: the card names it.
    pretraining = f"{config.pretraining} (the file {Path(weights).name})"
    return replace(config, weights=weights, pretraining=pretraining, settle_batches=_SETTLE_BATCHES)


def _unlearnt(config: TrainConfig) -> TrainConfig:
    """`config` of a network that has seen no other pictures, as its card says."""
    description = _FROM_SCRATCH.format(title=TITLES[config.name])
    return replace(config, description=description, pretraining="")


def with_age_loss(config: TrainConfig, loss: AgeLoss) -> TrainConfig:
    """`config` with another loss for ages, and the output that it wants.

    Raises:
        DataError: if the network says no age.
    """
    if config.age is None:
        raise DataError(f"{config.name} says no age; --loss is not for it.")
    bins = YEAR_BINS if loss.wants_distribution else 1
    return replace(
        config,
        make_model=partial(_network(config.name).build, age_bins=bins),
        age=DISTRIBUTION if loss.wants_distribution else YEARS,
        age_loss=loss,
        loss_weights=config.loss_weights | {AGE_OUTPUT: _AGE_LOSS_WEIGHTS[loss]},
    )


def _network(name: str) -> Architecture:
    return ARCHITECTURES[_FACE_NETWORK if name == "visage" else name]


def _report(name: str) -> TrainConfig:
    """What all of the report's models have in common: ages in years, Adam, a plateau schedule."""
    network = _network(name)
    return TrainConfig(
        name=name,
        preset=Preset.REPORT,
        title=f"{TITLES[name]} (as reported)",
        description=DESCRIPTIONS.get(name, _ON_IMAGENET.format(title=TITLES[name])),
        make_model=partial(network.build, age_bins=1),
        load_weights=network.load_weights,
        age=YEARS if network.says_age else None,
        gender=network.says_gender,
        input_size_px=128,
        augmentation=REPORT,
        age_loss=AgeLoss.SQUARED_ERROR,
        stop_patience_epochs=10,
    )


def _tuned(report: TrainConfig) -> TrainConfig:
    """The same network with what has been found to pay: see training/README.md."""
    network = _network(report.name)
    return replace(
        report,
        preset=Preset.TUNED,
        title=TITLES[report.name],
        make_model=partial(network.build, age_bins=YEAR_BINS),
        age=DISTRIBUTION if network.says_age else None,
        augmentation=CAMERA,
        age_loss=AgeLoss.LABEL_DISTRIBUTION,
        label=LabelDistribution(expectation_weight=0.05),
        loss_weights={},
        gender_smoothing=0.04,
        learning_rate=1e-3,
        weight_decay=1e-2,
        schedule=Schedule.COSINE,
        frozen_layers=0,
        epochs=40,
        stop_patience_epochs=40,
        ema_momentum=0.998,
        rare_age_draws=0.25,
    )


def _from_scratch() -> tuple[TrainConfig, ...]:
    # The report lowered the rate for the others alone: a factor of one leaves it as it is.
    gender = replace(_report("gender_cnn"), input_size_px=100, plateau_factor=1.0)
    age = replace(_report("age_cnn"), learning_rate=1e-3, plateau_factor=1.0)
    joint = replace(
        _report("age_gender_cnn"),
        loss_weights={
            AGE_OUTPUT: _AGE_LOSS_WEIGHTS[AgeLoss.SQUARED_ERROR],
            GENDER_OUTPUT: 1.0,
        },
        stop_patience_epochs=5,
    )
    # The joint network's wide first dense layer diverges at the others' rate.
    return (
        gender,
        _tuned(gender),
        age,
        _tuned(age),
        joint,
        replace(_tuned(joint), learning_rate=5e-4),
    )


def _on_imagenet(name: str) -> tuple[TrainConfig, TrainConfig]:
    report = replace(
        _report(name),
        input_size_px=224,
        weights=IMAGENET,
        pretraining="ImageNet, for research only",
        age_loss=AgeLoss.ABSOLUTE_ERROR,
        frozen_layers=_REPORT_FROZEN_LAYERS,
    )
    tuned = replace(
        _tuned(report),
        learning_rate=3e-4,
        loss_weights={AGE_OUTPUT: 1.0, GENDER_OUTPUT: 2.0},
        head_epochs=2,
        epochs=20,
        stop_patience_epochs=20,
        settle_batches=_SETTLE_BATCHES,
    )
    return report, tuned


def _visage() -> TrainConfig:
    """Starts with heads that know faces: no epochs for the heads alone."""
    return replace(
        _tuned(_report("visage")),
        weights=FACE_WEIGHTS,
        pretraining=_FACE_PRETRAINING,
        augmentation=WORN,
        label=LabelDistribution(expectation_weight=0.1),
        loss_weights={AGE_OUTPUT: 1.0, GENDER_OUTPUT: 2.0},
        learning_rate=2e-4,
        epochs=12,
        stop_patience_epochs=12,
        crop_share=0.5,
    )


CONFIGS: dict[tuple[str, Preset], TrainConfig] = {
    (config.name, config.preset): config
    for config in (
        *_from_scratch(),
        *(config for name in BACKBONES for config in _on_imagenet(name)),
        _visage(),
    )
}
