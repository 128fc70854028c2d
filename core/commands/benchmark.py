"""`main.py benchmark`: speed and memory on this computer, on the bundled sample."""

import json
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from core.assembly import make_pipeline
from core.benchmark.batch_speed import measure_batch_speed
from core.benchmark.machine import machine_facts
from core.benchmark.measurements import (
    measure_crowd_speed,
    measure_frame_speed,
    measure_memory_growth,
)
from core.benchmark.overhead import measure_overhead
from core.commands.window_probe import measure_window
from core.pipeline import FramePipeline
from core.settings import EngineChoice, Settings
from core.sources.frame_source import SourceKind

T = TypeVar("T")

WINDOW_STARTS = 3


def run(model_name: str | None, engine: EngineChoice, frame_count: int, *, as_json: bool) -> int:
    """Measure, and print one JSON object or a list in words; 0.

    Args:
        frame_count: frames over which the growth of memory is measured.

    Raises:
        VisageError: if the model cannot be used or the window does not open.
    """
    report = measure(model_name, engine, frame_count)
    print(json.dumps(report, indent=2) if as_json else "\n".join(_lines(report)))
    return 0


def run_batch(folder: Path, model_name: str | None, engine: EngineChoice, *, as_json: bool) -> int:
    """Label a folder of photos, each anew, and print how fast that was; 0.

    Raises:
        VisageError: if the model cannot be used, or the folder holds no photo that can be read.
    """
    speed = measure_batch_speed(folder, model_name, engine)
    report = {
        "photos_per_s": round(speed.photos_per_s, 2),
        "efficiency": round(speed.efficiency, 3),
        "peak_rss_mb": _rounded(speed.peak_rss_mb),
        "rss_growth_mb": _rounded(speed.rss_growth_mb),
        "photos": speed.photo_count,
        "faces": speed.face_count,
        "bare_ms": {name: round(ms, 2) for name, ms in speed.bare_ms.items()},
        "stages_cpu_ms": {name: round(ms, 2) for name, ms in speed.stages_cpu_ms.items()},
        "machine": machine_facts(),
    }
    print(json.dumps(report, indent=2) if as_json else "\n".join(_lines(report)))
    return 0


def measure(model_name: str | None, engine: EngineChoice, frame_count: int) -> dict[str, Any]:
    """Every figure of the benchmark by its name."""

    def on_fresh_pipeline(measurement: Callable[[FramePipeline], T]) -> T:
        """What is measured on a pipeline as the window builds it for a video."""
        settings = Settings(engine=engine)
        with closing(make_pipeline(SourceKind.VIDEO, model_name, settings)) as pipeline:
            return measurement(pipeline)

    window = _window_timings(model_name, engine)
    speed = on_fresh_pipeline(measure_frame_speed)
    crowd = on_fresh_pipeline(measure_crowd_speed)
    growth_mb = on_fresh_pipeline(partial(measure_memory_growth, frame_count=frame_count))
    return {
        "frame_ms_median": round(speed.median_ms, 2),
        "frame_ms_p95": round(speed.p95_ms, 2),
        "overhead_ratio": round(measure_overhead(model_name, engine), 3),
        "fps_eight_faces": round(crowd.frames_per_s, 1),
        **window,
        "rss_growth_mb": _rounded(growth_mb),
        "rss_frames": frame_count,
        "eight_faces_found": crowd.faces_found,
        "stages_ms": {name: round(ms, 3) for name, ms in speed.stages_ms.items()},
        "machine": {**machine_facts(), **on_fresh_pipeline(_model_facts)},
    }


def _rounded(megabytes: float | None) -> float | None:
    return None if megabytes is None else round(megabytes, 2)


def _window_timings(model_name: str | None, engine: EngineChoice) -> dict[str, float]:
    """The median of several starts, each in a fresh process."""
    starts = [measure_window(model_name, engine) for _ in range(WINDOW_STARTS)]
    return {name: round(median(start[name] for start in starts), 1) for name in starts[0]}


def _model_facts(pipeline: FramePipeline) -> dict[str, str]:
    predictor = pipeline.predictor
    return {
        "model": predictor.card.name,
        "engine": predictor.engine.name,
        "device": predictor.engine.device,
    }


def _lines(values: Mapping[str, Any], indent: str = "") -> list[str]:
    lines = []
    for name, value in values.items():
        if isinstance(value, Mapping):
            lines += [f"{indent}{name}:", *_lines(value, indent + "  ")]
        else:
            lines.append(f"{indent}{name}: {value}")
    return lines
