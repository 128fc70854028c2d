"""The page of one model: how it learnt, what it gets right, and where it errs."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

import numpy as np

from core.estimation.comparable_figures import by_collection
from core.estimation.model_card import ModelCard
from training.measuring.answers import Answers
from training.pages import age_figures, gender_figures
from training.pages.faces_measured import faces_of, newness
from training.pages.faces_shown import FACE_COUNT, face_pictures, random_faces
from training.pages.figure_cells import (
    BAND_COLUMNS,
    CLASS_COLUMNS,
    MODEL_COLUMNS,
    cells,
    filled,
    headings,
    written,
)
from training.pages.learning_figures import History, learning_curves
from training.pages.page import Page, Table
from training.pages.plot_style import model_colour
from training.pages.reported import REPORTED
from training.pages.rows import Row, command_for, facts_of, plan_of
from training.regeneration.plan import Places, Stage, stage_command


@dataclass(frozen=True, slots=True, eq=False)
class Faces:
    """The faces that a model was measured on, for a page that shows some of them.

    Attributes:
        answers: what the model said, N.
        images: the chips, (N, 200, 200, 3).
        seed: of the random sample.
    """

    answers: Answers
    images: Any
    seed: int = 0


def row_page(row: Row) -> Page:
    """The page of a row of the final table, from its card alone."""
    return model_page(row.card) if row.card else _page_to_come(row)


def model_page(card: ModelCard, faces: Faces | None = None) -> Page:
    """Build the page of a model that was measured."""
    page = Page(card.title)
    figures, colour = card.figures, model_colour(card.name)
    page.text(card.description)
    page.facts([("parameters", f"{card.parameter_count:,}"), *facts_of(card)])
    page.text(f"{card.training_data} Measured on {faces_of(card)}. {newness(card)}")
    page.tables(_main_table(card))
    _add_note(page, card.name)
    if parts := by_collection(card):
        rows = [[faces_of(part), *cells(part.figures, MODEL_COLUMNS)] for part in parts.values()]
        page.tables(Table(("collection", *headings(MODEL_COLUMNS)), rows))
    page.text(_interval_text(figures))
    _add_stages(page, card)
    page.heading("How it learnt")
    if history := card.learning.get("history"):
        page.figures(**learning_curves([History(card.title, colour, history)]))
    else:
        page.text(no_history_text(card))
    if "age_mae" in figures:
        _add_ages(page, figures, colour)
    if "gender_accuracy" in figures:
        _add_gender(page, figures, colour)
    page.heading("By age")
    page.tables(*_age_tables(figures))
    if faces:
        _add_faces(page, faces)
    page.heading("What it must not be used for")
    page.text(f"{card.limits} {card.licence}")
    return page


def _add_stages(page: Page, card: ModelCard) -> None:
    if not (plan := plan_of(card)):
        return
    page.heading("Stages")
    words = shlex.split(card.training_command)
    first = words.index("--data") + 1
    data = list(takewhile(lambda word: not word.startswith("--"), words[first:]))
    page.text(
        f"`python -m training regenerate {card.name} --data {' '.join(data)} --weights DIR` goes "
        f"through them; `{card.run}` is the last. Hours are those of two cores without a GPU."
    )
    places = Places([Path(name) for name in data], Path("DIR"), Path("runs"))
    rows = [
        [
            stage.run,
            _epochs_of(stage),
            "" if stage.hours is None else f"{stage.hours}",
            stage.note,
            f"`{shlex.join(['python', '-m', 'training', *stage_command(plan, stage, places)])}`",
        ]
        for stage in plan.stages
    ]
    page.tables(Table(("stage", "epochs", "hours", "note", "command"), rows, words=[3, 4]))


def _epochs_of(stage: Stage) -> str:
    asked = f"{stage.options.get('epochs', '')}"
    return f"{stage.stopped_after} of {asked}" if stage.stopped_after else asked


def _page_to_come(row: Row) -> Page:
    page = Page(row.title)
    page.text(f"Not trained here yet: `{command_for(row)}`")
    if row.name in REPORTED:
        page.tables(_beside_report(row.name, []))
        _add_note(page, row.name)
    return page


def _add_note(page: Page, name: str) -> None:
    """What the report's figures of a model contradict, or what it says in their place."""
    if (reported := REPORTED.get(name)) and reported.note:
        page.text(
            f"On the report's figures: {reported.note}" if reported.figures else reported.note
        )


