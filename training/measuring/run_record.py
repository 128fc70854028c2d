"""What a card keeps of the run that made a model: how it learnt, on what, and for how long."""

from collections.abc import Mapping, Sequence
from typing import Any

from training.learning.run_dir import Epoch, RunDir

CURVES = {"loss": "loss", "mae": "age_mae", "accuracy": "gender_accuracy"}
"""The curves that are kept: by what Keras calls them, with or without their output before."""

_DIGITS = 4


def record_run(run: RunDir) -> dict[str, Any]:
    """The record of a run.

    Keys: `preset`, `precision`, `batch_size`, `hardware`; with epochs of its own also `epochs`,
    `kept_epoch`, `hours` and `history` (a list of values by epoch for each curve); for a mean of
    other runs `average_of`, their folders.
    """
    config, epochs = run.read_config(), run.read_history()
    record = {name: config[name] for name in ("preset", "precision", "batch_size")}
    record["hardware"] = run.read_hardware()
    if "average_of" in config:
        record["average_of"] = config["average_of"]
    if epochs:
        losses = [epoch.validation_loss for epoch in epochs]
        record["epochs"] = len(epochs)
        is_last_kept = config.get("keep_last", False)
        record["kept_epoch"] = len(epochs) if is_last_kept else _last_least(losses)
        record["hours"] = round(sum(epoch.seconds for epoch in epochs) / 3600, 2)
        record["history"] = _history(epochs)
    return record


def _last_least(losses: Sequence[float]) -> int:
    """Its number, from 1 on: the run keeps a later epoch that is as good."""
    return max(number for number, loss in enumerate(losses, start=1) if loss == min(losses))


def _history(epochs: Sequence[Epoch]) -> dict[str, list[float]]:
    """A value by epoch for each curve; names of validation begin with `val_`."""
    history = {
        prefix + ours: [_rounded(epoch.figures[prefix + name]) for epoch in epochs]
        for keras_name, ours in CURVES.items()
        if (name := _full_name(epochs[0].figures, keras_name)) is not None
        for prefix in ("", "val_")
    }
    history["learning_rate"] = [float(f"{epoch.learning_rate:.3g}") for epoch in epochs]
    history["seconds"] = [round(epoch.seconds, 1) for epoch in epochs]
    return history


def _full_name(figures: Mapping[str, float], ending: str) -> str | None:
    """Keras's name for a figure: with its output before it, where a network has two."""
    names = [name for name in figures if not name.startswith("val_")]
    if ending in names:
        return ending
    return next((name for name in names if name.endswith(f"_{ending}")), None)


def _rounded(value: float) -> float:
    return round(value, _DIGITS)
