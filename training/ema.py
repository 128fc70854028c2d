"""The moving average of the weights, in place of the weights themselves."""

from collections.abc import Iterator
from contextlib import contextmanager

import keras


@contextmanager
def averaged_weights(model: keras.Model) -> Iterator[None]:
    """Within the block, `model` holds the averages that its optimizer keeps (`use_ema=True`)."""
    _swap(model)
    try:
        yield
    finally:
        _swap(model)


def _swap(model: keras.Model) -> None:
    # Keras offers the swap as a callback of `fit` only (SwapEMAWeights), in these same terms.
    averages = model.optimizer._model_variables_moving_average
    for variable, average in zip(model.trainable_variables, averages, strict=True):
        held = keras.ops.copy(variable.value)
        variable.assign(average)
        average.assign(held)
