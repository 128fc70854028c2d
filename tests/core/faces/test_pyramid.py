import numpy as np
import pytest

from core.faces.pyramid import Pyramid
from core.faces.similarity import apply_similarity, invert_similarity, similarity_about
from core.types import Image


def make_ramp(width: int, height: int) -> Image:
    """Red grows to the right and green downwards, by one px in sixteen."""
    y, x = np.indices((height, width))
    return np.stack([x / 16, y / 16, np.zeros_like(x)], axis=2).astype(np.uint8)


def test_level_0_is_the_picture_itself() -> None:
    image = make_ramp(40, 30)
    assert Pyramid(image).level(0) is image


def test_each_px_of_a_level_is_the_mean_of_those_below() -> None:
    image = np.random.default_rng(1).integers(0, 256, (8, 12, 3), np.uint8)
    means = image.reshape(4, 2, 6, 2, 3).mean(axis=(1, 3))
    assert Pyramid(image).level(1) == pytest.approx(means, abs=0.51)


def test_an_odd_px_at_the_edge_is_left_out() -> None:
    assert Pyramid(make_ramp(43, 31)).level(2).shape == (7, 10, 3)


def test_a_level_is_made_once() -> None:
    pyramid = Pyramid(make_ramp(64, 64))
    assert pyramid.level(2) is pyramid.level(2)


@pytest.mark.parametrize(("width", "height"), [(2000, 1500), (1279, 960), (640, 480), (300, 200)])
def test_a_picture_is_brought_to_a_longer_side(width: int, height: int) -> None:
    seen = Pyramid(make_ramp(width, height)).with_longer_side(640)
    assert seen.shape[:2] == (round(640 * height / width), 640)
    assert seen[:, -8:, 0].mean() == pytest.approx(width / 16, abs=2)


@pytest.mark.parametrize(
    ("size", "seen_size"), [((1000, 1), (384, 1)), ((2000, 3), (384, 1)), ((2, 3000), (1, 384))]
)
def test_a_thin_picture_still_has_px(size: tuple[int, int], seen_size: tuple[int, int]) -> None:
    assert Pyramid(make_ramp(*size)).with_longer_side(384).shape[1::-1] == seen_size


def test_no_px_is_passed_over_where_a_picture_is_halved_before_it_is_sampled() -> None:
    stripes = np.zeros((1500, 1900, 3), np.uint8)
    stripes[:, ::2] = 200
    averaged = Pyramid(stripes).with_longer_side(640)
    assert averaged.min() >= 95 and averaged.max() <= 105
    sampled = Pyramid(stripes).with_longer_side(640, 3.0)
    assert sampled.max() - sampled.min() >= 100


@pytest.mark.parametrize("side_px", [60, 100, 210, 450, 900, 4000])
def test_a_look_shows_its_place_whatever_its_scale(side_px: float) -> None:
    image = make_ramp(2000, 1500)
    transform = similarity_about((1000, 750), (50, 50), 100 / side_px)
    look, _ = Pyramid(image).look(transform, 100)
    assert look.shape == (100, 100, 3)
    assert look[50, 50, :2] == pytest.approx((1000 / 16, 750 / 16), abs=2)
    if side_px <= 900:
        spread = np.ptp(look[:, :, 0].astype(float))
        assert spread == pytest.approx(side_px / 16, abs=3)


@pytest.mark.parametrize("turn", [0.0, 0.3])
@pytest.mark.parametrize("place", [(601.3, 402.8), (20.0, 30.0)])
@pytest.mark.parametrize("side_px", [80.5, 333.0])
def test_a_look_says_what_it_really_shows(
    turn: float, place: tuple[float, float], side_px: float
) -> None:
    wanted = similarity_about(place, (50, 50), 100 / side_px, turn)
    look, shown = Pyramid(make_ramp(1200, 900)).look(wanted, 100)
    for u, v in ((60.5, 55.5), (90.5, 90.5)):
        x, y = apply_similarity(invert_similarity(shown), np.array([u, v]))
        assert look[int(v), int(u), :2] == pytest.approx((x / 16, y / 16), abs=1.2)
    moved = apply_similarity(shown, np.array(place)) - (50, 50)
    assert np.abs(moved).max() <= 1.0


def test_a_look_at_a_picture_of_one_px_is_of_its_colour() -> None:
    image = np.full((1, 1, 3), 9, np.uint8)
    look, _ = Pyramid(image).look(similarity_about((0.5, 0.5), (50, 50), 0.01), 100)
    assert np.all(look == 9)


@pytest.mark.parametrize("turn", [0.0, 0.3])
@pytest.mark.parametrize("place", [(601.3, 402.8), (1190.0, 30.0), (-300.0, 1000.0)])
@pytest.mark.parametrize("side_px", [333.0, 950.0])
def test_a_look_is_the_same_whether_its_whole_level_is_there_or_not(
    turn: float, place: tuple[float, float], side_px: float
) -> None:
    image = np.random.default_rng(2).integers(0, 256, (901, 1203, 3), np.uint8)
    transform = similarity_about(place, (50, 50), 100 / side_px, turn)
    whole = Pyramid(image)
    whole.level(4)
    expected, expected_transform = whole.look(transform, 100)
    look, shown = Pyramid(image).look(transform, 100)
    assert np.array_equal(look, expected)
    assert np.array_equal(shown, expected_transform)
