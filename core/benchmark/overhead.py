"""What the pipeline costs beyond the detector and the engine that it cannot do without."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import islice
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from core.assembly import make_live_detector, make_predictor
from core.benchmark.sample_frames import looped_frames
from core.estimation.engine import Engine
from core.estimation.predictor import Predictor
from core.faces.blaze_face import BlazeFace
from core.faces.pyramid import Pyramid
from core.faces.yunet import RawFaces, YuNet
from core.live_pipeline import LivePipeline
from core.settings import EngineChoice, Settings
from core.types import Detection, Image

WARM_UP_FRAMES = 60
MEASURED_FRAMES = 420
"""The whole clip once."""

Call = Callable[[], object]


def measure_overhead(model_name: str | None, engine: EngineChoice) -> float:
    """Time of the whole pipeline over that of its bare detector and engine calls.

    Each frame is processed, and then the very calls of both detectors and of the engine that it
    made are made again, on the same pixels. So load from elsewhere meets both alike. A bare call
    starts with pixels and ends with faces; bringing a picture to YuNet's size is a part of it.
    """
    settings = Settings(engine=engine)
    calls = BareCalls()
    bare = make_predictor(model_name, settings)
    predictor = Predictor(bare.card, RecordingEngine(bare.engine, calls))
    pipeline_s = bare_s = 0.0
    detector = make_live_detector(settings)
    with closing(LivePipeline(detector, predictor, settings)) as pipeline, recorded(calls):
        for frame in islice(looped_frames(), WARM_UP_FRAMES + MEASURED_FRAMES):
            calls.clear()
            start_s = perf_counter()
            pipeline.process(frame)
            processed_s = perf_counter()
            calls.repeat()
            if frame.index >= WARM_UP_FRAMES:
                pipeline_s += processed_s - start_s
                bare_s += perf_counter() - processed_s
    return pipeline_s / bare_s


class BareCalls:
    """The detector and engine calls of one frame; they can be made again."""

    def __init__(self) -> None:
        self._calls: list[Call] = []

    def add(self, call: Call) -> None:
        self._calls.append(call)

    def clear(self) -> None:
        self._calls.clear()

    def repeat(self) -> None:
        for call in self._calls:
            call()


class RecordingEngine:
    """Keeps the contract `Engine`, and notes each run so that it can be made again."""

    def __init__(self, engine: Engine, calls: BareCalls) -> None:
        self._engine = engine
        self._calls = calls

    @property
    def name(self) -> str:
        return self._engine.name

    @property
    def device(self) -> str:
        return self._engine.device

    def run(self, images: NDArray[np.float32]) -> Mapping[str, NDArray[np.float32]]:
        self._calls.add(lambda: self._engine.run(images))
        return self._engine.run(images)

    def close(self) -> None:
        self._engine.close()


@contextmanager
def recorded(calls: BareCalls) -> Iterator[None]:
    """Note every call of both detectors, and what brings pictures to their size."""
    place = BlazeFace.find

    def recorded_place(
        self: BlazeFace, picture: Image, min_score: float | None = None
    ) -> list[Detection]:
        calls.add(lambda: place(self, picture, min_score))
        return place(self, picture, min_score)

    find = YuNet.find_raw

    def recorded_find(self: YuNet, image: Image) -> RawFaces:
        calls.add(lambda: find(self, image))
        return find(self, image)

    reduce = Pyramid.with_longer_side

    def recorded_reduce(self: Pyramid, longer_px: int, most_sampled: float = 2.0) -> Image:
        picture = self.level(0)
        calls.add(lambda: reduce(Pyramid(picture), longer_px, most_sampled))
        return reduce(self, longer_px, most_sampled)

    BlazeFace.find = recorded_place  # type: ignore[method-assign]
    YuNet.find_raw = recorded_find  # type: ignore[method-assign]
    Pyramid.with_longer_side = recorded_reduce  # type: ignore[method-assign]
    try:
        yield
    finally:
        BlazeFace.find = place  # type: ignore[method-assign]
        YuNet.find_raw = find  # type: ignore[method-assign]
        Pyramid.with_longer_side = reduce  # type: ignore[method-assign]
