"""What follows from a run's history alone: its phase, when it ends, how fast it learns.

Keeping no other state is what lets a killed run go on exactly.
"""

from collections.abc import Sequence

from training.learning.configs import TrainConfig
from training.learning.run_dir import Epoch


def is_head_epoch(config: TrainConfig, epoch: int) -> bool:
    """Whether `epoch`, counted from 0, trains the layers above the backbone alone."""
    return epoch < config.head_epochs


def starts_phase(config: TrainConfig, epoch: int) -> bool:
    """Whether `epoch`, counted from 0, is the first of its phase."""
    return epoch in {0, config.head_epochs}


def best_epoch(history: Sequence[Epoch]) -> int:
    """The index of the epoch with the lowest validation loss."""
    return min(range(len(history)), key=lambda index: history[index].validation_loss)


def is_finished(config: TrainConfig, history: Sequence[Epoch]) -> bool:
    """Whether all epochs are done, or the last of them brought nothing."""
    if not history or config.keep_last:
        return len(history) >= config.epochs
    stale = len(history) - 1 - best_epoch(history)
    return len(history) >= config.epochs or stale >= config.stop_patience_epochs


def learning_rate_for(config: TrainConfig, history: Sequence[Epoch]) -> float:
    """The rate of the next epoch: lowered whenever the validation loss stood still.

    Only the epochs after those of the heads count.
    """
    rate, best, waited = config.learning_rate, float("inf"), 0
    for epoch in history[config.head_epochs :]:
        if epoch.validation_loss < best:
            best, waited = epoch.validation_loss, 0
            continue
        waited += 1
        if waited >= config.plateau_patience_epochs:
            rate, waited = max(rate * config.plateau_factor, config.min_learning_rate), 0
    return rate
