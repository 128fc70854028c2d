"""The second look at a candidate: a square picture of it in which a true face is found again."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from core.faces.alignment import similarity_scale
from core.types import Box, Detection

LOOK_SIZE_PX = 256
"""Side of the picture that a second look sees."""

LOOK_MARGIN = 2.0
"""Side of what it shows, in sides of the candidate's box: the scale the detector likes best."""

MIN_SIZE_RATIO = 0.5
MAX_SIZE_RATIO = 1.6
"""Sides of the face found again, in sides of the candidate's box."""

MAX_SHIFT = 0.4
"""Farthest distance of both centres, in sides of the candidate's box."""


def look_transform(box: Box) -> NDArray[np.float64]:
    """The similarity of shape (2, 3) from px of the image to px of the second look."""
    scale = LOOK_SIZE_PX / (LOOK_MARGIN * side_px(box))
    x, y = box.centre
    half = LOOK_SIZE_PX / 2
    return np.array([[scale, 0.0, half - scale * x], [0.0, scale, half - scale * y]])


def face_found_again(candidate: Detection, found: Iterable[Detection]) -> Detection | None:
    """Of the faces that the second look found, the one that the candidate meant, if any.

    Both are in px of the image.
    """
    alike = [face for face in found if _is_alike(face.box, candidate.box)]
    return max(alike, key=lambda face: face.score, default=None)


def detection_in_image(detection: Detection, transform: NDArray[np.float64]) -> Detection:
    """A detection in px of a second look, in px of the image that `transform` comes from."""
    scale = 1 / similarity_scale(transform)
    dx, dy = -scale * transform[:, 2]
    return Detection(
        box=detection.box.scaled(scale).moved(float(dx), float(dy)),
        score=detection.score,
        landmarks=(detection.landmarks * scale + (dx, dy)).astype(np.float32),
    )


def side_px(box: Box) -> float:
    """The longer side of a box, at least 1 px."""
    return max(box.width, box.height, 1.0)


def _is_alike(box: Box, expected: Box) -> bool:
    side = side_px(expected)
    ratio = side_px(box) / side
    shift = float(np.hypot(*np.subtract(box.centre, expected.centre))) / side
    return MIN_SIZE_RATIO <= ratio <= MAX_SIZE_RATIO and shift <= MAX_SHIFT
