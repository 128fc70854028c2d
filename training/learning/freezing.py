"""Which weights a phase of training changes."""

import keras

from core.errors import DataError
from training.architectures.transfer import BACKBONE

HEAD_LAYERS = frozenset({"age_output", "gender_output"})


def train_heads_only(model: keras.Model) -> None:
    """Freeze the backbone; a network without one learns its two outputs alone."""
    names = {layer.name for layer in model.layers}
    for layer in model.layers:
        layer.trainable = layer.name != BACKBONE if BACKBONE in names else layer.name in HEAD_LAYERS


def train_all_but(model: keras.Model, frozen_layers: int) -> None:
    """Let everything learn but the first layers of the backbone; a frozen batch norm stands still.

    Args:
        frozen_layers: how many; 0 for none, more than there are for all.

    Raises:
        DataError: if there is no backbone.
    """
    for layer in model.layers:
        layer.trainable = True
    if frozen_layers:
        for layer in _backbone(model).layers[:frozen_layers]:
            layer.trainable = False


def check_frozen_layers(model: keras.Model, frozen_layers: int) -> None:
    """Refuse to freeze more layers than the backbone of `model` has.

    Raises:
        DataError: if it has fewer, or there is no backbone.
    """
    count = len(_backbone(model).layers)
    if frozen_layers > count:
        raise DataError(
            f"The backbone of {model.name} has {count} layers: --freeze takes no more than that."
        )


def _backbone(model: keras.Model) -> keras.Model:
    if BACKBONE not in {layer.name for layer in model.layers}:
        raise DataError(f"{model.name} has no backbone to freeze: --freeze is not for it.")
    return model.get_layer(BACKBONE)
