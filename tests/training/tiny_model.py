"""A network that learns in a moment, with all that a run must restore."""

from dataclasses import replace

import keras

from training.architectures.heads import age_output
from training.learning.configs import Preset
from training.learning.presets import find_config


def make_tiny_model(input_size_px: int) -> keras.Model:
    inputs = keras.Input((input_size_px, input_size_px, 3))
    x = keras.layers.Rescaling(1 / 255)(inputs)
    x = keras.layers.Conv2D(4, 3, strides=8, activation="relu")(x)
    x = keras.layers.Flatten()(keras.layers.BatchNormalization()(x))
    x = keras.layers.Dropout(0.3)(x)
    return keras.Model(inputs, {"age_output": age_output(x, 1)})


TINY = replace(
    find_config("age_cnn", Preset.REPORT),
    make_model=make_tiny_model,
    input_size_px=32,
    batch_size=4,
    epochs=2,
    ema_momentum=0.9,
    settle_batches=2,
    precision="float32",
)
