"""Ages as classes of ten years, as the report judged them beside the years."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.measuring.answers import Answers

AGE_CLASSES = (*(f"{first}-{first + 9}" for first in range(0, 100, 10)), "100+")
"""The names of the classes, the youngest first."""


def measure_age_classes(answers: Answers) -> dict[str, Any]:
    """Precision, recall, F1 and support of each class that is labelled or said.

    An estimate counts as the whole year that is shown for it: 29.6 is 30. The averages are those
    of scikit-learn's classification report: `macro` counts each class alike, `weighted` each face.

    Args:
        answers: with ages, of which there is at least one.
    """
    labelled, said = classes_of(answers.true_age_years), classes_of(answers.age_years)
    rows = {
        AGE_CLASSES[number]: _class_figures(labelled == number, said == number)
        for number in np.union1d(labelled, said).tolist()
    }
    return {
        "by_class": rows,
        "accuracy": float((labelled == said).mean()),
        "macro": _average(rows, np.ones(len(rows))),
        "weighted": _average(rows, np.array([row["n"] for row in rows.values()])),
    }


def classes_of(age_years: NDArray[np.float64]) -> NDArray[np.int64]:
    """Where the class of each age stands in `AGE_CLASSES`, (N,)."""
    numbers = np.clip(np.rint(age_years) // 10, 0, len(AGE_CLASSES) - 1)
    return np.asarray(numbers, np.int64)


def age_class_table(figures: Mapping[str, Any]) -> str:
    """What `measure_age_classes` found as lines of text."""
    lines = [f"{'class':>8} {'n':>6} {'precision':>9} {'recall':>7} {'F1':>6}"]
    rows = {**figures["by_class"], "macro": figures["macro"], "weighted": figures["weighted"]}
    for name, row in rows.items():
        count = f"{row['n']:6.0f}" if "n" in row else " " * 6
        lines.append(
            f"{name:>8} {count} {row['precision']:9.3f} {row['recall']:7.3f} {row['f1']:6.3f}"
        )
    return "\n".join([*lines, f"{'accuracy':>8} {figures['accuracy']:6.1%}"])


def _class_figures(is_labelled: NDArray[np.bool_], is_said: NDArray[np.bool_]) -> dict[str, float]:
    right = int((is_labelled & is_said).sum())
    labelled, said = int(is_labelled.sum()), int(is_said.sum())
    return {
        "n": labelled,
        "precision": right / said if said else 0.0,
        "recall": right / labelled if labelled else 0.0,
        "f1": 2 * right / (labelled + said),
    }


def _average(
    rows: Mapping[str, Mapping[str, float]], weights: NDArray[np.float64]
) -> dict[str, float]:
    return {
        name: float(np.average([row[name] for row in rows.values()], weights=weights))
        for name in ("precision", "recall", "f1")
    }
