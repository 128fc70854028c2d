from pathlib import Path

import cv2
import numpy as np

from core.types import Estimate
from training.data.chip import Chip
from training.measuring.answers import make_answers
from training.measuring.smiles import measure_smiles, smile_marks, smiles_table


def test_a_bias_on_smiling_faces_is_told_from_that_on_others_of_their_age() -> None:
    ages = [25] * 9 + [70] * 6
    marks = np.array([*range(9), *range(6)])
    said = [25 + (4 if mark >= 6 else 0) for mark in marks[:9]] + [68] * 6
    chips = [Chip(Path("a.jpg"), age, True, 0) for age in ages]
    answers = make_answers(chips, [Estimate(age_years=float(age)) for age in said])
    measured = measure_smiles(answers, marks)
    assert list(measured) == ["20-39", "60+"]
    assert measured["20-39"]["neutral"]["age_bias"] == 0
    assert measured["20-39"]["smiling"]["age_bias"] == 4
    assert measured["20-39"]["smiling"]["n"] == 3
    assert measured["60+"]["smiling"]["age_bias"] == -2
    assert "20-39   smiling     3  +4.00   4.00" in smiles_table(measured)


def test_an_empty_picture_has_no_smile() -> None:
    blank = np.full((1, 200, 200, 3), 128, np.uint8)
    assert smile_marks(blank).tolist() == [0]


def test_a_broad_smile_is_marked_more_often_than_a_closed_mouth() -> None:
    skin = np.full((200, 200, 3), 170, np.uint8)
    closed = cv2.line(skin.copy(), (75, 148), (125, 148), (90, 60, 60), 3)
    smiling = cv2.ellipse(skin.copy(), (100, 135), (34, 24), 0, 10, 170, (120, 50, 50), -1)
    smiling = cv2.ellipse(smiling, (100, 138), (26, 14), 0, 15, 165, (245, 245, 240), -1)
    soft = np.stack([cv2.GaussianBlur(image, (0, 0), 2) for image in (closed, smiling)]).astype(
        np.uint8
    )
    few, many = smile_marks(soft)
    assert many > few
