"""Random changes to training chips that look like what cameras, prints and detectors do.

Everything works on uint8 RGB with NumPy and OpenCV, so that each Keras backend sees the same
pictures, and every random number comes from the generator that is passed in.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from core.faces.alignment import warp_chip
from core.types import Image
from training.data import degradations

MIRROR_PROBABILITY = 0.5


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How much a chip may change; zero everywhere leaves it as it is.

    Attributes:
        upside_down: whether half of the chips stand on their heads.
        quarter_turns: whether chips lie on any of their four sides.
        turn_degrees: rotation, up to this much either way.
        zoom: scale, up to this share smaller or larger.
        stretch: width against height, up to this share either way.
        shift: movement, up to this share of the side in each direction.
        light: brightness factor, up to this share either way.
        contrast: contrast factor, up to this share either way.
        colour: factor of each colour channel, up to this share either way.
        brightness: added to all channels, up to this share of white either way.
        saturation: factor of the saturation, up to this share either way.
        hue: turn of the hue, up to this share of the colour circle either way.
        side_light_probability: chance of light from one side, up to a half brighter there.
        cast_probability: chance of a colour cast of up to a quarter.
        dark_probability: chance of a dim room, 5-50 % of the light.
        grey_probability: chance of a picture without colour.
        faded_probability: chance of an old print, some way to warm paper.
        soft_probability: chance of blur, or of a moderate loss of px.
        small_probability: chance of a face that was only 28-64 px high.
        noise_probability: chance of sensor noise of 2-20 grey levels.
        grain_probability: chance of film or paper grain of 2-14 grey levels.
        sharpen_probability: chance of edges drawn over.
        smooth_probability: chance of skin smoothed as phones do.
        jpeg_probability: chance of JPEG artefacts.
        jpeg_min_quality: the worst of them; the best is 90.
        erase_probability: chance that a rectangle is covered.
    """

    mirror: bool = True
    upside_down: bool = False
    quarter_turns: bool = False
    turn_degrees: float = 0.0
    zoom: float = 0.0
    stretch: float = 0.0
    shift: float = 0.0
    light: float = 0.0
    contrast: float = 0.0
    colour: float = 0.0
    brightness: float = 0.0
    saturation: float = 0.0
    hue: float = 0.0
    side_light_probability: float = 0.0
    cast_probability: float = 0.0
    dark_probability: float = 0.0
    grey_probability: float = 0.0
    faded_probability: float = 0.0
    soft_probability: float = 0.0
    small_probability: float = 0.0
    noise_probability: float = 0.0
    grain_probability: float = 0.0
    sharpen_probability: float = 0.0
    smooth_probability: float = 0.0
    jpeg_probability: float = 0.0
    jpeg_min_quality: int = 30
    erase_probability: float = 0.0


REPORT = Augmentation(
    upside_down=True,
    quarter_turns=True,
    brightness=0.2,
    contrast=0.3,
    saturation=0.2,
    hue=0.08,
)
"""The report's own. Flips upside down and quarter turns cost accuracy on upright faces."""

REPORTS_WORDS = {
    "mirror": "random flip, left to right",
    "upside_down": "random flip, up to down",
    "quarter_turns": "random rotation by 0, 90, 180 or 270 degrees",
    "brightness": "random brightness, ±0.2",
    "contrast": "random contrast, 0.7 to 1.3",
    "saturation": "random saturation, 0.8 to 1.2",
    "hue": "random hue, ±0.08",
}
"""What the report calls each setting of `REPORT`, and its numbers as the report has them."""

FLIPS = Augmentation(upside_down=True, quarter_turns=True)
"""The eight sides of a chip and nothing else."""

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

WORN = replace(
    CAMERA,
    zoom=0.1,
    shift=0.06,
    cast_probability=0.1,
    dark_probability=0.08,
    grey_probability=0.12,
    faded_probability=0.08,
    small_probability=0.12,
    noise_probability=0.15,
    jpeg_probability=0.2,
    jpeg_min_quality=20,
)
"""The same and worse: dim rooms, faces far away, and prints from old albums."""

LIGHTLY_WORN = replace(
    WORN,
    cast_probability=0.05,
    dark_probability=0.04,
    grey_probability=0.1,
    faded_probability=0.04,
    small_probability=0.05,
    noise_probability=0.06,
    jpeg_probability=0.12,
)
"""What is worse, about half as often: for a network that has seen the worst before."""

ALBUM = replace(
    LIGHTLY_WORN,
    stretch=0.05,
    side_light_probability=0.15,
    grain_probability=0.15,
    sharpen_probability=0.12,
)
"""And what other collections have and UTKFace lacks: grain, sharpening, hard light, wide lenses."""

WIDE = replace(
    ALBUM,
    turn_degrees=15.0,
    zoom=0.15,
    stretch=0.1,
    shift=0.08,
    light=0.35,
    contrast=0.35,
    colour=0.12,
    cast_probability=0.1,
    grey_probability=0.15,
    small_probability=0.1,
    smooth_probability=0.2,
)
"""And more of everything, for collections that nobody has seen: other crops, tones and skin."""

AUGMENTATIONS = {
    "report": REPORT,
    "flips": FLIPS,
    "camera": CAMERA,
    "lightly-worn": LIGHTLY_WORN,
    "album": ALBUM,
    "worn": WORN,
    "wide": WIDE,
}


def augment(
    chip: Image, size_px: int, augmentation: Augmentation, rng: np.random.Generator
) -> Image:
    """A random variant of `chip`, of shape (size_px, size_px, 3)."""
    return wear(place(chip, size_px, augmentation, rng), augmentation, rng)


