"""The report's gender network: four convolutions, each pooled, and one dense layer."""

import keras
from keras import layers

from training.architectures.heads import gender_output
from training.architectures.normalisation import scale_to_unit

PARAMETER_COUNT = 2_600_833


def make_gender_cnn(input_size_px: int = 100, dropout: float = 0.5) -> keras.Model:
    """Build the network.

    Input: RGB 0-255 of shape (N, input_size_px, input_size_px, 3).
    Output: `gender_output` (N, 1), the probability of female.
    """
    inputs = keras.Input((input_size_px, input_size_px, 3), name="image")
    x = scale_to_unit(inputs)
    x = layers.Conv2D(64, 3, activation="relu")(x)
    x = layers.BatchNormalization()(x)
    x = layers.MaxPooling2D(3)(x)
    for filters in (128, 256, 512):
        x = layers.Conv2D(filters, 3, activation="relu")(x)
        x = layers.MaxPooling2D()(x)
    x = layers.Flatten()(x)
    x = layers.Dense(512, activation="relu")(x)
    x = layers.Dropout(dropout)(x)
    return keras.Model(inputs, {"gender_output": gender_output(x)}, name="gender_cnn")
