import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from types import ModuleType

import numpy as np
import pytest
from numpy.typing import NDArray

from core.benchmark import overhead
from core.benchmark.overhead import measure_overhead
from core.estimation.predictor import Predictor
from core.settings import EngineChoice
from core.types import Detection, Frame, Image
from tests.fakes import (
    FakeDetector,
    FunctionEngine,
    Outputs,
    make_detection,
    make_frame,
    red_and_blue,
)
from tests.model_folders import make_card

MEDIAPIPE_MODULE = "mediapipe.tasks.python.vision.face_detector"


@dataclass
class Clock:
    now_s: float = 0.0


class BareDetector:
    """Stands for MediaPipe's class: each call takes 8 ms."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.times_ms: list[int] = []

    def detect(self, image: Image) -> None:
        self.clock.now_s += 0.008

    def detect_for_video(self, image: Image, time_ms: int) -> None:
        assert time_ms > max(self.times_ms, default=-1), "times must rise"
        self.times_ms.append(time_ms)
        self.clock.now_s += 0.008


class SlowDetector(FakeDetector):
    """Takes 2 ms of its own around the bare call."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(make_detection())
        self.bare = BareDetector(clock)

    def detect_frame(self, image: Image, time_s: float) -> tuple[Detection, ...]:
        self.bare.clock.now_s += 0.002
        self.bare.detect_for_video(image, round(time_s * 1000))
        return super().detect_frame(image, time_s)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A whole world in which time passes only inside the parts."""
    clock = Clock()

    def model(images: NDArray[np.float32]) -> Outputs:
        clock.now_s += 0.004
        return red_and_blue(images)

    def frames() -> Iterator[Frame]:
        return (make_frame(index=index, time_s=index) for index in count())

    mediapipe = ModuleType(MEDIAPIPE_MODULE)
    mediapipe.FaceDetector = BareDetector  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, MEDIAPIPE_MODULE, mediapipe)
    monkeypatch.setattr(overhead, "perf_counter", lambda: clock.now_s)
    monkeypatch.setattr(overhead, "looped_frames", frames)
    monkeypatch.setattr(overhead, "make_detector", lambda settings: SlowDetector(clock))
    predictor = Predictor(make_card(), FunctionEngine(model))
    monkeypatch.setattr(overhead, "make_predictor", lambda name, settings: predictor)
    return clock


@pytest.mark.usefixtures("clock")
def test_the_pipeline_is_compared_with_the_bare_calls_that_it_made() -> None:
    # One detection of 8 ms and one prediction of 4 ms per frame, and 2 ms around them.
    assert measure_overhead(None, EngineChoice.ONNX) == pytest.approx(14 / 12)


@pytest.mark.usefixtures("clock")
def test_mediapipe_is_left_as_it_was() -> None:
    before = (BareDetector.detect, BareDetector.detect_for_video)
    measure_overhead(None, EngineChoice.ONNX)
    assert (BareDetector.detect, BareDetector.detect_for_video) == before
