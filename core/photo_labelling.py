"""From a photo to its faces: the one way, through whichever door the photo comes.

Read (`open_photo`), find and crop (`FaceFinder`), estimate (`Predictor`), join (`make_faces`). A
photo alone goes through them one after the other; a batch reads and finds in some threads,
estimates the faces of several photos together in others, and joins.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.errors import VisageError
from core.estimation.predictor import Predictor
from core.face_quality import face_quality
from core.faces.alignment import align_faces
from core.faces.photo_search import MOST_FACES
from core.faces.smoother import decide_gender
from core.faces.versions import FLIP_AVERAGE
from core.faces.visibility import why_unseen
from core.settings import Settings
from core.sources.photo import Photo, open_photo, reduce_pixels
from core.stage_clock import StageClock
from core.types import Detection, Estimate, Face, Frame, FrameResult, Image, PhotoResult

_CROWDED = f"It shows {MOST_FACES:,} faces or more, of which the surest are given."

logger = logging.getLogger(__name__)


class FaceSearch(Protocol):
    """What finds the faces of photos: see core/faces/turned_search.py."""

    def detect_photo(self, image: Image) -> tuple[Detection, ...]: ...


@dataclass(frozen=True, slots=True, eq=False)
class FoundFaces:
    """The faces of a photo, still to be estimated; without its pixels, 50 kB a face.

    Attributes:
        detections: in px of the photo at full size, from left to right.
        chips: shape (N, S, S, 3), one per detection.
    """

    detections: tuple[Detection, ...]
    chips: NDArray[np.uint8]


class FaceFinder:
    """Finds the faces of photos and crops them. Several threads may use it at once.

    Args:
        chip_size_px: side of the chips.
        min_face_px: faces lower than this, in px of the photo at full size, are left out.
    """

    def __init__(self, search: FaceSearch, chip_size_px: int, min_face_px: int) -> None:
        self._search = search
        self._chip_size_px = chip_size_px
        self._min_face_px = min_face_px

    def find(self, image: Image, scale: float) -> FoundFaces:
        """The faces of a photo.

        Args:
            image: the photo, perhaps reduced.
            scale: px of the full-size photo per px of `image`.
        """
        found = self.detect(image, scale)
        return FoundFaces(tuple(face.scaled(scale) for face in found), self.crop(image, found))

    def detect(self, image: Image, scale: float) -> list[Detection]:
        """The same faces, not cropped yet, in px of `image`."""
        least_px = self._min_face_px / scale
        return [face for face in self._search.detect_photo(image) if face.box.height >= least_px]

    def crop(self, image: Image, found: Sequence[Detection]) -> NDArray[np.uint8]:
        """The chips of faces in px of `image`, shape (N, S, S, 3)."""
        return align_faces(image, found, self._chip_size_px)


def make_faces(
    detections: Sequence[Detection],
    estimates: Sequence[Estimate],
    settings: Settings,
) -> tuple[Face, ...]:
    """The faces of detections with their estimates, their gender as it is to be shown, and quality.

    Args:
        detections: in px of the photo at full size.
    """
    return tuple(
        _face(detection, estimate, settings)
        for detection, estimate in zip(detections, estimates, strict=True)
    )


def _face(detection: Detection, estimate: Estimate, settings: Settings) -> Face:
    probability = estimate.female_probability
    return Face(
        detection.box,
        detection.score,
        estimate,
        gender=None if probability is None else decide_gender(probability, settings),
        quality=face_quality(detection, estimate),
    )


def full_note(note: str | None, image: Image, face_count: int) -> str | None:
    """The note of a photo in which so many faces were found.

    With a word on those left out, or on why there may be more than none.
    """
    crowded = _CROWDED if face_count >= MOST_FACES else None
    unseen = None if face_count else why_unseen(image)
    return " ".join(filter(None, (note, crowded, unseen))) or None


class StillPipeline:
    """Keeps the contract `FramePipeline` for photos.

    Args:
        predictor: closed with this.
        flip_average: average each estimate with that of the mirrored face.
    """

    def __init__(
        self,
        finder: FaceFinder,
        predictor: Predictor,
        settings: Settings,
        *,
        flip_average: bool = FLIP_AVERAGE,
    ) -> None:
        self.is_held = True
        self._finder = finder
        self._predictor = predictor
        self._settings = settings
        self._flip_average = flip_average

    @property
    def predictor(self) -> Predictor:
        return self._predictor

    def process(self, frame: Frame) -> FrameResult:
        clock = StageClock()
        with clock.stage("detect"):
            found = self._finder.find(frame.image, frame.scale)
        with clock.stage("predict"):
            estimates = self._predictor.predict(found.chips, flip_average=self._flip_average)
        faces = make_faces(found.detections, estimates, self._settings)
        noted = replace(frame, note=full_note(frame.note, frame.image, len(faces)))
        return FrameResult(noted, _scaled(faces, 1 / frame.scale), clock.timings_ms)

    def close(self) -> None:
        self._predictor.close()


class PhotoLabeller:
    """Labels photo files; whatever happens to one becomes its result.

    Args:
        pipeline: closed with this.
        is_thorough: read photos at the size that a thorough search needs.
    """

    def __init__(self, pipeline: StillPipeline, is_thorough: bool = False) -> None:
        self._pipeline = pipeline
        self._is_thorough = is_thorough

    @property
    def predictor(self) -> Predictor:
        return self._pipeline.predictor

    def label(self, path: Path) -> PhotoResult:
        """The faces of a photo, boxes in px of its full size, or a sentence why there are none."""
        try:
            return self._labelled(path)
        except VisageError as error:
            return PhotoResult(path, error=str(error))
        except Exception as error:
            logger.exception("A bug met the photo %s.", path)
            kind = type(error).__name__
            return PhotoResult(path, error=f"A fault in Visage stopped this photo ({kind}).")

    def label_pixels(self, pixels: Image) -> PhotoResult:
        """The faces of a picture that is upright and sRGB, boxes in px of `pixels`.

        Raises:
            ModelError: if the model fails.
        """
        return self._faces_of(reduce_pixels(pixels, is_thorough=self._is_thorough), None)

    def close(self) -> None:
        """Release the pipeline."""
        self._pipeline.close()

    def _labelled(self, path: Path) -> PhotoResult:
        with open_photo(path, is_thorough=self._is_thorough) as photo:
            return self._faces_of(photo, path)

    def _faces_of(self, photo: Photo, path: Path | None) -> PhotoResult:
        result = self._pipeline.process(Frame(photo.image, 0, 0.0, photo.scale, photo.note))
        return PhotoResult(path, _scaled(result.faces, photo.scale), note=result.frame.note)


def _scaled(faces: Sequence[Face], factor: float) -> tuple[Face, ...]:
    return tuple(replace(face, box=face.box.scaled(factor)) for face in faces)
