from pathlib import Path

import cv2
import numpy as np
import pytest

from core import paths
from core.errors import ModelError
from core.faces.blaze_face import BLAZE_FACE_FILE, SIDE_PX, BlazeFace
from core.types import Box, Image

SEEN_BY_MEDIAPIPE = [
    (
        (303, 228, 414),
        0.92246,
        "101.53 101.084 157.392 103.452 127.126 135.888 126.992 160.508 74.616 108.24 188.26 112.5",
    ),
    (
        (1012, 256, 538),
        0.86779,
        "103.038 94.82 160.79 96.472 132.796 127.014 130.446 156.77 68.996 107.338 186.552 111.496",
    ),
]
"""Left, top and side of a square of the sample photo, and the score and landmarks that mediapipe
0.10.33 gives the face in it, brought to 256 px, of which it takes every second."""


@pytest.fixture(scope="module")
def detector() -> BlazeFace:
    return BlazeFace(0.62)


@pytest.mark.parametrize(("square", "score", "landmarks"), SEEN_BY_MEDIAPIPE)
def test_a_face_is_where_mediapipe_sees_it(
    detector: BlazeFace,
    photo: Image,
    square: tuple[int, int, int],
    score: float,
    landmarks: str,
) -> None:
    left, top, side = square
    cut = photo[top : top + side, left : left + side]
    picture = cv2.resize(cut, (2 * SIDE_PX, 2 * SIDE_PX), interpolation=cv2.INTER_AREA)
    (face,) = detector.find(np.asarray(picture[::2, ::2], np.uint8))
    assert face.score == pytest.approx(score, abs=1e-3)
    expected = np.array(landmarks.split(), float).reshape(6, 2) / 2 + 0.25  # see `_SHIFT_PX`
    np.testing.assert_allclose(face.landmarks, expected, atol=0.02)
    assert face.box.left < face.landmarks[:, 0].min() + 4
    assert face.box.intersection_over_union(Box(32, 32, 97, 97)) > 0.9


def test_two_faces_are_told_apart_and_the_surer_comes_first(
    detector: BlazeFace, photo: Image
) -> None:
    picture = np.full((SIDE_PX, SIDE_PX, 3), 128, np.uint8)
    for place, ((left, top, side), *_) in enumerate(SEEN_BY_MEDIAPIPE):
        cut = photo[top : top + side, left : left + side]
        small = cv2.resize(cut, (64, 64), interpolation=cv2.INTER_AREA)
        picture[32:96, 64 * place : 64 * place + 64] = small
    found = detector.find(picture)
    assert sorted(face.box.centre[0] // 64 for face in found) == [0, 1]
    assert found[0].score >= found[1].score


def test_a_picture_without_a_face_has_none(detector: BlazeFace) -> None:
    assert detector.find(np.full((SIDE_PX, SIDE_PX, 3), 128, np.uint8)) == []


def test_a_missing_file_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "face_detector_dir", lambda: tmp_path)
    with pytest.raises(ModelError, match=r"face_detection_short_range\.onnx cannot be loaded"):
        BlazeFace(0.5)


def test_a_broken_file_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / BLAZE_FACE_FILE).write_bytes(b"no model at all" * 100)
    monkeypatch.setattr(paths, "face_detector_dir", lambda: tmp_path)
    with pytest.raises(ModelError, match="cannot be loaded"):
        BlazeFace(0.5)
