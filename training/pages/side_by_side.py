"""Two models beside each other: from their cards, and face by face where the faces are there."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from core.estimation.comparable_figures import comparable
from core.estimation.model_card import ModelCard
from training.learning.presets import TITLES
from training.measuring.answers import Answers
from training.measuring.metrics import BOOTSTRAP_ROUNDS, INTERVAL_PERCENT
from training.pages import age_figures, gender_figures
from training.pages.comparison_figures import band_figures
from training.pages.faces_measured import are_of_same_faces, faces_of, newness
from training.pages.faces_shown import FACE_COUNT, face_pictures
from training.pages.figure_cells import (
    BAND_COLUMNS,
    MODEL_COLUMNS,
    cells,
    filled,
    headings,
)
from training.pages.learning_figures import History, learning_curves
from training.pages.model_page import no_history_text
from training.pages.page import Page, Table
from training.pages.plot_style import SECOND, model_colour
from training.pages.rows import Row, command_for, facts_of, plan_of


@dataclass(frozen=True, slots=True, eq=False)
class SameFaces:
    """What two models said of the same faces, (N,), and the chips, (N, 200, 200, 3)."""

    first: Answers
    second: Answers
    images: Any


def told_apart(cards: Sequence[ModelCard], names: Sequence[str]) -> list[ModelCard]:
    """The cards, with these names of the models added to titles that several have."""
    counts = Counter(card.title for card in cards)
    return [
        replace(card, title=f"{card.title} ({name})") if counts[card.title] > 1 else card
        for card, name in zip(cards, names, strict=True)
    ]


def side_by_side_page(
    first: ModelCard, second: ModelCard, same_faces: SameFaces | None = None
) -> Page:
    """Build the page.

    Args:
        first, second: with the figures to be compared.
        same_faces: what these are of; None for a page from the cards alone.
    """
    cards = (comparable(first), comparable(second))
    page = Page(f"{first.title} beside {second.title}")
    page.text(_faces_text(cards))
    rows = [
        [
            card.title,
            f"{card.input_size_px}",
            *cells(card.figures, MODEL_COLUMNS),
            f"{card.parameter_count:,}",
            faces_of(card),
        ]
        for card in cards
    ]
    header = ("model", "input, px", *headings(MODEL_COLUMNS), "parameters", "measured on")
    page.tables(Table(header, rows))
    for card in cards:
        facts = dict(facts_of(card))
        page.text(
            f"{card.title}, epochs {facts['epochs']}, hours {facts['hours']}: "
            f"{facts['trained with']}. {newness(card)}"
        )
    if same_faces:
        for line in _differences(same_faces, first.title, second.title):
            page.text(line)
    _add_learning(page, cards)
    _add_ages(page, cards)
    _add_gender(page, cards)
    page.heading("By age")
    page.figures(**band_figures(cards))
    page.tables(_band_table(cards))
    if same_faces:
        _add_faces(page, cards, same_faces)
    return page


def pair_to_come(rows: Sequence[Row], names: tuple[str, str]) -> Page:
    """The page of two models of which at least one is still to be trained."""
    page = Page(" beside ".join(TITLES[name] for name in names))
    page.text("The report lays these two side by side. Still to be trained:")
    lines = [[row.title, f"`{command_for(row)}`"] for row in rows if row.card is None]
    page.tables(Table(("model", "command"), lines, words=[1]))
    return page


def _faces_text(cards: Sequence[ModelCard]) -> str:
    if are_of_same_faces(cards):
        return f"Both were measured on the same faces: {faces_of(cards[0])}."
    return (
        f"Measured on different faces: {cards[0].title} on {faces_of(cards[0])}, "
        f"{cards[1].title} on {faces_of(cards[1])}. What differs may be the faces."
    )


def _add_learning(page: Page, cards: Sequence[ModelCard]) -> None:
    page.heading("How they learnt")
    histories = [
        History(card.title, colour, card.learning["history"])
        for card, colour in zip(cards, _colours(cards), strict=True)
        if "history" in card.learning
    ]
    if histories:
        page.figures(**learning_curves(histories))
    for card in cards:
        if plan_of(card) and "history" in card.learning:
            page.text(f"The curves of {card.title} are those of its last stage.")
    taught = ["--teachers" in card.training_command for card in cards]
    if any(taught) and not all(taught):
        page.text(
            f"{cards[taught.index(True)].title} learnt from a teacher, too, which its loss is part "
            "of: the losses are no measure of which is better."
        )
    for card in cards:
        if "history" not in card.learning:
            page.text(f"{card.title}: {no_history_text(card)}")


def _add_ages(page: Page, cards: Sequence[ModelCard]) -> None:
    if not all("age_mae" in card.figures for card in cards):
        return
    page.heading("Ages")
    pairs = {"error_by_age": _pair(cards, age_figures.error_by_band)}
    if all("aggregates" in card.figures for card in cards):
        pairs["ages"] = _pair(cards, age_figures.age_map)
        pairs["age_errors"] = _pair(cards, age_figures.error_histogram)
        pairs["age_classes"] = _pair(cards, age_figures.class_matrix)
    page.pairs(**pairs)


def _add_gender(page: Page, cards: Sequence[ModelCard]) -> None:
    if not all("gender_accuracy" in card.figures for card in cards):
        return
    page.heading("Gender")
    pairs = {"gender_by_age": _pair(cards, gender_figures.accuracy_by_band)}
    counted = [card.figures.get("aggregates", {}) for card in cards]
    if all(counted):
        pairs["gender"] = _pair(cards, gender_figures.confusion_matrix)
        pairs["reliability"] = _pair(cards, gender_figures.reliability_diagram)
    if all("roc" in counts for counts in counted):
        pairs["roc"] = _pair(cards, gender_figures.roc_curve)
    page.pairs(**pairs)


def _pair(
    cards: Sequence[ModelCard], draw: Callable[[Mapping[str, Any], str], Figure]
) -> tuple[Figure, Figure]:
    """The same figure of both, each under its model's title, on one scale."""
    first, second = (
        draw(card.figures, colour) for card, colour in zip(cards, _colours(cards), strict=True)
    )
    for card, colour, figure in zip(cards, _colours(cards), (first, second), strict=True):
        figure.suptitle(card.title, x=0.01, ha="left", fontsize=11, color=colour)
    limits = [figure.axes[0].get_ylim() for figure in (first, second)]
    if limits[0] != limits[1]:
        lows, highs = zip(*limits, strict=True)
        for figure in (first, second):
            figure.axes[0].set_ylim(min(lows), max(highs))
    return first, second


