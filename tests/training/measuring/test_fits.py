"""What is fitted for core's constants, on the faces of the sample, pasted many times."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.assembly import make_face_finder, make_photo_search
from core.estimation.model_card import read_card
from core.estimation.onnx_engine import OnnxEngine
from core.estimation.predictor import Predictor
from core.faces.alignment import align_face
from core.paths import sample_photo
from core.settings import LEAST_FACE_PX, Settings
from core.sources.photo import load_photo
from training.data.chip import Chip
from training.measuring.quality_fit import fit_quality, quality_table
from training.measuring.yunet_fit import fit_yunet, yunet_table

TIMES = 12


@pytest.fixture(scope="module")
def images() -> NDArray[np.uint8]:
    photo = load_photo(sample_photo()).image
    found = make_photo_search(Settings()).detect_photo(photo)
    return np.stack([align_face(photo, face, 200) for face in found] * TIMES)


def test_both_detectors_see_pasted_faces_nearly_alike(images: NDArray[np.uint8]) -> None:
    fit = fit_yunet(images[:8])
    assert fit.face_count == 8
    assert fit.box_side == pytest.approx(0.83, abs=0.2)
    turn, scale, *shift = fit.spread
    assert turn < 5
    assert scale < 0.1
    assert max(shift) < 10
    assert yunet_table(fit).startswith("8 faces that both see\n")


def test_a_model_that_is_right_of_half_the_faces_gets_such_chances(
    images: NDArray[np.uint8], model_folder: Path
) -> None:
    with Predictor(read_card(model_folder), OnnxEngine(model_folder / "model.onnx")) as predictor:
        ages = [estimate.age_years for estimate in predictor.predict(small(images[:2]))]
        right, wrong = int(ages[0] or 0), int(ages[1] or 0) + 40
        chips = [Chip(Path("a.jpg"), right, True, 0), Chip(Path("b.jpg"), wrong, True, 0)] * TIMES
        finder = make_face_finder(Settings(min_face_px=LEAST_FACE_PX), 32)
        fit = fit_quality(predictor, finder, chips, images)
    faces = sum(count for count, _, _ in fit.bins.values())
    assert 4 < faces <= TIMES
    assert np.isfinite(fit.weights).all()
    assert quality_table(fit).startswith("weights ")


def small(images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.ascontiguousarray(images[:, ::6, ::6][:, :32, :32])
