"""What a model says of genders, from the counts in its card. Female is positive."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from training.pages.figure_cells import written
from training.pages.plot_style import (
    FAINT,
    FEMALE,
    INK,
    MALE,
    READABLE,
    SHADE,
    hide_frame,
    label,
    new_figure,
    percent,
    shades,
)

_NAMES = ["male", "female"]


def confusion_matrix(figures: Mapping[str, Any], colour: str) -> Figure:
    """Genders as labelled, by genders as said."""
    counts = np.array(figures["aggregates"]["genders"])
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure, axis = new_figure(3.6)
    cmap = shades(colour, READABLE)
    axis.imshow(shares, cmap=cmap, vmin=0, vmax=1, interpolation="none", aspect="auto")
    for row in range(2):
        for column in range(2):
            text = f"{counts[row, column]:,}\n{written(shares[row, column], '.1%')}"
            axis.text(column, row, text, ha="center", va="center", color=INK, fontsize=13)
    hide_frame(axis)
    axis.set_xticks([0, 1], _NAMES)
    axis.set_yticks([0, 1], _NAMES, rotation=90, va="center")
    for ticks in (axis.get_xticklabels(), axis.get_yticklabels()):
        for tick, of_gender in zip(ticks, (MALE, FEMALE), strict=True):
            tick.set_color(of_gender)
            tick.set_fontweight("bold")
    label(axis, f"Gender: {written(figures['gender_accuracy'], '.2%')} right", "said", "labelled")
    return figure


def roc_curve(figures: Mapping[str, Any], colour: str) -> Figure:
    """True against false positive rate over all thresholds."""
    roc = figures["aggregates"]["roc"]
    figure, axis = new_figure(4.0)
    axis.plot([0, 1], [0, 1], color=FAINT, linestyle=":", linewidth=1)
    misses, hits = roc["false_positive_rate"], roc["true_positive_rate"]
    axis.fill_between(misses, hits, color=SHADE, linewidth=0)
    axis.plot(misses, hits, color=colour, linewidth=2)
    axis.text(0.96, 0.08, f"AUC {figures['gender_auc']:.4f}", ha="right", fontsize=13, color=INK)
    label(axis, "ROC of gender", "false positive rate", "true positive rate")
    return figure


def reliability_diagram(figures: Mapping[str, Any], colour: str) -> Figure:
    """How often a gender is right, by how sure the model is."""
    rows = np.array(figures["aggregates"]["reliability"])
    said, right, count = rows.T
    figure, axis = new_figure(4.0)
    axis.plot([0.5, 1], [0.5, 1], color=FAINT, linestyle=":", linewidth=1)
    axis.scatter(said, right, s=20 + 300 * count / count.sum(), color=colour, alpha=0.8)
    axis.set_ylim(0, 1.05)
    percent(axis)
    label(
        axis,
        f"Reliability: off by {written(figures['gender_ece'], '.1%')}",
        "confidence",
        "accuracy",
    )
    return figure


def accuracy_by_band(figures: Mapping[str, Any], colour: str) -> Figure:
    """Gender accuracy by age band, with counts: small children show none."""
    bands = figures["by_age_band"]
    names = [f"{name}\nn {row['n']:.0f}" for name, row in bands.items()]
    figure, axis = new_figure(5.6)
    axis.bar(names, [row["gender_accuracy"] for row in bands.values()], color=colour, width=0.7)
    axis.axhline(figures["gender_accuracy"], color=INK, linewidth=1, linestyle=":")
    lowest = min(row["gender_accuracy"] for row in bands.values())
    axis.set_ylim(0.5 if lowest > 0.5 else 0, 1)
    axis.tick_params(axis="x", labelsize=8)
    percent(axis)
    label(axis, "Gender accuracy by age")
    return figure