def _main_table(card: ModelCard) -> Table:
    rows = [["ours", *cells(card.figures, MODEL_COLUMNS), f"{card.parameter_count:,}"]]
    if "flip_average" in card.figures:
        rows.append(["ours, flips", *cells(card.figures["flip_average"], MODEL_COLUMNS)])
    return _beside_report(card.name, rows)


def _beside_report(name: str, ours: Sequence[Sequence[str]]) -> Table:
    reported = REPORTED.get(name)
    rows: list[Sequence[str]] = []
    if reported and reported.figures:
        texts = [reported.figures.get(key, "") for key, _, _ in MODEL_COLUMNS]
        rows.append(["the report", *texts, reported.parameters])
    quiet = range(len(rows))
    width = len(MODEL_COLUMNS) + 2
    rows += [[*row, *[""] * (width - len(row))] for row in ours]
    return Table(("", *headings(MODEL_COLUMNS), "parameters"), rows, quiet=quiet)


def no_history_text(card: ModelCard) -> str:
    """Why no curves of a model's learning are shown."""
    if runs := card.learning.get("average_of"):
        names = ", ".join(f"`{run}`" for run in sorted(set(runs)))
        return f"Its weights are the mean of those of {names}; it has no epochs of its own."
    return "No history of its run was kept."


def _add_ages(page: Page, figures: Any, colour: str) -> None:
    page.heading("Ages")
    shown = {"age_error_by_age": age_figures.error_by_band(figures, colour)}
    if "aggregates" in figures:
        shown["age_errors"] = age_figures.error_histogram(figures, colour)
        shown["ages"] = age_figures.age_map(figures, colour)
        shown["age_classes"] = age_figures.class_matrix(figures, colour)
        shown["class_scores"] = age_figures.class_scores(figures["age_classes"], colour)
    if "age_range_coverage" in figures:
        shown["age_ranges"] = age_figures.range_by_decade(figures, colour)
    page.figures(**shown)


def _add_gender(page: Page, figures: Any, colour: str) -> None:
    page.heading("Gender")
    shown = {"gender_by_age": gender_figures.accuracy_by_band(figures, colour)}
    if "aggregates" in figures:
        shown["confusion_matrix"] = gender_figures.confusion_matrix(figures, colour)
        if "roc" in figures["aggregates"]:
            shown["roc"] = gender_figures.roc_curve(figures, colour)
        shown["reliability"] = gender_figures.reliability_diagram(figures, colour)
    page.figures(**shown)
    if "gender_accuracy_13plus" in figures:
        page.text(
            f"Small children show no gender: for 13 and over the accuracy is "
            f"{written(figures['gender_accuracy_13plus'], '.2%')}."
        )


def _age_tables(figures: Any) -> list[Table]:
    bands = figures["by_age_band"]
    columns = filled(BAND_COLUMNS, list(bands.values()))
    rows = [[name, *cells(row, columns)] for name, row in bands.items()]
    rows.append(["all", *cells(figures, columns)])
    tables = [Table(("age", *headings(columns)), rows, "By age band", strong=[len(bands)])]
    if classes := figures.get("age_classes"):
        tables.append(_class_table(classes))
    return tables


def _class_table(classes: Any) -> Table:
    rows = [[name, *cells(row, CLASS_COLUMNS)] for name, row in classes["by_class"].items()]
    rows += [
        [f"{name} average", *cells(classes[name], CLASS_COLUMNS)] for name in ("macro", "weighted")
    ]
    rows.append(["accuracy", "", "", f"{classes['accuracy']:.3f}", ""])
    strong = range(len(rows) - 3, len(rows))
    return Table(("age", *headings(CLASS_COLUMNS)), rows, "Ages as classes", strong=strong)


def _add_faces(page: Page, faces: Faces) -> None:
    page.heading("Faces")
    page.text("Above each face its label, below it what the model says.")
    order = np.argsort(faces.answers.wrongness, kind="stable").tolist()
    kinds = (
        ("Best", order[:FACE_COUNT]),
        ("Worst", order[::-1][:FACE_COUNT]),
        (f"At random, seed {faces.seed}", random_faces(faces.answers.count, faces.seed)),
    )
    for title, indices in kinds:
        page.text(title)
        page.pictures(face_pictures([faces.answers], faces.images, indices))


def _interval_text(figures: Any) -> str:
    parts = [
        f"{heading} {written(low, form)} to {written(high, form)}"
        for key, heading, form in MODEL_COLUMNS
        if key in figures["intervals"]
        for low, high in [figures["intervals"][key]]
    ]
    return f"95 % intervals (bootstrap): {', '.join(parts)}."
