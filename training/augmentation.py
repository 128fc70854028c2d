"""Changes to training chips that look like what a camera does.

Everything works on uint8 RGB with NumPy and OpenCV, so that each Keras backend sees the same
pictures, and every random number comes from the generator that is passed in.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.faces.alignment import warp_chip
from core.types import Image

MIRROR_PROBABILITY = 0.5


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How much a chip may change; zero everywhere leaves it as it is.

    Attributes:
        turn_degrees: rotation, up to this much either way.
        zoom: scale, up to this share smaller or larger.
        shift: movement, up to this share of the side in each direction.
        light: brightness factor, up to this share either way.
        contrast: contrast factor, up to this share either way.
        colour: factor of each colour channel, up to this share either way.
        grey_probability: chance of a picture without colour.
        soft_probability: chance of a loss of detail: blur, or down and up again.
        jpeg_probability: chance of JPEG artefacts of quality 30-90.
        erase_probability: chance that a rectangle is covered.
    """

    mirror: bool = True
    turn_degrees: float = 0.0
    zoom: float = 0.0
    shift: float = 0.0
    light: float = 0.0
    contrast: float = 0.0
    colour: float = 0.0
    grey_probability: float = 0.0
    soft_probability: float = 0.0
    jpeg_probability: float = 0.0
    erase_probability: float = 0.0


CAMERA = Augmentation(
    turn_degrees=8.0,
    zoom=0.08,
    shift=0.05,
    light=0.25,
    contrast=0.25,
    colour=0.08,
    grey_probability=0.08,
    soft_probability=0.15,
    jpeg_probability=0.1,
    erase_probability=0.15,
)
"""What a webcam, an old phone and a detector that is a few pixels off do to a face."""


def augment(
    chip: Image, size_px: int, augmentation: Augmentation, rng: np.random.Generator
) -> Image:
    """A random variant of `chip`, of shape (size_px, size_px, 3)."""
    image: Image = _move(chip, size_px, augmentation, rng)
    image = _relight(image, augmentation, rng)
    if rng.random() < augmentation.grey_probability:
        image = _fade(image)
    if rng.random() < augmentation.soft_probability:
        image = _soften(image, rng)
    if rng.random() < augmentation.jpeg_probability:
        image = _compress(image, rng)
    if rng.random() < augmentation.erase_probability:
        image = _erase(image, rng)
    return image


def _move(chip: Image, size_px: int, augmentation: Augmentation, rng: np.random.Generator) -> Image:
    """Turn, zoom, shift and mirror in one resampling: the one that the app's crop does."""
    side = chip.shape[0]
    angle = np.deg2rad(rng.uniform(-1, 1) * augmentation.turn_degrees)
    scale = size_px / side * (1 + rng.uniform(-1, 1) * augmentation.zoom)
    shift = rng.uniform(-1, 1, 2) * augmentation.shift * size_px
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    if augmentation.mirror and rng.random() < MIRROR_PROBABILITY:
        turn[:, 0] = -turn[:, 0]
    offset = size_px / 2 - turn @ (side / 2, side / 2) + shift
    return warp_chip(chip, np.column_stack([turn, offset]), size_px)


def _relight(image: Image, augmentation: Augmentation, rng: np.random.Generator) -> Image:
    """Brightness, contrast about the mean, and a colour cast, as one table per channel."""
    light = 1 + rng.uniform(-1, 1) * augmentation.light
    contrast = 1 + rng.uniform(-1, 1) * augmentation.contrast
    cast = 1 + rng.uniform(-1, 1, 3) * augmentation.colour
    mean = float(image[::4, ::4].mean())
    levels = ((np.arange(256)[:, None] - mean) * contrast + mean) * light * cast
    table: NDArray[np.uint8] = np.clip(np.rint(levels), 0, 255).astype(np.uint8)
    relit = cv2.LUT(image, table.reshape(1, 256, 3))
    return relit.astype(np.uint8, copy=False)


def _fade(image: Image) -> Image:
    grey = cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    return grey.astype(np.uint8, copy=False)


def _soften(image: Image, rng: np.random.Generator) -> Image:
    side = image.shape[0]
    if rng.random() < 0.5:
        blurred = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.5, 0.016 * side))
        return blurred.astype(np.uint8, copy=False)
    small = cv2.resize(
        image, (int(side * rng.uniform(0.25, 0.7)),) * 2, interpolation=cv2.INTER_AREA
    )
    large = cv2.resize(small, (side, side), interpolation=cv2.INTER_LINEAR)
    return large.astype(np.uint8, copy=False)


def _compress(image: Image, rng: np.random.Generator) -> Image:
    quality = int(rng.integers(30, 91))
    _, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    decoded = cv2.imdecode(data, cv2.IMREAD_COLOR)
    assert decoded is not None
    return decoded.astype(np.uint8, copy=False)


def _erase(image: Image, rng: np.random.Generator) -> Image:
    side = image.shape[0]
    width, height = (rng.uniform(0.1, 0.35, 2) * side).astype(int)
    left, top = int(rng.integers(0, side - width)), int(rng.integers(0, side - height))
    covered = image.copy()
    covered[top : top + height, left : left + width] = rng.integers(0, 256, 3)
    return covered
