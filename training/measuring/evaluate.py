"""Measures a model through the very predictor that the app uses."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.estimation.predictor import Predictor
from training.data.chip import Chip
from training.data.chip_cache import resize_chips
from training.measuring.age_classes import age_class_table, measure_age_classes
from training.measuring.aggregates import aggregate
from training.measuring.answers import Answers, make_answers
from training.measuring.metrics import OLDER_YEARS, measure, summarise


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """What a model said of labelled chips, and how good that is.

    Attributes:
        answers: without flip averaging.
        figures: of the answers; under `flip_average` the summary with flip averaging, under
            `age_classes` ages as classes, under `aggregates` what pages are drawn from, and under
            `by_collection` the same of each collection alone, where there are several.
    """

    answers: Answers
    figures: dict[str, Any]


def evaluate(predictor: Predictor, chips: Sequence[Chip], images: NDArray[np.uint8]) -> Evaluation:
    """Measure the model of `predictor`.

    Args:
        images: the chips' pictures, shape (N, 200, 200, 3).
    """
    resized = resize_chips(images, predictor.card.input_size_px)
    answers = predict_part(predictor, chips, resized)
    flipped = predict_part(predictor, chips, resized, flip_average=True)
    figures = _measure(answers, flipped)
    names = np.unique(answers.collection)
    if len(names) > 1:
        parts = {str(name): answers.collection == name for name in names}
        figures["by_collection"] = {
            name: _measure(answers.chosen(is_in), flipped.chosen(is_in))
            for name, is_in in parts.items()
        }
    return Evaluation(answers, figures)


def _measure(answers: Answers, flipped: Answers) -> dict[str, Any]:
    figures = {**measure(answers), "flip_average": summarise(flipped)}
    if answers.has_age and answers.aged.count:
        figures["age_classes"] = measure_age_classes(answers.aged)
    figures["aggregates"] = aggregate(answers)
    return figures


def predict_part(
    predictor: Predictor,
    chips: Sequence[Chip],
    images: NDArray[np.uint8],
    *,
    flip_average: bool = False,
) -> Answers:
    """The predictor's answers beside the labels; `images` have the model's input size."""
    return make_answers(chips, predictor.predict(images, flip_average=flip_average))


def figures_table(figures: dict[str, Any]) -> str:
    """The figures by age band as lines of text, the whole first, then groups of 40 and over.

    Where there are several collections, those of each come first.
    """
    if "by_collection" in figures:
        apart = [
            f"{name}\n{figures_table(figures_of)}"
            for name, figures_of in figures["by_collection"].items()
        ]
        together = {name: of for name, of in figures.items() if name != "by_collection"}
        return "\n\n".join([*apart, f"all together\n{figures_table(together)}"])
    older = figures["by_group_from_40"]
    tables = [_table("ages", {"all": figures, **figures["by_age_band"]})]
    if older:
        tables.append(_table(f"{OLDER_YEARS} and over", older))
    if "age_classes" in figures:
        tables.append(age_class_table(figures["age_classes"]))
    return "\n".join(tables)


def _table(title: str, rows: dict[str, dict[str, Any]]) -> str:
    width = max(7, *(len(name) for name in [title, *rows]))
    lines = [f"{title:>{width}} {'n':>6} {'MAE':>6} {'bias':>6} {'gender':>7}"]
    for name, row in rows.items():
        lines.append(
            f"{name:>{width}} {row['n']:6.0f} {_cell(row, 'age_mae', '6.2f')} "
            f"{_cell(row, 'age_bias', '+6.2f')} {_cell(row, 'gender_accuracy', '7.1%')}"
        )
    return "\n".join(lines)


def _cell(row: dict[str, Any], key: str, form: str) -> str:
    return f"{row[key]:{form}}" if key in row else "-".rjust(int(form.lstrip("+").split(".")[0]))
