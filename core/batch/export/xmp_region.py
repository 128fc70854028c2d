"""Face regions as the Metadata Working Group describes them (MWG guidelines 2.0, chapter 5.9).

A region is a centre and a size, as shares of the picture as it is stored: before its EXIF
orientation turns it.
"""

from dataclasses import dataclass

from core.batch.record import LabelledFace
from core.face_label import label_text
from core.types import Box


@dataclass(frozen=True, slots=True)
class Region:
    """A face in shares of the stored picture, 0-1, with what is said of it.

    Attributes:
        name: what viewers show beside the box; digiKam passes over regions without one.
        description: the same with range and confidence.
        fields: the single values, by their names in Visage's own namespace.
    """

    x: float
    y: float
    width: float
    height: float
    name: str
    description: str
    fields: tuple[tuple[str, str], ...]

    @property
    def box(self) -> Box:
        return area_box(self.x, self.y, self.width, self.height)


def area_box(x: float, y: float, width: float, height: float) -> Box:
    """The box of a region's centre and size."""
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def make_region(face: LabelledFace, width_px: int, height_px: int, orientation: int) -> Region:
    """The region of a face.

    Args:
        width_px: of the upright photo at full size.
        height_px: likewise.
        orientation: EXIF's, 1-8.
    """
    stored = stored_box(_shares(face.face.box, width_px, height_px), orientation)
    x, y = stored.centre
    return Region(
        x,
        y,
        stored.width,
        stored.height,
        name=_name(face),
        description=label_text(face.shown),
        fields=_fields(face),
    )


def stored_box(upright: Box, orientation: int) -> Box:
    """A box of the upright picture, in shares of it, as one of the stored picture."""
    left, top, right, bottom = upright.left, upright.top, upright.right, upright.bottom
    turned = {
        2: (1 - right, top, 1 - left, bottom),
        3: (1 - right, 1 - bottom, 1 - left, 1 - top),
        4: (left, 1 - bottom, right, 1 - top),
        5: (top, left, bottom, right),
        6: (top, 1 - right, bottom, 1 - left),
        7: (1 - bottom, 1 - right, 1 - top, 1 - left),
        8: (1 - bottom, left, 1 - top, right),
    }
    return Box(*turned.get(orientation, (left, top, right, bottom)))


def _shares(box: Box, width_px: int, height_px: int) -> Box:
    """The part of a box within the picture, as shares of its sides."""
    return Box(
        max(0.0, box.left / width_px),
        max(0.0, box.top / height_px),
        min(1.0, box.right / width_px),
        min(1.0, box.bottom / height_px),
    )


def _name(face: LabelledFace) -> str:
    """Such as "female 34"; "face" where nothing is known."""
    gender = "" if face.gender is None else face.gender.value
    age = "" if face.age_years is None else f"{face.age_years:.0f}"
    return f"{gender} {age}".strip() or "face"


def _fields(face: LabelledFace) -> tuple[tuple[str, str], ...]:
    estimate = face.shown.estimate
    values = {
        "Age": None if estimate is None else estimate.age_years,
        "AgeLow": None if estimate is None else estimate.age_low_years,
        "AgeHigh": None if estimate is None else estimate.age_high_years,
        "FemaleProbability": face.female_probability,
    }
    numbers = [(name, f"{value:.3g}") for name, value in values.items() if value is not None]
    gender = [] if face.gender is None else [("Gender", face.gender.value)]
    corrected = [("Corrected", "True")] if face.is_corrected else []
    return (*numbers, *gender, *corrected)
