"""Draws faces on a copy of an image, or hides them there; for recordings and exports."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from core.face_label import both_label_text, label_text
from core.label_writing import LabelWriting
from core.types import Box, Face, Gender, Image

__all__ = ["AnnotationStyle", "Annotator", "label_text"]

Colour: TypeAlias = tuple[int, int, int]
"""Red, green, blue, 0-255."""

_COLOURS: Mapping[Gender | None, Colour] = MappingProxyType(
    {
        Gender.FEMALE: (240, 160, 75),
        Gender.MALE: (70, 165, 225),
        Gender.UNSURE: (165, 175, 185),
        None: (165, 175, 185),
    }
)
_SUBPIXEL_BITS = 4
# A detection's box reaches from the brows to the chin; hair and ears tell who it is, too.
_HIDE_MARGIN = 0.25
_HIDE_CELLS = 6


@dataclass(frozen=True, slots=True)
class AnnotationStyle:
    """How boxes and labels look.

    Attributes:
        colours: of box and label, by gender; None is for a face without one.
        text_colour: of the label's text.
        text_share: height of the text as a share of the image's shorter side.
        line_share: width of the box's line, likewise.
    """

    colours: Mapping[Gender | None, Colour] = field(default_factory=lambda: _COLOURS)
    text_colour: Colour = (16, 22, 28)
    text_share: float = 0.026
    line_share: float = 0.003


class Annotator:
    """Value in, value out: the image that is given stays as it is."""

    def __init__(
        self,
        style: AnnotationStyle | None = None,
        *,
        writing: LabelWriting | None = None,
        has_labels: bool = True,
        hides_faces: bool = False,
    ) -> None:
        """Choose a look.

        Args:
            style: colours and sizes.
            writing: language and typeface of the labels; English without one.
            has_labels: draw boxes and labels.
            hides_faces: make faces unrecognisable; what was there cannot be computed back.
        """
        self._style = style or AnnotationStyle()
        self._writing = writing or LabelWriting()
        self._has_labels = has_labels
        self.hides_faces = hides_faces

    def annotate(self, image: Image, faces: Iterable[Face]) -> Image:
        """A copy of `image` with every face drawn, hidden, or both."""
        copy = image.copy()
        faces = tuple(faces)
        if self.hides_faces:
            for face in faces:
                _hide(copy, face.box)
        if self._has_labels:
            for face in faces:
                self._draw(copy, face)
        return copy

    def _draw(self, image: Image, face: Face) -> None:
        shorter_side_px = min(image.shape[:2])
        colour = self._style.colours[face.gender]
        line_px = max(1, round(shorter_side_px * self._style.line_share))
        _draw_box(image, face.box, colour, line_px)
        text = both_label_text(face, self._writing.word)
        if text:
            size_px = max(11, round(shorter_side_px * self._style.text_share))
            mask = (self._writing.draw_text or _text_mask)(text, size_px)
            _draw_label(image, mask, size_px, face.box, colour, self._style.text_colour)


def _draw_box(image: Image, box: Box, colour: Colour, line_px: int) -> None:
    points = _rounded(box, 0.12 * min(box.width, box.height))
    cv2.polylines(image, [points], True, colour, line_px, cv2.LINE_AA, _SUBPIXEL_BITS)


def _draw_label(
    image: Image,
    mask: NDArray[np.uint8],
    size_px: int,
    box: Box,
    colour: Colour,
    text_colour: Colour,
) -> None:
    """A filled pill with text in it, above the box, or where there is room."""
    pad_px = size_px // 2
    height, width = mask.shape[0] + pad_px, mask.shape[1] + 2 * pad_px
    left, top = _label_place(image, width, height, box, pad_px // 2)
    pill = Box(left, top, left + width - 1, top + height - 1)
    cv2.fillPoly(image, [_rounded(pill, 0.4 * size_px)], colour, cv2.LINE_AA, _SUBPIXEL_BITS)
    _blend(image, mask, left + pad_px, top + pad_px // 2, text_colour)


def _label_place(image: Image, width: int, height: int, box: Box, gap_px: int) -> tuple[int, int]:
    """Left and top of a label: above the box, else below, else within; never cut off."""
    image_height, image_width = image.shape[:2]
    left = max(0, min(round(box.left), image_width - width))
    above, below = round(box.top) - gap_px - height, round(box.bottom) + gap_px
    if above >= 0:
        return left, min(above, max(0, image_height - height))
    if below + height <= image_height:
        return left, max(0, below)
    return left, max(0, min(round(box.top) + gap_px, image_height - height))


def _rounded(box: Box, radius: float) -> NDArray[np.int32]:
    """The outline of a rectangle with round corners, fixed point for OpenCV's `shift`."""
    corners = (
        (box.right - radius, box.bottom - radius, 0),
        (box.left + radius, box.bottom - radius, 90),
        (box.left + radius, box.top + radius, 180),
        (box.right - radius, box.top + radius, 270),
    )
    outline = np.concatenate([_arc(x, y, radius, degrees) for x, y, degrees in corners])
    points: NDArray[np.int32] = np.round(outline * 2**_SUBPIXEL_BITS).astype(np.int32)
    return points


def _arc(x: float, y: float, radius: float, from_degrees: float) -> NDArray[np.float64]:
    angles = np.radians(np.linspace(from_degrees, from_degrees + 90, 7))
    return np.stack([x + radius * np.cos(angles), y + radius * np.sin(angles)], axis=1)


@lru_cache(maxsize=256)
def _text_mask(text: str, size_px: int) -> NDArray[np.uint8]:
    """How much of each px the text covers, 0-255, shape (H, W); one height for every text."""
    font = _font(size_px)
    # Pillow's own typeface has no en dash.
    text = text.replace("–", "-")
    ascent, descent = font.getmetrics()
    mask = Pillow.new("L", (max(1, round(font.getlength(text))), ascent + descent))
    ImageDraw.Draw(mask).text((0, 0), text, 255, font)
    return np.array(mask)


@lru_cache(maxsize=8)
def _font(size_px: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size_px)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font


def _blend(image: Image, mask: NDArray[np.uint8], left: int, top: int, colour: Colour) -> None:
    region = image[top : top + mask.shape[0], left : left + mask.shape[1]]
    cover = mask[: region.shape[0], : region.shape[1], None].astype(np.uint16)
    region[:] = (region * (255 - cover) + np.array(colour, np.uint16) * cover) // 255


def _hide(image: Image, box: Box) -> None:
    """Replace the face by a few averages of its own pixels, within an ellipse."""
    margin_x, margin_y = _HIDE_MARGIN * box.width, _HIDE_MARGIN * box.height
    left, right = round(box.left - margin_x), round(box.right + margin_x)
    top, bottom = round(box.top - margin_y), round(box.bottom + margin_y)
    visible = image[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
    if visible.size == 0:
        return
    size = (visible.shape[1], visible.shape[0])
    averages = cv2.resize(visible, (_HIDE_CELLS, _HIDE_CELLS), interpolation=cv2.INTER_AREA)
    smooth = cv2.resize(averages, size, interpolation=cv2.INTER_LINEAR)
    mask = np.zeros((visible.shape[0], visible.shape[1]), np.uint8)
    centre = ((left + right) // 2 - max(0, left), (top + bottom) // 2 - max(0, top))
    axes = (max(1, (right - left) // 2), max(1, (bottom - top) // 2))
    cv2.ellipse(mask, centre, axes, 0, 0, 360, 255, cv2.FILLED)
    cv2.copyTo(smooth, mask, visible)
