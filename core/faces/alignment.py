"""THE crop: it makes every face that a model sees, in training and in the app.

Pixel coordinates are continuous: the centre of the top left pixel is (0.5, 0.5).
"""

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from core.faces.similarity import (
    apply_similarity,
    fit_similarity,
    invert_similarity,
    similarity_about,
    similarity_scale,
)
from core.types import Box, Detection, Image

CHIP_SIZE_PX = 200
"""Side of the frame in which the template is given: that of the UTKFace chips."""

_TEMPLATE_PX = np.array([[61.4, 60.9], [139.9, 61.3], [100.1, 143.8]])
"""Where the right eye, the left eye and the mouth stand in a chip, as the detector sees them:
medians over 1,495 UTKFace chips that were pasted into pictures and found there."""

_ALIGNING_LANDMARKS = [0, 1, 3]

_BOX_CENTRE_PX = (99.6, 100.9)
_BOX_SIDE_PX = 181.9
"""Where the detector's box stands in a chip: medians over the same chips."""

_PX_FOR_PX = 1.02
"""Image px that a chip px covers, along a side, up to which the image is not shrunk."""

_MAX_MISFIT_PX = 16.0
"""Root mean square distance from the template, in chip px, beyond which landmarks are nonsense."""

_MAX_BOX_RATIO = 2.0
"""How much larger or smaller than its box a face may be by its landmarks."""


def align_face(image: Image, detection: Detection, chip_size_px: int) -> Image:
    """Cut a face out of `image`, upright, with its eyes and mouth where training had them.

    Returns:
        A chip of shape (chip_size_px, chip_size_px, 3), RGB. Beyond the image its edge goes on.
    """
    return warp_chip(image, chip_transform(detection, chip_size_px), chip_size_px)


def align_faces(
    image: Image, detections: Sequence[Detection], chip_size_px: int
) -> NDArray[np.uint8]:
    """The faces as a batch of chips, shape (N, chip_size_px, chip_size_px, 3)."""
    chips = np.empty((len(detections), chip_size_px, chip_size_px, 3), np.uint8)
    for index, detection in enumerate(detections):
        chips[index] = align_face(image, detection, chip_size_px)
    return chips


def chip_transform(detection: Detection, chip_size_px: int) -> NDArray[np.float64]:
    """The similarity of shape (2, 3) that takes image px to chip px.

    It is the least-squares fit of the eyes and the mouth to the template. Where they are no
    face seen from the front (a profile, the edge of the picture), the box is fitted instead.
    """
    scale = chip_size_px / CHIP_SIZE_PX
    points = detection.landmarks[_ALIGNING_LANDMARKS].astype(np.float64)
    transform = fit_similarity(points, _TEMPLATE_PX)
    if not _is_plausible(transform, points, detection.box):
        transform = _box_similarity(detection.box)
    return transform * scale


def warp_chip(image: Image, transform: NDArray[np.float64], chip_size_px: int) -> Image:
    """Resample `image` under a similarity of shape (2, 3): cubic up, area averages down.

    Shrunk, each chip px is the mean of the image px that it covers: of a grid of samples no
    farther apart than those px. A large factor is first divided by a whole number of px.
    """
    shrink = math.floor(coarseness(transform) / 2)
    if shrink >= 2:
        image, transform = _shrunk(image, transform, chip_size_px, shrink)
    if coarseness(transform) <= _PX_FOR_PX:
        return warp(image, transform, chip_size_px, cv2.INTER_CUBIC)
    density = max(2, math.ceil(coarseness(transform)))
    dense = warp(image, transform * density, chip_size_px * density, cv2.INTER_LINEAR)
    return _resized_to_area(dense, chip_size_px, chip_size_px)


def coarseness(transform: NDArray[np.float64]) -> float:
    """How many image px a chip px covers, along a side."""
    return 1 / max(similarity_scale(transform), 1e-6)


def warp(image: Image, transform: NDArray[np.float64], size_px: int, interpolation: int) -> Image:
    """Sample `image` under a similarity between continuous coordinates.

    Args:
        size_px: side of the square that comes out; beyond the image its edge goes on.
        interpolation: OpenCV's flag.
    """
    centred = transform.copy()  # OpenCV counts from the centre of the first px, not its corner
    centred[:, 2] += transform[:, :2] @ (0.5, 0.5) - 0.5
    warped = cv2.warpAffine(
        image,
        centred,
        (size_px, size_px),
        flags=interpolation,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return warped.astype(np.uint8, copy=False)


def _is_plausible(transform: NDArray[np.float64], points: NDArray[np.float64], box: Box) -> bool:
    """Whether landmarks look like a face, wherever it is turned, and agree with their box."""
    fitted = apply_similarity(transform, points)
    misfit_px = float(np.sqrt(np.mean(np.sum((fitted - _TEMPLATE_PX) ** 2, axis=1))))
    ratio = similarity_scale(transform) * max(box.width, box.height) / _BOX_SIDE_PX
    # Comparisons with NaN are false: landmarks that are not numbers are not plausible.
    return misfit_px <= _MAX_MISFIT_PX and 1 / _MAX_BOX_RATIO <= ratio <= _MAX_BOX_RATIO


def _box_similarity(box: Box) -> NDArray[np.float64]:
    scale = _BOX_SIDE_PX / max(box.width, box.height, 1.0)
    return similarity_about(box.centre, _BOX_CENTRE_PX, scale)


def _shrunk(
    image: Image, transform: NDArray[np.float64], chip_size_px: int, factor: int
) -> tuple[Image, NDArray[np.float64]]:
    """The part of `image` that the chip shows, shrunk by `factor`, and its way to the chip."""
    left, top, right, bottom = _covered_region(image, transform, chip_size_px, factor)
    width, height = (right - left) // factor, (bottom - top) // factor
    region = image[top : top + height * factor, left : left + width * factor]
    moved = transform.copy()
    moved[:, 2] += transform[:, :2] @ (left, top)
    moved[:, :2] *= factor
    return _resized_to_area(region, width, height), moved


def _covered_region(
    image: Image, transform: NDArray[np.float64], chip_size_px: int, factor: int
) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the image px that the chip needs; at least `factor` each way."""
    height, width = image.shape[:2]
    edge = float(chip_size_px)
    corners = np.array([[0.0, 0.0], [edge, 0.0], [0.0, edge], [edge, edge]])
    covered = apply_similarity(invert_similarity(transform), corners)
    margin = 3 * factor  # what a kernel reads beyond its sample, after shrinking
    left, top = np.floor(covered.min(axis=0) - margin)
    right, bottom = np.ceil(covered.max(axis=0) + margin)
    left_px = int(np.clip(left, 0, max(width - factor, 0)))
    top_px = int(np.clip(top, 0, max(height - factor, 0)))
    right_px = int(np.clip(right, left_px + factor, width))
    bottom_px = int(np.clip(bottom, top_px + factor, height))
    return left_px, top_px, right_px, bottom_px


def _resized_to_area(image: Image, width: int, height: int) -> Image:
    resized = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)
    return resized.astype(np.uint8, copy=False)
