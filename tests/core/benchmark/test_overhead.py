from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import numpy as np
import pytest
from numpy.typing import NDArray

from core.benchmark import overhead
from core.benchmark.overhead import measure_overhead
from core.estimation.predictor import Predictor
from core.faces.blaze_face import BlazeFace
from core.faces.pyramid import Pyramid
from core.faces.tracker import View
from core.faces.yunet import YuNet
from core.settings import EngineChoice
from core.types import Frame, Image
from tests.fakes import (
    FakeDetector,
    FunctionEngine,
    Outputs,
    make_detection,
    make_frame,
    red_and_blue,
)
from tests.model_folders import make_card


@dataclass
class Clock:
    now_s: float = 0.0


class SlowDetector(FakeDetector):
    """Asks BlazeFace twice and YuNet once about each picture, and takes 2 ms of its own."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(make_detection())
        self.clock = clock
        self.blaze_face = BlazeFace(min_score=0.5)
        self.yunet = YuNet(min_score=0.5)

    def detect_frame(self, image: Image, time_s: float) -> View:
        Pyramid(image).with_longer_side(480)
        self.blaze_face.find(image)
        self.blaze_face.find(image)
        self.yunet.find_raw(image)
        self.clock.now_s += 0.002
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

    def reduce_picture(pyramid: Pyramid, longer_px: int, most_sampled: float) -> Image:
        clock.now_s += 0.003
        return pyramid.level(0)

    def place(self: BlazeFace, picture: Image, min_score: float | None) -> None:
        clock.now_s += 0.008

    def find(self: YuNet, picture: Image) -> None:
        clock.now_s += 0.007

    monkeypatch.setattr(Pyramid, "with_longer_side", reduce_picture)
    monkeypatch.setattr(BlazeFace, "find", place)
    monkeypatch.setattr(YuNet, "find_raw", find)
    monkeypatch.setattr(overhead, "perf_counter", lambda: clock.now_s)
    monkeypatch.setattr(overhead, "looped_frames", frames)
    monkeypatch.setattr(overhead, "make_live_detector", lambda settings: SlowDetector(clock))
    predictor = Predictor(make_card(), FunctionEngine(model))
    monkeypatch.setattr(overhead, "make_predictor", lambda name, settings: predictor)
    return clock


@pytest.mark.usefixtures("clock")
def test_the_pipeline_is_compared_with_the_bare_calls_that_it_made() -> None:
    # Per frame 3 ms to reduce it, twice 8 and 7 ms for it, 4 ms for a face, and 2 ms around them.
    assert measure_overhead(None, EngineChoice.ONNX) == pytest.approx(32 / 30)


@pytest.mark.usefixtures("clock")
def test_the_detectors_are_left_as_they_were() -> None:
    before = (BlazeFace.find, YuNet.find_raw, Pyramid.with_longer_side)
    measure_overhead(None, EngineChoice.ONNX)
    assert (BlazeFace.find, YuNet.find_raw, Pyramid.with_longer_side) == before
