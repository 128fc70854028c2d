"""A picture at its own size, at half of it, at a quarter and so on.

A detector sees 128 or 192 px: from a picture of many times that size it would take single px,
here and there. From a level of about its own scale it gets averages, and in less time.
"""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from core.faces.alignment import coarseness, warp
from core.faces.similarity import apply_similarity, invert_similarity
from core.types import Image

_SAMPLED_BEYOND_PX = 2
"""What a look reads beyond the px that it covers, and what rounding may add."""


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
        if to_look[1, 0] == 0 and (region := self._covered_square(to_look, size_px, number)):
            left, top, side = region
            scale = size_px / side
            shown = np.array([[scale, 0.0, -left * scale], [0.0, scale, -top * scale]])
            shown[:, :2] /= 2**number
            return _resized(self._part(number, left, top, left + side, top + side), size_px), shown
        left, top, right, bottom = self._covered_part(to_look, size_px, number)
        to_look[:, 2] += to_look[:, :2] @ (left, top)
        part = self._part(number, left, top, right, bottom)
        return warp(part, to_look, size_px, cv2.INTER_LINEAR), transform

    def _part(self, number: int, left: int, top: int, right: int, bottom: int) -> Image:
        """A part of a level; where there is no such level yet, no more than the part is made."""
        below = max(0, number + 1 - len(self._levels))
        left, top, right, bottom = (value << below for value in (left, top, right, bottom))
        part = self._levels[number - below][top:bottom, left:right]
        for _ in range(below):
            part = _halved(part)
        return part

    def _level_size(self, number: int) -> tuple[int, int]:
        """Width and height of a level."""
        height, width = self._levels[0].shape[:2]
        return width >> number, height >> number

    def _covered_square(
        self, transform: NDArray[np.float64], size_px: int, number: int
    ) -> tuple[int, int, int] | None:
        """Left, top and side of the whole px that an unturned look shows; None beyond the level."""
        scale = float(transform[0, 0])
        left, top, side = (round(value / scale) for value in (*-transform[:, 2], size_px))
        width, height = self._level_size(number)
        fits = 0 <= left <= width - side and 0 <= top <= height - side
        return (left, top, side) if fits and side > 0 else None

    def _covered_part(
        self, transform: NDArray[np.float64], size_px: int, number: int
    ) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of the px of a level that a look needs; one at the least."""
        corners = np.array([[0.0, 0.0], [size_px, 0.0], [0.0, size_px], [size_px, size_px]])
        covered = apply_similarity(invert_similarity(transform), corners)
        last = np.array(self._level_size(number)) - 1
        first_px = np.clip(np.floor(covered.min(axis=0)) - _SAMPLED_BEYOND_PX, 0, last)
        last_px = np.clip(np.ceil(covered.max(axis=0)) + _SAMPLED_BEYOND_PX, first_px, last)
        left, top, right, bottom = map(int, (*first_px, *last_px + 1))
        return left, top, right, bottom

    def _nearest_level(self, shrink: float) -> int:
        """The last level that need not be enlarged, and that still has px."""
        shorter_px = min(self._levels[0].shape[:2])
        return max(0, math.floor(math.log2(min(shrink, shorter_px))))


def _resized(image: Image, size_px: int) -> Image:
    resized = cv2.resize(image, (size_px, size_px), interpolation=cv2.INTER_LINEAR)
    return np.asarray(resized, np.uint8)


def _halved(image: Image) -> Image:
    height, width = image.shape[0] // 2, image.shape[1] // 2
    even = image[: 2 * height, : 2 * width]
    return np.asarray(cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
