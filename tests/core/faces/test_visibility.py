from pathlib import Path

import cv2
import numpy as np
import pytest

from core import paths
from core.assembly import make_photo_search
from core.faces.visibility import why_unseen
from core.settings import Settings
from core.sources.photo import read_photo
from core.types import Image

ONE_COLOUR = "It shows hardly more than one colour."
FAINT = "It has hardly any contrast: faces may stay unseen."
BLURRED = "It is very blurred: faces may stay unseen."


CASES = Path(__file__).parents[4] / "shared" / "cases" / "no_face"
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason="needs ../shared/cases")


@pytest.fixture(scope="module")
def photo() -> Image:
    return read_photo(paths.sample_photo()).image


def blurred(picture: Image, share: float) -> Image:
    """Out of focus by a share of the longer side, with a camera's noise."""
    soft = cv2.GaussianBlur(picture, (0, 0), share * max(picture.shape[:2]))
    noise = np.random.default_rng(0).normal(0, 4, soft.shape)
    return np.asarray(np.clip(soft + noise, 0, 255), np.uint8)


@pytest.mark.parametrize(
    ("level", "reason"), [(255, ONE_COLOUR), (48, ONE_COLOUR), (47, None), (0, None)]
)
def test_a_plain_picture_says_that_it_is_plain_unless_it_is_dark(
    level: int, reason: str | None
) -> None:
    assert why_unseen(np.full((300, 400, 3), level, np.uint8)) == reason


@pytest.mark.parametrize(("levels", "reason"), [(7, ONE_COLOUR), (10, FAINT), (16, None)])
def test_a_faint_pattern_is_told_from_a_plain_one(levels: int, reason: str | None) -> None:
    picture = np.full((160, 160, 3), 120, np.uint8)
    picture[40:80, 40:80] += np.uint8(levels)
    assert why_unseen(picture) == reason


def test_where_a_blur_hides_large_faces_it_is_said(photo: Image) -> None:
    search = make_photo_search(Settings())
    for share in (0.0, 0.01):
        picture = blurred(photo, share) if share else photo
        assert why_unseen(picture) is None
        assert len(search.detect_photo(picture)) == 2
    for share in (0.02, 0.05):
        picture = blurred(photo, share)
        assert search.detect_photo(picture) == ()
        assert why_unseen(picture) == BLURRED


@pytest.mark.parametrize("level", [90, 200])
def test_where_haze_hides_large_faces_it_is_said(photo: Image, level: int) -> None:
    search = make_photo_search(Settings())
    for share, reason in ((0.07, None), (0.05, FAINT)):
        picture = np.asarray(level + (photo - 128.0) * share, np.uint8)
        assert why_unseen(picture) == reason
        assert bool(search.detect_photo(picture)) == (reason is None)


def moved(picture: Image, share: float, degrees: float) -> Image:
    """While it was taken the camera moved by a share of the longer side; with its noise."""
    length = round(share * max(picture.shape[:2]))
    way = np.zeros((length, length), np.float32)
    way[length // 2] = 1
    turn = cv2.getRotationMatrix2D((length // 2, length // 2), degrees, 1.0)
    way = np.asarray(cv2.warpAffine(way, turn, (length, length)), np.float32)
    soft = cv2.filter2D(picture, -1, way / way.sum())
    noise = np.random.default_rng(0).normal(0, 3, soft.shape)
    return np.asarray(np.clip(soft + noise, 0, 255), np.uint8)


@pytest.mark.parametrize("degrees", [0, 30, 90, 135])
def test_where_a_camera_that_moved_hides_faces_it_is_said(photo: Image, degrees: float) -> None:
    search = make_photo_search(Settings())
    picture = moved(photo, 0.13, degrees)
    assert search.detect_photo(picture) == ()
    assert why_unseen(picture) == BLURRED
    assert why_unseen(moved(photo, 0.03, degrees)) is None


@pytest.mark.parametrize("shade", [0.0, 0.4])
@pytest.mark.parametrize("scene", ["stripes", "bars", "horizon", "pillars"])
def test_lines_that_run_one_way_are_no_blur(scene: str, shade: float) -> None:
    down, across = np.mgrid[0:360, 0:480]
    levels = {
        "stripes": 128 + 80 * np.sign(np.sin(down / 6)),
        "bars": 128 + 80 * np.sign(np.sin(down / 20)),
        "horizon": np.where(down < 150, 220 - down * 0.2, 90 + down * 0.1),
        "pillars": 128 + 80 * np.sign(np.sin(across / 15)),
    }[scene] * (1 - shade * across / 480)
    noise = np.random.default_rng(3).normal(0, 3, levels.shape)
    grey = np.clip(levels + noise, 0, 255).astype(np.uint8)
    assert why_unseen(np.repeat(grey[..., None], 3, axis=2)) is None


@pytest.mark.parametrize("name", ["bag", "carpet", "clouds", "leaf", "waterfall"])
@needs_cases
def test_an_everyday_picture_without_a_face_is_not_called_blurred(name: str) -> None:
    assert why_unseen(read_photo(CASES / f"{name}.jpg").image) is None


def test_a_few_sharp_points_on_a_plain_wall_are_no_blur() -> None:
    picture = np.full((160, 160, 3), 120, np.uint8)
    picture[40:46, 40:46] = 200
    assert why_unseen(picture) is None


def test_a_small_sharp_thing_before_a_soft_wall_is_seen() -> None:
    shade = np.linspace(90, 200, 160).astype(np.uint8)
    picture = np.repeat(np.tile(shade, (120, 1))[..., None], 3, axis=2)
    assert why_unseen(picture) == BLURRED
    picture[40:64, 60:84] = np.random.default_rng(2).integers(0, 256, (24, 24, 1), np.uint8)
    assert why_unseen(picture) is None


@pytest.mark.parametrize("size", [(1, 1), (1, 400), (400, 1), (2, 3), (3, 5000)])
def test_a_picture_of_any_size_can_be_asked(size: tuple[int, int]) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (*size, 3), np.uint8)
    assert why_unseen(noise) in (None, ONE_COLOUR)
