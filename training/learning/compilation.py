"""Gives a network its losses, metrics, optimizer and frozen layers for a phase of training."""

from typing import Any

import keras

from training.learning.configs import Schedule, TrainConfig
from training.learning.distillation import taught, teaching_losses
from training.learning.ema import AveragingAdam, AveragingAdamW
from training.learning.freezing import train_all_but, train_heads_only
from training.learning.losses import AgeError, AgeLoss, LabelDistributionLoss, YearsLoss
from training.learning.schedule import is_head_epoch

_UNDECAYED = ["bias", "gamma", "beta"]


def compile_phase(
    model: keras.Model, config: TrainConfig, epoch: int, steps_per_epoch: int
) -> None:
    """Prepare `model` for the phase that holds `epoch`, with a new optimizer."""
    if is_head_epoch(config, epoch):
        train_heads_only(model)
    else:
        train_all_but(model, config.frozen_layers)
    losses = {
        "age_output": _age_loss(config),
        "gender_output": keras.losses.BinaryCrossentropy(label_smoothing=config.gender_smoothing),
    }
    metrics = {
        "age_output": [AgeError(config.first_year)],
        "gender_output": [
            keras.metrics.BinaryAccuracy(name="accuracy"),
            keras.metrics.AUC(name="auc"),
        ],
    }
    model.compile(
        optimizer=_make_optimizer(config, epoch, steps_per_epoch),
        loss={name: losses[name] for name in config.outputs} | teaching_losses(config),
        loss_weights=_loss_weights(config),
        weighted_metrics={name: metrics[name] for name in config.outputs},
        jit_compile=False if keras.backend.backend() == "tensorflow" else "auto",
    )
    model.optimizer.build(model.trainable_variables)


def _loss_weights(config: TrainConfig) -> dict[str, float]:
    weights = {name: config.loss_weights.get(name, 1.0) for name in config.outputs}
    if not config.teachers:
        return weights
    share = config.teaching_share
    from_teachers = {taught(name): share * weight for name, weight in weights.items()}
    return {name: (1 - share) * weight for name, weight in weights.items()} | from_teachers


def _age_loss(config: TrainConfig) -> keras.losses.Loss:
    if config.age_loss is AgeLoss.LABEL_DISTRIBUTION:
        return LabelDistributionLoss(config.label, config.first_year)
    if config.age_loss is AgeLoss.CROSS_ENTROPY:
        return LabelDistributionLoss(config.label.one_year_wide(), config.first_year)
    return YearsLoss(is_squared=config.age_loss is AgeLoss.SQUARED_ERROR)


def _make_optimizer(
    config: TrainConfig, epoch: int, steps_per_epoch: int
) -> keras.optimizers.Optimizer:
    rate = _learning_rate(config, epoch, steps_per_epoch)
    averaging: dict[str, Any] = {"use_ema": config.ema_momentum is not None}
    if config.ema_momentum is not None:
        averaging["ema_momentum"] = config.ema_momentum
    if config.weight_decay is None:
        return AveragingAdam(rate, **averaging)
    optimizer = AveragingAdamW(rate, weight_decay=config.weight_decay, **averaging)
    optimizer.exclude_from_weight_decay(var_names=_UNDECAYED)
    return optimizer


def _learning_rate(
    config: TrainConfig, epoch: int, steps_per_epoch: int
) -> float | keras.optimizers.schedules.LearningRateSchedule:
    """A number that `train` may lower, or a function of the phase's own steps."""
    if is_head_epoch(config, epoch):
        return config.head_learning_rate
    if config.schedule is Schedule.PLATEAU:
        return config.learning_rate
    steps = (config.epochs - config.head_epochs) * steps_per_epoch
    warm_up_steps = round(config.warm_up * steps)
    return keras.optimizers.schedules.CosineDecay(
        initial_learning_rate=0.0,
        warmup_target=config.learning_rate,
        warmup_steps=warm_up_steps,
        decay_steps=steps - warm_up_steps,
        alpha=config.min_learning_rate / config.learning_rate,
    )
