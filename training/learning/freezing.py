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
        frozen_layers: how many; 0 for none.

    Raises:
        DataError: if there is no backbone, or it has fewer layers.
    """
    for layer in model.layers:
        layer.trainable = True
    if frozen_layers:
        for layer in _backbone_layers(model, frozen_layers):
            layer.trainable = False


def _backbone_layers(model: keras.Model, count: int) -> list[keras.Layer]:
    names = {layer.name for layer in model.layers}
    layers = model.get_layer(BACKBONE).layers if BACKBONE in names else []
    if len(layers) < count:
        raise DataError(
            f"{model.name} has {len(layers)} layers that can be frozen, not {count}: --freeze."
        )
    return list(layers[:count])