def _colours(cards: Sequence[ModelCard]) -> tuple[str, str]:
    """Each model's own; the second has one apart where both are of one name."""
    first, second = (model_colour(card.name) for card in cards)
    return first, second if second != first else SECOND


def _band_table(cards: Sequence[ModelCard]) -> Table:
    """A row for each model in each age band."""
    bands = [card.figures["by_age_band"] for card in cards]
    columns = filled(BAND_COLUMNS, [row for of_card in bands for row in of_card.values()])
    rows = [
        [name, card.title, *cells(of_card[name], columns)]
        for name in bands[0]
        for card, of_card in zip(cards, bands, strict=True)
        if name in of_card
    ]
    return Table(("age", "model", *headings(columns)), rows, words=[1])


def _add_faces(page: Page, cards: Sequence[ModelCard], faces: SameFaces) -> None:
    first, second = faces.first.comparable(faces.second), faces.second.comparable(faces.first)
    if not (first.has_age or first.has_gender):
        return
    titles = [card.title for card in cards]
    order = np.argsort(first.wrongness - second.wrongness, kind="stable").tolist()
    page.heading("Where they differ most")
    page.text(f"Above each face its label, below it what {titles[0]} says, then {titles[1]}.")
    for title, indices in zip(titles, (order, order[::-1]), strict=True):
        page.text(f"{title} is nearer:")
        said = (faces.first, faces.second)
        page.pictures(face_pictures(said, faces.images, indices[:FACE_COUNT]))


def _differences(faces: SameFaces, title: str, other: str) -> list[str]:
    """How far the models differ, face by face, with a paired bootstrap (Efron 1979)."""
    said, lines = (faces.first, faces.second), []
    if all(answers.has_age for answers in said):
        errors = [np.abs(a.aged.age_years - a.aged.true_age_years) for a in said]
        mean, low, high = paired_difference(errors[0], errors[1])
        lines.append(
            f"Age error, {title} minus {other}: {mean:+.2f} years "
            f"(95 % interval {low:+.2f} to {high:+.2f})."
        )
    if all(answers.has_gender for answers in said):
        known = [answers.gendered for answers in said]
        rights = [((a.female_probability >= 0.5) == a.is_female) * 1.0 for a in known]
        mean, low, high = paired_difference(rights[0], rights[1])
        lines.append(
            f"Gender accuracy, {title} minus {other}: {100 * mean:+.2f} percentage points "
            f"(95 % interval {100 * low:+.2f} to {100 * high:+.2f})."
        )
    return lines


def paired_difference(
    first: NDArray[np.float64], second: NDArray[np.float64], seed: int = 0
) -> tuple[float, float, float]:
    """Mean of `first` minus `second` on the same faces, (N,), and the ends of its 95 % interval."""
    differences = first - second
    rng = np.random.default_rng(seed)
    count = len(differences)
    means = [differences[rng.integers(0, count, count)].mean() for _ in range(BOOTSTRAP_ROUNDS)]
    low, high = np.percentile(means, INTERVAL_PERCENT)
    return float(differences.mean()), float(low), float(high)
