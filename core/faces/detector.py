"""Finds faces with MediaPipe; the only file that knows it.

Two detectors look: short-range sees faces from about a tenth of the picture's longer side on and
takes 2.3 ms, full-range sees smaller ones too and takes 5.8 ms. The rule which of them looks:

* `NEAR`: short-range only. `FAR`: full-range only.
* `AUTO`, photo: both; a face that both see counts once.
* `AUTO`, live: short-range on every frame. Full-range joins on every sixth frame, and on every
  frame as long as its last look found a face that short-range did not see.

What they find are candidates. A second look, always short-range at its best scale, tells faces
from background; see core/faces/second_look.py.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from core.errors import ModelError
from core.faces.alignment import warp_chip
from core.faces.overlap import overlap, suppress_overlaps
from core.faces.second_look import (
    LOOK_SIZE_PX,
    detection_in_image,
    face_found_again,
    look_transform,
)
from core.paths import face_detector_dir
from core.settings import DetectionRange
from core.types import Box, Detection, Image

SHORT_RANGE_FILE = "face_detection_short_range.tflite"
FULL_RANGE_FILE = "face_detection_full_range_sparse.tflite"

_MAX_OVERLAP = 0.5
"""Share of the smaller box from which on two detections are one face."""

_SEARCH_EVERY = 6
"""Frames from one look of full-range to the next, as long as it finds nothing of its own."""

_PHOTO_CANDIDATE_SCORE = 0.3
"""In photos weaker candidates are looked at too: the second look is what decides."""


class FaceDetector:
    """Finds the faces of photos and of live frames. Close it; one thread at a time may use it.

    Args:
        detection_range: which detectors look; see above.
        min_score: a face of lower confidence is not reported, 0-1.
        min_face_px: a face of lower height is not reported.

    Raises:
        ModelError: if MediaPipe's files are missing or broken.
    """

    def __init__(
        self,
        detection_range: DetectionRange = DetectionRange.AUTO,
        min_score: float = 0.5,
        min_face_px: int = 20,
    ) -> None:
        self._range = detection_range
        self._min_score = min_score
        self._min_face_px = min_face_px
        self._models: dict[tuple[str, bool, float], _MediaPipeModel] = {}
        self._frames_to_search = 0
        self._look = self._model(SHORT_RANGE_FILE, is_stream=False, min_score=min_score)

    def detect_photo(self, image: Image) -> tuple[Detection, ...]:
        """The faces of a photo, each confirmed by a second look, from left to right."""
        files = {
            DetectionRange.NEAR: (SHORT_RANGE_FILE,),
            DetectionRange.FAR: (FULL_RANGE_FILE,),
            DetectionRange.AUTO: (SHORT_RANGE_FILE, FULL_RANGE_FILE),
        }[self._range]
        min_score = min(self._min_score, _PHOTO_CANDIDATE_SCORE)
        candidates = [
            candidate
            for file in files
            for candidate in self._model(file, is_stream=False, min_score=min_score).find(image)
        ]
        looks = (self.second_look(image, candidate) for candidate in candidates)
        faces = [face for face in looks if face is not None]
        return self._reported(faces)

    def detect_frame(self, image: Image, time_s: float) -> tuple[Detection, ...]:
        """The candidates of a live frame, from left to right, without a second look.

        Args:
            time_s: later than that of the frame before; going back starts anew.
        """
        if self._range is not DetectionRange.AUTO:
            is_near = self._range is DetectionRange.NEAR
            file = SHORT_RANGE_FILE if is_near else FULL_RANGE_FILE
            return self._reported(self._stream(file).find(image, time_s))
        near = self._stream(SHORT_RANGE_FILE).find(image, time_s)
        self._frames_to_search -= 1
        if self._frames_to_search > 0:
            return self._reported(near)
        far = self._stream(FULL_RANGE_FILE).find(image, time_s)
        sees_more = any(not _is_among(face, near) for face in self._tall_enough(far))
        self._frames_to_search = 1 if sees_more else _SEARCH_EVERY
        return self._reported([*near, *far])

    def second_look(self, image: Image, detection: Detection) -> Detection | None:
        """The face that `detection` is, located anew at the detector's best scale; None if none."""
        transform = look_transform(detection.box)
        found = self._look.find(warp_chip(image, transform, LOOK_SIZE_PX))
        faces = (detection_in_image(face, transform) for face in found)
        return face_found_again(detection, faces)

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

    def _stream(self, file: str) -> "_MediaPipeModel":
        return self._model(file, is_stream=True, min_score=self._min_score)

    def _model(self, file: str, *, is_stream: bool, min_score: float) -> "_MediaPipeModel":
        """The loaded model; each is loaded when it is first needed."""
        key = (file, is_stream, min_score)
        if key not in self._models:
            self._models[key] = _MediaPipeModel(face_detector_dir() / file, is_stream, min_score)
        return self._models[key]

    def _reported(self, faces: list[Detection]) -> tuple[Detection, ...]:
        kept = suppress_overlaps(self._tall_enough(faces), _MAX_OVERLAP)
        return tuple(sorted(kept, key=lambda face: face.box.left))

    def _tall_enough(self, faces: list[Detection]) -> list[Detection]:
        return [face for face in faces if face.box.height >= self._min_face_px]


def _is_among(face: Detection, others: list[Detection]) -> bool:
    return any(overlap(face.box, other.box) > _MAX_OVERLAP for other in others)


class _MediaPipeModel:
    """One MediaPipe face detector, from Visage's values to Visage's values."""

    def __init__(self, path: Path, is_stream: bool, min_score: float) -> None:
        mediapipe = _import_mediapipe()
        self._image_type = mediapipe.Image
        self._image_format = mediapipe.ImageFormat.SRGB
        tasks = mediapipe.tasks
        mode = tasks.vision.RunningMode
        self._is_stream = is_stream
        self._last_time_ms = -1
        try:
            self._detector = tasks.vision.FaceDetector.create_from_options(
                tasks.vision.FaceDetectorOptions(
                    base_options=tasks.BaseOptions(model_asset_buffer=path.read_bytes()),
                    running_mode=mode.VIDEO if is_stream else mode.IMAGE,
                    min_detection_confidence=min_score,
                )
            )
        except (OSError, ValueError, RuntimeError) as error:
            raise ModelError(
                f"The face detector {path} cannot be loaded ({error}). Install Visage again."
            ) from error

    def find(self, image: Image, time_s: float = 0.0) -> list[Detection]:
        """The faces in `image`, in its px."""
        picture = self._image_type(self._image_format, np.ascontiguousarray(image))
        height, width = image.shape[:2]
        if self._is_stream:
            # MediaPipe accepts rising times only; to faces of one frame they mean nothing.
            self._last_time_ms = max(self._last_time_ms + 1, round(time_s * 1000))
            result = self._detector.detect_for_video(picture, self._last_time_ms)
        else:
            result = self._detector.detect(picture)
        return [_detection_from(found, width, height) for found in result.detections]

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


def _import_mediapipe() -> Any:
    """MediaPipe without TensorFlow, which it imports for its own documentation if it can."""
    with _hidden("tensorflow"):
        import mediapipe

        return mediapipe


@contextmanager
def _hidden(module: str) -> Iterator[None]:
    """Make a module that is not imported yet look as if it were not installed."""
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[module]
