"""What cameras, prints and years do to a chip, one function each: uint8 RGB in and out.

Training draws from them at random (augmentation.py), `evaluate --degrade` applies them in steps.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from core.types import Image

_PRINT_PAPER_RGB = (226.0, 208.0, 178.0)
"""What a faded colour print fades to: warm paper."""


def blur(image: Image, deviation_px: float) -> Image:
    """Out of focus."""
    return _as_image(cv2.GaussianBlur(image, (0, 0), deviation_px))


def shrink(image: Image, side_px: int) -> Image:
    """Down to `side_px` and up again: a face far away. A larger `side_px` changes nothing."""
    height, width = image.shape[:2]
    if side_px >= width:
        return image
    small = cv2.resize(image, (side_px, side_px), interpolation=cv2.INTER_AREA)
    return _as_image(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR))


def add_noise(image: Image, deviation: float, rng: np.random.Generator) -> Image:
    """Sensor noise of this standard deviation, in grey levels."""
    noise = rng.normal(0.0, deviation, image.shape).astype(np.float32)
    return _clipped(image + noise)


def add_grain(image: Image, deviation: float, size_px: float, rng: np.random.Generator) -> Image:
    """Film or paper grain: the same in each channel, grains of about `size_px`."""
    grain = cv2.GaussianBlur(
        rng.normal(0.0, 1.0, image.shape[:2]).astype(np.float32), (0, 0), size_px / 2
    )
    return _clipped(image + (deviation / grain.std() * grain)[..., None])


def sharpen(image: Image, amount: float, deviation_px: float) -> Image:
    """Edges drawn over, as phones and studios do: `amount` times what a blur takes away."""
    soft = blur(image, deviation_px).astype(np.float32)
    return _clipped(image + amount * (image - soft))


def smooth(image: Image, tolerance: float) -> Image:
    """Skin without pores, as phones and retouching make it: evens out fewer grey levels than this.

    A bilateral filter (Tomasi and Manduchi, 1998), three px wide in a picture of 160.
    """
    width_px = 3 * image.shape[1] / 160
    return _as_image(cv2.bilateralFilter(image, 0, tolerance, width_px))


def light_from(image: Image, angle_rad: float, strength: float) -> Image:
    """Lit from one side: brighter by the share `strength` there, darker by it across."""
    height, width = image.shape[:2]
    across, down = np.linspace(-1, 1, width), np.linspace(-1, 1, height)
    towards = np.cos(angle_rad) * across[None, :] + np.sin(angle_rad) * down[:, None]
    factors = 1 + strength * towards.clip(-1, 1)
    return _clipped(image * factors[..., None].astype(np.float32))


def compress(image: Image, quality: int) -> Image:
    """JPEG of a quality of 1-100."""
    _, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    decoded = cv2.imdecode(data, cv2.IMREAD_COLOR)
    assert decoded is not None
    return _as_image(decoded)


def cast(image: Image, factors_rgb: NDArray[np.float64]) -> Image:
    """A colour cast: each channel by its factor."""
    return _clipped(image.astype(np.float32) * factors_rgb.astype(np.float32))


def darken(image: Image, light: float) -> Image:
    """A dim room: linear light by the factor `light`, 0-1, in a display gamma of 2.2."""
    levels = 255 * (np.arange(256) / 255 * light ** (1 / 2.2))
    return _as_image(cv2.LUT(image, np.rint(levels).astype(np.uint8)))


def grey(image: Image) -> Image:
    """Without colour."""
    return _as_image(cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB))


def fade(image: Image, share: float) -> Image:
    """An old print: this share, 0-1, of the way to warm paper, shadows included."""
    paper = np.array(_PRINT_PAPER_RGB, np.float32)
    return _clipped(image + share * (paper - image))


def cover(image: Image, box: tuple[int, int, int, int], colour: NDArray[np.int64]) -> Image:
    """Something before the face: left, top, width and height in px, in one colour."""
    left, top, width, height = box
    covered = image.copy()
    covered[top : top + height, left : left + width] = colour
    return covered


def _clipped(values: NDArray[np.float32]) -> Image:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def _as_image(values: NDArray[np.generic]) -> Image:
    return values.astype(np.uint8, copy=False)
