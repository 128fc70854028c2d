"""Chips made hard to find: masked, behind sunglasses, blurred by motion, cut by the edge.

Drawn on the 200 px chip, in whose frame eyes and mouth stand at known places.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from core.types import Box, Image

HardFace: TypeAlias = Callable[[Image, Generator], Image]

CUT_SHARE = 0.35
"""How much of a face's width or height lies beyond the edge of a cut picture."""

MOTION_PX = 61
"""Length of the blur, in chip px: a third of the face."""

_MASK_PX = [(28, 108), (62, 100), (100, 92), (138, 100), (172, 108), (166, 150), (140, 186)]
_MASK_PX += [(100, 196), (60, 186), (34, 150)]
_MASK_COLOURS = ((225, 230, 235), (120, 170, 210), (40, 40, 45), (190, 195, 200))
_EYES_PX = ((61, 65), (140, 65))


def masked(chip: Image, rng: Generator) -> Image:
    """A cloth over mouth and nose, which keeps the light and shade of the face below it."""
    mask = np.zeros(chip.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.array(_MASK_PX, np.int32)], 255, cv2.LINE_AA)
    colour = _MASK_COLOURS[int(rng.integers(len(_MASK_COLOURS)))]
    return _painted(chip, mask, colour, kept_shade=0.6)


def behind_sunglasses(chip: Image, rng: Generator) -> Image:
    """Dark glasses over both eyes."""
    mask = np.zeros(chip.shape[:2], np.uint8)
    for eye in _EYES_PX:
        cv2.ellipse(mask, eye, (30, 22), 0, 0, 360, 255, cv2.FILLED, cv2.LINE_AA)
    for start, end in (((90, 60), (111, 60)), ((0, 52), (31, 58)), ((170, 58), (199, 52))):
        cv2.line(mask, start, end, 255, 3, cv2.LINE_AA)
    grey = int(rng.integers(10, 50))
    return _painted(chip, mask, (grey, grey, grey), kept_shade=0.3)


def moved(chip: Image, rng: Generator) -> Image:
    """Blurred by a movement in any direction."""
    angle = rng.uniform(0, np.pi)
    along, half = np.array([np.cos(angle), np.sin(angle)]), MOTION_PX // 2
    kernel = np.zeros((MOTION_PX, MOTION_PX), np.float32)
    start, end = (np.round(half + sign * half * along).astype(int).tolist() for sign in (-1, 1))
    cv2.line(kernel, start, end, 1.0)
    blurred = cv2.filter2D(chip, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REPLICATE)
    return np.asarray(blurred, np.uint8)


KINDS: Mapping[str, HardFace] = {
    "masked": masked,
    "behind sunglasses": behind_sunglasses,
    "masked, behind sunglasses": lambda chip, rng: behind_sunglasses(masked(chip, rng), rng),
    "blurred by motion": moved,
}

EDGES = ("left", "top", "right", "bottom")


def cut_off(picture: Image, face: Box, edge: int) -> tuple[Image, Box]:
    """A picture cut so that `CUT_SHARE` of a face lies beyond one of the `EDGES`.

    Returns:
        The picture and what is left of the face's box, in its px.
    """
    height, width = picture.shape[:2]
    left, top, right, bottom = 0, 0, width, height
    match EDGES[edge]:
        case "left":
            left = round(max(0.0, face.left + CUT_SHARE * face.width))
        case "top":
            top = round(max(0.0, face.top + CUT_SHARE * face.height))
        case "right":
            right = round(face.right - CUT_SHARE * face.width)
        case "bottom":
            bottom = round(face.bottom - CUT_SHARE * face.height)
    seen = Box(
        max(face.left, left), max(face.top, top), min(face.right, right), min(face.bottom, bottom)
    )
    return np.ascontiguousarray(picture[top:bottom, left:right]), seen.moved(-left, -top)


def _painted(
    chip: Image, mask: NDArray[np.uint8], colour: tuple[int, int, int], kept_shade: float
) -> Image:
    opacity = cv2.GaussianBlur(mask, (0, 0), 1.2).astype(np.float32)[..., None] / 255
    light = cv2.cvtColor(chip, cv2.COLOR_RGB2GRAY).astype(np.float32)
    light = np.asarray(cv2.GaussianBlur(light, (0, 0), 4.0), np.float32)
    mean = max(float(light[mask > 0].mean()), 1.0)
    shade = 1 - kept_shade + kept_shade * np.clip(light / mean, 0.4, 1.6)
    layer = np.clip(np.array(colour, np.float32) * shade[..., None], 0, 255)
    return np.asarray(np.rint(chip + opacity * (layer - chip)), np.uint8)
