"""How much an estimate counts, by what the face's picture is worth."""

import cv2
import numpy as np
from numpy.typing import NDArray

HALF_WEIGHT_SHARPNESS = 60.0
"""Variance of the Laplacian at which a chip counts half; a face in focus has some hundreds."""


def chip_weight(chip: NDArray[np.uint8], face_height_px: float) -> float:
    """A weight above 0, up to 1: blurred faces and those smaller than the model's input count less.

    Sharpness is the variance of the Laplacian (Pech-Pacheco et al., 2000).

    Args:
        chip: an aligned face, shape (S, S, 3), RGB, 0-255.
        face_height_px: height of the face in the picture that the chip was cut from.
    """
    grey = cv2.cvtColor(chip, cv2.COLOR_RGB2GRAY)
    _, deviation = cv2.meanStdDev(cv2.Laplacian(grey, cv2.CV_16S))
    sharpness = float(deviation[0, 0]) ** 2
    size: float = min(1.0, face_height_px / chip.shape[0])
    return max(0.01, size * sharpness / (sharpness + HALF_WEIGHT_SHARPNESS))
