from pathlib import Path

import cv2
import numpy as np
import pytest

from core import paths
from core.errors import ModelError
from core.faces.yunet import YUNET_FILE, YuNet, as_blaze_face
from core.sources.photo import load_photo
from core.types import Box, Image
from tests.fakes import make_image

OPENCV_TWIN = Path(__file__).parents[4] / "shared/models/face_detection_yunet_n_640.onnx"


@pytest.fixture(scope="module")
def yunet() -> YuNet:
    return YuNet(min_score=0.6)


@pytest.fixture(scope="module")
def sample() -> Image:
    """The bundled photo of two people, 640 px wide."""
    image = load_photo(paths.sample_photo()).image
    return np.asarray(cv2.resize(image, (640, 360), interpolation=cv2.INTER_AREA), np.uint8)


def test_finds_both_faces_of_the_sample_with_eyes_above_mouth(yunet: YuNet, sample: Image) -> None:
    faces = yunet.find(sample)
    assert len(faces) == 2
    for face in faces:
        right_eye, left_eye, nose, mouth, right_ear, left_ear = face.landmarks
        assert right_ear[0] < right_eye[0] < nose[0] < left_eye[0] < left_ear[0]
        assert max(right_eye[1], left_eye[1]) < nose[1] < mouth[1]
        assert face.box.left < mouth[0] < face.box.right


@pytest.mark.skipif(not OPENCV_TWIN.exists(), reason="no twin of the network that OpenCV reads")
def test_decodes_what_opencv_decodes(yunet: YuNet, sample: Image) -> None:
    opencv = cv2.FaceDetectorYN.create(str(OPENCV_TWIN), "", (640, 640), 0.6, 0.3)
    square = np.zeros((640, 640, 3), np.uint8)
    square[:360] = sample
    square[360:540, 100:420] = cv2.resize(sample, (320, 180))  # smaller faces: another grid
    _, rows = opencv.detect(np.ascontiguousarray(square[..., ::-1]))
    ours = yunet.find_raw(square)
    assert len(rows) == len(ours.scores) == 4
    left, top, right, bottom = ours.boxes.T
    sized = np.stack([left, top, right - left, bottom - top], axis=1)
    assert sized == pytest.approx(rows[:, :4], abs=0.5)
    assert ours.points.reshape(-1, 10) == pytest.approx(rows[:, 4:14], abs=0.5)
    assert ours.scores == pytest.approx(rows[:, 14], abs=0.005)


@pytest.mark.parametrize("size", [(640, 360), (633, 351), (320, 180)])
def test_a_picture_of_any_size_has_its_faces_in_their_places(
    yunet: YuNet, sample: Image, size: tuple[int, int]
) -> None:
    whole = yunet.find(sample)
    resized = np.asarray(cv2.resize(sample, size, interpolation=cv2.INTER_AREA), np.uint8)
    found = [face.scaled(640 / size[0]) for face in yunet.find(resized)]
    assert len(found) == len(whole)
    for face in found:
        assert max(face.box.intersection_over_union(other.box) for other in whole) > 0.7


def test_a_face_that_is_cut_by_the_edge_is_found(yunet: YuNet, sample: Image) -> None:
    face = min(yunet.find(sample), key=lambda found: found.box.left)
    cut = sample[:, round(face.box.left + 0.3 * face.box.width) :]
    assert any(found.box.left < 5 for found in yunet.find(np.ascontiguousarray(cut)))


@pytest.mark.parametrize("size", [(1, 1), (3, 200), (320, 240)])
def test_where_there_is_nothing_nothing_is_found(yunet: YuNet, size: tuple[int, int]) -> None:
    assert yunet.find(make_image((90, 120, 60), size)) == []


def test_a_missing_file_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "face_detector_dir", lambda: tmp_path)
    with pytest.raises(ModelError, match=f"{YUNET_FILE} cannot be loaded"):
        YuNet(min_score=0.6)


def test_no_two_answers_stand_for_one_face(yunet: YuNet, sample: Image) -> None:
    boxes = [Box(*box) for box in yunet.find_raw(sample).boxes.tolist()]
    overlaps = [
        one.intersection_over_union(other) for one in boxes for other in boxes if one is not other
    ]
    assert max(overlaps) < 0.3


def test_a_face_whose_points_coincide_has_landmarks_that_are_numbers() -> None:
    landmarks = as_blaze_face(np.full((2, 5, 2), 30, np.float32))
    assert landmarks.shape == (2, 6, 2)
    assert np.isfinite(landmarks).all()


def test_landmarks_turn_and_grow_with_their_face() -> None:
    upright = np.array([[[60, 58], [138, 58], [99, 95], [75, 135], [122, 135]]], np.float32)
    x, y = np.moveaxis(upright, -1, 0)
    (before,), (after,) = (
        as_blaze_face(points) for points in (upright, np.stack([300 - 2 * y, 2 * x], axis=-1))
    )
    np.testing.assert_allclose(after[:, 0], 300 - 2 * before[:, 1], atol=1e-3)
    np.testing.assert_allclose(after[:, 1], 2 * before[:, 0], atol=1e-3)
