from typing import Any

import pytest
from PySide6.QtCore import QRectF, QSizeF

from core.types import Estimate, Gender
from gui.picture.face_painter import GENDER_COLOURS, label_parts, place_pill
from tests.live_fakes import make_face

BOUNDS = QRectF(0, 0, 640, 480)
PILL = QSizeF(120, 24)


def texts(**changes: Any) -> list[str]:
    return [part.text for part in label_parts(make_face(**changes))]


def test_a_label_says_age_range_and_gender_with_confidence() -> None:
    assert texts() == ["34", "28–41", "Female 96 %"]
    assert texts(age_years=61.2, female_probability=0.07)[-1] == "Male 93 %"


def test_no_confidence_is_a_full_hundred() -> None:
    assert texts(female_probability=1.0)[-1] == "Female 99 %"


def test_an_unsure_gender_is_muted_and_without_a_number() -> None:
    part = label_parts(make_face(gender=Gender.UNSURE))[-1]
    assert (part.text, part.is_muted) == ("unsure", True)


def test_a_model_without_gender_or_age_or_range_shows_what_it_has() -> None:
    assert texts(gender=None) == ["34", "28–41"]
    assert texts(estimate=Estimate(age_years=34.4), gender=None) == ["34"]
    assert texts(estimate=Estimate(female_probability=0.9)) == ["Female 90 %"]


def test_a_gender_that_a_person_corrected_stands_without_a_number() -> None:
    assert texts(estimate=Estimate(age_years=34.4), gender=Gender.MALE) == ["34", "Male"]


def test_a_doubtful_face_says_so() -> None:
    assert [part.text for part in label_parts(make_face(quality=0.4))][-1] == "doubtful"
    assert label_parts(make_face(quality=0.9)) == label_parts(make_face())


def test_a_face_without_an_estimate_has_no_label() -> None:
    assert texts(estimate=None) == []


def test_every_gender_has_a_colour() -> None:
    assert set(GENDER_COLOURS) == set(Gender)


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        (QRectF(100, 100, 80, 80), QRectF(100, 70, 120, 24)),
        (QRectF(100, 10, 80, 80), QRectF(100, 96, 120, 24)),
        (QRectF(600, 100, 80, 80), QRectF(520, 70, 120, 24)),
        (QRectF(100, -10, 80, 500), QRectF(100, -4, 120, 24)),
    ],
    ids=["above", "below at the top edge", "shifted at the right edge", "inside a huge box"],
)
def test_a_pill_is_placed_where_it_can_be_read(box: QRectF, expected: QRectF) -> None:
    assert place_pill(PILL, box, BOUNDS, [], gap=6) == expected


def test_a_pill_makes_way_for_another() -> None:
    box = QRectF(100, 100, 80, 80)
    taken = [QRectF(90, 60, 120, 30)]
    assert place_pill(PILL, box, BOUNDS, taken, gap=6) == QRectF(100, 186, 120, 24)


def test_a_pill_that_is_wider_than_the_picture_begins_where_it_can_be_read() -> None:
    box = QRectF(500, 100, 80, 80)
    assert place_pill(QSizeF(700, 24), box, BOUNDS, [], gap=6).left() == BOUNDS.left()
