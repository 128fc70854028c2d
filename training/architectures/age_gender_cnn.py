"""The report's joint network: four convolution blocks, then a branch each for age and gender."""

import keras
from keras import layers

from training.architectures.heads import age_output, gender_output
from training.architectures.normalisation import scale_to_unit

BLOCK_FILTERS = (32, 64, 128, 256)
PARAMETER_COUNT = 8_779_970


def make_age_gender_cnn(
    input_size_px: int = 128, age_bins: int = 1, dropout: float = 0.5
) -> keras.Model:
    """Build the network.

    Input: RGB 0-255 of shape (N, input_size_px, input_size_px, 3).
    Outputs: `age_output` (N, age_bins); `gender_output` (N, 1), the probability of female.
    """
    inputs = keras.Input((input_size_px, input_size_px, 3), name="image")
    x = scale_to_unit(inputs)
    for filters in BLOCK_FILTERS:
        x = layers.Conv2D(
            filters,
            3,
            padding="same",
            activation="relu",
            kernel_regularizer=keras.regularizers.L2(0.0005),
        )(x)
        x = layers.BatchNormalization()(x)
        x = layers.MaxPooling2D()(x)
    x = layers.Flatten()(x)
    age = age_output(_branch(x, "age", dropout), age_bins)
    gender = gender_output(_branch(x, "gender", dropout))
    return keras.Model(inputs, {"age_output": age, "gender_output": gender}, name="age_gender_cnn")


def _branch(x: keras.KerasTensor, name: str, dropout: float) -> keras.KerasTensor:
    x = layers.Dense(256, activation="relu", name=f"{name}_dense")(x)
    return layers.Dropout(dropout, name=f"{name}_dropout")(x)
