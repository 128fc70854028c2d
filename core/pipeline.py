"""From a frame to its faces: the contract, and still pictures at leisure."""

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from core.errors import VisageError
from core.estimation.predictor import Predictor
from core.faces.alignment import align_faces
from core.faces.smoother import decide_gender
from core.settings import Settings
from core.sources.photo import Photo, load_photo
from core.stage_clock import StageClock
from core.types import Detection, Estimate, Face, Frame, FrameResult, Image, PhotoResult

logger = logging.getLogger(__name__)


class PhotoDetector(Protocol):
    """What a still pipeline needs of a detector: see core/faces/detector.py."""

    def detect_photo(self, image: Image) -> tuple[Detection, ...]: ...

    def close(self) -> None: ...


class FramePipeline(Protocol):
    """Finds the faces of a frame and estimates them. One thread at a time may use it."""

    @property
    def predictor(self) -> Predictor:
        """What estimates; it knows its card, its engine and its device."""
        ...

    def process(self, frame: Frame) -> FrameResult:
        """The faces of `frame`, boxes in px of its image, with the milliseconds of each stage.

        Raises:
            ModelError: if the model fails.
        """
        ...

    def close(self) -> None:
        """Release detector and engine."""
        ...


class StillPipeline:
    """Keeps the contract `FramePipeline` for photos: every face is looked at twice, no tracks.

    Args:
        flip_average: average each estimate with that of the mirrored face.
    """

    def __init__(
        self,
        detector: PhotoDetector,
        predictor: Predictor,
        settings: Settings,
        *,
        flip_average: bool = True,
    ) -> None:
        self._detector = detector
        self._predictor = predictor
        self._settings = settings
        self._flip_average = flip_average

    @property
    def predictor(self) -> Predictor:
        return self._predictor

    def process(self, frame: Frame) -> FrameResult:
        clock = StageClock()
        with clock.stage("detect"):
            detections = self._detector.detect_photo(frame.image)
        with clock.stage("align"):
            chips = align_faces(frame.image, detections, self._predictor.card.input_size_px)
        with clock.stage("predict"):
            estimates = self._predictor.predict(chips, flip_average=self._flip_average)
        faces = map(self._face, detections, estimates)
        return FrameResult(frame, tuple(faces), clock.timings_ms)

    def close(self) -> None:
        self._detector.close()
        self._predictor.close()

    def _face(self, detection: Detection, estimate: Estimate) -> Face:
        probability = estimate.female_probability
        gender = None if probability is None else decide_gender(probability, self._settings)
        return Face(detection.box, detection.score, estimate, gender=gender)


class PhotoLabeller:
    """Labels photo files; whatever happens to one becomes its result.

    Args:
        load: reads a photo from disk.
    """

    def __init__(self, pipeline: FramePipeline, load: Callable[[Path], Photo] = load_photo) -> None:
        self._pipeline = pipeline
        self._load = load

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
            logger.exception("A bug met the photo %r.", path.name)
            kind = type(error).__name__
            return PhotoResult(path, error=f"A fault in Visage stopped this photo ({kind}).")

    def close(self) -> None:
        """Release the pipeline."""
        self._pipeline.close()

    def _labelled(self, path: Path) -> PhotoResult:
        photo = self._load(path)
        result = self._pipeline.process(Frame(photo.image, index=0, time_s=0.0))
        faces = tuple(replace(face, box=face.box.scaled(photo.scale)) for face in result.faces)
        return PhotoResult(path, faces)
