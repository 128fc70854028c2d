"""The moving average of the weights, beside the weights themselves."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import keras
from keras import ops

_WARM_UP_STEPS = 9


class _WarmsUp:
    """Averages over the steps so far while they are few, so that no random start is kept.

    At Keras's fixed momentum of 0.998 the start still makes up 80 % after a hundred steps.
    """

    def _update_model_variables_moving_average(
        self, trainable_variables: Sequence[keras.Variable]
    ) -> None:
        if not self.use_ema:  # type: ignore[attr-defined]
            return
        step = ops.cast(self.iterations, "float32")  # type: ignore[attr-defined]
        momentum = ops.minimum(step / (step + _WARM_UP_STEPS), self.ema_momentum)  # type: ignore[attr-defined]
        averages = self._model_variables_moving_average  # type: ignore[attr-defined]
        for variable, average in zip(trainable_variables, averages, strict=True):
            share = ops.cast(momentum, average.dtype)
            average.assign(share * average + (1 - share) * variable)


class _KeepsItsWeights:
    """Leaves the weights as they are when `fit` ends; Keras would put their average in place.

    Training goes on from the weights; the average is only looked at.
    """

    def finalize_variable_values(self, var_list: Sequence[keras.Variable]) -> None:
        del var_list


class AveragingAdam(_WarmsUp, _KeepsItsWeights, keras.optimizers.Adam):  # type: ignore[misc]
    """Adam for an epoch at a time."""


class AveragingAdamW(_WarmsUp, _KeepsItsWeights, keras.optimizers.AdamW):  # type: ignore[misc]
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
