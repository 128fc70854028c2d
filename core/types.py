"""Every plain value that travels between the stages.

Units are part of the names: `_px`, `_s`, `_ms`, `_years`. Pixel coordinates have their
origin at the top left corner of their image, x to the right, y down.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Image: TypeAlias = NDArray[np.uint8]
"""A picture of shape (H, W, 3), RGB, 0-255."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in px of its image; `right` and `bottom` are exclusive.

    It may reach beyond the image when the face does.
    """

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    @property
    def centre(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def intersection_area(self, other: "Box") -> float:
        """What two boxes share, in px²; 0 where they are apart."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, width) * max(0.0, height)

    def intersection_over_union(self, other: "Box") -> float:
        """The overlap of two boxes, 0 (apart) to 1 (the same)."""
        shared = self.intersection_area(other)
        return shared / (self.area + other.area - shared) if shared > 0 else 0.0

    def scaled(self, factor: float) -> "Box":
        """The same rectangle in an image that is `factor` times as large."""
        return Box(self.left * factor, self.top * factor, self.right * factor, self.bottom * factor)

    def moved(self, dx: float, dy: float) -> "Box":
        """The rectangle shifted by (dx, dy) px."""
        return Box(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a source.

    Attributes:
        image: the picture.
        index: 0 for the source's first frame, then rising.
        time_s: seconds since the source started, strictly rising.
        scale: px of the source's full-size picture per px of `image`, 1 or more.
        note: a sentence where the pixels are not all that the source holds.
    """

    image: Image
    index: int
    time_s: float
    scale: float = 1.0
    note: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Detection:
    """A face that a detector found.

    Attributes:
        box: where it is.
        score: the detector's confidence, 0-1.
        landmarks: float32 of shape (6, 2), px (x, y): right eye, left eye, nose tip, mouth,
            right ear, left ear. Right and left are the person's own. NaN where nothing but the
            box is known, which a person drew.
    """

    box: Box
    score: float
    landmarks: NDArray[np.float32]

    @classmethod
    def of_box(cls, box: Box) -> "Detection":
        """A face of which nothing but the box is known."""
        return cls(box, 0.0, np.full((6, 2), np.nan, np.float32))

    @property
    def has_landmarks(self) -> bool:
        return bool(np.isfinite(self.landmarks).all())

    def scaled(self, factor: float) -> "Detection":
        """The same face in an image that is `factor` times as large."""
        return Detection(self.box.scaled(factor), self.score, self.landmarks * factor)

    def moved(self, dx: float, dy: float) -> "Detection":
        """The same face shifted by (dx, dy) px."""
        landmarks = self.landmarks + np.array([dx, dy], np.float32)
        return Detection(self.box.moved(dx, dy), self.score, landmarks)


class Gender(StrEnum):
    """A gender as it is shown: `UNSURE` where the model does not commit itself."""

    FEMALE = "female"
    MALE = "male"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a model says of one face; None where the model has no such output.

    Attributes:
        age_years: the expected age.
        age_low_years: lower end of the calibrated 80 % range.
        age_high_years: upper end of the calibrated 80 % range.
        female_probability: 0 (surely male) to 1 (surely female).
    """

    age_years: float | None = None
    age_low_years: float | None = None
    age_high_years: float | None = None
    female_probability: float | None = None


@dataclass(frozen=True, slots=True)
class OtherAnswer:
    """What a second model says of a face.

    Attributes:
        gender: as it should be shown; None where the model does not estimate it.
    """

    estimate: Estimate
    gender: Gender | None = None


def years_apart(first: Estimate | None, second: Estimate | None) -> float | None:
    """How much older the second estimate is; None if not both say an age."""
    if first is None or second is None or first.age_years is None or second.age_years is None:
        return None
    return second.age_years - first.age_years


@dataclass(frozen=True, slots=True)
class Face:
    """A face with what is known of it.

    Attributes:
        box: where it is.
        score: the detector's confidence, 0-1.
        estimate: None until the model has answered.
        track_id: the same number for the same face from frame to frame; None in photos.
        gender: as it should be shown; None where the model does not estimate it.
        quality: how far the estimate can be trusted, 0-1: see core/face_quality.py; None where
            there is no estimate or where a person corrected it.
        other: what a second model says, where one was asked.
    """

    box: Box
    score: float
    estimate: Estimate | None = None
    track_id: int | None = None
    gender: Gender | None = None
    quality: float | None = None
    other: OtherAnswer | None = None

    @property
    def years_apart(self) -> float | None:
        """How much older this estimate is than the second model's; None if not both say an age."""
        return None if self.other is None else years_apart(self.other.estimate, self.estimate)


@dataclass(frozen=True, slots=True)
class FaceSpan:
    """When a face of a video was seen, in seconds of the video.

    Attributes:
        from_s: first.
        to_s: last.
        frame_s: when the frame was that shows it best, which its box is of.
    """

    from_s: float
    to_s: float
    frame_s: float


@dataclass(frozen=True, slots=True, eq=False)
class FrameResult:
    """A frame with the faces found in that very frame.

    Attributes:
        timings_ms: milliseconds by stage name ("detect", "track", "align", "predict", ...).
    """

    frame: Frame
    faces: tuple[Face, ...]
    timings_ms: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PhotoResult:
    """The answer for one photo: faces (none is an answer too), or an error.

    Boxes are in px of the photo as it is meant to be seen, EXIF turn applied, at full size.

    Attributes:
        path: None for a photo that came as pixels.
        error: a sentence for the user when the photo could not be read; `faces` is empty then.
        note: a sentence where faces may be there that could not be seen.
    """

    path: Path | None
    faces: tuple[Face, ...] = ()
    error: str | None = None
    note: str | None = None
