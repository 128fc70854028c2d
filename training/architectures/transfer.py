"""What the networks on a pretrained backbone share: the head, and where weights come from."""

from collections.abc import Callable
from pathlib import Path

import keras
from keras import layers

from core.errors import DataError
from training.architectures.heads import age_output, gender_output
from training.architectures.run_weights import (
    WEIGHTS_TROUBLE,
    do_not_fit,
    is_run_weights,
    load_all_weights,
    load_run_weights,
)

BACKBONE = "backbone"
IMAGENET = "imagenet"
NO_WEIGHTS = "none"

_IMAGENET_SIZE_PX = 224
_UNIT_MEAN_RGB = (0.485, 0.456, 0.406)
_UNIT_DEVIATION_RGB = (0.229, 0.224, 0.225)

Application = Callable[..., keras.Model]
Normalisation = Callable[[keras.KerasTensor], keras.KerasTensor]


def make_transfer_model(
    name: str,
    application: Application,
    normalise: Normalisation,
    input_size_px: int,
    age_bins: int,
    dropout: float = 0.3,
) -> keras.Model:
    """A backbone without weights yet, as one layer called `backbone`, under the report's head.

    Input: RGB 0-255 of shape (N, input_size_px, input_size_px, 3).
    Outputs: `age_output` (N, age_bins); `gender_output` (N, 1), the probability of female.
    """
    shape = (input_size_px, input_size_px, 3)
    inputs = keras.Input(shape, name="image")
    backbone = application(include_top=False, weights=None, input_shape=shape, name=BACKBONE)
    x = layers.GlobalAveragePooling2D()(backbone(normalise(inputs)))
    x = layers.BatchNormalization(name="head_norm")(x)
    for index, units in enumerate((512, 256, 256), start=1):
        x = _dense(x, f"head_{index}", units, dropout)
    outputs = {
        "age_output": age_output(_dense(x, "age", 128, dropout), age_bins),
        "gender_output": gender_output(_dense(x, "gender", 128, dropout)),
    }
    return keras.Model(inputs, outputs, name=name)


def load_backbone(model: keras.Model, application: Application, weights: str) -> None:
    """Start the backbone of `model` from `weights`.

    Args:
        weights: `imagenet` for Keras's own download, `none`, or the path of a file for
            `application(include_top=False)`: Keras 3's `.weights.h5`, or the `_notop.h5` that
            Keras downloads. A run's `best.weights.h5` starts the head, too, at any input size.

    Raises:
        DataError: if they cannot be had, or do not fit.
    """
    backbone = model.get_layer(BACKBONE)
    if weights == NO_WEIGHTS:
        return
    if is_run_weights(weights):
        load_run_weights(model, Path(weights))
        return
    if weights == IMAGENET:
        backbone.set_weights(_download(application, model.name))
    else:
        _read(backbone, Path(weights), model.name)
    if weights == IMAGENET or not weights.endswith(".weights.h5"):
        _normalise_as_imagenet(backbone)


def _dense(x: keras.KerasTensor, name: str, units: int, dropout: float) -> keras.KerasTensor:
    x = layers.Dense(units, activation="relu", name=f"{name}_dense")(x)
    return layers.Dropout(dropout, name=f"{name}_dropout")(x)


def _download(application: Application, name: str) -> list[keras.Variable]:
    shape = (_IMAGENET_SIZE_PX, _IMAGENET_SIZE_PX, 3)
    try:
        source = application(include_top=False, weights=IMAGENET, input_shape=shape)
    except Exception as error:  # Keras raises a bare Exception when a download fails
        raise DataError(
            f"The ImageNet weights of {name} could not be downloaded ({error}). Fetch the file on "
            "another machine and name it with --weights PATH, or train without: --weights none."
        ) from error
    weights: list[keras.Variable] = source.get_weights()
    return weights


def _read(backbone: keras.Model, path: Path, name: str) -> None:
    if not path.is_file():
        raise DataError(f"There is no file {path}. --weights takes imagenet, none, or a file.")
    try:
        load_all_weights(backbone, path)
    except WEIGHTS_TROUBLE as error:
        raise do_not_fit(path, name) from error


def _normalise_as_imagenet(backbone: keras.Model) -> None:
    """Give EfficientNet's own normalisation ImageNet's mean and variance.

    Keras's files hold the deviation where the layer expects the variance, and Keras adds a layer
    after it to make up for that when it downloads them. Without that layer the network is the
    same wherever its weights are from.
    """
    for layer in backbone.layers:
        if isinstance(layer, layers.Normalization):
            layer.adapt_mean.assign(_UNIT_MEAN_RGB)
            layer.adapt_variance.assign([deviation**2 for deviation in _UNIT_DEVIATION_RGB])
            layer.finalize_state()
