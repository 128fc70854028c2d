from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from core.types import Image
from tests.training.made_up_faces import draw_chip
from training.data.augmentation import (
    ALBUM,
    CAMERA,
    LIGHTLY_WORN,
    REPORT,
    REPORTS_WORDS,
    WIDE,
    WORN,
    Augmentation,
    augment,
    place,
    wear,
)
from training.data.chip import Chip
from training.data.chip_cache import resize_chips
from training.data.chip_dataset import Arrays, ChipDataset, Crops, Teach
from training.learning.configs import Preset, TrainConfig
from training.learning.presets import find_config

PLAIN = Augmentation(mirror=False)


def make_face() -> Image:
    return draw_chip(40, True, np.random.default_rng(0))


def test_without_augmentation_a_chip_is_only_resized() -> None:
    face = make_face()
    plain = augment(face, 128, PLAIN, np.random.default_rng(1))
    assert (plain == resize_chips(face[None], 128)[0]).all()


@pytest.mark.parametrize("size_px", [32, 64, 128])
def test_mirroring_gives_the_mirrored_chip_exactly(size_px: int) -> None:
    face = make_face()
    plain = resize_chips(face[None], size_px)[0]
    variants = [augment(face, size_px, Augmentation(), np.random.default_rng(s)) for s in range(8)]
    assert sum(bool((variant == plain).all()) for variant in variants) in range(1, 8)
    assert all(
        (variant == plain).all() or (variant == plain[:, ::-1]).all() for variant in variants
    )


@pytest.mark.parametrize("size_px", [32, 128])
def test_a_crop_is_the_same_at_every_size(size_px: int) -> None:
    face = make_face()
    for seed in range(8):
        large, small = (
            place(face, size, LIGHTLY_WORN, np.random.default_rng(seed)) for size in (160, size_px)
        )
        shrunk = cv2.resize(large, (size_px, size_px), interpolation=cv2.INTER_AREA)
        assert np.abs(shrunk.astype(int) - small).mean() < 5


def test_the_same_generator_gives_the_same_variant_and_another_another() -> None:
    face = make_face()
    first, again, other = (augment(face, 96, CAMERA, np.random.default_rng(s)) for s in (3, 3, 4))
    assert first.shape == (96, 96, 3)
    assert (first == again).all()
    assert (first != other).any()


@pytest.mark.parametrize("augmentation", [CAMERA, LIGHTLY_WORN, ALBUM, WORN, WIDE])
def test_wear_leaves_the_crop_like_what_it_was(augmentation: Augmentation) -> None:
    face = make_face()
    for seed in range(100):
        rng = np.random.default_rng(seed)
        placed = place(face, 128, augmentation, rng)
        worn = wear(placed, augmentation, rng)
        assert worn.dtype == np.uint8
        grey = [picture.mean(axis=2).ravel() for picture in (placed, worn)]
        assert np.corrcoef(*grey)[0, 1] > 0.5


def test_stretching_changes_width_against_height() -> None:
    ring = np.zeros((200, 200, 3), np.uint8)
    cv2.circle(ring, (100, 100), 60, (255, 255, 255), -1)
    stretched = Augmentation(stretch=0.2)
    shapes = []
    for seed in range(20):
        inside = augment(ring, 200, stretched, np.random.default_rng(seed))[..., 0] > 127
        shapes.append(inside.any(axis=0).sum() / inside.any(axis=1).sum())
    assert 0.78 < min(shapes) < 0.9
    assert 1.1 < max(shapes) < 1.22


CONFIG = replace(
    find_config("age_gender_cnn", Preset.REPORT),
    augmentation=CAMERA,
    input_size_px=64,
    batch_size=4,
)


def make_dataset(
    config: TrainConfig = CONFIG, crops: Crops | None = None, teach: Teach | None = None
) -> ChipDataset:
    rng = np.random.default_rng(0)
    chips = [Chip(Path(f"{age}.jpg"), age, bool(age % 2), 0) for age in range(10, 20)]
    images = np.stack([draw_chip(chip.age_years, chip.is_female, rng) for chip in chips])
    return ChipDataset(config, images, chips, np.arange(10), crops, teach)


