"""What Visage says of a face in a sidecar, and how it recognises its own words."""

import re
from dataclasses import dataclass

from core.batch.record import BoxBy, LabelledFace
from core.doubt import written_quality
from core.face_label import label_text
from core.shown_age import shown_age
from core.types import Box

_OWN_NAME = re.compile(r"(female|male|unsure)( \d{1,3})?|\d{1,3}")


@dataclass(frozen=True, slots=True)
class FaceRegion:
    """A face with what is said of it.

    Attributes:
        box: within the upright photo, in shares of its sides, 0-1.
        name: what viewers show beside the box, such as "female 34"; "face" where nothing is known.
        description: the same with range and confidence.
        fields: the single values, by their names in Visage's own namespace.
    """

    box: Box
    name: str
    description: str
    fields: tuple[tuple[str, str], ...]


def make_face_region(
    face: LabelledFace, width_px: int, height_px: int, labelled_by: str = ""
) -> FaceRegion | None:
    """What is said of a face in a photo that is so large at full size, upright.

    None where its box lies outside of the photo.
    """
    box = _shares(face.face.box, width_px, height_px)
    if not box.width or not box.height:
        return None
    return FaceRegion(
        box,
        name=_name(face),
        description=label_text(face.shown),
        fields=(*_fields(face), *((("LabelledBy", labelled_by),) if labelled_by else ())),
    )


def reads_like_own_name(name: str) -> bool:
    """Whether it reads like a name that `make_face_region` gives, so that it names nobody surely.

    Programs that write a region anew may keep its name and drop the fields beside it.
    """
    return _OWN_NAME.fullmatch(name) is not None


def _shares(box: Box, width_px: int, height_px: int) -> Box:
    """The part of a box within the picture, as shares of its sides."""
    left, right = (min(max(0.0, x / width_px), 1.0) for x in (box.left, box.right))
    top, bottom = (min(max(0.0, y / height_px), 1.0) for y in (box.top, box.bottom))
    return Box(left, top, right, bottom)


def _name(face: LabelledFace) -> str:
    gender = "" if face.gender is None else face.gender.value
    age = "" if face.age_years is None else str(shown_age(face.age_years))
    return f"{gender} {age}".strip() or "face"


def _fields(face: LabelledFace) -> tuple[tuple[str, str], ...]:
    estimate = face.shown.estimate
    values = {
        "Age": None if estimate is None else estimate.age_years,
        "AgeLow": None if estimate is None else estimate.age_low_years,
        "AgeHigh": None if estimate is None else estimate.age_high_years,
        "FemaleProbability": face.female_probability,
        "Quality": written_quality(face.face.quality),
    }
    numbers = [(name, f"{value:.3g}") for name, value in values.items() if value is not None]
    gender = [] if face.gender is None else [("Gender", face.gender.value)]
    marks = (
        ("Corrected", face.is_corrected),
        ("Doubtful", face.is_doubtful),
        ("BoxByHand", face.box_by is BoxBy.HAND),
    )
    return (*numbers, *gender, *((name, "True") for name, is_so in marks if is_so))
