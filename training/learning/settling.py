"""Batch norm's running statistics, measured anew on the pictures that training will show."""

import keras

from training.data.chip_dataset import ChipDataset


def settle_batch_norm(model: keras.Model, training: ChipDataset, batch_count: int) -> None:
    """Show `model` the first batches of `training` so that its batch norms know them.

    Weights from a network with another activation, or from other pictures, come with running
    statistics that do not fit. No weight is learnt.
    """
    for batch in range(min(batch_count, len(training))):
        model(training[batch][0], training=True)
