"""Results as JSON Lines: one object per photo, with everything that is known of its faces.

A video is one object, too, with a face for each person; their times are null in a photo.
"""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from core.batch.export.whole_file import whole_file
from core.batch.record import LabelledFace, LabelledPhoto
from core.doubt import written_quality
from core.text import printable
from core.types import Estimate, Gender


def write_json_lines(
    photos: Iterable[LabelledPhoto], target: Path, name_of: Callable[[Path], str] = str
) -> None:
    """Write photos to the file `target`, UTF-8.

    Ages and genders are those shown, the corrected ones where there are any; `estimate` keeps
    what the model said, and `other_estimate` what a job says that this one is compared with.
    Bytes of a name that are not Unicode are "?".

    Raises:
        ExportError: if the file cannot be written.
    """
    with whole_file(target) as stream:
        for photo in photos:
            values = photo_values(printable(name_of(photo.path)), photo)
            stream.write(json.dumps(values, ensure_ascii=False).encode() + b"\n")


def photo_values(name: str, photo: LabelledPhoto) -> dict[str, Any]:
    """The object of one photo, called `name`."""
    facts = photo.facts
    other = {"other_labelled_by": photo.other_labelled_by} if photo.other_labelled_by else {}
    return {
        "path": name,
        "state": facts.state.value,
        "error": facts.error,
        "note": facts.note,
        "width_px": facts.width_px,
        "height_px": facts.height_px,
        "labelled_by": photo.labelled_by,
        **other,
        "faces": [
            _face_values(face) | (_other_values(face) if other else {}) for face in photo.faces
        ],
    }


def _face_values(face: LabelledFace) -> dict[str, Any]:
    box, estimate, span = face.face.box, face.face.estimate or Estimate(), face.span
    return {
        "face": face.number,
        "box_px": [round(edge, 2) for edge in (box.left, box.top, box.right, box.bottom)],
        "box_by": face.box_by.value,
        "landmarks_px": _landmarks(face),
        "detection_score": _rounded(face.face.score, 4),
        "from_s": None if span is None else round(span.from_s, 2),
        "to_s": None if span is None else round(span.to_s, 2),
        "frame_s": None if span is None else round(span.frame_s, 2),
        "age_years": _rounded(face.age_years, 2),
        "gender": face.gender.value if face.gender else None,
        "is_corrected": face.is_corrected,
        "face_quality": written_quality(face.face.quality),
        "is_doubtful": face.is_doubtful,
        "estimate": _estimate_values(estimate, face.face.gender),
    }


def _other_values(face: LabelledFace) -> dict[str, Any]:
    """What the model says that the job is compared with; null where it was not given the face."""
    other = face.face.other
    return {
        "other_estimate": None if other is None else _estimate_values(other.estimate, other.gender),
        "years_apart": _rounded(face.face.years_apart, 2),
    }


def _estimate_values(estimate: Estimate, gender: Gender | None) -> dict[str, Any]:
    return {
        "age_years": _rounded(estimate.age_years, 2),
        "age_low_years": _rounded(estimate.age_low_years, 2),
        "age_high_years": _rounded(estimate.age_high_years, 2),
        "female_probability": _rounded(estimate.female_probability, 4),
        "gender": gender.value if gender else None,
    }


def _landmarks(face: LabelledFace) -> list[list[float]] | None:
    """None where a person drew the box, and no detector sees the face."""
    if not face.detection.has_landmarks:
        return None
    return [[round(float(x), 2), round(float(y), 2)] for x, y in face.landmarks]


def _rounded(value: float | None, places: int) -> float | None:
    return None if value is None else round(value, places)
