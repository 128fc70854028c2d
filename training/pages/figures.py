"""Figures of one model: how it learnt, and what it said of labelled chips."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from training.data.chip import MAX_AGE_YEARS
from training.learning.run_dir import Epoch
from training.measuring.answers import Answers
from training.measuring.calibration_error import reliability
from training.measuring.metrics import area_under_roc
from training.pages.plot_style import (
    FADED,
    FAINT,
    FIRST,
    INK,
    SECOND,
    hide_frame,
    label,
    legend,
    new_figure,
    percent,
)

_BLUES = LinearSegmentedColormap.from_list("blues", ["#ffffff", FIRST])

_CURVES = (("loss", "Loss"), ("mae", "Age error (years)"), ("accuracy", "Gender accuracy"))


def learning_curves(history: Sequence[Epoch]) -> Figure:
    """Loss, age error and gender accuracy by epoch, on training and validation chips."""
    curves = [
        (title, key)
        for ending, title in _CURVES
        if (key := _figure_name(history[0].figures, ending)) is not None
    ]
    figure, axes = new_figure(4.2 * len(curves), 3.4, 1, len(curves))
    epochs = np.arange(1, len(history) + 1)
    for axis, (title, key) in zip(axes, curves, strict=True):
        for name, prefix, colour in (("training", "", FADED), ("validation", "val_", FIRST)):
            values = [epoch.figures[prefix + key] for epoch in history]
            axis.plot(epochs, values, color=colour, linewidth=2, label=name)
        label(axis, title, "epoch")
        axis.xaxis.set_major_locator(MaxNLocator(integer=True))
    legend(axes[0])
    return figure


def _figure_name(figures: Mapping[str, float], ending: str) -> str | None:
    """Keras's name for a figure: with its output before it, where a network has two."""
    names = [name for name in figures if not name.startswith("val_")]
    if ending in names:
        return ending
    return next((name for name in names if name.endswith(f"_{ending}")), None)


def confusion_matrix(answers: Answers) -> Figure:
    """Genders as labelled, by genders as said."""
    said = answers.female_probability >= 0.5
    counts = np.array(
        [
            [int(((answers.is_female == truth) & (said == say)).sum()) for say in (False, True)]
            for truth in (False, True)
        ]
    )
    figure, (axis,) = new_figure(4.2, 3.8)
    shares = counts / counts.sum(axis=1, keepdims=True)
    axis.imshow(shares, cmap=_BLUES, vmin=0, vmax=1)
    for row in range(2):
        for column in range(2):
            colour = "white" if shares[row, column] > 0.5 else INK
            text = f"{counts[row, column]:,}\n{shares[row, column]:.1%}"
            axis.text(column, row, text, ha="center", va="center", color=colour, fontsize=13)
    label(axis, "Gender", "said", "labelled")
    hide_frame(axis)
    axis.set_xticks([0, 1], ["male", "female"])
    axis.set_yticks([0, 1], ["male", "female"], rotation=90, va="center")
    return figure


def roc_curve(answers: Answers) -> Figure:
    """True against false positive rate over all thresholds; female is positive."""
    order = np.argsort(-answers.female_probability, kind="stable")
    positive = answers.is_female[order]
    hits = np.concatenate([[0], np.cumsum(positive) / positive.sum()])
    misses = np.concatenate([[0], np.cumsum(~positive) / (~positive).sum()])
    area = area_under_roc(answers.female_probability, answers.is_female)
    figure, (axis,) = new_figure(4.4, 3.8)
    axis.plot([0, 1], [0, 1], color=FAINT, linestyle=":", linewidth=1)
    axis.fill_between(misses, hits, color=FADED, alpha=0.5, linewidth=0)
    axis.plot(misses, hits, color=FIRST, linewidth=2)
    axis.text(0.96, 0.08, f"AUC {area:.4f}", ha="right", fontsize=13, color=INK)
    label(axis, "ROC of gender", "false positive rate", "true positive rate")
    return figure


def reliability_diagram(answers: Answers) -> Figure:
    """How often a gender is right, by how sure the model is."""
    rows = reliability(answers.female_probability, answers.is_female)
    said, right, count = (np.array(column) for column in zip(*rows, strict=True))
    figure, (axis,) = new_figure(4.4, 3.8)
    axis.plot([0.5, 1], [0.5, 1], color=FAINT, linestyle=":", linewidth=1)
    axis.scatter(said, right, s=20 + 300 * count / count.sum(), color=FIRST, alpha=0.8)
    axis.set_ylim(0, 1.05)
    label(axis, "Is it as sure as it is right?", "confidence", "accuracy")
    percent(axis)
    return figure


