"""A picture at its own size, at half of it, at a quarter and so on.

A detector sees 128 or 192 px: from a picture of many times that size it would take single px,
here and there. From a level of about its own scale it gets averages, and in less time.
"""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from core.faces.alignment import coarseness, warp
from core.types import Image


class Pyramid:
    """The levels of one picture, each made when it is first needed.

    Level n has 1 / 2ⁿ of the picture's sides; an odd px at the right or lower edge is left out.

    Args:
        image: level 0. It is not copied.
    """

    def __init__(self, image: Image) -> None:
        self._levels = [image]

    def level(self, number: int) -> Image:
        """The picture divided by 2 to the power of `number`, each px the mean of its px."""
        while len(self._levels) <= number:
            self._levels.append(_halved(self._levels[-1]))
        return self._levels[number]

    def with_longer_side(self, longer_px: int, most_sampled: float = 2.0) -> Image:
        """The picture, reduced or enlarged to a longer side of `longer_px`.

        Args:
            most_sampled: it is halved by averages as long as its sides are so many times those
                wanted, and then sampled.
        """
        height, width = self._levels[0].shape[:2]
        shrink = max(height, width) / longer_px
        if shrink == 1:
            return self._levels[0]
        level = self.level(self._nearest_level(2 * shrink / most_sampled))
        size = max(1, round(width / shrink)), max(1, round(height / shrink))
        return np.asarray(cv2.resize(level, size, interpolation=cv2.INTER_LINEAR), np.uint8)

    def look(
        self, transform: NDArray[np.float64], size_px: int
    ) -> tuple[Image, NDArray[np.float64]]:
        """What a similarity of shape (2, 3) shows in a square of `size_px`.

        Unlike THE crop, it may sample a px out of two: good enough to find a face again.

        Returns:
            The square, and the similarity that it really shows: one without a turn is moved to
            whole px where it can be, because cutting takes half as long as warping.
        """
        number = self._nearest_level(coarseness(transform))
        to_look = transform.copy()
        to_look[:, :2] *= 2**number
        level = self.level(number)
        if to_look[1, 0] == 0 and (region := _covered_square(to_look, size_px, level)):
            left, top, side = region
            cut = level[top : top + side, left : left + side]
            scale = size_px / side
            shown = np.array([[scale, 0.0, -left * scale], [0.0, scale, -top * scale]])
            shown[:, :2] /= 2**number
            return _resized(cut, size_px), shown
        return warp(level, to_look, size_px, cv2.INTER_LINEAR), transform

    def _nearest_level(self, shrink: float) -> int:
        """The last level that need not be enlarged, and that still has px."""
        shorter_px = min(self._levels[0].shape[:2])
        return max(0, math.floor(math.log2(min(shrink, shorter_px))))


def _covered_square(
    transform: NDArray[np.float64], size_px: int, image: Image
) -> tuple[int, int, int] | None:
    """Left, top and side of the whole px that an unturned look shows; None beyond the image."""
    scale = float(transform[0, 0])
    left, top, side = (round(value / scale) for value in (*-transform[:, 2], size_px))
    height, width = image.shape[:2]
    fits = 0 <= left <= width - side and 0 <= top <= height - side
    return (left, top, side) if fits and side > 0 else None


def _resized(image: Image, size_px: int) -> Image:
    resized = cv2.resize(image, (size_px, size_px), interpolation=cv2.INTER_LINEAR)
    return np.asarray(resized, np.uint8)


def _halved(image: Image) -> Image:
    height, width = image.shape[0] // 2, image.shape[1] // 2
    even = image[: 2 * height, : 2 * width]
    return np.asarray(cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
