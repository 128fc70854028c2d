from dataclasses import replace

import pytest

from training.configs import CONFIGS
from training.run_dir import Epoch
from training.schedule import best_epoch, is_finished, learning_rate_for

CONFIG = replace(
    CONFIGS["age_gender_cnn"],
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


def test_the_learning_rate_falls_on_each_plateau_and_never_below_its_floor() -> None:
    assert learning_rate_for(CONFIG, history_of(5, 4, 4.5)) == 1e-3
    assert learning_rate_for(CONFIG, history_of(5, 4, 4.5, 4.5)) == pytest.approx(5e-4)
    assert learning_rate_for(CONFIG, history_of(5, 4, 4.5, 4.5, 3, 3.5)) == pytest.approx(5e-4)
    assert learning_rate_for(CONFIG, history_of(*[4.0] * 10)) == pytest.approx(2e-4)


def test_the_best_epoch_is_the_one_with_the_lowest_validation_loss() -> None:
    assert best_epoch(history_of(5, 3, 4, 3.5)) == 1
