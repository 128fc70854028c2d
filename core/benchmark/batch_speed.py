"""How fast a folder of photos is labelled, and how much of that its bare parts need."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from core.assembly import (
    default_worker_count,
    make_batch_job,
    make_photo_search,
    make_recipe,
)
from core.batch.job_control import JobControl
from core.batch.job_progress import JobProgress
from core.batch.record import JobCounts, PhotoState
from core.batch.row_query import labelled_photos
from core.batch.store import BatchStore
from core.benchmark.bare_parts import PhotoCosts, measure_photo_costs
from core.benchmark.memory import peak_resident_mb, resident_mb
from core.errors import PhotoError
from core.settings import EngineChoice, Settings

MAX_MEASURED_PHOTOS = 60
"""Photos, spread over the folder, whose costs are measured one by one."""

WARM_UP_PHOTOS = 1000
"""From then on memory should be flat."""


@dataclass(frozen=True, slots=True)
class BatchSpeed:
    """A batch, measured.

    Attributes:
        photos_per_s: from the scan to the last stored answer, models loaded.
        efficiency: that, over what decoding, detector and engine calls alone, one after the
            other on the same threads, allow: see `core.benchmark.bare_parts`. Beyond 1 where
            the stages fill each other's gaps.
        peak_rss_mb: the most memory that the process held; None where the system does not say.
        rss_growth_mb: by how much it held more after the last photo than after photo 1,000; None
            with fewer photos, too.
        bare_ms: what these alone take per photo.
        stages_cpu_ms: processor time of each stage per photo.
    """

    photos_per_s: float
    efficiency: float
    peak_rss_mb: float | None
    rss_growth_mb: float | None
    photo_count: int
    face_count: int
    bare_ms: Mapping[str, float]
    stages_cpu_ms: Mapping[str, float]


def measure_batch_speed(folder: Path, model_name: str | None, engine: EngineChoice) -> BatchSpeed:
    """Label the photos of a folder with a fresh store, then measure what some of them cost.

    Raises:
        ModelError: if the model cannot be used.
        PhotoError: if there is no photo that can be read.
    """
    settings = Settings(engine=engine)
    make_photo_search(settings)  # what it needs is imported before the clock runs
    threads = default_worker_count()
    with TemporaryDirectory() as place, BatchStore.open(Path(place, "jobs.sqlite")) as store:
        job = store.create_job("benchmark", [folder], make_recipe(model_name, settings))
        with closing(make_batch_job(store, job, JobControl(), engine, threads)) as batch:
            run = _run(batch.run())
        counts = store.counts(job.id)
        photos = labelled_photos(store.database, job.id)
        paths = [photo.path for photo in photos if photo.facts.state is PhotoState.DONE]
    if not paths:
        raise PhotoError(f"{folder} holds no photo that could be read.")
    measured = paths[:: -(-len(paths) // MAX_MEASURED_PHOTOS)]
    costs = measure_photo_costs(measured, model_name, settings, threads)
    return _batch_speed(counts, run, costs)


@dataclass(frozen=True, slots=True)
class _Run:
    """How long a whole batch took, and the memory it held."""

    elapsed_s: float
    peak_mb: float | None
    growth_mb: float | None


def _run(progresses: Iterable[JobProgress]) -> _Run:
    warm_mb = None
    start_s = perf_counter()
    for progress in progresses:
        if warm_mb is None and progress.done >= WARM_UP_PHOTOS:
            warm_mb = resident_mb()
    elapsed_s = perf_counter() - start_s
    end_mb = resident_mb()
    growth_mb = None if warm_mb is None or end_mb is None else end_mb - warm_mb
    return _Run(elapsed_s, peak_resident_mb(), growth_mb)


def _batch_speed(counts: JobCounts, run: _Run, costs: PhotoCosts) -> BatchSpeed:
    photos_per_s = counts.done / run.elapsed_s
    return BatchSpeed(
        photos_per_s=photos_per_s,
        efficiency=photos_per_s * sum(costs.bare_ms.values()) / 1000,
        peak_rss_mb=run.peak_mb,
        rss_growth_mb=run.growth_mb,
        photo_count=counts.done,
        face_count=counts.faces,
        bare_ms=costs.bare_ms,
        stages_cpu_ms=costs.stages_cpu_ms,
    )
