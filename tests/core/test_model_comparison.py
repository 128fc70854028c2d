import pytest

from core.model_comparison import compare_faces
from core.types import Box
from tests.live_fakes import make_face


def test_faces_in_the_same_place_are_compared_and_others_stand_alone() -> None:
    left, right, far = Box(0, 0, 80, 80), Box(100, 0, 180, 80), Box(300, 0, 380, 80)
    first = [make_face(30, box=left), make_face(40, box=right)]
    second = [make_face(44, box=right.moved(4, 2)), make_face(70, box=far)]
    compared = compare_faces(first, second)
    assert [face.years_apart for face in compared] == [None, pytest.approx(4), None]
    assert [face.box_face.box for face in compared] == [left, right, far]


def test_a_model_without_an_age_is_no_years_apart() -> None:
    (face,) = compare_faces([make_face()], [make_face(estimate=None)])
    assert face.years_apart is None
    assert face.second is not None
