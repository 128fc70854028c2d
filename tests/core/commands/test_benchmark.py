import json
from collections.abc import Iterator
from contextlib import nullcontext
from types import SimpleNamespace

import pytest

from core.benchmark.measurements import CrowdSpeed, FrameSpeed
from core.commands import benchmark
from core.settings import EngineChoice, Settings
from core.sources.frame_source import SourceKind

PROMISED = [
    "frame_ms_median",
    "frame_ms_p95",
    "overhead_ratio",
    "fps_eight_faces",
    "window_ms",
    "first_overlay_ms",
    "rss_growth_mb",
    "stages_ms",
]


@pytest.fixture(autouse=True)
def measurements(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every measurement gives a fixed answer at once."""
    starts: Iterator[int] = iter([900, 700, 5000])
    engine = SimpleNamespace(name="ONNX Runtime", device="CPU")
    predictor = SimpleNamespace(card=SimpleNamespace(name="tiny"), engine=engine)
    pipeline = SimpleNamespace(predictor=predictor, close=nullcontext)

    def make_pipeline(kind: SourceKind, model: str | None, settings: Settings) -> object:
        assert (kind, model, settings.engine) == (SourceKind.VIDEO, "tiny", EngineChoice.ONNX)
        return pipeline

    def window(model: str | None, engine: EngineChoice) -> dict[str, float]:
        window_ms = next(starts)
        return {"window_ms": window_ms, "first_overlay_ms": 2 * window_ms}

    speed = FrameSpeed(8.5412, 14.2, {"detect": 2.3456})
    answers = {
        "make_pipeline": make_pipeline,
        "measure_window": window,
        "measure_frame_speed": lambda pipeline: speed,
        "measure_crowd_speed": lambda pipeline: CrowdSpeed(56.78, 8),
        "measure_overhead": lambda model, engine: 1.1234,
        "measure_memory_growth": lambda pipeline, frame_count: frame_count / 1000,
    }
    for name, answer in answers.items():
        monkeypatch.setattr(benchmark, name, answer)


def test_prints_one_json_object_with_every_figure(capsys: pytest.CaptureFixture[str]) -> None:
    assert benchmark.run("tiny", EngineChoice.ONNX, 2000, as_json=True) == 0
    report = json.loads(capsys.readouterr().out)
    assert set(PROMISED) <= set(report)
    assert report["frame_ms_median"] == 8.54
    assert report["overhead_ratio"] == 1.123
    assert report["rss_growth_mb"] == 2.0
    assert report["stages_ms"] == {"detect": 2.346}
    assert report["machine"]["engine"] == "ONNX Runtime"


def test_the_window_is_started_three_times_and_the_median_counts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    benchmark.run("tiny", EngineChoice.ONNX, 10, as_json=True)
    report = json.loads(capsys.readouterr().out)
    assert (report["window_ms"], report["first_overlay_ms"]) == (900, 1800)


def test_prints_the_same_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    benchmark.run("tiny", EngineChoice.ONNX, 10, as_json=False)
    lines = capsys.readouterr().out.splitlines()
    assert "fps_eight_faces: 56.8" in lines
    assert "stages_ms:" in lines
    assert "  detect: 2.346" in lines
