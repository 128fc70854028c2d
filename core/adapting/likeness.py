"""Which faces are of one picture: copies of it, saved anew or resized, or all but the same."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

_HASH_SIDE = 16
_MAX_DISTANCE_BITS = 32
"""Of 256. Of 25 faces of All-Age-Faces, found again in the photo saved by JPEG's quality 30 or at
half its size, nine in ten differ by 27 or less; none of 33,000 pairs of others by less than 44."""


def difference_hash(chip: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """256 bits that say where brightness rises from left to right.

    Source: N. Krawetz, "Kind of Like That" (2013).

    Args:
        chip: RGB of shape (H, W, 3).

    Returns:
        bool of shape (256,).
    """
    grey = cv2.cvtColor(chip, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (_HASH_SIDE + 1, _HASH_SIDE), interpolation=cv2.INTER_AREA)
    return (small[:, 1:] > small[:, :-1]).ravel()


def picture_numbers(files: Sequence[str], hashes: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The number of each face's picture, (N,).

    Faces of one file have one number, and so have faces that look alike, and all that are linked
    by a chain of such pairs.

    Args:
        files: what tells the faces' files apart, N.
        hashes: of `difference_hash`, (N, 256).
    """
    _, numbers = np.unique(files, return_inverse=True)
    signs = hashes.astype(np.float32) * 2 - 1
    least_product = hashes.shape[1] - 2 * _MAX_DISTANCE_BITS
    for row in signs:
        joined = numbers[signs @ row >= least_product]
        numbers[np.isin(numbers, joined)] = joined.min()
    return numbers
