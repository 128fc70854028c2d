from pathlib import Path

import pytest

from core.errors import DataError
from tests.training.made_up_faces import write_chips
from training.data.chip import parse_chip, read_chips
from training.data.chip_cache import load_chip_images, read_chip_image


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
    with pytest.raises(DataError, match="holds no chips with labels"):
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


@pytest.mark.parametrize(
    ("name", "age_years", "is_female", "group_years"),
    [
        ("10_0_2_AAF07885.webp", 10, False, None),
        ("x_1_2_0017.png", None, True, None),
        ("34_x_0_0017.png", 34, None, None),
        ("20-29_0_0_0017.png", None, False, (20, 29)),
        ("20-29_x_0_0017.png", None, None, (20, 29)),
        ("30-30_1_0_0017.png", 30, True, None),
    ],
)
def test_a_name_may_say_a_part_of_the_labels(
    name: str, age_years: int | None, is_female: bool | None, group_years: tuple[int, int] | None
) -> None:
    chip = parse_chip(Path(name))
    assert chip is not None
    assert (chip.age_years, chip.is_female, chip.group_years) == (age_years, is_female, group_years)


@pytest.mark.parametrize("name", ["x_x_0_1.png", "29-20_1_0_1.png", "20-_1_0_1.png", "²_1_0_1.png"])
def test_a_name_that_says_nothing_or_nonsense_is_no_chip(name: str) -> None:
    assert parse_chip(Path(name)) is None


def test_a_folder_that_is_named_like_a_chip_is_none(tmp_path: Path) -> None:
    folder = write_chips(tmp_path / "UTKFace", 2)
    (folder / "34_1_0_20170104165020320.jpg").mkdir()
    assert len(read_chips(folder)) == 2
