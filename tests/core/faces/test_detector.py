import numpy as np
import pytest

from core.faces.detector import FaceDetector
from core.faces.pyramid import Pyramid
from core.types import Box, Detection, Image
from tests.core.faces.portraits import is_at, picture_of


@pytest.fixture(scope="module")
def detector() -> FaceDetector:
    return FaceDetector()


def test_a_huge_box_around_a_small_face_is_refused(
    detector: FaceDetector, portrait: Image, own_face: Detection
) -> None:
    place = (600.0, 400.0, 80.0)
    picture = picture_of(portrait, own_face, (800, 600), place)
    huge = Detection(Box(300, 100, 780, 580), 0.9, np.zeros((6, 2), np.float32))
    assert detector.second_look(picture, huge) is None


def test_a_rough_box_is_made_exact_by_the_second_look(
    detector: FaceDetector, portrait: Image, own_face: Detection
) -> None:
    place = (600.0, 400.0, 80.0)
    picture = picture_of(portrait, own_face, (800, 600), place)
    rough = Detection(Box(550, 345, 655, 450), 0.5, np.zeros((6, 2), np.float32))
    face = detector.second_look(picture, rough)
    assert face is not None
    assert is_at(face, place)


def test_a_face_lower_than_wanted_is_not_confirmed(
    detector: FaceDetector, portrait: Image, own_face: Detection
) -> None:
    assert detector.second_look(portrait, own_face) is not None
    assert FaceDetector(min_face_px=1000).second_look(portrait, own_face) is None


def test_a_higher_score_asks_for_surer_faces(portrait: Image, own_face: Detection) -> None:
    assert FaceDetector(min_score=0.99).second_look(portrait, own_face) is None


def test_other_looks_see_a_face_nearer_and_mirrored(
    detector: FaceDetector, portrait: Image, own_face: Detection
) -> None:
    (*nearer, mirrored) = detector.other_looks(Pyramid(portrait), own_face)
    assert len(nearer) == 2
    assert min(*nearer, mirrored) > 0.7


def test_other_looks_see_nothing_where_nothing_is(detector: FaceDetector) -> None:
    grey = np.full((200, 200, 3), 120, np.uint8)
    nothing = Detection(Box(60, 60, 140, 140), 0.3, np.zeros((6, 2), np.float32))
    assert detector.other_looks(Pyramid(grey), nothing) == [0.0, 0.0, 0.0]
