"""The moving average of the weights, beside the weights themselves."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import keras


class _KeepsItsWeights:
    """Leaves the weights as they are when `fit` ends; Keras would put their average in place.

    Training goes on from the weights; the average is only looked at.
    """

    def finalize_variable_values(self, var_list: Sequence[keras.Variable]) -> None:
        del var_list


class AveragingAdam(_KeepsItsWeights, keras.optimizers.Adam):  # type: ignore[misc]
    """Adam for an epoch at a time."""


class AveragingAdamW(_KeepsItsWeights, keras.optimizers.AdamW):  # type: ignore[misc]
    """AdamW for an epoch at a time."""


@contextmanager
def averaged_weights(model: keras.Model) -> Iterator[None]:
    """Within the block, `model` holds the averages that its optimizer keeps, if it keeps any."""
    _swap(model)
    try:
        yield
    finally:
        _swap(model)


def _swap(model: keras.Model) -> None:
    # Keras offers the swap as a callback of `fit` only (SwapEMAWeights), in these same terms.
    if not model.optimizer.use_ema:
        return
    averages = model.optimizer._model_variables_moving_average
    for variable, average in zip(model.trainable_variables, averages, strict=True):
        held = keras.ops.copy(variable.value)
        variable.assign(average)
        average.assign(held)
