"""What the benchmark measures; each measurement is a function of a pipeline."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from statistics import median, quantiles
from time import perf_counter

from core.annotator import Annotator
from core.benchmark.memory import resident_mb
from core.benchmark.sample_frames import clip_frames, crowd_frames, looped_frames
from core.pipeline import FramePipeline
from core.types import Frame, FrameResult

WARM_UP_FRAMES = 60
MEMORY_WARM_UP_FRAMES = 1000
"""The clip twice: every batch size and both detectors have been used then."""
CROWD_SOURCE_FRAMES = 30
CROWD_FRAMES = 300


@dataclass(frozen=True, slots=True)
class FrameSpeed:
    """Milliseconds per frame, decoding excluded.

    Attributes:
        stages_ms: median per stage over the frames in which the stage had something to do.
    """

    median_ms: float
    p95_ms: float
    stages_ms: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class CrowdSpeed:
    """Frames per second with a crowd, and how many of its faces were found (median)."""

    frames_per_s: float
    faces_found: float


def measure_frame_speed(pipeline: FramePipeline) -> FrameSpeed:
    """Detect, track, align, predict, smooth and draw on each frame of the sample clip."""
    _process_all(pipeline, islice(clip_frames(), WARM_UP_FRAMES))
    annotator = Annotator()
    timings = [_timed_frame(pipeline, annotator, frame)[1] for frame in clip_frames()]
    totals_ms = [stages["total"] for stages in timings]
    names = sorted({name for stages in timings for name in stages} - {"total"})
    return FrameSpeed(
        median_ms=median(totals_ms),
        p95_ms=quantiles(totals_ms, n=20)[-1],
        stages_ms={
            name: median([stages[name] for stages in timings if name in stages]) for name in names
        },
    )


def measure_crowd_speed(pipeline: FramePipeline) -> CrowdSpeed:
    """The same with eight faces in each frame."""
    with_faces = (result for result in map(pipeline.process, clip_frames()) if result.faces)
    frames = crowd_frames(list(islice(with_faces, CROWD_SOURCE_FRAMES)), CROWD_FRAMES)
    _process_all(pipeline, frames[:WARM_UP_FRAMES])
    annotator = Annotator()
    timed = [_timed_frame(pipeline, annotator, frame) for frame in frames]
    total_s = sum(stages["total"] for _, stages in timed) / 1000
    return CrowdSpeed(len(frames) / total_s, median(len(result.faces) for result, _ in timed))


def measure_memory_growth(pipeline: FramePipeline, frame_count: int) -> float | None:
    """MB by which resident memory grows over `frame_count` frames; None where unknown."""
    frames = looped_frames(chunk_frames=1)
    _process_all(pipeline, islice(frames, MEMORY_WARM_UP_FRAMES))
    before_mb = resident_mb()
    _process_all(pipeline, islice(frames, frame_count))
    after_mb = resident_mb()
    return None if before_mb is None or after_mb is None else after_mb - before_mb


def _process_all(pipeline: FramePipeline, frames: Iterable[Frame]) -> None:
    for frame in frames:
        pipeline.process(frame)


def _timed_frame(
    pipeline: FramePipeline, annotator: Annotator, frame: Frame
) -> tuple[FrameResult, dict[str, float]]:
    """The result, and the milliseconds of each stage, of drawing, and of all together."""
    start_s = perf_counter()
    result = pipeline.process(frame)
    processed_s = perf_counter()
    annotator.annotate(frame.image, result.faces)
    end_s = perf_counter()
    return result, {
        **result.timings_ms,
        "draw": (end_s - processed_s) * 1000,
        "total": (end_s - start_s) * 1000,
    }
