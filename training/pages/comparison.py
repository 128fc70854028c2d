"""The comparison of models: the report's figures and ours, generated from the cards."""

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from core.estimation.model_card import ModelCard
from training.architectures.transfer import IMAGENET, NO_WEIGHTS
from training.learning.presets import TITLES, find_config
from training.pages.figure_cells import MODEL_COLUMNS, cells, headings
from training.pages.page import Page
from training.pages.plot_style import SERIES, label, legend, new_figure, percent
from training.pages.reported import REPORTED, REPORTED_SPLIT
from training.publishing.model_search import learnt_from_reports_split

_HEADER = ("model", "figures", *headings(MODEL_COLUMNS), "parameters")


def comparison_page(cards: Sequence[ModelCard], names: Sequence[str]) -> Page:
    """Build the page.

    Args:
        cards: of models that were evaluated; two may be of one name, in two presets.
        names: of all models to show, in order; those without a card are shown as not trained.
    """
    page = Page("Visage: models compared")
    page.text(
        "Ages in years, female positive. The report measured on "
        f"{REPORTED_SPLIT}; our figures are from a held-out part that shares no picture with "
        "training, unless they say otherwise."
    )
    by_name = {name: [card for card in cards if card.name == name] for name in names}
    rows, ours = _rows(by_name)
    page.table(_HEADER, rows, strong=ours)
    shown = [card for group in by_name.values() for card in group]
    add_band_charts(page, shown)
    page.heading("Where each figure is from")
    for card in shown:
        run = f"run `{card.run}`, " if card.run else ""
        page.text(
            f"{card.title}: {run}trained with `{card.training_command}`, measured with "
            f"`{card.figures_command}`."
        )
    return page


def _rows(by_name: Mapping[str, Sequence[ModelCard]]) -> tuple[list[list[str]], list[int]]:
    """The table's rows, and which of them are ours."""
    rows: list[list[str]] = []
    ours: list[int] = []
    for name, cards in by_name.items():
        title = TITLES.get(name, name)
        if name in REPORTED:
            reported = REPORTED[name]
            count = f"{reported.parameter_count:,}" if reported.parameter_count else ""
            rows.append([title, "the report's", *cells(reported.figures, MODEL_COLUMNS), count])
        if not cards:
            rows.append([title, "not trained here", f"`{_command(name)}`"])
        for card in cards:
            ours.append(len(rows))
            rows += _rows_of(card)
    return rows, ours


def _rows_of(card: ModelCard) -> list[list[str]]:
    """A model as it is, and averaged with the mirrored face."""
    count = f"{card.parameter_count:,}"
    ours = "ours, on the report's split" if learnt_from_reports_split(card) else "ours"
    rows = [[card.title, ours, *cells(card.figures, MODEL_COLUMNS), count]]
    if "flip_average" in card.figures:
        flipped = cells(card.figures["flip_average"], MODEL_COLUMNS)
        rows.append([card.title, f"{ours}, flip averaged", *flipped, count])
    return rows


def _command(name: str) -> str:
    """What trains a model."""
    weights = find_config(name).weights
    file = f" --weights {weights}" if weights not in {IMAGENET, NO_WEIGHTS} else ""
    return f"python -m training train {name} --data UTKFace.tar.gz{file}"


def add_band_charts(page: Page, cards: Sequence[ModelCard]) -> None:
    """Add age error and gender accuracy by age band, as far as `cards` have them."""
    ages = [card for card in cards if "age_mae" in card.figures]
    genders = [card for card in cards if "gender_accuracy" in card.figures]
    charts: dict[str, Figure] = {}
    if ages:
        charts["age_error_by_age"] = _by_band(ages, "age_mae", "Age error by age", "MAE, years")
    if genders:
        charts["gender_by_age"] = _by_band(genders, "gender_accuracy", "Gender accuracy by age", "")
        percent(charts["gender_by_age"].axes[0])
    if charts:
        page.heading("By age")
        page.figures(**charts)


def _by_band(cards: Sequence[ModelCard], key: str, title: str, unit: str) -> Figure:
    figure, (axis,) = new_figure(6.8, 4.2)
    for index, card in enumerate(cards):
        bands = card.figures["by_age_band"]
        axis.plot(
            list(bands),
            [bands[name][key] for name in bands],
            marker="o",
            markersize=5,
            linewidth=2,
            color=SERIES[index % len(SERIES)],
            label=card.title,
        )
    label(axis, title, "age", unit)
    legend(axis)
    return figure
