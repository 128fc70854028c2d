"""Batch norm's running statistics, measured anew on the pictures that training will show."""

from collections.abc import Iterator

import keras

from training.data.chip_dataset import ChipDataset


def settle_batch_norm(model: keras.Model, training: ChipDataset, batch_count: int) -> None:
    """Give the batch norms of `model` the mean statistics of the first batches of `training`.

    Weights from a network with another activation, or from other pictures, come with running
    statistics that do not fit, and a batch norm that is frozen then keeps them. No weight is
    learnt.
    """
    norms = {norm: norm.momentum for norm in _batch_norms(model)}
    for batch in range(min(batch_count, len(training))):
        for norm in norms:
            norm.momentum = batch / (batch + 1)  # the plain mean of all batches so far
        model(training[batch][0], training=True)
    for norm, momentum in norms.items():
        norm.momentum = momentum


def _batch_norms(model: keras.Model) -> Iterator[keras.layers.BatchNormalization]:
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            yield from _batch_norms(layer)
        elif isinstance(layer, keras.layers.BatchNormalization):
            yield layer
