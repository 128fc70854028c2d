from collections.abc import Iterator
from itertools import count

import pytest

from core.benchmark import measurements
from core.benchmark.measurements import (
    CROWD_FRAMES,
    MEMORY_WARM_UP_FRAMES,
    measure_crowd_speed,
    measure_frame_speed,
    measure_memory_growth,
)
from core.estimation.predictor import Predictor
from core.types import Box, Face, Frame, FrameResult
from tests.fakes import FunctionEngine, make_frame, make_image, red_and_blue
from tests.model_folders import make_card

FACES = tuple(Face(Box(left, 60, left + 80, 140), score=0.9) for left in (20, 200))
CLIP_LENGTH = 100


class FakePipeline:
    """Finds two faces in every frame; the clock of the test moves by 4 ms, or 40 in some."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.frame_count = 0
        self.is_held = False
        self.predictor = Predictor(make_card(), FunctionEngine(red_and_blue))

    def process(self, frame: Frame) -> FrameResult:
        self.frame_count += 1
        self.now_s += 0.040 if frame.index % 10 == 9 else 0.004
        timings_ms = {"detect": 3.0} | ({"predict": 7.0} if frame.index % 8 == 0 else {})
        return FrameResult(frame, FACES, timings_ms)

    def close(self) -> None:
        self.now_s = 0.0


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> FakePipeline:
    pipeline = FakePipeline()

    def frames(indices: Iterator[int]) -> Iterator[Frame]:
        return (make_frame(make_image(), index, index / 30) for index in indices)

    monkeypatch.setattr(measurements, "perf_counter", lambda: pipeline.now_s)
    monkeypatch.setattr(measurements, "clip_frames", lambda: frames(iter(range(CLIP_LENGTH))))
    monkeypatch.setattr(measurements, "looped_frames", lambda chunk_frames: frames(count()))
    return pipeline


def test_the_speed_of_a_frame_is_a_median_and_a_95th_percentile(pipeline: FakePipeline) -> None:
    speed = measure_frame_speed(pipeline)
    assert speed.median_ms == pytest.approx(4)
    assert speed.p95_ms == pytest.approx(40)


def test_a_stage_is_judged_by_the_frames_in_which_it_had_something_to_do(
    pipeline: FakePipeline,
) -> None:
    stages_ms = measure_frame_speed(pipeline).stages_ms
    assert stages_ms == {"detect": 3, "draw": 0, "predict": 7}


def test_the_speed_with_a_crowd_counts_frames_per_second(pipeline: FakePipeline) -> None:
    crowd = measure_crowd_speed(pipeline)
    assert crowd.frames_per_s == pytest.approx(1000 / (0.9 * 4 + 0.1 * 40))
    assert crowd.faces_found == 2
    assert pipeline.frame_count >= CROWD_FRAMES


def test_the_growth_of_memory_is_measured_after_a_warm_up(
    pipeline: FakePipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts: list[int] = []

    def resident_mb() -> float:
        counts.append(pipeline.frame_count)
        return 100.0 + 1.5 * len(counts)

    monkeypatch.setattr(measurements, "resident_mb", resident_mb)
    assert measure_memory_growth(pipeline, 50) == pytest.approx(1.5)
    assert counts == [MEMORY_WARM_UP_FRAMES, MEMORY_WARM_UP_FRAMES + 50]


def test_the_growth_of_memory_is_unknown_where_memory_is(
    pipeline: FakePipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measurements, "resident_mb", lambda: None)
    assert measure_memory_growth(pipeline, 1) is None
