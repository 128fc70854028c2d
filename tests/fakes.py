"""Builders of values and doubles of the parts that need a model or a detector."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from core.faces.pyramid import Pyramid
from core.faces.tracker import View
from core.types import Box, Detection, Frame, Image

# Where right eye, left eye, nose tip, mouth, right ear and left ear stand in a box of side 1.
LANDMARKS = np.array(
    [[0.28, 0.3], [0.72, 0.3], [0.5, 0.55], [0.5, 0.78], [0.02, 0.35], [0.98, 0.35]]
)

Outputs = Mapping[str, NDArray[np.float32]]


def make_image(
    colour: tuple[int, int, int] = (0, 0, 0), size: tuple[int, int] = (320, 240)
) -> Image:
    """A plain picture; `size` is width, height in px."""
    width, height = size
    return np.full((height, width, 3), colour, np.uint8)


def make_frame(image: Image | None = None, index: int = 0, time_s: float = 0.0) -> Frame:
    return Frame(make_image() if image is None else image, index, time_s)


def make_detection(
    left: float = 100, top: float = 60, side: float = 80, score: float = 0.9
) -> Detection:
    """A face seen from the front in a square box."""
    points = (LANDMARKS * side + (left, top)).astype(np.float32)
    return Detection(Box(left, top, left + side, top + side), score, points)


class FakeDetector:
    """Finds `detections` in every picture, and confirms them unless told otherwise.

    With `refined` set, that is what every second look sees.
    """

    def __init__(self, *detections: Detection) -> None:
        self.detections: tuple[Detection, ...] = detections
        self.second_look_count = 0
        self.confirms = True
        self.refined: Detection | None = None

    def detect_photo(self, image: Image) -> tuple[Detection, ...]:
        return self.detections

    def detect_frame(self, image: Image, time_s: float) -> View:
        return View(self.detections)

    def second_look(self, image: Image, detection: Detection) -> Detection | None:
        return self.look_again(Pyramid(image), detection)

    def look_again(self, pyramid: Pyramid, candidate: Detection) -> Detection | None:
        self.second_look_count += 1
        return (self.refined or candidate) if self.confirms else None


class FunctionEngine:
    """Runs a function instead of a model, and notes the size of each batch."""

    name = "a function"
    device = "nowhere"

    def __init__(self, function: Callable[[NDArray[np.float32]], Outputs]) -> None:
        self.batch_sizes: list[int] = []
        self.is_closed = False
        self._function = function

    def run(self, images: NDArray[np.float32]) -> Outputs:
        assert images.dtype == np.float32
        self.batch_sizes.append(len(images))
        return self._function(images)

    def close(self) -> None:
        self.is_closed = True


def red_and_blue(images: NDArray[np.float32]) -> Outputs:
    """The mean red of the left half in years, the mean blue of the whole as female."""
    half = images.shape[2] // 2
    return {
        "age_output": images[:, :, :half, 0].mean(axis=(1, 2))[:, None],
        "gender_output": images[..., 2].mean(axis=(1, 2))[:, None] / 255,
    }
