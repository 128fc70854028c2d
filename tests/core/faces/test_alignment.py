import math

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from core.faces.alignment import (
    CHIP_SIZE_PX,
    align_face,
    chip_transform,
    warp_chip,
)
from core.faces.similarity import (
    apply_similarity,
    invert_similarity,
    similarity_about,
    similarity_scale,
)
from core.types import Box, Detection, Image

TEMPLATE = np.array(
    [[61.4, 60.9], [139.9, 61.3], [100.0, 105.0], [100.1, 143.8], [20.0, 77.0], [181.0, 78.0]]
)


def similarity(scale: float, degrees: float, shift: tuple[float, float]) -> NDArray[np.float64]:
    return similarity_about((0, 0), shift, scale, math.radians(degrees))


def face_at(chip_to_image: NDArray[np.float64]) -> Detection:
    """A face that stands in an image as the template stands in a chip."""
    landmarks = apply_similarity(chip_to_image, TEMPLATE)
    x, y = apply_similarity(chip_to_image, np.array([[99.6, 100.9]]))[0]
    half = 90.95 * similarity_scale(chip_to_image)
    return Detection(Box(x - half, y - half, x + half, y + half), 0.9, landmarks.astype(np.float32))


def with_landmarks(detection: Detection, landmarks: NDArray[np.float64]) -> Detection:
    return Detection(detection.box, detection.score, landmarks.astype(np.float32))


def smooth_picture(width: int, height: int, seed: int = 0) -> Image:
    noise = np.random.default_rng(seed).uniform(0, 255, (height, width, 3))
    blurred = cv2.GaussianBlur(noise, (0, 0), 4)
    low, high = blurred.min(), blurred.max()
    return np.asarray((blurred - low) / (high - low) * 255, np.uint8)


def rms(a: Image, b: Image) -> float:
    return float(np.sqrt(np.mean((a.astype(float) - b.astype(float)) ** 2)))


@pytest.mark.parametrize("scale", [0.1, 0.7, 1.0, 3.3])
@pytest.mark.parametrize("degrees", [-170, -12, 0, 8, 90])
def test_a_known_similarity_is_recovered(scale: float, degrees: float) -> None:
    to_image = similarity(scale, degrees, (411.0, -35.5))
    found = chip_transform(face_at(to_image), CHIP_SIZE_PX)
    np.testing.assert_allclose(found, invert_similarity(to_image), rtol=1e-4, atol=1e-2)


def test_the_chip_scales_with_its_size() -> None:
    face = face_at(similarity(1.3, 5, (50, 60)))
    np.testing.assert_allclose(chip_transform(face, 100), chip_transform(face, 200) / 2)


def test_an_upright_chip_in_a_picture_comes_back_unchanged() -> None:
    chip = smooth_picture(200, 200)
    picture = np.zeros((300, 400, 3), np.uint8)
    picture[40:240, 130:330] = chip
    face = face_at(similarity(1.0, 0, (130, 40)))
    assert np.abs(align_face(picture, face, 200).astype(int) - chip).max() <= 2


@pytest.mark.parametrize(("scale", "degrees"), [(0.8, 10), (1.0, -7), (1.7, 12), (2.6, -3)])
def test_a_turned_and_scaled_chip_comes_back_nearly_equal(scale: float, degrees: float) -> None:
    chip = smooth_picture(200, 200)
    to_image = similarity(scale, degrees, (300, 200))
    pasted = warp_chip(chip, to_image, 900)
    inner = slice(12, -12)
    found = align_face(pasted, face_at(to_image), 200)
    assert rms(found[inner, inner], chip[inner, inner]) < 2.5


@pytest.mark.parametrize("factor", [1.3, 1.5625, 2.0, 2.7, 4.0, 7.5])
def test_shrinking_averages_instead_of_aliasing(factor: float) -> None:
    """A pattern finer than the chip px must become nearly even grey; unfiltered, it keeps 60."""
    y, x = np.indices((1200, 1200))
    stripes = np.where((x + y) % 2 == 0, 0, 255).astype(np.uint8)
    picture = np.repeat(stripes[..., None], 3, axis=2)
    chip = warp_chip(picture, similarity(1 / factor, 5, (10, 0)), 100)
    assert chip[12:-12, 12:-12].astype(float).std() < 20
    assert chip[12:-12, 12:-12].mean() == pytest.approx(127.5, abs=2)


