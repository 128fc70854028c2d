"""Several models in one figure, each in its own colour."""

from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from core.estimation.model_card import ModelCard
from training.learning.configs import Preset
from training.pages.plot_style import (
    GRID,
    INK,
    REPORTED,
    label,
    legend,
    model_colour,
    new_figure,
    percent,
)
from training.pages.reported import REPORTED as REPORTS
from training.pages.reported import number
from training.pages.rows import Row, preset_of


def beside_the_report(rows: Sequence[Row], key: str, title: str) -> Figure:
    """The report's figure and ours for each row that has one of them, one below the other."""
    values = [(row, _reported(row, key), _ours(row, key)) for row in rows]
    values = [(row, reported, ours) for row, reported, ours in values if reported or ours]
    figure, axis = new_figure(6.2, 1.3 + 0.3 * len(values))
    for place, (row, reported, ours) in enumerate(reversed(values)):
        axis.axhline(place, color=GRID, linewidth=0.8)
        if reported and ours:
            axis.plot([reported, ours], [place, place], color=GRID, linewidth=4)
        if reported:
            axis.plot(reported, place, "D", color=REPORTED, markersize=7)
        if ours:
            colour = model_colour(row.name)
            filling = "none" if row.preset is Preset.REPORT else "full"
            axis.plot(ours, place, "o", color=colour, markersize=9, fillstyle=filling)
    names = [row.title if ours else f"{row.title}, to come" for row, _, ours in reversed(values)]
    axis.set_yticks(range(len(values)), names)
    axis.set_ylim(-0.6, len(values) - 0.4)
    axis.plot([], [], "D", color=REPORTED, label="the report")
    axis.plot([], [], "o", color=INK, label="ours, tuned")
    axis.plot([], [], "o", color=INK, fillstyle="none", label="ours, as reported")
    if key in {"gender_accuracy", "age_within_10"}:
        axis.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
        axis.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    label(axis, title)
    axis.legend(
        frameon=False,
        fontsize=9,
        labelcolor=INK,
        ncols=3,
        loc="upper left",
        bbox_to_anchor=(0, -0.06),
        columnspacing=1.2,
    )
    return figure


def _reported(row: Row, key: str) -> float | None:
    reported = REPORTS.get(row.name)
    text = reported.figures.get(key) if reported else None
    return number(text) if text else None


def _ours(row: Row, key: str) -> float | None:
    return row.card.figures.get(key) if row.card else None


def by_band(cards: Sequence[ModelCard], key: str, title: str, unit: str = "") -> Figure:
    """A figure by age band, a line for each card that has it."""
    figure, axis = new_figure(7.2, 4.4)
    for card in cards:
        bands = card.figures["by_age_band"]
        axis.plot(
            list(bands),
            [row[key] for row in bands.values()],
            marker="o",
            markersize=4,
            linestyle="--" if preset_of(card) is Preset.REPORT else "-",
            color=model_colour(card.name),
            label=card.title,
        )
    label(axis, title, "age", unit)
    if not unit:
        percent(axis)
    legend(axis)
    return figure


def band_figures(cards: Sequence[ModelCard]) -> dict[str, Figure]:
    """Age error and gender accuracy by age band, as far as `cards` have them."""
    ages = [card for card in cards if "age_mae" in card.figures]
    genders = [card for card in cards if "gender_accuracy" in card.figures]
    figures = {}
    if ages:
        figures["age_error_by_age"] = by_band(ages, "age_mae", "Age error by age", "MAE, years")
    if genders:
        figures["gender_by_age"] = by_band(genders, "gender_accuracy", "Gender accuracy by age")
    return figures
