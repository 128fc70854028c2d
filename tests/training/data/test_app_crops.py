from pathlib import Path

import numpy as np
import pytest

from core.assembly import make_photo_search
from core.faces.alignment import align_face
from core.paths import sample_photo
from core.photo_labelling import FaceSearch
from core.settings import Settings
from core.sources.photo import load_photo
from core.types import Image
from tests.training.made_up_faces import write_chips
from training.data import app_crops
from training.data.app_crops import crop_as_app, load_app_crops
from training.data.chip import read_chips
from training.data.chip_cache import load_chip_images


@pytest.fixture(scope="module")
def search() -> FaceSearch:
    return make_photo_search(Settings())


def test_a_chip_that_was_pasted_and_found_again_looks_like_itself(
    search: FaceSearch,
) -> None:
    chip = chip_of_the_sample(search)
    crops = [crop_as_app(chip, search, np.random.default_rng(seed)) for seed in range(6)]
    found = [crop for crop in crops if crop is not None]
    assert len(found) >= 5
    for crop in found:
        assert crop.shape == (200, 200, 3)
        inner = (slice(40, 160), slice(40, 160))
        assert np.corrcoef(crop[inner].ravel(), chip[inner].ravel())[0, 1] > 0.8


def chip_of_the_sample(search: FaceSearch) -> Image:
    photo = load_photo(sample_photo()).image
    return align_face(photo, search.detect_photo(photo)[0], 200)


def test_crops_are_made_once_and_faces_that_are_not_found_are_marked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chips = read_chips(write_chips(tmp_path / "UTKFace", 4))
    images = load_chip_images(chips, tmp_path)
    told: list[tuple[int, int]] = []

    def crop(chip: Image, _: FaceSearch, __: np.random.Generator) -> Image | None:
        return chip if chip.mean() > np.median(images.mean(axis=(1, 2, 3))) else None

    monkeypatch.setattr(app_crops, "crop_as_app", crop)
    first = load_app_crops(chips, images, tmp_path, lambda *done: told.append(done))
    assert first.found.sum() == 2
    assert (first.images[first.found] == images[first.found]).all()
    again = load_app_crops(chips, images, tmp_path, lambda *done: told.append(done))
    assert (again.images[:] == first.images[:]).all()
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_killed_crop_goes_on_where_it_stood(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chips = read_chips(write_chips(tmp_path / "UTKFace", 4))
    images = load_chip_images(chips, tmp_path)
    cropped: list[float] = []

    def crop(chip: Image, _: FaceSearch, __: np.random.Generator) -> Image:
        cropped.append(float(chip.mean()))
        if len(cropped) == 3:
            raise KeyboardInterrupt
        return chip

    monkeypatch.setattr(app_crops, "crop_as_app", crop)
    monkeypatch.setattr(app_crops, "WORKERS", 1)
    with pytest.raises(KeyboardInterrupt):
        load_app_crops(chips, images, tmp_path, lambda *_: None)
    done_before = len(cropped) - 1
    crops = load_app_crops(chips, images, tmp_path, lambda *_: None)
    assert (crops.images[:] == images).all()
    assert len(cropped) <= done_before + 1 + 2
