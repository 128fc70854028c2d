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
from core.faces.tracker import VISIBLE_FOR_S, FaceTracker
from core.settings import DetectionRange
from core.types import Box, Detection, Image

WOMAN = (330, 250, 700, 620)
"""Left, top, right, bottom of one face with some space around it, in the sample photo."""

GREY = (128, 128, 128)


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


Place = tuple[float, float, float]
"""Centre x and y of a face, and its height."""


def picture_of(portrait: Image, face: Detection, size: tuple[int, int], *places: Place) -> Image:
    """A grey picture (`size`: width, height) with the face of `portrait` at each place."""
    width, height = size
    picture = np.full((height, width, 3), GREY, np.uint8)
    for x, y, face_px in places:
        side = round(portrait.shape[0] * face_px / face.box.height)
        small = cv2.resize(portrait, (side, side), interpolation=cv2.INTER_AREA)
        face_x, face_y = np.array(face.box.centre) * side / portrait.shape[0]
        left, top = max(round(x - face_x), 0), max(round(y - face_y), 0)
        space = picture[top : top + side, left : left + side]
        space[:] = small[: space.shape[0], : space.shape[1]]
    return picture


def is_at(face: Detection, place: Place) -> bool:
    x, y, side = place
    expected = Box(x - side / 2, y - side / 2, x + side / 2, y + side / 2)
    return face.box.intersection_over_union(expected) > 0.6


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
        assert len(detector.detect_frame(picture, 0.0)) == 1


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
        photo_faces = detector.detect_photo(picture)
        live_faces = detector.detect_frame(picture, 0.0)
    for faces in (photo_faces, live_faces):
        assert len(faces) == len(seen)
        assert all(map(is_at, faces, seen))


def test_a_live_far_face_is_seen_again_and_again(portrait: Image, own_face: Detection) -> None:
    """Never longer apart than the tracker's patience with a face that it shows."""
    picture = picture_of(portrait, own_face, (1280, 720), FAR_FACE)
    with FaceDetector() as detector:
        times_s = [frame / 30 for frame in range(20)]
        seen_s = [time_s for time_s in times_s if detector.detect_frame(picture, time_s)]
    assert seen_s[0] == 0
    assert np.diff(seen_s).max() < VISIBLE_FOR_S


def test_a_live_near_face_is_seen_in_every_frame(
    detector: FaceDetector, portrait: Image, own_face: Detection
) -> None:
    picture = picture_of(portrait, own_face, (1280, 720), NEAR_FACE)
    for frame in range(10):
        (face,) = detector.detect_frame(picture, frame / 30)
        assert is_at(face, NEAR_FACE)


def test_going_back_in_time_goes_on(
    detector: FaceDetector, portrait: Image, own_face: Detection
) -> None:
    picture = picture_of(portrait, own_face, (1280, 720), FAR_FACE)
    for time_s in (50.0, 3.0):
        assert len(detector.detect_frame(picture, time_s)) == 1


def test_eight_medium_faces_are_followed_live(portrait: Image, own_face: Detection) -> None:
    places = [(170.0 + 310 * n, 190.0 + 340 * row, 150.0) for row in (0, 1) for n in range(4)]
    picture = picture_of(portrait, own_face, (1280, 720), *places)
    tracker = FaceTracker()
    with FaceDetector() as detector:
        for frame in range(20):
            time_s = frame / 30
            tracks = tracker.update(
                detector.detect_frame(picture, time_s),
                time_s,
                confirm=lambda face: detector.second_look(picture, face),
            )
    assert len(tracks) == 8
    assert all(track.is_visible for track in tracks)


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