def age_error_histogram(answers: Answers) -> Figure:
    """How far ages are off, too old to the right."""
    errors = answers.age_years - answers.true_age_years
    figure, (axis,) = new_figure(6.4, 3.6)
    edges = np.arange(-40.5, 41.5)
    axis.hist(np.clip(errors, -40, 40), bins=edges.tolist(), color=FIRST, alpha=0.85)
    axis.axvspan(-10, 10, color=FADED, alpha=0.35, zorder=0)
    axis.axvline(errors.mean(), color=SECOND, linewidth=2, label=f"mean {errors.mean():+.2f}")
    within = (np.abs(errors) <= 10).mean()
    label(axis, f"Age errors: {within:.1%} within ten years", "estimated minus labelled, years")
    legend(axis)
    return figure


def age_scatter(answers: Answers) -> Figure:
    """Estimated against labelled ages, and the calibrated range where there is one."""
    figure, (axis,) = new_figure(5.6, 5.0)
    axis.plot([0, 100], [0, 100], color=FAINT, linestyle=":", linewidth=1)
    if answers.has_age_range:
        order = np.argsort(answers.age_years)
        axis.fill_betweenx(
            answers.age_years[order],
            answers.age_low_years[order],
            answers.age_high_years[order],
            color=FADED,
            alpha=0.5,
            linewidth=0,
            label="calibrated 80 % range",
        )
        legend(axis)
    axis.scatter(
        answers.true_age_years, answers.age_years, s=7, color=FIRST, alpha=0.35, linewidths=0
    )
    axis.set_xlim(-2, MAX_AGE_YEARS + 2)
    axis.set_ylim(-2, MAX_AGE_YEARS + 2)
    label(axis, "Ages", "labelled, years", "estimated, years")
    return figure


def mae_by_band(figures: Mapping[str, Any]) -> Figure:
    """Mean age error and bias by age band, with counts."""
    bands = figures["by_age_band"]
    names = list(bands)
    figure, (axis,) = new_figure(6.8, 3.8)
    heights = [bands[name]["age_mae"] for name in names]
    axis.bar(names, heights, color=FIRST, width=0.7, label="mean absolute error")
    axis.plot(names, [bands[n]["age_bias"] for n in names], "D", color=SECOND, label="bias")
    for index, name in enumerate(names):
        axis.text(
            index, heights[index], f"n {bands[name]['n']:.0f}", ha="center", va="bottom", fontsize=8
        )
    axis.axhline(0, color=FAINT, linewidth=1)
    axis.axhline(figures["age_mae"], color=INK, linewidth=1, linestyle=":")
    label(axis, f"Age error by age: {figures['age_mae']:.2f} years over all", "age", "years")
    legend(axis)
    return figure


def faces(
    said: Sequence[Answers], images: NDArray[np.uint8], indices: Sequence[int], title: str
) -> Figure:
    """Chips with what they are labelled (above) and what each model said (below, a line each)."""
    columns = 8
    rows = -(-len(indices) // columns)
    line_height = 0.16 * (len(said) - 1)
    figure, axes = new_figure(11.0, (1.85 + line_height) * rows + 0.4, rows, columns)
    figure.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight="bold", color=INK)
    for axis in axes:
        hide_frame(axis)
    for axis, index in zip(axes, indices, strict=False):
        axis.imshow(images[index])
        axis.set_title(_label_words(said[0], index), fontsize=9, color=INK, pad=3)
        words = [_said_words(answers, index) for answers in said]
        axis.set_xlabel("\n".join(words), fontsize=9, color=FIRST)
    return figure


def _label_words(answers: Answers, index: int) -> str:
    return f"{answers.true_age_years[index]:.0f} {'F' if answers.is_female[index] else 'M'}"


def _said_words(answers: Answers, index: int) -> str:
    words = []
    if answers.has_age:
        words.append(f"{answers.age_years[index]:.0f}")
    if answers.has_gender:
        probability = answers.female_probability[index]
        sure = max(probability, 1 - probability)
        words.append(f"{'F' if probability >= 0.5 else 'M'} {sure:.0%}")
    return "  ".join(words)
