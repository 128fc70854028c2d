"""Pictures with a real face where a test wants it."""

import cv2
import numpy as np

from core.types import Box, Detection, Image

WOMAN = (330, 250, 700, 620)
"""Left, top, right, bottom of one face with some space around it, in the sample photo."""

GREY = (128, 128, 128)

Place = tuple[float, float, float]
"""Centre x and y of a face, and its height."""


def picture_of(portrait: Image, face: Detection, size: tuple[int, int], *places: Place) -> Image:
    """A grey picture (`size`: width, height) with the face of `portrait` at each place."""
    width, height = size
    picture = np.full((height, width, 3), GREY, np.uint8)
    for x, y, face_px in places:
        side = round(portrait.shape[0] * face_px / face.box.height)
        small = cv2.resize(portrait, (side, side), interpolation=cv2.INTER_AREA)
        face_x, face_y = np.array(face.box.centre) * side / portrait.shape[0]
        left, top = max(round(x - face_x), 0), max(round(y - face_y), 0)
        space = picture[top : top + side, left : left + side]
        space[:] = small[: space.shape[0], : space.shape[1]]
    return picture


def is_at(face: Detection, place: Place) -> bool:
    x, y, side = place
    expected = Box(x - side / 2, y - side / 2, x + side / 2, y + side / 2)
    return face.box.intersection_over_union(expected) > 0.6