@pytest.mark.parametrize("factor", [2, 3, 5])
def test_shrinking_by_a_whole_factor_is_the_mean_of_the_px_covered(factor: int) -> None:
    picture = smooth_picture(100 * factor, 100 * factor)
    blocks = picture.reshape(100, factor, 100, factor, 3).mean(axis=(1, 3))
    chip = warp_chip(picture, similarity(1 / factor, 0, (0, 0)), 100)
    assert rms(chip, blocks.astype(np.uint8)) < 1.5


def test_shrinking_does_not_shift_the_picture() -> None:
    picture = np.zeros((801, 1003, 3), np.uint8)
    cv2.circle(picture, (500, 400), 120, (255, 255, 255), -1)
    for factor in (1.0, 1.7, 2.3, 5.9):
        to_chip = similarity(1 / factor, 20, (0, 0))
        to_chip[:, 2] = 100 - to_chip[:, :2] @ (500.5, 400.5)
        chip = warp_chip(picture, to_chip, 200)[..., 0].astype(float)
        y, x = np.indices(chip.shape) + 0.5
        assert np.average(x, weights=chip) == pytest.approx(100, abs=0.1)
        assert np.average(y, weights=chip) == pytest.approx(100, abs=0.1)


def test_enlarging_is_smooth() -> None:
    ramp = np.linspace(20, 230, 40).astype(np.uint8)
    picture = np.ascontiguousarray(np.broadcast_to(ramp[None, :, None], (40, 40, 3)))
    chip = warp_chip(picture, similarity(5, 0, (0, 0)), 200).astype(int)
    steps = np.diff(chip[100, 20:-20, 0])
    assert steps.min() >= 0
    assert steps.max() <= 2


def test_the_edge_of_the_picture_goes_on() -> None:
    picture = np.full((60, 60, 3), 90, np.uint8)
    chip = align_face(picture, face_at(similarity(0.8, 0, (-100, -90))), 128)
    assert (chip == 90).all()


@pytest.mark.parametrize("scale", [0.05, 0.5, 5.0])
def test_a_face_that_is_not_in_the_picture_still_makes_a_chip(scale: float) -> None:
    face = face_at(similarity(scale, 0, (5000, -5000)))
    assert align_face(smooth_picture(40, 30), face, 64).shape == (64, 64, 3)


def test_the_picture_is_left_alone() -> None:
    picture = smooth_picture(500, 500)
    before = picture.copy()
    align_face(picture, face_at(similarity(2, 4, (20, 20))), 64)
    np.testing.assert_array_equal(picture, before)


UPRIGHT = similarity(1.5, 0, (100, 50))


@pytest.mark.parametrize(
    "landmarks",
    [
        pytest.param(np.zeros((6, 2)), id="all in one place"),
        pytest.param(np.full((6, 2), np.nan), id="not numbers"),
        pytest.param(TEMPLATE * [0.15, 1.0], id="a profile"),
        pytest.param(TEMPLATE * [-1.0, 1.0] + [200, 0], id="mirrored"),
        pytest.param(TEMPLATE[[0, 1, 3, 2, 4, 5]] * [1, -1] + [0, 200], id="upside down by mirror"),
        pytest.param(TEMPLATE * 0.3, id="far smaller than the box"),
        pytest.param(TEMPLATE * 3.0, id="far larger than the box"),
    ],
)
def test_nonsense_landmarks_fall_back_to_the_box(landmarks: NDArray[np.float64]) -> None:
    face = with_landmarks(face_at(UPRIGHT), apply_similarity(UPRIGHT, landmarks))
    found = chip_transform(face, CHIP_SIZE_PX)
    np.testing.assert_allclose(found, invert_similarity(UPRIGHT), atol=0.5)


def test_a_face_turned_aside_a_little_keeps_its_landmarks() -> None:
    turned = similarity(1.5, 10, (100, 50))
    narrow = (TEMPLATE - 100) * [0.75, 1.0] + 100
    found = chip_transform(
        with_landmarks(face_at(turned), apply_similarity(turned, narrow)), CHIP_SIZE_PX
    )
    degrees = math.degrees(math.atan2(found[1, 0], found[0, 0]))
    assert degrees == pytest.approx(-10, abs=0.5)


def test_an_empty_box_makes_a_chip_too() -> None:
    face = Detection(Box(10, 10, 10, 10), 0.5, np.zeros((6, 2), np.float32))
    assert align_face(smooth_picture(40, 30), face, 64).shape == (64, 64, 3)
