import math

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow

from core.assembly import make_photo_search
from core.faces.alignment import align_face
from core.faces.turned_search import TurnedSearch
from core.settings import Settings
from core.types import Box, Detection, Image
from tests.core.faces.portraits import picture_of
from tests.fakes import FakeDetector, make_detection

WHITE = 200


class WhiteDetector:
    """Finds the one white rectangle of a picture if it is large enough in it, and upright.

    Upright is a rectangle that is taller than wide and whose upper half is brighter.
    """

    def __init__(self, min_share: float = 0.0) -> None:
        self._min_share = min_share
        self.look_count = 0

    def detect_photo(self, image: Image) -> tuple[Detection, ...]:
        self.look_count += 1
        rows, columns = np.nonzero(image[..., 0] > WHITE)
        if len(rows) == 0:
            return ()
        box = Box(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
        upper = image[int(box.top), int(box.centre[0]), 0]
        lower = image[int(box.bottom) - 1, int(box.centre[0]), 0]
        is_large = box.height / max(image.shape[:2]) >= self._min_share
        if not (is_large and box.height > box.width and upper > lower):
            return ()
        middle = box.centre[0]
        points = np.array([[middle, box.top]] * 3 + [[middle, box.bottom]] * 3, np.float32)
        return (Detection(box, 0.9, points),)


def picture(width: int = 300, height: int = 200, face: Box = Box(40, 60, 80, 130)) -> Image:  # noqa: B008
    """A black picture with a face that is brighter above."""
    image = np.zeros((height, width, 3), np.uint8)
    left, top, right, bottom = (
        int(edge) for edge in (face.left, face.top, face.right, face.bottom)
    )
    image[top:bottom, left:right] = 210
    image[top : (top + bottom) // 2, left:right] = 250
    return image


def edges(box: Box) -> tuple[float, ...]:
    return box.left, box.top, box.right, box.bottom


def test_a_photo_with_an_upright_face_is_looked_at_once() -> None:
    detector = WhiteDetector()
    (face,) = TurnedSearch(detector).detect_photo(picture())
    assert edges(face.box) == (40, 60, 80, 130)
    assert detector.look_count == 1


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_face_on_its_side_is_found_where_it_is(turns: int) -> None:
    turned = np.ascontiguousarray(np.rot90(picture(), turns))
    (face,) = TurnedSearch(WhiteDetector()).detect_photo(turned)
    rows, columns = np.nonzero(turned[..., 0] > WHITE)
    assert edges(face.box) == (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    upper = face.landmarks[0]
    bright_rows, bright_columns = np.nonzero(turned[..., 0] == 250)
    centre = np.array([bright_columns.mean(), bright_rows.mean()])
    distances = [np.linalg.norm(point - centre) for point in (upper, face.landmarks[5])]
    assert distances[0] < distances[1], "the landmarks turned with the face"


def test_the_turn_that_shows_more_faces_wins() -> None:
    class FoundInTurns(FakeDetector):
        answers = iter([(), (make_detection(score=0.85),), (make_detection(score=0.9),), ()])

        def detect_photo(self, image: Image) -> tuple[Detection, ...]:
            return next(self.answers)

    (face,) = TurnedSearch(FoundInTurns()).detect_photo(picture())
    assert face.score == 0.9


def test_a_photo_without_a_face_stays_without() -> None:
    detector = WhiteDetector()
    assert TurnedSearch(detector).detect_photo(np.zeros((50, 90, 3), np.uint8)) == ()
    assert detector.look_count == 4


def test_a_turn_that_shows_no_face_surely_is_not_believed() -> None:
    class UnsureInTurns(FakeDetector):
        answers = iter([(), (make_detection(score=0.7),), (make_detection(score=0.65),), ()])

        def detect_photo(self, image: Image) -> tuple[Detection, ...]:
            return next(self.answers)

    assert TurnedSearch(UnsureInTurns()).detect_photo(picture()) == ()


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_real_photo_on_its_side_gives_the_same_chips(
    search: TurnedSearch, photo: Image, turns: int
) -> None:
    turned = np.ascontiguousarray(np.rot90(photo, turns))
    upright = search.detect_photo(photo)
    found = search.detect_photo(turned)
    assert len(found) == len(upright) == 2
    chips = [align_face(photo, face, 64).astype(float) for face in upright]
    for face in found:
        chip = align_face(turned, face, 64)
        differences = [np.abs(chip - expected).mean() for expected in chips]
        assert min(differences) < 20 < max(differences)


def turned_beside_upright(portrait: Image) -> Image:
    """One portrait upright, the same turned to the left, upside down and turned to the right."""
    large = cv2.resize(portrait, (200, 200), interpolation=cv2.INTER_AREA)
    image = np.full((480, 640, 3), 128, np.uint8)
    for turns in range(4):
        left, top = 30 + 300 * (turns % 2), 20 + 230 * (turns // 2)
        image[top : top + 200, left : left + 200] = np.rot90(large, turns)
    return image


def test_a_real_face_that_lies_beside_an_upright_one_gives_the_same_chip(
    search: TurnedSearch, portrait: Image
) -> None:
    image = turned_beside_upright(portrait)
    faces = search.detect_photo(image)
    upright = next(face for face in faces if max(face.box.centre) < 240)
    expected = align_face(image, upright, 64).astype(float)
    assert len(faces) >= 3
    for face in faces:
        assert np.abs(align_face(image, face, 64) - expected).mean() < 12


def test_a_thorough_search_finds_every_real_face_that_lies_beside_an_upright_one(
    portrait: Image,
) -> None:
    thorough = make_photo_search(Settings(is_thorough=True))
    assert len(thorough.detect_photo(turned_beside_upright(portrait))) == 4


def test_a_thorough_search_joins_what_the_turns_show() -> None:
    class FoundInTurns(FakeDetector):
        answers = iter(
            [
                (make_detection(100, 100, score=0.9), make_detection(10, 10, score=0.6)),
                (make_detection(300, 20, score=0.85), make_detection(150, 20, score=0.55)),
                (),
                (make_detection(460, 300, score=0.82),),  # the first one, upside down
            ]
        )

        def detect_photo(self, image: Image) -> tuple[Detection, ...]:
            return next(self.answers)

    search = TurnedSearch(FoundInTurns(), beside=FoundInTurns())
    faces = search.detect_photo(np.zeros((480, 640, 3), np.uint8))
    assert sorted(face.score for face in faces) == [0.6, 0.85, 0.9]


def test_real_faces_of_16_px_are_found_anywhere_by_a_thorough_search(
    portrait: Image, own_face: Detection
) -> None:
    places = [
        (60.0 + 190 * column, 70.0 + 130 * row, 16.0) for column in range(12) for row in (0, 4, 9)
    ]
    large = picture_of(portrait, own_face, (2400, 1600), *places)
    found = make_photo_search(Settings(is_thorough=True)).detect_photo(large)
    assert len(found) == len(places)
    for place in places:
        assert any(math.dist(face.box.centre, place[:2]) < 6 for face in found), place


def test_real_small_faces_in_a_large_photo_are_found_by_a_thorough_search(
    search: TurnedSearch, photo: Image
) -> None:
    height, width = photo.shape[:2]
    factor = 160 / width
    size = round(width * factor), round(height * factor)
    small = np.asarray(Pillow.fromarray(photo).resize(size, Pillow.Resampling.BOX))
    large = np.full((2000, 3000, 3), 90, np.uint8)
    large[1200 : 1200 + size[1], 1900 : 1900 + size[0]] = small
    found = make_photo_search(Settings(is_thorough=True)).detect_photo(large)
    assert len(found) == 2 > len(search.detect_photo(large))
    assert all(1900 < face.box.centre[0] < 1900 + size[0] for face in found)
