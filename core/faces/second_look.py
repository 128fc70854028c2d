"""The second look at a candidate: a square picture of it in which a true face is found again."""

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from core.faces.alignment import chip_transform
from core.faces.blaze_face import SIDE_PX
from core.faces.similarity import (
    apply_similarity,
    similarity_about,
    similarity_scale,
    similarity_turn,
)
from core.types import Box, Detection

LOOK_SIZE_PX = SIDE_PX
"""Side of the picture that a look sees."""

_LOOK_MARGIN = 2.0
"""Side of what it shows, in sides of the face: the scale at which landmarks jitter least."""

_MIN_SIZE_RATIO = 0.5
_MAX_SIZE_RATIO = 1.6
"""Sides of the face found again, in sides of the candidate's box."""

_MAX_SHIFT = 0.4
"""Farthest distance of both centres, in sides of the candidate's box."""


def look_transform(
    box: Box, turn: float = 0.0, margin: float = _LOOK_MARGIN
) -> NDArray[np.float64]:
    """The similarity of shape (2, 3) from an image to a look at `box`, turned by radians.

    Args:
        margin: side of what the look shows, in sides of the box.
    """
    scale = LOOK_SIZE_PX / (margin * _side_px(box))
    return similarity_about(box.centre, (LOOK_SIZE_PX / 2, LOOK_SIZE_PX / 2), scale, turn)


def upright_look_transform(face: Detection) -> NDArray[np.float64]:
    """The similarity from an image to a look in which the face stands upright."""
    return look_transform(face.box, similarity_turn(chip_transform(face, LOOK_SIZE_PX)))


def is_upright(face: Detection) -> bool:
    """Whether the mouth lies below the eyes rather than beside or above them."""
    right_eye, left_eye, _, mouth = face.landmarks[:4]
    across, down = mouth - (right_eye + left_eye) / 2
    return bool(down > abs(across))


def find_again(candidate: Box, found: Iterable[Detection]) -> Detection | None:
    """Of the faces that a look found, the one that the candidate meant, if any."""
    alike = (face for face in found if _is_alike(face.box, candidate))
    return max(alike, key=lambda face: face.score, default=None)


def transform_detection(detection: Detection, transform: NDArray[np.float64]) -> Detection:
    """A detection taken through a similarity; its box stays upright and moves by its centre."""
    return Detection(
        box=transform_box(detection.box, transform),
        score=detection.score,
        landmarks=apply_similarity(transform, detection.landmarks).astype(np.float32),
    )


def transform_box(box: Box, transform: NDArray[np.float64]) -> Box:
    """A box taken through a similarity; it stays upright and moves by its centre."""
    scale = similarity_scale(transform)
    x, y = apply_similarity(transform, np.array(box.centre)).tolist()
    half_width, half_height = scale * box.width / 2, scale * box.height / 2
    return Box(x - half_width, y - half_height, x + half_width, y + half_height)


def mean_detection(first: Detection, second: Detection) -> Detection:
    """The mean place of two detections of one face, with the score of the less sure one."""
    box = Box(
        left=(first.box.left + second.box.left) / 2,
        top=(first.box.top + second.box.top) / 2,
        right=(first.box.right + second.box.right) / 2,
        bottom=(first.box.bottom + second.box.bottom) / 2,
    )
    landmarks = (first.landmarks + second.landmarks) / 2
    return Detection(box, min(first.score, second.score), landmarks.astype(np.float32))


def _is_alike(box: Box, expected: Box) -> bool:
    side_px = _side_px(expected)
    ratio = _side_px(box) / side_px
    shift = math.dist(box.centre, expected.centre) / side_px
    return _MIN_SIZE_RATIO <= ratio <= _MAX_SIZE_RATIO and shift <= _MAX_SHIFT


def _side_px(box: Box) -> float:
    return max(box.width, box.height, 1.0)
