"""The page of one model: how it learnt, what it gets right, and where it errs."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.measuring.answers import Answers
from training.measuring.measured_model import MeasuredModel
from training.pages import figures as draw
from training.pages.figure_cells import BAND_COLUMNS, MODEL_COLUMNS, cells, headings
from training.pages.page import Page

_FACE_COUNT = 16


def model_page(model: MeasuredModel, images: NDArray[np.uint8]) -> Page:
    """Build the page.

    Args:
        images: the chips that the model was measured on, shape (N, 200, 200, 3).
    """
    card, history = model.card, model.history
    figures, answers = model.evaluation.figures, model.evaluation.answers
    page = Page(card.title)
    page.text(f"{card.description} {card.parameter_count:,} parameters, {card.input_size_px} px.")
    page.text(f"Trained with `{card.training_command}`. {card.training_data}")
    page.text(f"Measured on {answers.count:,} chips that it never saw.")
    rows = [["as it is", *cells(figures, MODEL_COLUMNS)]]
    if "flip_average" in figures:
        rows.append(["flip averaged", *cells(figures["flip_average"], MODEL_COLUMNS)])
    page.table(["", *headings(MODEL_COLUMNS)], rows)
    page.text(_interval_text(figures))
    if history:
        page.heading("How it learnt")
        page.figures(learning_curves=draw.learning_curves(history))
    if answers.has_age:
        _add_ages(page, figures, answers)
    if answers.has_gender:
        _add_gender(page, figures, answers)
    page.heading("By age")
    bands = [[name, *cells(row, BAND_COLUMNS)] for name, row in figures["by_age_band"].items()]
    page.table(["age", *headings(BAND_COLUMNS)], bands)
    page.heading("Best and worst faces")
    page.text("Above each face its label, below it what the model says.")
    order = np.argsort(answers.wrongness, kind="stable")
    best, worst = order[:_FACE_COUNT].tolist(), order[::-1][:_FACE_COUNT].tolist()
    page.figures(
        best_faces=draw.faces([answers], images, best, "Best"),
        worst_faces=draw.faces([answers], images, worst, "Worst"),
    )
    page.heading("What it must not be used for")
    page.text(f"{card.limits} {card.licence}")
    return page


def _add_ages(page: Page, figures: dict[str, Any], answers: Answers) -> None:
    page.heading("Ages")
    page.figures(
        mae_by_band=draw.mae_by_band(figures),
        age_errors=draw.age_error_histogram(answers),
        ages=draw.age_scatter(answers),
    )
    if answers.has_age_range:
        page.text(
            f"The 80 % range holds {figures['age_range_coverage']:.1%} of the true ages and is "
            f"{figures['age_range_width']:.1f} years wide on average."
        )
        shares = figures["age_range_coverage_by_decade"]
        page.table(["age", *shares], [["in range", *(f"{s:.0%}" for s in shares.values())]])


def _add_gender(page: Page, figures: dict[str, Any], answers: Answers) -> None:
    page.heading("Gender")
    shown = {
        "confusion_matrix": draw.confusion_matrix(answers),
        "reliability": draw.reliability_diagram(answers),
    }
    if "gender_auc" in figures:
        shown["roc"] = draw.roc_curve(answers)
    page.figures(**shown)
    page.text(f"Expected calibration error {figures['gender_ece']:.2%}.")
    if "gender_accuracy_13plus" in figures:
        page.text(
            f"Small children show no gender: for 13 and over the accuracy is "
            f"{figures['gender_accuracy_13plus']:.2%}."
        )


def _interval_text(figures: dict[str, Any]) -> str:
    parts = [
        f"{heading} {low:{form}} to {high:{form}}"
        for key, heading, form in MODEL_COLUMNS
        if key in figures["intervals"]
        for low, high in [figures["intervals"][key]]
    ]
    return f"95 % intervals (bootstrap): {', '.join(parts)}."
