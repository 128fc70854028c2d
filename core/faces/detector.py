"""Locates faces exactly with MediaPipe; the only file that knows it.

What YuNet finds are candidates (core/faces/photo_search.py, live_detector.py). A second look with
MediaPipe's short-range detector, always at its best scale, tells faces from background and gives
the landmarks that alignment has learnt (core/faces/second_look.py). It is made of two pictures: the
candidate as it is, and the face found there turned upright. Both must show the face, which makes
false ones rare, and the mean of both places is steadier: it jitters by 0.9 degrees, 1.2 % and 0.8
px of a 200 px chip, the first alone by 1.5 degrees, 1.9 % and 1.4 px.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from core import paths
from core.errors import ModelError
from core.faces.pyramid import Pyramid
from core.faces.second_look import (
    LOOK_SIZE_PX,
    find_again,
    look_transform,
    mean_detection,
    transform_detection,
    upright_look_transform,
)
from core.faces.similarity import invert_similarity
from core.faces.stand_ins import stand_ins
from core.types import Box, Detection, Image

SHORT_RANGE_FILE = "face_detection_short_range.tflite"

_LOOK_ADVANTAGE = 0.12
"""Looks, at their best scale, must be surer than the least score by so much. Tuned on 1,500
pasted chips, of which 1,496 were kept, and 1,500 empty backgrounds, of which 3 kept a face."""

_MAX_SCORE = 0.95


class FaceDetector:
    """Looks again at what was found. Close it; one thread at a time may use it.

    Args:
        min_score: a face of lower confidence is not reported, 0-1.
        min_face_px: a face of lower height is not reported.

    Raises:
        ModelError: if MediaPipe's files are missing or broken.
    """

    def __init__(
        self,
        min_score: float = 0.5,
        min_face_px: int = 20,
    ) -> None:
        self._min_score = min_score
        self._min_face_px = min_face_px
        self._models: dict[tuple[str, float], _MediaPipeModel] = {}
        self._look_model()  # broken files are found now

    def second_look(self, image: Image, detection: Detection) -> Detection | None:
        """The face that `detection` is, located anew at the detector's best scale; None if none."""
        return self.look_again(Pyramid(image), detection)

    def look_again(self, pyramid: Pyramid, candidate: Detection) -> Detection | None:
        """The same in a picture at several sizes, for many candidates of one picture."""
        face = self._look_at(pyramid, candidate.box, look_transform(candidate.box))
        if face is None or not self._is_tall_enough(face):
            return None
        upright = self._look_at(pyramid, face.box, upright_look_transform(face))
        return None if upright is None else mean_detection(face, upright)

    def close(self) -> None:
        """Release MediaPipe's graphs. Closing twice is harmless."""
        while self._models:
            self._models.popitem()[1].close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _look_at(
        self, pyramid: Pyramid, box: Box, transform: NDArray[np.float64]
    ) -> Detection | None:
        """The face that a look through `transform` finds in the place of `box`, in image px."""
        picture, shown = pyramid.look(transform, LOOK_SIZE_PX)
        back = invert_similarity(shown)
        found = self._look_model().find(_hand_over(picture))
        return find_again(box, (transform_detection(face, back) for face in found))

    def _look_model(self) -> "_MediaPipeModel":
        min_score = min(self._min_score + _LOOK_ADVANTAGE, _MAX_SCORE)
        return self._model(SHORT_RANGE_FILE, min_score)

    def _model(self, file: str, min_score: float) -> "_MediaPipeModel":
        """The loaded model; each is loaded when it is first needed."""
        key = (file, min_score)
        if key not in self._models:
            self._models[key] = _MediaPipeModel(paths.face_detector_dir() / file, min_score)
        return self._models[key]

    def _is_tall_enough(self, face: Detection) -> bool:
        return face.box.height >= self._min_face_px


@dataclass(frozen=True, slots=True, eq=False)
class _Picture:
    """An image that was handed to MediaPipe, for as many of its detectors as look at it."""

    handed_over: Any
    width_px: int
    height_px: int


def _hand_over(image: Image) -> _Picture:
    mediapipe = _import_mediapipe()
    handed_over = mediapipe.Image(mediapipe.ImageFormat.SRGB, np.ascontiguousarray(image))
    return _Picture(handed_over, width_px=image.shape[1], height_px=image.shape[0])


class _MediaPipeModel:
    """One MediaPipe face detector, from Visage's values to Visage's values."""

    def __init__(self, path: Path, min_score: float) -> None:
        tasks = _import_mediapipe().tasks
        try:
            self._detector = tasks.vision.FaceDetector.create_from_options(
                tasks.vision.FaceDetectorOptions(
                    base_options=tasks.BaseOptions(model_asset_buffer=path.read_bytes()),
                    running_mode=tasks.vision.RunningMode.IMAGE,
                    min_detection_confidence=min_score,
                )
            )
        except (OSError, ValueError, RuntimeError) as error:
            raise ModelError(
                f"The face detector {path} cannot be loaded ({error}). Install Visage again."
            ) from error

    def find(self, picture: _Picture) -> list[Detection]:
        """The faces in `picture`, in its px."""
        result = self._detector.detect(picture.handed_over)
        size_px = picture.width_px, picture.height_px
        return [_detection_from(found, *size_px) for found in result.detections]

    def close(self) -> None:
        self._detector.close()


def _detection_from(found: Any, width_px: int, height_px: int) -> Detection:
    left, top = found.bounding_box.origin_x, found.bounding_box.origin_y
    return Detection(
        box=Box(left, top, left + found.bounding_box.width, top + found.bounding_box.height),
        score=found.categories[0].score,
        landmarks=np.array(
            [(point.x * width_px, point.y * height_px) for point in found.keypoints], np.float32
        ),
    )


@cache
def _import_mediapipe() -> Any:
    """MediaPipe without what it would import in vain, half of the time until the first face.

    TensorFlow reads files for it, matplotlib's pyplot serves a function that draws. sounddevice
    records sound, and starts programs, a compiler among them, to look for a library.
    """
    with stand_ins(
        {
            "sounddevice": None,
            "tensorflow": None,
            "matplotlib": ModuleType("matplotlib"),
            "matplotlib.pyplot": ModuleType("matplotlib.pyplot"),
        }
    ):
        import mediapipe

        return mediapipe
