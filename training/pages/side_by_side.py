"""Two models beside each other, on the same faces."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from training.measuring.answers import Answers
from training.measuring.measured_model import MeasuredModel
from training.measuring.metrics import BOOTSTRAP_ROUNDS, INTERVAL_PERCENT
from training.pages import figures as draw
from training.pages.comparison import add_band_charts
from training.pages.figure_cells import BAND_COLUMNS, MODEL_COLUMNS, cells, headings
from training.pages.page import Page
from training.pages.plot_style import INK

_FACE_COUNT = 16


def side_by_side_page(
    first: MeasuredModel, second: MeasuredModel, images: NDArray[np.uint8]
) -> Page:
    """Build the page.

    Args:
        first, second: measured on the same faces.
        images: their chips, shape (N, 200, 200, 3).
    """
    models = (first, second)
    said = [model.evaluation.answers for model in models]
    page = Page(f"{first.card.title} against {second.card.title}")
    page.text(f"Measured on the same {said[0].count:,} chips, which neither saw in training.")
    rows = [
        [m.card.title, *cells(m.evaluation.figures, MODEL_COLUMNS), f"{m.card.parameter_count:,}"]
        for m in models
    ]
    page.table(["model", *headings(MODEL_COLUMNS), "parameters"], rows)
    for line in _differences(said[0], said[1], first.card.title, second.card.title):
        page.text(line)
    if first.history and second.history:
        page.heading("How they learnt")
        page.figures(
            **_titled(models, "learning_curves", lambda m: draw.learning_curves(m.history))
        )
    if all(answers.has_age for answers in said):
        _add_ages(page, models)
    if all(answers.has_gender for answers in said):
        _add_gender(page, models)
    add_band_charts(page, [replace(m.card, figures=m.evaluation.figures) for m in models])
    _add_band_table(page, models)
    _add_faces(page, models, images)
    return page


def _add_ages(page: Page, models: Sequence[MeasuredModel]) -> None:
    page.heading("Ages")
    _add_pair(page, "ages", models, lambda m: draw.age_scatter(m.evaluation.answers))
    _add_pair(page, "age_errors", models, lambda m: draw.age_error_histogram(m.evaluation.answers))


def _add_gender(page: Page, models: Sequence[MeasuredModel]) -> None:
    page.heading("Gender")
    _add_pair(page, "gender", models, lambda m: draw.confusion_matrix(m.evaluation.answers))
    if all("gender_auc" in model.evaluation.figures for model in models):
        _add_pair(page, "roc", models, lambda m: draw.roc_curve(m.evaluation.answers))


def _add_pair(
    page: Page,
    name: str,
    models: Sequence[MeasuredModel],
    make_figure: Callable[[MeasuredModel], Figure],
) -> None:
    page.pair(**_titled(models, name, make_figure))


def _titled(
    models: Sequence[MeasuredModel], name: str, make_figure: Callable[[MeasuredModel], Figure]
) -> dict[str, Figure]:
    """The same figure of both models, each under its model's title."""
    pair = {}
    for model, place in zip(models, ("first", "second"), strict=True):
        figure = make_figure(model)
        figure.suptitle(model.card.title, x=0.01, ha="left", fontsize=11, color=INK)
        pair[f"{name}_{place}"] = figure
    return pair


def _add_band_table(page: Page, models: Sequence[MeasuredModel]) -> None:
    """A row for each model in each age band."""
    rows = []
    for band in models[0].evaluation.figures["by_age_band"]:
        for model in models:
            figures = model.evaluation.figures["by_age_band"][band]
            rows.append([band, model.card.title, *cells(figures, BAND_COLUMNS)])
    page.table(["age", "model", *headings(BAND_COLUMNS)], rows)


def _add_faces(page: Page, models: Sequence[MeasuredModel], images: NDArray[np.uint8]) -> None:
    said = [model.evaluation.answers for model in models]
    titles = [model.card.title for model in models]
    worse = said[0].wrongness - said[1].wrongness
    order = np.argsort(worse, kind="stable").tolist()
    page.heading("Where they differ most")
    page.text(f"Above each face its label, below it what {titles[0]} says, then {titles[1]}.")
    first, second = order[:_FACE_COUNT], order[::-1][:_FACE_COUNT]
    page.figures(
        first_better=draw.faces(said, images, first, f"{titles[0]} is nearer"),
        second_better=draw.faces(said, images, second, f"{titles[1]} is nearer"),
    )


def _differences(first: Answers, second: Answers, title: str, other: str) -> list[str]:
    """How far the models differ, face by face, with a paired bootstrap (Efron 1979)."""
    lines = []
    if first.has_age and second.has_age:
        errors = [np.abs(a.age_years - a.true_age_years) for a in (first, second)]
        mean, low, high = paired_difference(errors[0], errors[1])
        lines.append(
            f"Age error, {title} minus {other}: {mean:+.2f} years "
            f"(95 % interval {low:+.2f} to {high:+.2f})."
        )
    if first.has_gender and second.has_gender:
        rights = [((a.female_probability >= 0.5) == a.is_female) * 1.0 for a in (first, second)]
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
