"""What the photos of a batch cost: its bare parts on all threads, and each stage in processor time.

The bare parts are what no batch can do without: decoding the photos at their reduced scale, and
the very calls of MediaPipe and of the engine that their faces need, noted once and made again. As
in a batch, photos are decoded and searched by several threads at once, each with a detector of its
own, while one thread calls the engine, which has threads of its own. What Visage adds is left out:
the hash of the file, the pictures that MediaPipe looks at, the crop, the store, and waiting.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from core.assembly import make_detector, make_predictor
from core.batch.photo_reader import NEEDED_SIDE_PX, hash_content
from core.benchmark.overhead import BareCalls, RecordingEngine, recorded
from core.estimation.predictor import Predictor
from core.faces.alignment import align_face
from core.faces.detector import FaceDetector
from core.settings import Settings
from core.sources.photo import load_reduced
from core.stage_clock import StageClock
from core.types import Image


@dataclass(frozen=True, slots=True)
class PhotoCosts:
    """Milliseconds per photo.

    Attributes:
        bare_ms: that pass while all threads do nothing but "decode", then "detect", "predict".
        stages_cpu_ms: of processor time, one photo after another: "hash", "decode", "detect"
            with making the pictures that the detectors see, "crop", "predict".
    """

    bare_ms: Mapping[str, float]
    stages_cpu_ms: Mapping[str, float]


def measure_photo_costs(
    paths: Sequence[Path], model_name: str | None, settings: Settings, thread_count: int
) -> PhotoCosts:
    """Read the photos stage by stage, then make their bare calls again.

    Args:
        thread_count: as many as read photos in the batch.

    Raises:
        ModelError: if the model cannot be used.
    """
    shares = [paths[start::thread_count] for start in range(min(thread_count, len(paths)))]
    clock = StageClock(process_time)
    engine_calls = BareCalls()
    bare = make_predictor(model_name, settings)
    with ExitStack() as open_parts:
        recording = RecordingEngine(bare.engine, engine_calls)
        predictor = open_parts.enter_context(closing(Predictor(bare.card, recording)))
        chips: list[Image] = []
        detector_calls: list[BareCalls] = []
        for share in shares:
            detector = open_parts.enter_context(make_detector(settings))
            calls = BareCalls()
            chips += _search(share, detector, calls, clock, bare.card.input_size_px)
            detector_calls.append(calls)
        engine_calls.clear()
        with clock.stage("predict"):
            predictor.predict(_stacked(chips, bare.card.input_size_px), flip_average=True)
        seconds = {
            "decode": _seconds([partial(_decode, share) for share in shares]),
            "detect": _seconds([calls.repeat for calls in detector_calls]),
            "predict": _seconds([engine_calls.repeat]),
        }
    return PhotoCosts(
        bare_ms={name: 1000 * value / len(paths) for name, value in seconds.items()},
        stages_cpu_ms={name: ms / len(paths) for name, ms in clock.timings_ms.items()},
    )


def _search(
    paths: Sequence[Path],
    detector: FaceDetector,
    calls: BareCalls,
    clock: StageClock,
    chip_size_px: int,
) -> list[Image]:
    """The chips of these photos; `calls` notes what MediaPipe was asked, `clock` the stages."""
    chips: list[Image] = []
    with recorded(calls):
        for path in paths:
            with clock.stage("hash"):
                hash_content(path)
            with clock.stage("decode"):
                image = load_reduced(path, NEEDED_SIDE_PX).image
            with clock.stage("detect"):
                found = detector.detect_photo(image)
            with clock.stage("crop"):
                chips += [align_face(image, face, chip_size_px) for face in found]
    return chips


def _stacked(chips: Sequence[Image], size_px: int) -> Image:
    return np.stack(chips) if chips else np.empty((0, size_px, size_px, 3), np.uint8)


def _decode(paths: Sequence[Path]) -> None:
    for path in paths:
        load_reduced(path, NEEDED_SIDE_PX)


def _seconds(tasks: Sequence[Callable[[], object]]) -> float:
    """The time that passes while each task has a thread."""
    with ThreadPoolExecutor(len(tasks)) as executor:
        start_s = perf_counter()
        for answer in [executor.submit(task) for task in tasks]:
            answer.result()
        return perf_counter() - start_s
