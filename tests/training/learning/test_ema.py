import keras
import numpy as np
import pytest

from training.learning.ema import AveragingAdam, averaged_weights


def average_after(steps: int, momentum: float = 0.998) -> float:
    """Of a weight that stood at 0 and then at 1, the mean that is kept after so many steps."""
    weight = keras.Variable(0.0)
    optimizer = AveragingAdam(1e-9, use_ema=True, ema_momentum=momentum)
    optimizer.build([weight])
    weight.assign(1.0)
    for _ in range(steps):
        optimizer.apply([keras.ops.zeros(())], [weight])
    return float(optimizer._model_variables_moving_average[0])


def test_the_average_of_few_steps_holds_nothing_of_the_random_start() -> None:
    assert average_after(1) == pytest.approx(1.0)
    assert average_after(40) == pytest.approx(1.0)


def test_the_average_of_many_steps_is_as_long_as_its_momentum() -> None:
    weight = keras.Variable(0.0)
    optimizer = AveragingAdam(1e-9, use_ema=True, ema_momentum=0.9)
    optimizer.build([weight])
    for step in range(200):
        weight.assign(float(step >= 190))
        optimizer.apply([keras.ops.zeros(())], [weight])
    kept = float(optimizer._model_variables_moving_average[0])
    assert kept == pytest.approx(1 - 0.9**10, abs=1e-4)


def test_within_the_block_a_model_holds_its_averages_and_after_it_its_weights() -> None:
    model = keras.Sequential([keras.layers.Input((1,)), keras.layers.Dense(1)])
    model.compile(AveragingAdam(0.1, use_ema=True, ema_momentum=0.9), "mse")
    model.fit(np.ones((20, 1)), np.full((20, 1), 5.0), batch_size=1, verbose=0)
    (learnt, _) = model.get_weights()
    with averaged_weights(model):
        assert abs(model.get_weights()[0] - learnt).max() > 0.01
    assert (model.get_weights()[0] == learnt).all()
