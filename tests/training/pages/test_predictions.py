import os
import shutil
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from core import paths
from core.estimation.predictor import Predictor
from core.photo_labelling import FaceFinder, StillPipeline
from core.settings import Settings
from tests.fakes import FakeDetector, FunctionEngine, make_detection, make_image, red_and_blue
from tests.training.made_up_faces import draw_chip
from tests.training.pages.cards import CARD
from training.data.chip import Chip
from training.pages.predictions import add_chips, add_photos, predictions_page


def make_predictor() -> Predictor:
    return Predictor(CARD, FunctionEngine(red_and_blue))


def make_pipeline(detector: FakeDetector) -> StillPipeline:
    finder = FaceFinder(detector, CARD.input_size_px, min_face_px=10)
    return StillPipeline(finder, make_predictor(), Settings())


def test_photos_are_shown_with_what_is_said_of_their_faces(tmp_path: Path) -> None:
    photo, text = tmp_path / "holiday.png", tmp_path / "text.jpg"
    cv2.imwrite(str(photo), make_image((60, 0, 10))[..., ::-1])
    text.write_text("no picture")
    two = FakeDetector(make_detection(200), make_detection(40))
    page = predictions_page("A model")
    refused = add_photos(page, make_pipeline(two), [photo, text])
    assert len(refused) == 1
    assert "text.jpg" in refused[0]
    shown = page.write(tmp_path, "page").read_text(encoding="utf-8")
    assert shown.count("<img") == 1
    assert "<figcaption>holiday.png</figcaption>" in shown
    assert ">60 · male 96\N{NO-BREAK SPACE}%; 60 · male 96\N{NO-BREAK SPACE}%</figcaption>" in shown
    assert "<code>text.jpg</code>" in shown, "what cannot be read is said"


def test_a_gender_that_the_app_calls_unsure_is_called_so_here(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "face.png"), make_image((60, 0, 128))[..., ::-1])
    page = predictions_page("A model")
    add_photos(page, make_pipeline(FakeDetector(make_detection())), [tmp_path / "face.png"])
    assert ">60 · unsure</figcaption>" in page.write(tmp_path, "page").read_text("utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems know no such names")
def test_a_name_that_is_no_text_or_turns_text_around_is_shown_all_the_same(tmp_path: Path) -> None:
    photo = tmp_path / os.fsdecode(b"\xff\xe2\x80\xae.png")
    shutil.copy(paths.sample_photo(), photo)
    page = predictions_page("A model")
    add_photos(page, make_pipeline(FakeDetector()), [photo, photo.with_suffix(".jpg")])
    shown = page.write(tmp_path, "page").read_text(encoding="utf-8")
    assert "<figcaption>?�.png</figcaption>" in shown
    assert "<code>?�.jpg</code>" in shown


def test_a_photo_without_a_face_says_so_and_why_some_may_be_unseen(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "wall.png"), make_image())
    page = predictions_page("A model")
    add_photos(page, make_pipeline(FakeDetector()), [tmp_path / "wall.png"])
    assert ">no face. " in page.write(tmp_path, "page").read_text(encoding="utf-8")


def test_chips_stand_below_their_labels_drawn_by_a_seed(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    chips = [Chip(Path(f"{age}.jpg"), age, True, 0) for age in range(10, 50)]
    images = np.stack([draw_chip(chip.age_years or 0, True, rng) for chip in chips])
    shown = []
    for seed in (0, 0, 1):
        page = predictions_page("A model")
        add_chips(page, make_predictor(), chips, images, seed)
        shown.append(page.write(tmp_path, "page").read_text(encoding="utf-8"))
    assert shown[0] == shown[1] != shown[2]
    assert shown[0].count("<img") == 16
