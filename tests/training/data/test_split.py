from collections import Counter
from pathlib import Path

import cv2
import numpy as np

from core.types import Image
from training.data.age_bands import AGE_BANDS, band_of
from training.data.chip import Chip
from training.data.duplicates import difference_hashes, duplicate_groups
from training.data.split import count_leaked, report_split, split_chips


def make_chips(count: int) -> list[Chip]:
    rng = np.random.default_rng(1)
    return [
        Chip(Path(f"{age}_{index % 2}_0_{index:017d}.jpg.chip.jpg"), age, bool(index % 2), 0)
        for index, age in enumerate(rng.integers(0, 100, count).tolist())
    ]


def make_photo(seed: int) -> Image:
    """Soft light and shade, as in a photo."""
    shades = np.random.default_rng(seed).integers(0, 256, (8, 8, 3)).astype(np.uint8)
    photo = cv2.resize(shades, (200, 200), interpolation=cv2.INTER_CUBIC)
    return photo.astype(np.uint8)


def test_copies_and_recompressed_copies_are_one_group_and_others_are_not() -> None:
    photos = [make_photo(seed) for seed in range(3)]
    _, data = cv2.imencode(".jpg", photos[1], [cv2.IMWRITE_JPEG_QUALITY, 60])
    recompressed = cv2.imdecode(data, cv2.IMREAD_COLOR)
    assert recompressed is not None
    copies = [photos[0], recompressed.astype(np.uint8), make_photo(9)]
    assert duplicate_groups(difference_hashes([*photos, *copies])).tolist() == [0, 1, 2, 0, 1, 5]


def test_the_parts_share_no_group_and_hold_every_chip_once() -> None:
    chips = make_chips(900)
    groups = np.arange(900) // 3 * 3
    split = split_chips(chips, groups)
    parts = [split.train, split.validation, split.test]
    assert sorted(np.concatenate(parts).tolist()) == list(range(900))
    seen = [set(groups[part].tolist()) for part in parts]
    assert not (seen[0] & seen[1] or seen[0] & seen[2] or seen[1] & seen[2])


def test_each_band_and_gender_is_dealt_out_80_10_10() -> None:
    chips = make_chips(6000)
    split = split_chips(chips, np.arange(6000))
    strata = Counter((band_of(chip.age_years or 0), chip.is_female) for chip in chips)
    in_test = Counter((band_of(chips[i].age_years or 0), chips[i].is_female) for i in split.test)
    for stratum, count in strata.items():
        assert abs(in_test[stratum] - 0.1 * count) <= 1.5
    assert abs(len(split.train) - 4800) <= 20


def test_the_split_does_not_depend_on_the_order_of_the_groups_or_folders() -> None:
    chips = make_chips(300)
    moved = [Chip(Path("/elsewhere") / c.name, c.age_years, c.is_female, c.race) for c in chips]
    first, second = (split_chips(set_, np.arange(300)) for set_ in (chips, moved))
    assert first.digest == second.digest
    assert first.test.tolist() == second.test.tolist()


def test_another_split_has_another_digest() -> None:
    chips = make_chips(300)
    together = split_chips(chips, np.arange(300) // 2 * 2)
    assert together.digest != split_chips(chips, np.arange(300)).digest


def test_the_bands_cover_every_age_once() -> None:
    for age_years in range(117):
        assert sum(first <= age_years <= last for _, first, last in AGE_BANDS) == 1


def test_the_reports_split_is_a_plain_fifth_whose_leak_is_counted() -> None:
    chips = make_chips(1000)
    groups = np.arange(1000) // 2 * 2
    split = report_split(chips)
    assert (len(split.train), len(split.validation), len(split.test)) == (700, 100, 200)
    parts = [split.train, split.validation, split.test]
    assert sorted(np.concatenate(parts).tolist()) == list(range(1000)), "nothing tested validates"
    assert 100 < count_leaked(split, groups) <= 200
    assert count_leaked(split_chips(chips, groups), groups) == 0
