from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.assembly import make_photo_search
from core.estimation.model_card import read_card
from core.estimation.onnx_engine import OnnxEngine
from core.estimation.predictor import Predictor
from core.faces.alignment import align_face
from core.paths import sample_photo
from core.photo_labelling import FaceSearch
from core.settings import Settings
from core.sources.photo import load_photo
from training.data.chip import Chip
from training.measuring.crop_check import OWN_SIZE, TURNED, Placement, check_crop, crop_table

CHIPS = [Chip(Path("a.jpg"), 36, True, 0), Chip(Path("b.jpg"), 78, True, 0)]


@pytest.fixture(scope="module")
def search() -> FaceSearch:
    return make_photo_search(Settings())


@pytest.fixture(scope="module")
def images(search: FaceSearch) -> NDArray[np.uint8]:
    """The two faces of the sample as chips of 200 px."""
    photo = load_photo(sample_photo()).image
    return np.stack([align_face(photo, face, 200) for face in search.detect_photo(photo)])


@pytest.mark.parametrize("placement", [OWN_SIZE, TURNED], ids=["own size", "turned"])
def test_real_faces_are_found_again_and_cropped_nearly_as_they_were(
    placement: Placement,
    images: NDArray[np.uint8],
    search: FaceSearch,
    model_folder: Path,
) -> None:
    with Predictor(read_card(model_folder), OnnxEngine(model_folder / "model.onnx")) as predictor:
        check = check_crop(predictor, search, CHIPS, images, placement)
    assert check.found_share == 1.0
    assert check.false_per_100 == 0.0
    assert check.chips["n"] == check.pasted["n"] == 2
    # The tiny model's age is the mean red: another crop would have another.
    assert check.pasted["age_mae"] == pytest.approx(check.chips["age_mae"], abs=3)
    assert "found 100.00%" in crop_table(check)


def test_a_face_that_is_not_there_counts_as_not_found(
    images: NDArray[np.uint8], search: FaceSearch, model_folder: Path
) -> None:
    grey = np.full_like(images[:1], 128)
    with Predictor(read_card(model_folder), OnnxEngine(model_folder / "model.onnx")) as predictor:
        check = check_crop(predictor, search, CHIPS, np.concatenate([images[:1], grey]), OWN_SIZE)
    assert check.found_share == 0.5
    assert check.chips["n"] == 1
