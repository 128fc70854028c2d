"""MobileNet v1 without batch norm, as HSE-FaceRes stores it: pretrained on faces.

Architecture: Howard et al., "MobileNets" (2017), width 1.0. Weights: A. Savchenko,
HSE_FaceRec_tf: VGGFace2 for identity, then IMDB-WIKI for age and gender, with the batch norms
folded into the biases.
"""

from pathlib import Path
from zipfile import BadZipFile

import keras
import numpy as np
from keras import layers

from core.errors import DataError
from training.architectures.heads import YEAR_BINS, age_output, gender_output
from training.architectures.normalisation import subtract_mean
from training.architectures.run_weights import WEIGHTS_TROUBLE, do_not_fit, load_all_weights
from training.architectures.transfer import NO_WEIGHTS

PARAMETER_COUNT = 3_484_646

_STRIDES = (1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1)
_FILTERS = (64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024)
_FIRST_YEAR_OF_FILE = 1
RUN_WEIGHTS_SUFFIX = ".weights.h5"


def make_hse_mobilenet(
    input_size_px: int = 128, age_bins: int = YEAR_BINS, dropout: float = 0.2
) -> keras.Model:
    """Build the network.

    Input: RGB 0-255 of shape (N, input_size_px, input_size_px, 3).
    Outputs: `age_output` (N, age_bins); `gender_output` (N, 1), the probability of female.
    """
    inputs = keras.Input((input_size_px, input_size_px, 3), name="image")
    x = subtract_mean(inputs)
    x = layers.Conv2D(32, 3, 2, padding="same", activation="relu6", name="conv1")(x)
    for i, (filters, stride) in enumerate(zip(_FILTERS, _STRIDES, strict=True), start=1):
        x = layers.DepthwiseConv2D(
            3, stride, padding="same", activation="relu6", name=f"conv_dw_{i}"
        )(x)
        x = layers.Conv2D(filters, 1, activation="relu6", name=f"conv_pw_{i}")(x)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(256, activation="relu", name="feats")(x)
    x = layers.Dropout(dropout)(x)
    outputs = {"age_output": age_output(x, age_bins), "gender_output": gender_output(x)}
    return keras.Model(inputs, outputs, name="hse_mobilenet")


def load_hse_mobilenet(model: keras.Model, weights: str) -> None:
    """Start backbone and heads of `model` from a `hse_faceres*.npz` or from an earlier run.

    Args:
        weights: the path of the file, or `none`. A run's `best.weights.h5` fits at any input size.

    Raises:
        DataError: if there is no such file, or another network's.
    """
    if weights == NO_WEIGHTS:
        return
    if not Path(weights).is_file():
        raise DataError(
            f"There is no file {weights}. {model.name} starts from the file of face weights "
            "hse_faceres.npz: --weights PATH, or --weights none."
        )
    try:
        if weights.endswith(RUN_WEIGHTS_SUFFIX):
            load_all_weights(model, Path(weights))
            return
        with np.load(weights) as file:
            arrays = {name: file[name].astype(np.float32) for name in file.files}
        _assign(model, arrays)
    except (*WEIGHTS_TROUBLE, TypeError, EOFError, BadZipFile) as error:
        raise do_not_fit(Path(weights), model.name) from error


def _assign(model: keras.Model, arrays: dict[str, np.ndarray]) -> None:
    # The file's network takes BGR and this one RGB; the file says male and this one female.
    arrays["conv1/kernel"] = arrays["conv1/kernel"][:, :, ::-1]
    names = {layer.name: layer.name for layer in model.layers if layer.weights}
    names |= {"age_output": "age_pred", "gender_output": "gender_pred"}
    bins = model.get_layer("age_output").units
    for layer_name, name in names.items():
        kernel, bias = arrays[f"{name}/kernel"], arrays[f"{name}/bias"]
        if name == "gender_pred":
            kernel, bias = -kernel, -bias
        if name == "age_pred" and bins > 1:
            kernel, bias = _with_bins(kernel, bias, bins)
        if name == "age_pred" and bins == 1:
            continue
        model.get_layer(layer_name).set_weights([kernel, bias])


def _with_bins(kernel: np.ndarray, bias: np.ndarray, bins: int) -> tuple[np.ndarray, np.ndarray]:
    """The file's bins for 1-100 years, and bins before and after that start a little less likely.

    Each new bin is a copy of its neighbour, lowered by one: a factor of e in probability.
    """
    years = np.arange(bins) - _FIRST_YEAR_OF_FILE
    nearest = np.clip(years, 0, kernel.shape[1] - 1)
    return kernel[:, nearest], bias[nearest] - np.abs(years - nearest)
