import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core import paths
from core.errors import ModelError
from core.faces.detector import SHORT_RANGE_FILE, FaceDetector
from core.types import Box, Detection, Image
from tests.core.faces.portraits import Place, is_at, picture_of


@pytest.fixture(scope="module")
def detector() -> Iterator[FaceDetector]:
    with FaceDetector() as detector:
        yield detector


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


FAR_FACE: Place = (950.0, 400.0, 100.0)
NEAR_FACE: Place = (400.0, 350.0, 320.0)


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


def test_a_face_lower_than_wanted_is_not_confirmed(portrait: Image, own_face: Detection) -> None:
    with FaceDetector(min_face_px=1000) as strict, FaceDetector() as detector:
        assert detector.second_look(portrait, own_face) is not None
        assert strict.second_look(portrait, own_face) is None


def test_a_higher_score_asks_for_surer_faces(portrait: Image, own_face: Detection) -> None:
    with FaceDetector(min_score=0.99) as detector:
        assert detector.second_look(portrait, own_face) is None
