from pathlib import Path

import numpy as np
import pytest

from core.types import Estimate
from training.data.chip import Chip
from training.measuring.age_classes import age_class_table, classes_of, measure_age_classes
from training.measuring.answers import Answers, make_answers


def make_said(*pairs: tuple[int, float]) -> Answers:
    chips = [Chip(Path("chip.jpg"), labelled, False, 0) for labelled, _ in pairs]
    return make_answers(chips, [Estimate(age_years=said) for _, said in pairs])


def test_the_classes_of_six_faces_are_those_worked_out_by_hand() -> None:
    said = make_said((5, 4.0), (8, 12.0), (25, 21.0), (28, 29.6), (35, 33.0), (104, 95.0))
    figures = measure_age_classes(said)
    rows = figures["by_class"]
    assert list(rows) == ["0-9", "10-19", "20-29", "30-39", "90-99", "100+"]
    assert rows["0-9"] == {"n": 2, "precision": 1.0, "recall": 0.5, "f1": pytest.approx(2 / 3)}
    assert rows["10-19"] == {"n": 0, "precision": 0.0, "recall": 0.0, "f1": 0.0}
    assert rows["30-39"] == {"n": 1, "precision": 0.5, "recall": 1.0, "f1": pytest.approx(2 / 3)}
    assert figures["accuracy"] == 0.5
    assert figures["macro"]["precision"] == pytest.approx((1 + 0 + 1 + 0.5 + 0 + 0) / 6)
    assert figures["weighted"]["recall"] == pytest.approx(figures["accuracy"])
    table = age_class_table(figures).splitlines()
    assert table[1].split() == ["0-9", "2", "1.000", "0.500", "0.667"]
    assert table[-1].split() == ["accuracy", "50.0%"]


def test_an_estimate_is_of_the_class_of_the_year_that_is_shown() -> None:
    assert classes_of(np.array([29.4, 29.6, 99.5, 116.0, -1.0])).tolist() == [2, 3, 10, 10, 0]
