from dataclasses import replace

import keras
import pytest

from training.learning.compilation import compile_phase
from training.learning.configs import Preset, Schedule
from training.learning.presets import find_config
from training.learning.run_dir import Epoch
from training.learning.schedule import (
    best_epoch,
    is_finished,
    is_head_epoch,
    learning_rate_for,
    starts_phase,
)

CONFIG = replace(
    find_config("age_gender_cnn", Preset.REPORT),
    epochs=10,
    learning_rate=1e-3,
    plateau_factor=0.5,
    plateau_patience_epochs=2,
    stop_patience_epochs=4,
    min_learning_rate=2e-4,
)


def history_of(*losses: float) -> list[Epoch]:
    return [Epoch({"val_loss": loss}, learning_rate=1e-3, seconds=1.0) for loss in losses]


def test_a_run_ends_when_nothing_improved_for_as_long_as_its_patience() -> None:
    assert not is_finished(CONFIG, [])
    assert not is_finished(CONFIG, history_of(5, 3, 4, 4, 4))
    assert is_finished(CONFIG, history_of(5, 3, 4, 4, 4, 4))
    assert not is_finished(CONFIG, history_of(5, 3, 4, 4, 4, 2))


def test_a_run_ends_after_its_last_epoch_even_when_it_still_improves() -> None:
    assert is_finished(CONFIG, history_of(*range(20, 10, -1)))
    to_the_end = replace(CONFIG, keep_last=True)
    assert not is_finished(to_the_end, [])
    assert not is_finished(to_the_end, history_of(5, 3, 4, 4, 4, 4))
    assert is_finished(to_the_end, history_of(*range(20, 10, -1)))


def test_the_learning_rate_falls_on_each_plateau_and_never_below_its_floor() -> None:
    assert learning_rate_for(CONFIG, history_of(5, 4, 4.5)) == 1e-3
    assert learning_rate_for(CONFIG, history_of(5, 4, 4.5, 4.5)) == pytest.approx(5e-4)
    assert learning_rate_for(CONFIG, history_of(5, 4, 4.5, 4.5, 3, 3.5)) == pytest.approx(5e-4)
    assert learning_rate_for(CONFIG, history_of(*[4.0] * 10)) == pytest.approx(2e-4)


def test_the_best_epoch_is_the_one_with_the_lowest_validation_loss() -> None:
    assert best_epoch(history_of(5, 3, 4, 3.5)) == 1


def test_two_phases_begin_at_the_first_epoch_and_after_the_heads() -> None:
    config = replace(CONFIG, head_epochs=2)
    assert [epoch for epoch in range(10) if starts_phase(config, epoch)] == [0, 2]
    assert [epoch for epoch in range(10) if is_head_epoch(config, epoch)] == [0, 1]
    assert [epoch for epoch in range(10) if starts_phase(CONFIG, epoch)] == [0]


def test_a_plateau_of_the_heads_does_not_lower_the_rate_of_the_rest() -> None:
    config = replace(CONFIG, head_epochs=3)
    assert learning_rate_for(config, history_of(3, 4, 4, 4)) == 1e-3


def test_the_cosine_warms_up_and_ends_at_its_floor_counting_its_own_phase_alone() -> None:
    config = replace(
        CONFIG, schedule=Schedule.COSINE, epochs=12, head_epochs=2, warm_up=0.1, weight_decay=0.01
    )
    inputs = keras.Input((8,))
    outputs = {"age_output": keras.layers.Dense(1, name="age_output")(inputs)}
    outputs["gender_output"] = keras.layers.Dense(1, "sigmoid", name="gender_output")(inputs)
    model = keras.Model(inputs, outputs)
    compile_phase(model, config, 0, steps_per_epoch=10)
    assert float(model.optimizer.learning_rate) == pytest.approx(config.head_learning_rate)
    compile_phase(model, config, 2, steps_per_epoch=10)
    rates = [float(model.optimizer._learning_rate(step)) for step in (0, 5, 10, 55, 100)]
    assert rates[0] == 0
    assert rates[1] == pytest.approx(5e-4)
    assert rates[2] == pytest.approx(1e-3)
    assert rates[3] == pytest.approx((1e-3 + config.min_learning_rate) / 2)
    assert rates[4] == pytest.approx(config.min_learning_rate)


def test_a_cosine_run_is_another_run_with_another_number_of_epochs() -> None:
    assert "epochs" not in CONFIG.described()
    assert replace(CONFIG, schedule=Schedule.COSINE).described()["epochs"] == 10
