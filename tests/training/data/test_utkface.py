from pathlib import Path

import pytest

from core.errors import DataError
from tests.training.made_up_faces import write_chips
from training.data.chip_cache import load_chip_images, read_chip_image
from training.data.utkface import parse_chip, read_chips


@pytest.mark.parametrize(
    ("name", "age_years", "is_female", "race"),
    [
        ("34_1_0_20170104165020320.jpg.chip.jpg", 34, True, 0),
        ("1_0_4_20161221193016140.jpg.chip.jpg", 1, False, 4),
        ("61_1_20170109142408075.jpg.chip.jpg", 61, True, None),
        ("39_1_20170116174525125.jpg.chip.jpg", 39, True, None),
        ("55_0_0_20170116232725357jpg.chip.jpg", 55, False, 0),
        ("24_0_1_20170116220224657 .jpg.chip.jpg", 24, False, 1),
    ],
)
def test_names_give_age_gender_and_race_where_they_have_it(
    name: str, age_years: int, is_female: bool, race: int | None
) -> None:
    chip = parse_chip(Path(name))
    assert chip is not None
    assert (chip.age_years, chip.is_female, chip.race) == (age_years, is_female, race)


@pytest.mark.parametrize("name", ["holiday.jpg", "12_2_0_x.jpg", "old_1_0_x.jpg", "300_1_0_x.jpg"])
def test_names_without_labels_are_passed_over(name: str) -> None:
    assert parse_chip(Path(name)) is None


def test_chips_are_sorted_by_name_and_found_in_the_official_subfolder(tmp_path: Path) -> None:
    write_chips(tmp_path / "UTKFace", 12)
    (tmp_path / "UTKFace" / "readme.txt").write_text("no chip")
    chips = read_chips(tmp_path)
    assert len(chips) == 12
    assert [chip.name for chip in chips] == sorted(chip.name for chip in chips)
    assert chips == read_chips(tmp_path / "UTKFace")


def test_a_missing_or_empty_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="There is no folder"):
        read_chips(tmp_path / "nowhere")
    with pytest.raises(DataError, match="holds no UTKFace chips"):
        read_chips(tmp_path)


def test_the_cache_gives_the_same_pictures_the_second_time(tmp_path: Path) -> None:
    chips = read_chips(write_chips(tmp_path / "chips", 5))
    first = load_chip_images(chips, tmp_path / "cache")
    second = load_chip_images(chips, tmp_path / "cache")
    assert first.shape == (5, 200, 200, 3)
    assert (first == second).all()
    assert (first[3] == read_chip_image(chips[3].path)).all()


def test_a_broken_chip_is_named_and_leaves_no_half_cache(tmp_path: Path) -> None:
    folder = write_chips(tmp_path / "chips", 3)
    (folder / "40_1_2_20170104165020320.jpg.chip.jpg").write_bytes(b"no picture")
    chips = read_chips(folder)
    with pytest.raises(DataError, match="40_1_2_20170104165020320"):
        load_chip_images(chips, tmp_path / "cache")
    assert not list((tmp_path / "cache").glob("*.npy"))
