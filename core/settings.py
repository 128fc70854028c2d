"""What a user can set, with defaults and checks."""

from dataclasses import dataclass
from enum import StrEnum

from core.errors import SettingsError


class DetectionRange(StrEnum):
    """At which view of live frames to look for faces: see core/faces/live_detector.py."""

    AUTO = "auto"
    NEAR = "near"
    FAR = "far"


class EngineChoice(StrEnum):
    """What runs the model."""

    AUTO = "auto"
    KERAS = "keras"
    ONNX = "onnx"


class CameraResolution(StrEnum):
    """The picture size to ask a camera for, in px; it gives the nearest that it has."""

    SMALL = "640x480"
    HD = "1280x720"
    FULL_HD = "1920x1080"

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height."""
        width, height = self.value.split("x")
        return int(width), int(height)


SYSTEM_LANGUAGE = "system"
"""The window speaks as the desktop does, as far as there is a catalogue; else English."""

LEAST_FACE_PX, GREATEST_FACE_PX = 8, 4096
"""What `Settings.min_face_px` lies between."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One set of choices; checked when made.

    Attributes:
        detection_range: live: near faces, far faces, or whichever the picture needs.
        min_detection_score: live candidates below this confidence are dropped, 0-1.
        min_face_px: faces lower than this are not reported.
        is_thorough: look for small faces in photos at their own size, too.
        engine: what runs the model.
        camera_resolution: the picture size to ask a camera for.
        female_threshold: a face is shown as female from this probability on, 0.5-1.
        male_threshold: a face is shown as male up to this probability, 0-0.5.
        estimate_budget_ms: time per live frame for alignment and prediction.
        estimate_interval_s: an estimate older than this is stale and made again.

    Raises:
        SettingsError: if a value is out of its range.
    """

    detection_range: DetectionRange = DetectionRange.AUTO
    min_detection_score: float = 0.5
    min_face_px: int = 10
    is_thorough: bool = False
    engine: EngineChoice = EngineChoice.AUTO
    camera_resolution: CameraResolution = CameraResolution.HD
    female_threshold: float = 0.6
    male_threshold: float = 0.4
    estimate_budget_ms: float = 12.0
    estimate_interval_s: float = 0.25

    def __post_init__(self) -> None:
        _check("min_detection_score", self.min_detection_score, 0.05, 0.99)
        _check("min_face_px", self.min_face_px, LEAST_FACE_PX, GREATEST_FACE_PX)
        _check("female_threshold", self.female_threshold, 0.5, 1.0)
        _check("male_threshold", self.male_threshold, 0.0, 0.5)
        _check("estimate_budget_ms", self.estimate_budget_ms, 1.0, 1000.0)
        _check("estimate_interval_s", self.estimate_interval_s, 0.0, 60.0)


def _check(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise SettingsError(f"The setting {name} must lie between {low} and {high}, not {value}.")
