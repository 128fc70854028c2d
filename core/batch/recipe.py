"""How the photos of a job are labelled."""

import hashlib
import json
from dataclasses import asdict, dataclass, fields, replace
from typing import Self

from core.estimation.model_card import ModelCard
from core.faces.versions import (
    CROP_VERSION,
    FLIP_AVERAGE,
    QUALITY_VERSION,
    SEARCH_VERSION,
    VIDEO_VERSION,
)
from core.settings import EngineChoice, Settings


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that an answer depends on besides the photo itself.

    Photos labelled by equal recipes have equal answers: that is what lets a job take an answer
    of an earlier one. The recipe of an older Visage lacks what was not noted then, and so equals
    none of this one.

    Attributes:
        model_digest: of the model's own files and of how its card has them read.
        is_thorough: whether photos are looked at at their own size, too.
        search_version: `core.faces.versions.SEARCH_VERSION`.
        crop_version: `core.faces.versions.CROP_VERSION`.
        flip_average: whether each estimate is averaged with that of the mirrored face.
        quality_version: `core.faces.versions.QUALITY_VERSION`.
        video_version: `core.faces.versions.VIDEO_VERSION`.
    """

    model_name: str
    model_digest: str
    min_face_px: int
    female_threshold: float
    male_threshold: float
    is_thorough: bool = False
    search_version: int = 1
    crop_version: int = 1
    flip_average: bool = True
    quality_version: int = 0
    video_version: int = 0

    @classmethod
    def make(cls, card: ModelCard, settings: Settings) -> Self:
        """The recipe for labelling with a model under these settings."""
        return cls(
            model_name=card.name,
            model_digest=_digest(card),
            min_face_px=settings.min_face_px,
            female_threshold=settings.female_threshold,
            male_threshold=settings.male_threshold,
            is_thorough=settings.is_thorough,
            search_version=SEARCH_VERSION,
            crop_version=CROP_VERSION,
            flip_average=FLIP_AVERAGE,
            quality_version=QUALITY_VERSION,
            video_version=VIDEO_VERSION,
        )

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The recipe that `to_text` wrote, of this Visage or an older one."""
        values = json.loads(text)
        return cls(
            **{field.name: values[field.name] for field in fields(cls) if field.name in values}
        )

    def to_text(self) -> str:
        """One line; equal recipes give equal lines."""
        return json.dumps(asdict(self), sort_keys=True)

    @property
    def labelled_by(self) -> str:
        """The model's name and the version of its answers, for tables and programs."""
        return f"{self.model_name} {self.version}"

    @property
    def version(self) -> str:
        """Of the model and of its answers, as "3f9a1c22 (answers 2.1.1.1)".

        The letters tell apart models of one name; the numbers are those of search, crop, quality
        and video in `core.faces.versions`.
        """
        numbers = self.search_version, self.crop_version, self.quality_version, self.video_version
        versions = ".".join(map(str, numbers))
        letters = self.model_digest[:8]
        if self.is_thorough:
            return f"{letters} (answers {versions} thorough)"
        return f"{letters} (answers {versions})"

    def estimates_like(self, other: Self) -> bool:
        """Whether the same face in the same place gets the same answer, however it was found."""
        return other == replace(
            self,
            search_version=other.search_version,
            is_thorough=other.is_thorough,
            min_face_px=other.min_face_px,
        )

    def settings(self, engine: EngineChoice = EngineChoice.AUTO) -> Settings:
        """The settings that follow this recipe."""
        return Settings(
            min_face_px=self.min_face_px,
            is_thorough=self.is_thorough,
            engine=engine,
            female_threshold=self.female_threshold,
            male_threshold=self.male_threshold,
        )


def _digest(card: ModelCard) -> str:
    reading = None if card.age is None else asdict(card.age)
    known = [dict(card.sha256), card.input_size_px, card.gender, reading]
    parts = json.dumps(known, sort_keys=True)
    return hashlib.sha256(parts.encode()).hexdigest()[:16]
