"""Curves of how models learnt, by epoch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from training.pages.plot_style import label, legend, new_figure, percent

_CURVES = (
    ("loss", "Loss"),
    ("age_mae", "Age error, years"),
    ("gender_accuracy", "Gender accuracy"),
    ("learning_rate", "Learning rate"),
)


@dataclass(frozen=True, slots=True)
class History:
    """A run's curves, as its card keeps them, under its model's title and colour."""

    title: str
    colour: str
    curves: Mapping[str, Sequence[float]]


def learning_curves(histories: Sequence[History]) -> dict[str, Figure]:
    """A figure for each curve that a run has: validation solid, training dashed."""
    return {
        f"curve_{key}": _curve(histories, key, title)
        for key, title in _CURVES
        if any(key in history.curves for history in histories)
    }


def _curve(histories: Sequence[History], key: str, title: str) -> Figure:
    figure, axis = new_figure(4.4)
    for history in histories:
        name = f"{history.title}, " if len(histories) > 1 else ""
        kinds = (("val_", f"{name}validation", "-"), ("", f"{name}training", (0, (3, 2))))
        has_validation = f"val_{key}" in history.curves
        for prefix, words, dashes in kinds if has_validation else (("", history.title, "-"),):
            values = history.curves.get(prefix + key, [])
            epochs = np.arange(1, len(values) + 1)
            axis.plot(epochs, values, linestyle=dashes, color=history.colour, label=words)
    label(axis, title, "epoch")
    axis.xaxis.set_major_locator(MaxNLocator(integer=True))
    if key == "gender_accuracy":
        percent(axis)
    if key != "learning_rate" or len(histories) > 1:
        legend(axis)
    return figure
