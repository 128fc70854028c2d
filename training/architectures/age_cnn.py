"""The report's age network: four convolution blocks and global pooling."""

import keras
from keras import layers

from training.architectures.heads import age_output
from training.architectures.normalisation import scale_to_unit

BLOCK_FILTERS = (32, 64, 128, 256)
PARAMETER_COUNT = 423_361


def make_age_cnn(input_size_px: int = 128, age_bins: int = 1, dropout: float = 0.5) -> keras.Model:
    """Build the network; the first convolution alone is regularised.

    Input: RGB 0-255 of shape (N, input_size_px, input_size_px, 3).
    Output: `age_output` (N, age_bins).
    """
    inputs = keras.Input((input_size_px, input_size_px, 3), name="image")
    x = scale_to_unit(inputs)
    regularizer: keras.Regularizer | None = keras.regularizers.L2(0.0005)
    for filters in BLOCK_FILTERS:
        x = layers.Conv2D(filters, 3, activation="relu", kernel_regularizer=regularizer)(x)
        x = layers.BatchNormalization()(x)
        x = layers.MaxPooling2D()(x)
        regularizer = None
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(128, activation="relu")(x)
    x = layers.Dropout(dropout)(x)
    return keras.Model(inputs, {"age_output": age_output(x, age_bins)}, name="age_cnn")
