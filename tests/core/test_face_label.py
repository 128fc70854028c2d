"""What is written beside a face."""

from dataclasses import replace

import pytest

from core.face_label import both_label_text, label_text
from core.types import Box, Estimate, Face, Gender, OtherAnswer


def make_face(estimate: Estimate | None, gender: Gender | None = None) -> Face:
    return Face(Box(0, 0, 10, 10), 0.9, estimate, gender=gender)


@pytest.mark.parametrize(
    ("estimate", "gender", "text"),
    [
        (Estimate(34.2, 28.4, 40.6, 0.93), Gender.FEMALE, "34 (28–41) · female 93 %"),
        (Estimate(34.2, 28.4, 40.6, 0.07), Gender.MALE, "34 (28–41) · male 93 %"),
        (Estimate(34.2, 28.4, 40.6, 0.5), Gender.UNSURE, "34 (28–41) · unsure"),
        (Estimate(34.2), None, "34"),
        (Estimate(female_probability=0.8), Gender.FEMALE, "female 80 %"),
        (Estimate(), None, ""),
        (None, None, ""),
    ],
)
def test_a_label_says_what_is_known(
    estimate: Estimate | None, gender: Gender | None, text: str
) -> None:
    assert label_text(make_face(estimate, gender)) == text


def test_no_label_claims_to_be_certain() -> None:
    face = make_face(Estimate(female_probability=1.0), Gender.FEMALE)
    assert label_text(face) == "female 99 %"


def test_what_a_second_model_says_follows_a_stroke() -> None:
    face = make_face(Estimate(34.2, 28.4, 40.6, 0.93), Gender.FEMALE)
    assert both_label_text(face) == label_text(face)
    other = OtherAnswer(Estimate(50.0, female_probability=0.1), Gender.MALE)
    assert (
        both_label_text(replace(face, other=other)) == "34 (28–41) · female 93 % | 50 · male 90 %"
    )
