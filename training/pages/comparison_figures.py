"""Several models in one figure, each in its own colour."""

from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from core.estimation.comparable_figures import comparable
from core.estimation.model_card import ModelCard
from training.learning.configs import Preset
from training.pages.plot_style import (
    INK,
    REPORTED,
    label,
    model_colour,
    new_figure,
    percent,
)
from training.pages.reported import REPORTED as REPORTS
from training.pages.reported import number
from training.pages.rows import Row, preset_of

_LEGEND_COLUMNS = 3


def beside_the_report(rows: Sequence[Row], key: str, title: str) -> Figure:
    """The report's figure and ours by model, one below the other; none of ours where to come."""
    titles = {row.name: row.model_title for row in rows}
    names = [name for name in titles if _has(rows, name, key)]
    figure, axis = new_figure(4.5, 1.3 + 0.28 * len(names))
    for place, name in enumerate(reversed(names)):
        colour, reported = model_colour(name), _reported(name, key)
        if reported:
            axis.plot(reported, place, "D", color=REPORTED, markersize=7)
        for row in rows:
            if row.name == name and (ours := _ours(row, key)):
                filling = "none" if row.preset is Preset.REPORT else "full"
                axis.plot(ours, place, "o", color=colour, markersize=9, fillstyle=filling)
    axis.set_yticks(range(len(names)), [titles[name] for name in reversed(names)])
    axis.set_ylim(-0.6, len(names) - 0.4)
    axis.plot([], [], "D", color=REPORTED, label="the report")
    axis.plot([], [], "o", color=INK, label="ours, tuned")
    axis.plot([], [], "o", color=INK, fillstyle="none", label="ours, as reported")
    if key in {"gender_accuracy", "age_within_10"}:
        axis.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
        axis.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    label(axis, title)
    figure.legend(loc="outside lower center", ncols=3, frameon=False, fontsize=8, labelcolor=INK)
    return figure


def _has(rows: Sequence[Row], name: str, key: str) -> bool:
    ours = any(row.name == name and _ours(row, key) for row in rows)
    return ours or _reported(name, key) is not None


def _reported(name: str, key: str) -> float | None:
    text = REPORTS[name].figures.get(key) if name in REPORTS else None
    return number(text) if text else None


def _ours(row: Row, key: str) -> float | None:
    return comparable(row.card).figures.get(key) if row.card else None


def by_band(cards: Sequence[ModelCard], key: str, title: str, unit: str = "") -> Figure:
    """A figure by age band, a line for each card that has it."""
    figure, axis = new_figure(6.2, 4.0 + 0.2 * -(-len(cards) // _LEGEND_COLUMNS))
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
    figure.legend(
        loc="outside lower center",
        ncols=_LEGEND_COLUMNS,
        frameon=False,
        fontsize=8,
        labelcolor=INK,
        handlelength=3,
    )
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
