from functools import partial
from pathlib import Path

import numpy as np
import pytest

from core.assembly import make_photo_search, make_second_look
from core.batch.drawn_face import place_drawn_box
from core.estimation.model_card import read_card
from core.estimation.onnx_engine import OnnxEngine
from core.estimation.predictor import Predictor
from core.faces.alignment import align_face
from core.paths import sample_photo
from core.settings import Settings
from core.sources.photo import load_photo
from core.types import Box
from training.data.chip import Chip
from training.measuring.drawn_check import check_drawn, drawn_box, drawn_table

CHIPS = [Chip(Path("a.jpg"), 36, True, 0), Chip(Path("b.jpg"), 78, True, 0)]


def test_a_drawn_face_is_cut_out_nearly_as_it_was_found(model_folder: Path) -> None:
    search = make_photo_search(Settings())
    photo = load_photo(sample_photo()).image
    images = np.stack([align_face(photo, face, 200) for face in search.detect_photo(photo)])
    place = partial(place_drawn_box, make_second_look())
    with Predictor(read_card(model_folder), OnnxEngine(model_folder / "model.onnx")) as predictor:
        check = check_drawn(predictor, search, place, CHIPS, images)
    assert check.placed_share == 1.0
    # The tiny model's age is the mean red: another crop would have another.
    found, drawn = check.figures["found"]["age_mae"], check.figures["drawn"]["age_mae"]
    assert drawn == pytest.approx(found, abs=1)
    assert check.figures["box alone"]["n"] == 2
    assert "a look saw the face in 100.0% of the drawn boxes" in drawn_table(check)


def test_a_hand_draws_around_the_face() -> None:
    box, rng = Box(100, 100, 200, 200), np.random.default_rng(0)
    drawn = [drawn_box(box, rng) for _ in range(200)]
    assert min(box.intersection_over_union(other) for other in drawn) > 0.4
    assert np.mean([other.width for other in drawn]) == pytest.approx(100, abs=3)
