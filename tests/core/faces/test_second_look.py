import math

import numpy as np
import pytest

from core.faces.second_look import (
    LOOK_SIZE_PX,
    find_again,
    look_transform,
    mean_detection,
    transform_detection,
    upright_look_transform,
)
from core.faces.similarity import apply_similarity, invert_similarity, similarity_about
from core.types import Box, Detection
from tests.fakes import make_detection


def turned(detection: Detection, degrees: float) -> Detection:
    centre = detection.box.centre
    return transform_detection(
        detection, similarity_about(centre, centre, 1.0, math.radians(degrees))
    )


def test_a_look_shows_the_box_in_the_middle_at_half_its_side() -> None:
    box = Box(100, 50, 180, 130)
    shown = transform_detection(make_detection(100, 50, 80), look_transform(box)).box
    quarter = LOOK_SIZE_PX / 4
    assert shown == Box(quarter, quarter, 3 * quarter, 3 * quarter)


@pytest.mark.parametrize("degrees", [-60, -12, 0, 25])
def test_an_upright_look_turns_the_face_upright(degrees: float) -> None:
    face = turned(make_detection(100, 60, 80), degrees)
    right_eye, left_eye = apply_similarity(upright_look_transform(face), face.landmarks)[:2]
    assert right_eye[1] == pytest.approx(left_eye[1], abs=1.0)
    assert right_eye[0] < left_eye[0]


def test_a_detection_goes_through_a_look_and_back() -> None:
    face = make_detection(33, 44, 70)
    transform = upright_look_transform(turned(face, 20))
    back = transform_detection(transform_detection(face, transform), invert_similarity(transform))
    np.testing.assert_allclose(back.landmarks, face.landmarks, atol=1e-3)
    np.testing.assert_allclose(back.box.centre, face.box.centre)
    assert back.box.width == pytest.approx(face.box.width)


def test_the_surest_face_of_like_size_at_like_place_is_the_one_meant() -> None:
    candidate = make_detection(100, 100, 100).box
    meant = make_detection(108, 95, 90, score=0.8)
    others = [
        make_detection(112, 95, 90, score=0.7),
        make_detection(200, 100, 100, score=0.99),
        make_detection(130, 130, 40, score=0.99),
        make_detection(50, 50, 200, score=0.99),
    ]
    assert find_again(candidate, [*others, meant]) is meant


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(make_detection(145, 100, 100), id="beside"),
        pytest.param(make_detection(130, 130, 40), id="far smaller: a face in a huge false box"),
        pytest.param(make_detection(60, 60, 180), id="far larger"),
    ],
)
def test_another_face_confirms_nothing(found: Detection) -> None:
    assert find_again(make_detection(100, 100, 100).box, [found]) is None


def test_nothing_found_confirms_nothing() -> None:
    assert find_again(make_detection().box, []) is None


def test_the_mean_lies_between() -> None:
    mean = mean_detection(make_detection(100, 60, 80, 0.9), make_detection(110, 64, 80, 0.7))
    expected = make_detection(105, 62, 80, 0.7)
    assert mean.box == expected.box
    assert mean.score == expected.score
    np.testing.assert_allclose(mean.landmarks, expected.landmarks, atol=1e-4)
