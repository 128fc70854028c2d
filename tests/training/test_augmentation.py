from pathlib import Path

import numpy as np

from core.types import Image
from tests.training.made_up_faces import draw_chip
from training.augmentation import CAMERA, Augmentation, augment
from training.chip_cache import resize_chips
from training.chip_dataset import ChipDataset
from training.utkface import Chip

PLAIN = Augmentation(mirror=False)


def make_face() -> Image:
    return draw_chip(40, True, np.random.default_rng(0))


def test_without_augmentation_a_chip_is_only_resized() -> None:
    face = make_face()
    plain = augment(face, 128, PLAIN, np.random.default_rng(1))
    assert (plain == resize_chips(face[None], 128)[0]).all()


def test_mirroring_gives_the_mirrored_chip_exactly() -> None:
    face = make_face()
    expected = resize_chips(np.ascontiguousarray(face[:, ::-1])[None], 128)[0].astype(int)
    variants = [augment(face, 128, Augmentation(), np.random.default_rng(s)) for s in range(8)]
    differences = [np.abs(variant.astype(int) - expected).max() for variant in variants]
    assert min(differences) <= 6  # OpenCV samples at thirty-seconds of a px
    assert max(differences) > 50


def test_the_same_generator_gives_the_same_variant_and_another_another() -> None:
    face = make_face()
    first, again, other = (augment(face, 96, CAMERA, np.random.default_rng(s)) for s in (3, 3, 4))
    assert first.shape == (96, 96, 3)
    assert (first == again).all()
    assert (first != other).any()


def test_every_change_leaves_a_face_like_the_one_it_was() -> None:
    face = make_face()
    plain = resize_chips(face[None], 128)[0].astype(float)
    rng = np.random.default_rng(5)
    for _ in range(100):
        variant = augment(face, 128, CAMERA, rng)
        assert variant.dtype == np.uint8
        correlation = np.corrcoef(variant.mean(axis=2).ravel(), plain.mean(axis=2).ravel())[0, 1]
        assert correlation > 0.3


def make_dataset(batch_size: int = 4) -> ChipDataset:
    rng = np.random.default_rng(0)
    chips = [Chip(Path(f"{age}.jpg"), age, bool(age % 2), 0) for age in range(10, 20)]
    images = np.stack([draw_chip(chip.age_years, chip.is_female, rng) for chip in chips])
    return ChipDataset(
        images, chips, np.arange(10), ("age_output", "gender_output"), 64, batch_size, CAMERA, 7
    )


def test_an_epoch_shows_each_chip_at_most_once_with_its_own_labels() -> None:
    dataset = make_dataset()
    ages = [age for batch in range(len(dataset)) for age in dataset[batch][1]["age_output"][:, 0]]
    assert len(ages) == len(set(ages)) == 8
    images, targets = dataset[0]
    assert images.shape == (4, 64, 64, 3)
    assert images.dtype == np.float32
    assert (targets["gender_output"] == targets["age_output"] % 2).all()


def test_an_epoch_can_be_repeated_and_the_next_one_differs() -> None:
    first, second = make_dataset(), make_dataset()
    assert (first[1][0] == second[1][0]).all()
    second.epoch = 1
    assert (first[1][0] != second[1][0]).any()
