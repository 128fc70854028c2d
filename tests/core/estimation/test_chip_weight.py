import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from core.estimation.chip_weight import chip_weight

SIZE_PX = 128


@pytest.fixture
def sharp_chip() -> NDArray[np.uint8]:
    return np.random.default_rng(0).integers(0, 256, (SIZE_PX, SIZE_PX, 3), np.uint8)


def test_a_sharp_and_large_face_counts_nearly_in_full(sharp_chip: NDArray[np.uint8]) -> None:
    assert 0.9 < chip_weight(sharp_chip, face_height_px=300) <= 1


def test_a_blurred_face_counts_less(sharp_chip: NDArray[np.uint8]) -> None:
    blurred = cv2.GaussianBlur(sharp_chip, (0, 0), 4).astype(np.uint8)
    assert chip_weight(blurred, 300) < chip_weight(sharp_chip, 300) / 2


def test_a_face_smaller_than_the_models_input_counts_less(sharp_chip: NDArray[np.uint8]) -> None:
    half = chip_weight(sharp_chip, face_height_px=SIZE_PX / 2)
    assert half == pytest.approx(chip_weight(sharp_chip, face_height_px=SIZE_PX) / 2)


def test_even_a_plain_picture_counts_a_little() -> None:
    assert chip_weight(np.zeros((SIZE_PX, SIZE_PX, 3), np.uint8), 300) > 0