def place(chip: Image, size_px: int, augmentation: Augmentation, rng: np.random.Generator) -> Image:
    """`chip` as another crop of it, of shape (size_px, size_px, 3)."""
    return _turn_over(_move(chip, size_px, augmentation, rng), augmentation, rng)


def wear(image: Image, augmentation: Augmentation, rng: np.random.Generator) -> Image:
    """`image` as another camera, another light, or the years would show it."""
    image = _relight(image, augmentation, rng)
    image = _recolour(image, augmentation, rng)
    image = _age_print(image, augmentation, rng)
    image = _lose_detail(image, augmentation, rng)
    if rng.random() < augmentation.erase_probability:
        image = _erase(image, rng)
    return image


def _move(chip: Image, size_px: int, augmentation: Augmentation, rng: np.random.Generator) -> Image:
    """Turn, zoom, stretch and shift in one resampling, the one that the app's crop does; mirror."""
    side = chip.shape[0]
    angle = np.deg2rad(rng.uniform(-1, 1) * augmentation.turn_degrees)
    scale = size_px / side * (1 + rng.uniform(-1, 1) * augmentation.zoom)
    shift = rng.uniform(-1, 1, 2) * augmentation.shift * size_px
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    if augmentation.stretch:
        turn[:, 0] *= 1 + rng.uniform(-1, 1) * augmentation.stretch
    is_mirrored = augmentation.mirror and rng.random() < MIRROR_PROBABILITY
    offset = size_px / 2 - turn @ (side / 2, side / 2) + shift
    moved = warp_chip(chip, np.column_stack([turn, offset]), size_px)
    return moved[:, ::-1] if is_mirrored else moved


def _turn_over(image: Image, augmentation: Augmentation, rng: np.random.Generator) -> Image:
    if augmentation.quarter_turns:
        image = np.rot90(image, int(rng.integers(4)))
    if augmentation.upside_down and rng.random() < MIRROR_PROBABILITY:
        image = image[::-1]
    return np.ascontiguousarray(image)


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


def _recolour(image: Image, augmentation: Augmentation, rng: np.random.Generator) -> Image:
    """Brightness, saturation and hue as TensorFlow's `tf.image.random_...` change them."""
    if not (augmentation.brightness or augmentation.saturation or augmentation.hue):
        return image
    added = rng.uniform(-1, 1) * augmentation.brightness
    brighter = np.clip(image.astype(np.float32) / 255 + np.float32(added), 0, 1)
    hsv = cv2.cvtColor(brighter, cv2.COLOR_RGB2HSV)
    hsv[..., 0] = (hsv[..., 0] + 360 * rng.uniform(-1, 1) * augmentation.hue) % 360
    factor = 1 + rng.uniform(-1, 1) * augmentation.saturation
    hsv[..., 1] = (hsv[..., 1] * factor).clip(0, 1)
    recoloured = cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)
    return np.rint(255 * recoloured).astype(np.uint8)


def _age_print(image: Image, augmentation: Augmentation, rng: np.random.Generator) -> Image:
    """Side light, casts, dim light, and what becomes of a print's colours."""
    if rng.random() < augmentation.side_light_probability:
        angle_rad = rng.uniform(0, 2 * np.pi)
        image = degradations.light_from(image, angle_rad, rng.uniform(0.1, 0.5))
    if rng.random() < augmentation.cast_probability:
        image = degradations.cast(image, rng.uniform(0.75, 1.25, 3))
    if rng.random() < augmentation.dark_probability:
        image = degradations.darken(image, rng.uniform(0.05, 0.5))
    if rng.random() < augmentation.grey_probability:
        image = degradations.grey(image)
    if rng.random() < augmentation.faded_probability:
        image = degradations.fade(image, rng.uniform(0.1, 0.5))
    return image


def _lose_detail(image: Image, augmentation: Augmentation, rng: np.random.Generator) -> Image:
    """In the order of a camera: focus and distance, the sensor's noise, the file."""
    if rng.random() < augmentation.soft_probability:
        image = _soften(image, rng)
    if rng.random() < augmentation.small_probability:
        image = degradations.shrink(image, int(rng.integers(30, 71)))
    if rng.random() < augmentation.noise_probability:
        image = degradations.add_noise(image, rng.uniform(2, 20), rng)
    if rng.random() < augmentation.grain_probability:
        image = degradations.add_grain(image, rng.uniform(2, 14), rng.uniform(0.8, 3.5), rng)
    if rng.random() < augmentation.smooth_probability:
        image = degradations.smooth(image, rng.uniform(10, 60))
    if rng.random() < augmentation.sharpen_probability:
        image = degradations.sharpen(image, rng.uniform(0.2, 1.5), rng.uniform(0.6, 2.0))
    if rng.random() < augmentation.jpeg_probability:
        image = degradations.compress(image, int(rng.integers(augmentation.jpeg_min_quality, 91)))
    return image


def _soften(image: Image, rng: np.random.Generator) -> Image:
    side = image.shape[0]
    if rng.random() < 0.5:
        return degradations.blur(image, rng.uniform(0.5, 0.016 * side))
    return degradations.shrink(image, int(side * rng.uniform(0.25, 0.7)))


def _erase(image: Image, rng: np.random.Generator) -> Image:
    side = image.shape[0]
    width, height = (rng.uniform(0.1, 0.35, 2) * side).astype(int).tolist()
    left, top = int(rng.integers(0, side - width)), int(rng.integers(0, side - height))
    return degradations.cover(image, (left, top, width, height), rng.integers(0, 256, 3))
