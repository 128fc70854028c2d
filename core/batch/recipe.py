"""How the photos of a job are labelled."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Self

from core.estimation.model_card import ModelCard
from core.settings import DetectionRange, EngineChoice, Settings


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that an answer depends on besides the photo itself.

    Photos labelled by equal recipes have equal answers: that is what lets a job take an answer
    of an earlier one.

    Attributes:
        model_digest: of the model's own files; a model trained anew has another.
        is_thorough: whether small faces are searched for in tiles of the photo.
    """

    model_name: str
    model_digest: str
    detection_range: DetectionRange
    min_detection_score: float
    min_face_px: int
    female_threshold: float
    male_threshold: float
    is_thorough: bool = False

    @classmethod
    def make(cls, card: ModelCard, settings: Settings, *, is_thorough: bool = False) -> Self:
        """The recipe for labelling with a model under these settings."""
        return cls(
            model_name=card.name,
            model_digest=_digest(card),
            detection_range=settings.detection_range,
            min_detection_score=settings.min_detection_score,
            min_face_px=settings.min_face_px,
            female_threshold=settings.female_threshold,
            male_threshold=settings.male_threshold,
            is_thorough=is_thorough,
        )

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The recipe that `to_text` wrote."""
        values = json.loads(text)
        values["detection_range"] = DetectionRange(values["detection_range"])
        return cls(**values)

    def to_text(self) -> str:
        """One line; equal recipes give equal lines."""
        return json.dumps(asdict(self), sort_keys=True)

    def settings(self, engine: EngineChoice = EngineChoice.AUTO) -> Settings:
        """The settings that follow this recipe."""
        return Settings(
            detection_range=self.detection_range,
            min_detection_score=self.min_detection_score,
            min_face_px=self.min_face_px,
            engine=engine,
            female_threshold=self.female_threshold,
            male_threshold=self.male_threshold,
        )


def _digest(card: ModelCard) -> str:
    parts = json.dumps(dict(card.sha256), sort_keys=True)
    return hashlib.sha256(parts.encode()).hexdigest()[:16]
