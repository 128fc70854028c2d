from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from core.faces.turned_search import TurnedSearch
from core.types import Box, Image
from tests.fakes import FakeDetector, make_detection, make_image
from training.measuring.hard_faces import CUT_SHARE, EDGES, KINDS, cut_off
from training.measuring.search_check import SHEET_FACES, check_search, search_table


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_changes_the_chip_and_leaves_the_given_one(kind: str) -> None:
    chip = np.random.default_rng(0).integers(0, 255, (200, 200, 3)).astype(np.uint8)
    before = chip.copy()
    changed = KINDS[kind](chip, np.random.default_rng(1))
    assert changed.shape == chip.shape
    assert changed.dtype == np.uint8
    assert np.any(changed != chip)
    assert np.array_equal(chip, before)


@pytest.mark.parametrize("edge", range(4))
def test_a_cut_leaves_so_much_of_the_face(edge: int) -> None:
    face = Box(100, 100, 200, 200)
    picture, left_over = cut_off(make_image(size=(400, 300)), face, edge)
    assert left_over.area == pytest.approx((1 - CUT_SHARE) * face.area, rel=0.02)
    height, width = picture.shape[:2]
    assert 0 <= left_over.left <= left_over.right <= width
    assert 0 <= left_over.top <= left_over.bottom <= height


@pytest.mark.slow
def test_what_is_found_beside_the_faces_is_false() -> None:
    class BlindButFor(FakeDetector):
        def detect_photo(self, image: Image) -> tuple[()]:
            return ()

    chips = np.full((SHEET_FACES, 200, 200, 3), 90, np.uint8)
    finds = check_search(BlindButFor(), chips[:SHEET_FACES], [])
    assert {one.kind for one in finds} >= {*KINDS, *(f"cut at the {edge}" for edge in EDGES)}
    assert all(one.found_count == 0 == one.false_count for one in finds)
    false = check_search(TurnedSearch(FakeDetector(make_detection(score=0.9))), chips[:1], [])
    assert all(one.found_count + one.false_count == one.face_count for one in false[3:-1])
    assert "blurred by motion: " in search_table(false)


def test_how_far_it_is_is_told_picture_by_picture(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    faceless = tmp_path / "a.png"
    Pillow.new("RGB", (64, 48)).save(faceless)
    chips = np.full((1, 200, 200, 3), 90, np.uint8)
    search = TurnedSearch(FakeDetector())
    check_search(search, chips, [faceless], progress=lambda *done: told.append(done))
    count = len(KINDS) + len(EDGES) + 1
    assert told == [(number, count) for number in range(1, count + 1)]