def test_an_epoch_shows_each_chip_at_most_once_with_its_own_labels() -> None:
    dataset = make_dataset()
    ages = [age for batch in range(len(dataset)) for age in dataset[batch][1]["age_output"][:, 0]]
    assert len(ages) == len(set(ages)) == 8
    images, targets, weights = dataset[0]
    assert images.shape == (4, 64, 64, 3)
    assert images.dtype == np.float32
    assert (targets["gender_output"] == targets["age_output"] % 2).all()
    assert all((values == 1).all() for values in weights.values())


def test_an_epoch_can_be_repeated_and_the_next_one_differs() -> None:
    first, second = make_dataset(), make_dataset()
    assert (first[1][0] == second[1][0]).all()
    second.epoch = 1
    assert (first[1][0] != second[1][0]).any()


def test_the_report_augments_within_its_own_bounds() -> None:
    grey = np.full((200, 200, 3), 100, np.uint8)
    brighter = [
        float(augment(grey, 64, Augmentation(brightness=REPORT.brightness), rng).mean()) / 255
        for rng in map(np.random.default_rng, range(200))
    ]
    assert min(brighter) == pytest.approx(100 / 255 - 0.2, abs=0.02)
    assert max(brighter) == pytest.approx(100 / 255 + 0.2, abs=0.02)
    red = np.full((200, 200, 3), (180, 60, 60), np.uint8)
    hues, saturations = [], []
    for rng in map(np.random.default_rng, range(200)):
        turned = augment(red, 64, Augmentation(hue=REPORT.hue, saturation=REPORT.saturation), rng)
        hue, saturation, _ = cv2.cvtColor(turned.astype(np.float32) / 255, cv2.COLOR_RGB2HSV)[0, 0]
        hues.append((hue + 180) % 360 - 180)
        saturations.append(saturation)
    assert max(map(abs, hues)) == pytest.approx(0.08 * 360, abs=2)
    assert min(saturations) == pytest.approx(0.8 * 2 / 3, abs=0.02)
    assert max(saturations) == pytest.approx(1.2 * 2 / 3, abs=0.02)
    assert REPORT.contrast == 0.3
    assert REPORTS_WORDS["contrast"] == "random contrast, 0.7 to 1.3"


def test_the_report_has_a_word_for_each_of_its_changes() -> None:
    changes = {name for name, value in asdict(REPORT).items() if value != asdict(PLAIN)[name]}
    assert set(REPORTS_WORDS) == changes


def test_the_reports_flips_and_turns_show_all_four_sides_of_a_face() -> None:
    face = make_face()
    plain = resize_chips(face[None], 64)[0].astype(float).ravel()
    rng = np.random.default_rng(0)
    alike = [
        np.corrcoef(augment(face, 64, REPORT, rng).astype(float).ravel(), plain)[0, 1]
        for _ in range(40)
    ]
    assert max(alike) > 0.9
    assert sum(correlation < 0.5 for correlation in alike) >= 10


def test_crops_are_drawn_beside_plain_chips_where_the_app_found_the_face() -> None:
    plain = Augmentation(mirror=False)
    config = replace(CONFIG, augmentation=plain, crop_share=0.5, batch_size=10)
    found = np.arange(10) % 2 == 0
    crops = Crops(np.zeros((10, 200, 200, 3), np.uint8), found)
    dataset = make_dataset(config, crops)
    drawn: set[int] = set()
    for epoch in range(6):
        dataset.epoch = epoch
        drawn |= {index for index, image in enumerate(dataset[0][0]) if not image.any()}
    assert drawn == {0, 2, 4, 6, 8}


def test_teachers_see_the_crop_that_the_student_sees_without_its_wear() -> None:
    shown: list[NDArray[np.uint8]] = []

    def teach(
        pictures_of: Callable[[int], NDArray[np.uint8]], collections: Sequence[str]
    ) -> Arrays:
        shown.append(pictures_of(CONFIG.input_size_px))
        assert len(collections) == len(shown[-1])
        return {"gender_output_taught": np.zeros((len(shown[-1]), 1), np.float32)}

    moved = Augmentation(shift=0.1, turn_degrees=10)
    clean = make_dataset(replace(CONFIG, augmentation=moved), teach=teach)[0]
    assert (shown[0] == clean[0]).all()
    grey = replace(moved, grey_probability=1.0)
    worn = make_dataset(replace(CONFIG, augmentation=grey), teach=teach)[0]
    assert np.ptp(worn[0], axis=3).max() == 0
    assert (shown[1] == shown[0]).all()
    assert "gender_output_taught" in worn[1]
