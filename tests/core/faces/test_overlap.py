import pytest

from core.faces.overlap import intersection_over_smaller, overlaps_any, suppress_overlaps
from core.types import Box
from tests.fakes import make_detection


def test_of_two_boxes_of_one_face_the_surer_stays() -> None:
    weak, sure = make_detection(left=100, score=0.6), make_detection(left=105, score=0.9)
    assert suppress_overlaps([weak, sure], 0.4, Box.intersection_over_union) == [sure]


def test_faces_side_by_side_all_stay() -> None:
    faces = [make_detection(left=80.0 * n, score=0.9 - 0.1 * n) for n in range(4)]
    assert suppress_overlaps(faces, 0.4, Box.intersection_over_union) == faces


def test_a_box_in_a_suppressed_box_stays() -> None:
    """Only what is kept suppresses: c overlaps b, but not a."""
    a = make_detection(left=0, score=0.9)
    b = make_detection(left=30, score=0.8)
    c = make_detection(left=60, score=0.7)
    assert suppress_overlaps([c, b, a], 0.4, Box.intersection_over_union) == [a, c]


def test_a_small_box_inside_a_large_one_is_seen_by_the_share_of_the_smaller() -> None:
    large, small = make_detection(0, 0, 400).box, make_detection(50, 60, 80).box
    assert large.intersection_over_union(small) == pytest.approx(0.04)
    assert intersection_over_smaller(large, small) == 1
    assert intersection_over_smaller(small, large) == 1


def test_boxes_apart_or_empty_do_not_overlap() -> None:
    box = Box(0, 0, 10, 10)
    assert intersection_over_smaller(box, Box(10, 0, 20, 10)) == 0
    assert intersection_over_smaller(box, Box(0, 11, 10, 20)) == 0
    assert intersection_over_smaller(box, Box(5, 5, 5, 5)) == 0


def test_nothing_overlaps_no_boxes() -> None:
    assert not overlaps_any(make_detection(), [], 0.0, Box.intersection_over_union)
