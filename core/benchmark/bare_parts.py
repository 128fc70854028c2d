"""What the photos of a batch cost: its bare parts on all threads, and each stage in processor time.

The bare parts are what no batch can do without: decoding the photos at their reduced scale, and
the very calls of YuNet, BlazeFace and the engine that their faces need, noted once and made again
by several threads at once; bringing a photo to YuNet's size is a part of its call. What Visage adds
is left out: the hash of the file, what the second look sees, the crop, the store, and waiting for
each other.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from core.assembly import make_batch_predictor, make_photo_search
from core.batch.photo_reader import hash_content
from core.benchmark.overhead import BareCalls, RecordingEngine, recorded
from core.estimation.predictor import Predictor
from core.faces.alignment import align_face
from core.photo_labelling import FaceSearch
from core.settings import Settings
from core.sources.photo import read_photo
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
    clock = StageClock(process_time)
    with ExitStack() as open_parts:
        bare = open_parts.enter_context(make_batch_predictor(model_name, settings))
        search = make_photo_search(settings)
        shares = [
            _noted(paths[start::thread_count], search, bare, clock)
            for start in range(min(thread_count, len(paths)))
        ]
        seconds = {
            "decode": _seconds([share.decode for share in shares]),
            "detect": _seconds([share.detector_calls.repeat for share in shares]),
            "predict": _seconds([share.engine_calls.repeat for share in shares]),
        }
    return PhotoCosts(
        bare_ms={name: 1000 * value / len(paths) for name, value in seconds.items()},
        stages_cpu_ms={name: ms / len(paths) for name, ms in clock.timings_ms.items()},
    )


@dataclass(frozen=True, slots=True)
class _Share:
    """The photos of one thread, and the calls that they need."""

    paths: Sequence[Path]
    detector_calls: BareCalls
    engine_calls: BareCalls

    def decode(self) -> None:
        for path in self.paths:
            read_photo(path)


def _noted(paths: Sequence[Path], search: FaceSearch, bare: Predictor, clock: StageClock) -> _Share:
    """Do all that these photos need, and note the calls; `clock` takes the time of each stage."""
    share = _Share(paths, BareCalls(), BareCalls())
    size_px = bare.card.input_size_px
    chips: list[Image] = []
    with recorded(share.detector_calls):
        for path in paths:
            with clock.stage("hash"):
                hash_content(path, lambda: False)
            with clock.stage("decode"):
                image = read_photo(path).image
            with clock.stage("detect"):
                found = search.detect_photo(image)
            with clock.stage("crop"):
                chips += [align_face(image, face, size_px) for face in found]
    predictor = Predictor(bare.card, RecordingEngine(bare.engine, share.engine_calls))
    share.engine_calls.clear()  # of the first try
    with clock.stage("predict"):
        if chips:
            predictor.predict(np.stack(chips), flip_average=True)
    return share


def _seconds(tasks: Sequence[Callable[[], object]]) -> float:
    """The time that passes while each task has a thread."""
    with ThreadPoolExecutor(len(tasks)) as executor:
        start_s = perf_counter()
        for answer in [executor.submit(task) for task in tasks]:
            answer.result()
        return perf_counter() - start_s
