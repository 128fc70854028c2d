"""Input scaling that lives inside the model, so that every model takes raw RGB 0-255."""

import keras
from keras import layers

IMAGENET_MEAN_RGB = (123.68, 116.779, 103.939)


def scale_to_unit(image: keras.KerasTensor) -> keras.KerasTensor:
    """RGB 0-255 to 0-1."""
    return layers.Rescaling(1 / 255, name="scale_to_unit")(image)


def scale_to_both_sides(image: keras.KerasTensor) -> keras.KerasTensor:
    """RGB 0-255 to -1 to 1, as MobileNetV2 was trained."""
    return layers.Rescaling(1 / 127.5, offset=-1.0, name="scale_to_both_sides")(image)


def subtract_mean(image: keras.KerasTensor) -> keras.KerasTensor:
    """RGB 0-255 minus ImageNet's mean."""
    offset = [-mean for mean in IMAGENET_MEAN_RGB]
    return layers.Rescaling(1.0, offset=offset, name="subtract_mean")(image)


def subtract_mean_as_bgr(image: keras.KerasTensor) -> keras.KerasTensor:
    """RGB 0-255 to BGR minus ImageNet's mean, as VGG16 and ResNet50 were trained."""
    # Not `flip`: tf2onnx makes a node of it that ONNX Runtime refuses.
    return keras.ops.take(subtract_mean(image), [2, 1, 0], axis=-1)


def leave_raw(image: keras.KerasTensor) -> keras.KerasTensor:
    """RGB 0-255 as it is: Keras's EfficientNets scale inside, and a second time is darkness."""
    return image
