import math
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from core import paths
from core.errors import ModelError
from core.faces.alignment import CHIP_SIZE_PX, chip_transform, warp_chip
from core.faces.detector import SHORT_RANGE_FILE, FaceDetector
from core.faces.similarity import similarity_about, similarity_scale, similarity_turn
from core.settings import DetectionRange
from core.types import Box, Detection, Image
from tests.core.faces.portraits import GREY, Place, is_at, picture_of

WOMAN = (330, 250, 700, 620)
"""Left, top, right, bottom of one face with some space around it, in the sample photo."""


@pytest.fixture(scope="module")
def photo() -> Image:
    image = cv2.imread(str(paths.sample_photo()), cv2.IMREAD_COLOR_RGB)
    assert image is not None
    return np.asarray(image, np.uint8)


@pytest.fixture(scope="module")
def portrait(photo: Image) -> Image:
    left, top, right, bottom = WOMAN
    return np.ascontiguousarray(photo[top:bottom, left:right])


@pytest.fixture(scope="module")
def detector() -> Iterator[FaceDetector]:
    with FaceDetector() as detector:
        yield detector


@pytest.fixture(scope="module")
def own_face(detector: FaceDetector, portrait: Image) -> Detection:
    """The face of the portrait, in px of the portrait."""
    (face,) = detector.detect_photo(portrait)
    return face


def test_each_face_of_the_photo_is_found_once_from_left_to_right(
    detector: FaceDetector, photo: Image
) -> None:
    faces = detector.detect_photo(photo)
    assert len(faces) == 2
    assert faces[0].box.right < faces[1].box.left
    assert all(face.score > 0.6 for face in faces)


@pytest.mark.parametrize("size", [(3, 2000), (1000, 1), (1, 900)])
def test_a_very_thin_picture_has_no_faces(detector: FaceDetector, size: tuple[int, int]) -> None:
    width, height = size
    assert detector.detect_photo(np.full((height, width, 3), GREY, np.uint8)) == ()


def test_landmarks_lie_where_faces_have_them(detector: FaceDetector, photo: Image) -> None:
    for face in detector.detect_photo(photo):
        right_eye, left_eye, nose, mouth = face.landmarks[:4]
        assert face.landmarks.shape == (6, 2)
        assert face.landmarks.dtype == np.float32
        assert face.box.left < right_eye[0] < nose[0] < left_eye[0] < face.box.right
        assert face.box.top < right_eye[1] < nose[1] < mouth[1] < face.box.bottom


@pytest.mark.parametrize("size", [(800, 600), (600, 1000), (1400, 700)])
@pytest.mark.parametrize("face_px", [70, 120, 300])
def test_faces_of_any_size_are_found_where_they_are(
    detector: FaceDetector,
    portrait: Image,
    own_face: Detection,
    size: tuple[int, int],
    face_px: int,
) -> None:
    place = (size[0] * 0.6, size[1] * 0.45, float(face_px))
    faces = detector.detect_photo(picture_of(portrait, own_face, size, place))
    assert [is_at(face, place) for face in faces] == [True]


@pytest.mark.parametrize("degrees", [-35, -12, 12, 35])
def test_the_crop_of_a_turned_face_turns_back(
    detector: FaceDetector, portrait: Image, own_face: Detection, degrees: float
) -> None:
    turned = similarity_about(own_face.box.centre, (300, 300), 0.8, math.radians(degrees))
    (face,) = detector.detect_photo(warp_chip(portrait, turned, 600))
    own = chip_transform(own_face, CHIP_SIZE_PX)
    found = chip_transform(face, CHIP_SIZE_PX)
    assert similarity_scale(found) * 0.8 == pytest.approx(similarity_scale(own), rel=0.05)
    difference = similarity_turn(found) + math.radians(degrees) - similarity_turn(own)
    assert math.degrees(difference) == pytest.approx(0, abs=3)


@pytest.mark.parametrize("seed", range(4))
def test_a_picture_without_faces_has_none(detector: FaceDetector, seed: int) -> None:
    coarse = np.random.default_rng(seed).uniform(20, 235, (6, 8, 3))
    clouds = cv2.resize(coarse, (800, 600), interpolation=cv2.INTER_LINEAR).astype(np.uint8)
    assert detector.detect_photo(clouds) == ()


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


def test_faces_lower_than_wanted_are_not_reported(portrait: Image, own_face: Detection) -> None:
    picture = picture_of(portrait, own_face, (800, 600), (200, 300, 60), (500, 300, 160))
    with FaceDetector(min_face_px=100) as detector:
        assert [is_at(face, (500, 300, 160)) for face in detector.detect_photo(picture)] == [True]


def test_a_higher_score_asks_for_surer_faces(photo: Image) -> None:
    with FaceDetector(min_score=0.99) as detector:
        assert detector.detect_photo(photo) == ()


FAR_FACE: Place = (950.0, 400.0, 100.0)
NEAR_FACE: Place = (400.0, 350.0, 320.0)


@pytest.mark.parametrize(
    ("detection_range", "seen"),
    [
        (DetectionRange.NEAR, [NEAR_FACE]),
        (DetectionRange.FAR, [NEAR_FACE, FAR_FACE]),
        (DetectionRange.AUTO, [NEAR_FACE, FAR_FACE]),
    ],
)
def test_the_setting_decides_who_looks(
    portrait: Image, own_face: Detection, detection_range: DetectionRange, seen: list[Place]
) -> None:
    picture = picture_of(portrait, own_face, (1280, 720), NEAR_FACE, FAR_FACE)
    with FaceDetector(detection_range) as detector:
        faces = detector.detect_photo(picture)
    assert len(faces) == len(seen)
    assert all(map(is_at, faces, seen))


def test_a_view_of_a_larger_picture_is_read_rightly(
    detector: FaceDetector, photo: Image, own_face: Detection
) -> None:
    left, top, right, bottom = WOMAN
    (face,) = detector.detect_photo(photo[top:bottom, left:right])
    np.testing.assert_array_equal(face.landmarks, own_face.landmarks)


def test_closing_twice_is_harmless() -> None:
    detector = FaceDetector()
    detector.close()
    detector.close()


def test_a_missing_file_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "face_detector_dir", lambda: tmp_path)
    with pytest.raises(ModelError, match=r"face_detection_short_range\.tflite cannot be loaded"):
        FaceDetector()


def test_a_broken_file_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / SHORT_RANGE_FILE).write_bytes(b"no model at all" * 100)
    monkeypatch.setattr(paths, "face_detector_dir", lambda: tmp_path)
    with pytest.raises(ModelError, match="cannot be loaded"):
        FaceDetector()


def test_tensorflow_is_not_imported_with_mediapipe() -> None:
    code = (
        "import sys; from core.faces.detector import FaceDetector; FaceDetector().close();"
        "assert 'tensorflow' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=paths.install_dir())
