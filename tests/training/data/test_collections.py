from pathlib import Path

import cv2
import numpy as np
import pytest

from core import paths
from core.errors import DataError
from tests.training.made_up_faces import draw_chip, write_chips
from training.data.chip import Chip
from training.data.chip_dataset import known_labels, targets_of
from training.data.collection import collection_name
from training.data.drawing import rarity
from training.data.joined_images import JoinedImages
from training.data.labelled_data import Data, Part

SHARED = paths.install_dir().parent / "shared" / "data"
UTKFACE_DIGEST = "0b6cebdb23a05eec"
"""Of the split that every published figure is of."""


def test_each_collection_is_split_by_itself_whatever_else_is_there(tmp_path: Path) -> None:
    one, other = (write_chips(tmp_path / name, 80, seed) for seed, name in enumerate("ab"))
    cache = tmp_path / "cache"
    alone = {name: Data([tmp_path / name], cache) for name in "ab"}
    both = Data([other, one], cache)
    assert [collection.name for collection in both.collections] == ["a", "b"]
    assert both.split.digest == f"a:{alone['a'].split.digest} b:{alone['b'].split.digest}"
    for part in (Part.TRAIN, Part.VALIDATION, Part.TEST):
        expected = [chip for name in "ab" for chip in alone[name].part(part)[0]]
        chips, images = both.part(part)
        assert [chip.name for chip in chips] == [chip.name for chip in expected]
        assert (images[-1] == alone["b"].part(part)[1][-1]).all()
    assert both.withheld_count == 0


def test_a_chip_to_learn_from_that_another_collection_tests_is_left_out(tmp_path: Path) -> None:
    first = write_chips(tmp_path / "a", 80)
    tested = Data([first], tmp_path / "cache").part(Part.TEST)[0]
    second = write_chips(tmp_path / "b", 40, seed=1)
    for index, chip in enumerate(tested):
        copy = second / f"30_1_0_2017{index:013d}.jpg.chip.jpg"
        copy.write_bytes(chip.path.read_bytes())
    alone = Data([second], tmp_path / "cache")
    both = Data([first, second], tmp_path / "cache")
    learnt = both.part(Part.TRAIN)[0] + both.part(Part.VALIDATION)[0]  # type: ignore[operator]
    pictures = {chip.path.read_bytes() for chip in learnt}
    assert not pictures & {chip.path.read_bytes() for chip in tested}
    assert 0 < both.withheld_count <= len(tested)
    assert both.collections[1].split.digest == alone.split.digest


def test_two_collections_of_one_name_are_a_sentence(tmp_path: Path) -> None:
    folders = [write_chips(tmp_path / parent / "faces", 12) for parent in ("one", "other")]
    with pytest.raises(DataError, match="have one name: faces, faces"):
        Data(folders, tmp_path / "cache")


def test_a_collection_is_named_as_its_folder_or_its_archive(tmp_path: Path) -> None:
    write_chips(tmp_path / "download" / "UTKFace", 1)
    (tmp_path / "AAF.tar.gz").touch()
    names = [tmp_path / "download", tmp_path / "download" / "UTKFace", tmp_path / "AAF.tar.gz"]
    assert [collection_name(source) for source in names] == ["UTKFace", "UTKFace", "AAF"]


def test_all_age_faces_hold_out_an_eighth_twice(tmp_path: Path) -> None:
    data = Data([write_chips(tmp_path / "AAF", 160)], tmp_path / "cache")
    held_out = [len(data.indices(part)) / 160 for part in (Part.VALIDATION, Part.TEST)]
    assert held_out == pytest.approx([1 / 8, 1 / 8], abs=0.04)


@pytest.mark.parametrize("suffix", [".webp", ".png", ".jpg"])
def test_chips_of_each_format_are_read(suffix: str, tmp_path: Path) -> None:
    folder = tmp_path / "AAF"
    folder.mkdir()
    chip = draw_chip(30, True, np.random.default_rng(0))
    for number in range(3):
        cv2.imwrite(str(folder / f"30_1_2_AAF0000{number}{suffix}"), chip[..., ::-1])
    data = Data([folder], tmp_path / "cache")
    assert [chip.race for chip in data.chips] == [2, 2, 2]
    assert np.abs(data.images[0].astype(int) - chip).mean() < 12


def test_joined_arrays_are_read_as_one() -> None:
    arrays = [np.full((count, 2, 2, 3), count, np.uint8) for count in (3, 1, 2)]
    joined, whole = JoinedImages(arrays), np.concatenate(arrays)
    assert len(joined) == 6
    for index in (slice(1, 4), [5, 0, 3], np.array([2, 2]), np.arange(6) % 2 == 0):
        assert (joined[index] == whole[index]).all()
    assert (joined[3] == whole[3]).all()
    assert (joined[-1] == whole[-1]).all()


def test_what_is_not_known_weighs_nothing_and_a_group_is_its_two_years() -> None:
    chips = [
        Chip(Path("a"), 30, True, 0),
        Chip(Path("b"), None, False, 0, (20, 29)),
        Chip(Path("c"), None, True, 0),
        Chip(Path("d"), 4, None, 0),
    ]
    outputs = ("age_output", "gender_output")
    targets, known = targets_of(chips, outputs), known_labels(chips, outputs)
    assert targets["age_output"].tolist() == [[30, 30], [20, 29], [0, 0], [4, 4]]
    assert known["age_output"].ravel().tolist() == [1, 1, 0, 1]
    assert targets["gender_output"].ravel().tolist() == [1, 0, 1, 0]
    assert known["gender_output"].ravel().tolist() == [1, 1, 1, 0]


def test_small_collections_can_be_drawn_as_often_as_large_ones() -> None:
    chips = [Chip(Path("a"), 30, True, 0, None, "large")] * 300
    chips += [Chip(Path("b"), 30, True, 0, None, "small")] * 100
    assert rarity(chips, 0.0).tolist() == [1] * 400
    weights = rarity(chips, 0.0, collection_power=1.0)
    assert weights[:300].sum() == pytest.approx(weights[300:].sum())
    halfway = rarity(chips, 0.0, collection_power=0.5)
    assert halfway[399] / halfway[0] == pytest.approx(3**0.5)


def test_a_chip_without_an_age_is_drawn_as_the_average_is() -> None:
    aged = [Chip(Path("a"), age, True, 0) for age in (25, 25, 25, 70)]
    weights = rarity([*aged, Chip(Path("b"), None, True, 0)], 1.0)
    assert weights[4] == pytest.approx(weights[:4].mean())


@pytest.mark.utkface
@pytest.mark.slow
@pytest.mark.skipif(not (SHARED / "UTKFace").is_dir(), reason="no UTKFace in ../shared/data")
def test_the_split_of_utkface_is_the_one_that_every_published_figure_is_of(tmp_path: Path) -> None:
    data = Data([SHARED / "UTKFace"], tmp_path)
    assert data.split.digest == UTKFACE_DIGEST
    assert len(data.split.test) == 2134
