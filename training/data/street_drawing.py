"""Draws the people of a made-up street, and what stands behind and before them."""

import math
from dataclasses import dataclass
from typing import Self

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from core.faces.alignment import warp_chip
from core.types import Image
from training.data.pasted import FACE_CENTRE_PX, FACE_SIDE_PX

STREET_PX = (1920, 1080)

_SHUTTER_SHARE = 0.2
"""How much of the time between two frames the shutter is open."""

_LENS_BLUR_PX = 0.7
_GRAIN_SHIFT_PX = 64
_POST_COLOUR = (70, 74, 80)

Region = tuple[slice, slice]
"""Rows and columns of a picture."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a face is: its centre and its side, in px."""

    time_s: float
    x: float
    y: float
    side_px: float


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What a person looks like.

    Attributes:
        chip: the face, (200, 200, 3).
        clothes: RGB.
        blur_px: how far the person is out of focus.
        light: what of its brightness is left.
    """

    chip: Image
    clothes: tuple[int, ...]
    blur_px: float
    light: float

    @classmethod
    def draw(cls, rng: Generator, chip: Image) -> Self:
        """A random one with the face `chip`."""
        clothes = tuple(rng.integers(20, 220, 3).tolist())
        return cls(chip, clothes, float(rng.uniform(0.3, 1.8)), float(rng.uniform(0.5, 1.1)))


def make_street(rng: Generator) -> Image:
    """Walls, windows, wires and leaves: a background full of edges."""
    width, height = STREET_PX
    street = np.zeros((height, width, 3)) + rng.uniform(90.0, 150.0, 3)
    for cells in (4, 16, 64, 256):
        rows = cells * height // width + 1
        coarse = rng.normal(0.0, 24.0, (rows, cells, 1)) + rng.normal(0.0, 8.0, (rows, cells, 3))
        street += cv2.resize(coarse, STREET_PX, interpolation=cv2.INTER_CUBIC)
    canvas = np.clip(street, 0, 255).astype(np.uint8)
    for _ in range(140):
        left, top = int(rng.integers(-100, width)), int(rng.integers(-100, height))
        right, bottom = left + int(rng.integers(10, 160)), top + int(rng.integers(10, 220))
        colour = (rng.integers(20, 220) + rng.integers(-20, 20, 3)).tolist()
        cv2.rectangle(canvas, (left, top), (right, bottom), colour, -1 if rng.random() < 0.5 else 3)
        cv2.line(canvas, (left, top), (right + 90, bottom), colour[::-1], 2, cv2.LINE_AA)
    return np.asarray(cv2.GaussianBlur(canvas, (0, 0), 1.2), np.uint8)


def draw_person(
    canvas: Image, look: Look, place: Place, next_place: Place, is_turned_away: bool
) -> tuple[Region, NDArray[np.bool_]]:
    """Draw body, hair and face onto `canvas`; where, and which px of that they cover.

    Args:
        next_place: where the face is in the next frame: the person is smeared on the way there.
    """
    side = place.side_px
    left, right = round(place.x - 1.5 * side), round(place.x + 1.5 * side)
    top, bottom = round(place.y - side), round(place.y + 4.2 * side)
    region = slice(max(top, 0), max(bottom, 0)), slice(max(left, 0), max(right, 0))
    part = canvas[region]
    if part.size == 0:
        return region, np.zeros(part.shape[:2], bool)
    layer, figure = part.copy(), np.zeros(part.shape[:2], np.uint8)
    x, y = place.x - max(left, 0), place.y - max(top, 0)
    _draw_oval((layer, figure), (x, y + 2.3 * side), (1.25 * side, 1.7 * side), look.clothes)
    hair = tuple(value // 4 for value in look.clothes)
    _draw_oval((layer, figure), (x, y - 0.05 * side), (0.5 * side, 0.62 * side), hair)
    if not is_turned_away:
        _draw_face(layer, look.chip, Place(place.time_s, x, y, side))
    lit = cv2.convertScaleAbs(layer, alpha=look.light)
    layer = np.asarray(cv2.GaussianBlur(lit, (0, 0), look.blur_px), np.uint8)
    step = (next_place.x - place.x) * _SHUTTER_SHARE, (next_place.y - place.y) * _SHUTTER_SHARE
    layer, figure = _smeared(layer, step), _smeared(figure, step)
    share = (figure / 255)[..., None]
    part[:] = np.rint(part + share * (layer.astype(np.float32) - part)).astype(np.uint8)
    return region, figure > 127


def draw_post(canvas: Image, x: float, width: float) -> Region:
    """Draw a post that hides who is behind it, and say where."""
    region = slice(None), slice(round(x - width / 2), round(x + width / 2))
    canvas[region] = _POST_COLOUR
    return region


def draw_grain(rng: Generator) -> NDArray[np.int16]:
    """What a sensor adds, of shape (H + `_GRAIN_SHIFT_PX`, W, 1)."""
    width, height = STREET_PX
    shape = height + _GRAIN_SHIFT_PX, width, 1
    return np.rint(rng.normal(0.0, rng.uniform(2.0, 6.0), shape)).astype(np.int16)


def shoot(rng: Generator, canvas: Image, grain: NDArray[np.int16]) -> Image:
    """What a camera makes of it: a little soft, with another part of `grain` in each frame."""
    soft = np.asarray(cv2.GaussianBlur(canvas, (0, 0), _LENS_BLUR_PX), np.int16)
    shift = int(rng.integers(_GRAIN_SHIFT_PX))
    noisy = soft + grain[shift : shift + len(canvas)]
    return np.asarray(np.clip(noisy, 0, 255), np.uint8)


def chip_to_picture(place: Place) -> NDArray[np.float64]:
    """The similarity of shape (2, 3) that puts the face of a chip at `place`."""
    scale = place.side_px / FACE_SIDE_PX
    x, y = FACE_CENTRE_PX
    return np.array([[scale, 0.0, place.x - x * scale], [0.0, scale, place.y - y * scale]])


def _draw_oval(
    layer_and_figure: tuple[Image, NDArray[np.uint8]],
    centre: tuple[float, float],
    axes: tuple[float, float],
    colour: tuple[int, ...],
) -> None:
    for target, value in zip(layer_and_figure, (colour, (255,)), strict=True):
        x, y, across, down = map(round, (*centre, *axes))
        cv2.ellipse(target, (x, y), (across, down), 0, 0, 360, value, -1)


def _draw_face(layer: Image, chip: Image, place: Place) -> None:
    """The chip in an oval whose edge fades."""
    height, width = layer.shape[:2]
    size, side = max(height, width), place.side_px
    face = warp_chip(chip, chip_to_picture(place), size)[:height, :width].astype(np.float32)
    oval = np.zeros((size, size), np.uint8)
    centre, axes = (round(place.x), round(place.y)), (round(0.47 * side), round(0.56 * side))
    cv2.ellipse(oval, centre, axes, 0, 0, 360, (255,), -1)
    soft = cv2.GaussianBlur(oval, (0, 0), 0.03 * side)[:height, :width, None] / 255
    layer[:] = np.rint(layer + soft * (face - layer)).astype(np.uint8)


def _smeared(pixels: NDArray[np.uint8], step: tuple[float, float]) -> NDArray[np.uint8]:
    """Blurred along `step`, in px to the right and down."""
    length = math.ceil(math.hypot(*step))
    if length < 2:
        return pixels
    kernel = np.zeros((length + 2, length + 2), np.float32)
    middle = (length + 1) / 2
    start, end = (
        (round(middle + sign * step[0] / 2), round(middle + sign * step[1] / 2)) for sign in (-1, 1)
    )
    cv2.line(kernel, start, end, (1.0,))
    return np.asarray(cv2.filter2D(pixels, -1, kernel / kernel.sum()), np.uint8)
