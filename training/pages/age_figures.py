"""What a model says of ages, from the counts in its card."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.colors import PowerNorm
from matplotlib.figure import Figure

from training.measuring.age_classes import AGE_CLASSES
from training.measuring.aggregates import BIN_COUNT, BIN_YEARS, MAX_ERROR_YEARS
from training.pages.figure_cells import written
from training.pages.plot_style import (
    FAINT,
    INK,
    READABLE,
    SHADE,
    hide_frame,
    label,
    legend,
    new_figure,
    percent,
    shades,
)

_SHOWN_YEARS = 104


def error_histogram(figures: Mapping[str, Any], colour: str) -> Figure:
    """How far ages are off, too old to the right."""
    counts = figures["aggregates"]["age_errors"]
    years = np.arange(-MAX_ERROR_YEARS, MAX_ERROR_YEARS + 1)
    figure, axis = new_figure(5.0)
    axis.axvspan(-10.5, 10.5, color=SHADE, zorder=0)
    axis.bar(years, counts, width=0.9, color=colour)
    bias = figures["age_bias"]
    axis.axvline(bias, color=INK, linewidth=1.2, linestyle="--", label=f"mean {bias:+.2f}")
    title = f"Age errors: {written(figures['age_within_10'], '.1%')} within ten years"
    label(axis, title, "estimated minus labelled, years", "faces")
    legend(axis)
    return figure


def age_map(figures: Mapping[str, Any], colour: str) -> Figure:
    """How often each age is estimated for each label, with the mean range where there is one."""
    counts = np.array(figures["aggregates"]["ages"], np.float64).T
    reach = BIN_COUNT * BIN_YEARS
    figure, axis = new_figure(4.4)
    axis.imshow(
        np.where(counts, counts, np.nan),
        cmap=_visible(colour),
        norm=PowerNorm(0.4, 0, max(counts.max(), 1)),
        extent=(0, reach, 0, reach),
        origin="lower",
        interpolation="none",
        aspect="auto",
    )
    axis.plot([0, reach], [0, reach], color=INK, linewidth=1, linestyle=":")
    if ranges := figures["aggregates"].get("age_ranges"):
        for end in ("low_years", "high_years"):
            words = "mean 80 % range" if end == "low_years" else None
            axis.plot(ranges[end], ranges["age_years"], color=INK, linewidth=1, label=words)
        legend(axis)
    axis.set_xlim(0, _SHOWN_YEARS)
    axis.set_ylim(0, _SHOWN_YEARS)
    label(axis, "Predicted against true", "labelled, years", "estimated, years")
    return figure


def _visible(colour: str) -> Any:
    """Shades in which a single face can be told from none."""
    return shades(colour).resampled(256).with_extremes(bad="#ffffff00")


def error_by_band(figures: Mapping[str, Any], colour: str) -> Figure:
    """Mean age error and bias by age band, with counts."""
    bands = figures["by_age_band"]
    names = [f"{name}\nn {row['n']:.0f}" for name, row in bands.items()]
    figure, axis = new_figure(5.0)
    axis.bar(names, [row["age_mae"] for row in bands.values()], color=colour, width=0.7)
    biases = [row["age_bias"] for row in bands.values()]
    axis.plot(names, biases, "D", color=INK, markersize=5, label="bias")
    axis.axhline(0, color=FAINT, linewidth=1)
    axis.axhline(figures["age_mae"], color=INK, linewidth=1, linestyle=":", label="all ages")
    axis.tick_params(axis="x", labelsize=8)
    label(axis, f"Age error by age: MAE {figures['age_mae']:.2f} over all", "", "years")
    legend(axis)
    return figure


def range_by_decade(figures: Mapping[str, Any], colour: str) -> Figure:
    """How many of each decade's true ages the 80 % range holds."""
    shares = figures["age_range_coverage_by_decade"]
    figure, axis = new_figure(5.0)
    axis.bar(list(shares), list(shares.values()), color=colour, width=0.7)
    axis.axhline(0.8, color=INK, linewidth=1, linestyle=":", label="80 %")
    axis.set_ylim(0, 1)
    axis.tick_params(axis="x", labelsize=8)
    percent(axis)
    held = written(figures["age_range_coverage"], ".1%")
    width = figures["age_range_width"]
    label(axis, f"In the 80 % range: {held}, {width:.1f} years wide", "age")
    legend(axis)
    return figure


def class_scores(classes: Mapping[str, Any], colour: str) -> Figure:
    """Precision, recall and F1 of ages as classes."""
    rows = classes["by_class"]
    figure, axis = new_figure(5.0)
    lines: Sequence[tuple[str, str, str]] = (
        ("F1", "f1", "-"),
        ("precision", "precision", "--"),
        ("recall", "recall", ":"),
    )
    for words, key, dashes in lines:
        values = [row[key] for row in rows.values()]
        axis.plot(list(rows), values, linestyle=dashes, marker=".", color=colour, label=words)
    axis.set_ylim(0, 1)
    axis.tick_params(axis="x", labelsize=8)
    percent(axis)
    label(axis, f"Ages as classes: {written(classes['accuracy'], '.1%')} right", "age")
    legend(axis)
    return figure


def class_matrix(figures: Mapping[str, Any], colour: str) -> Figure:
    """Labelled by estimated class: the share of each labelled one."""
    starts = np.arange(len(AGE_CLASSES)) * (10 // BIN_YEARS)
    counts = np.array(figures["aggregates"]["ages"])
    counts = np.add.reduceat(np.add.reduceat(counts, starts, axis=0), starts, axis=1)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure, axis = new_figure(4.4)
    cmap = shades(colour, READABLE)
    axis.imshow(shares, cmap=cmap, vmin=0, vmax=1, interpolation="none", aspect="auto")
    for row, column in zip(*np.nonzero(counts), strict=True):
        text = f"{100 * shares[row, column]:.0f}"
        axis.text(column, row, text, ha="center", va="center", color=INK, fontsize=7)
    places = range(len(AGE_CLASSES))
    axis.set_xticks(places, AGE_CLASSES, fontsize=7, rotation=45, ha="right")
    axis.set_yticks(places, AGE_CLASSES, fontsize=7)
    hide_frame(axis)
    label(axis, "Classes, % of each labelled one", "estimated", "labelled")
    return figure
