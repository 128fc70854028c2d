"""Input scaling that lives inside the model, so that every model takes raw RGB 0-255."""

import keras
from keras import layers


def scale_to_unit(image: keras.KerasTensor) -> keras.KerasTensor:
    """RGB 0-255 to 0-1."""
    return layers.Rescaling(1 / 255, name="scale_to_unit")(image)
