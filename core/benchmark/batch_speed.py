"""How fast a folder of photos is labelled, and how much of that its bare parts need."""

import os
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from core.assembly import make_batch_job, make_detector, make_predictor, make_recipe
from core.batch.job_control import JobControl
from core.batch.photo_reader import NEEDED_SIDE_PX
from core.batch.record import JobCounts, PhotoState
from core.batch.row_query import labelled_photos
from core.batch.store import BatchStore
from core.benchmark.memory import peak_resident_mb
from core.benchmark.overhead import BareCalls, RecordingEngine, recorded
from core.errors import PhotoError
from core.estimation.predictor import Predictor
from core.faces.alignment import align_face
from core.settings import EngineChoice, Settings
from core.sources.photo import load_reduced

MAX_BARE_PHOTOS = 60
"""Photos, spread over the folder, whose bare parts are timed."""


@dataclass(frozen=True, slots=True)
class BatchSpeed:
    """A batch, measured.

    Attributes:
        photos_per_s: from the scan to the last stored answer, models loaded.
        efficiency: that, over what decoding, bare detector and bare engine calls alone would
            allow on all cores.
        peak_rss_mb: the most memory that the process held; None where the system does not say.
        bare_ms: milliseconds per photo on one thread: "decode", "detect", "predict".
    """

    photos_per_s: float
    efficiency: float
    peak_rss_mb: float | None
    photo_count: int
    face_count: int
    bare_ms: Mapping[str, float]


def measure_batch_speed(folder: Path, model_name: str | None, engine: EngineChoice) -> BatchSpeed:
    """Label the photos of a folder with a fresh store, then time the bare parts on some of them.

    Raises:
        ModelError: if the model cannot be used.
        PhotoError: if there is no photo that can be read.
    """
    settings = Settings(engine=engine)
    with TemporaryDirectory() as place, BatchStore.open(Path(place, "jobs.sqlite")) as store:
        job = store.create_job("benchmark", [folder], make_recipe(model_name, settings))
        with closing(make_batch_job(store, job, JobControl(), engine)) as batch:
            start_s = perf_counter()
            for _ in batch.run():
                pass
            elapsed_s = perf_counter() - start_s
        peak_mb = peak_resident_mb()
        counts = store.counts(job.id)
        photos = labelled_photos(store.database, job.id)
        paths = [photo.path for photo in photos if photo.facts.state is PhotoState.DONE]
    if not paths:
        raise PhotoError(f"{folder} holds no photo that could be read.")
    bare_ms = measure_bare_parts(paths[:: -(-len(paths) // MAX_BARE_PHOTOS)], model_name, settings)
    return _batch_speed(counts, elapsed_s, peak_mb, bare_ms)


def _batch_speed(
    counts: JobCounts, elapsed_s: float, peak_mb: float | None, bare_ms: Mapping[str, float]
) -> BatchSpeed:
    photos_per_s = counts.done / elapsed_s
    allowed_per_s = (os.cpu_count() or 1) * 1000 / sum(bare_ms.values())
    return BatchSpeed(
        photos_per_s, photos_per_s / allowed_per_s, peak_mb, counts.done, counts.faces, bare_ms
    )


def measure_bare_parts(
    paths: Sequence[Path], model_name: str | None, settings: Settings
) -> dict[str, float]:
    """Milliseconds per photo of what a batch cannot do without, one after another.

    The very calls of MediaPipe and of the engine that the photos need are made once, noted, and
    made again for the clock.
    """
    calls = BareCalls()
    bare = make_predictor(model_name, settings)
    decode_s = detect_s = 0.0
    with (
        closing(Predictor(bare.card, RecordingEngine(bare.engine, calls))) as predictor,
        make_detector(settings) as detector,
        recorded(calls),
    ):
        chips = []
        for path in paths:
            start_s = perf_counter()
            picture = load_reduced(path, NEEDED_SIDE_PX)
            decode_s += perf_counter() - start_s
            calls.clear()
            found = detector.detect_photo(picture.image)
            detect_s += _seconds(calls)
            size_px = bare.card.input_size_px
            chips += [align_face(picture.image, face, size_px) for face in found]
        calls.clear()
        if chips:
            predictor.predict(np.stack(chips), flip_average=True)
        predict_s = _seconds(calls)
    seconds = {"decode": decode_s, "detect": detect_s, "predict": predict_s}
    return {name: 1000 * value / len(paths) for name, value in seconds.items()}


def _seconds(calls: BareCalls) -> float:
    start_s = perf_counter()
    calls.repeat()
    return perf_counter() - start_s
