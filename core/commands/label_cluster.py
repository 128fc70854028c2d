"""`main.py label SOURCE --cluster …`: the rows of a local job, made by many computers."""

import sys
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.assembly import make_recipe
from core.batch.job_control import JobControl
from core.batch.scan import SkippedFile
from core.commands.control_c import control_c_cancels
from core.commands.label import show_progress
from core.errors import VisageError
from core.settings import EngineChoice, Settings
from core.text import one_line

if TYPE_CHECKING:
    from core.cluster.part_file import PartFile


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterOptions:
    """What `main.py label --cluster` was asked for.

    Attributes:
        source: a folder, a file or a URL, as the user wrote it.
        cluster: "local" or "ray://HOST:PORT".
        out: the folder or URL that the rows go to.
        photos_per_part: about so many photos are one file of rows.
        worker_count: None for as many as the cluster has processors.
    """

    source: str
    cluster: str
    out: str
    photos_per_part: int
    worker_count: int | None = None
    min_face_px: int = 10
    is_thorough: bool = False
    model_name: str | None = None
    engine: EngineChoice = EngineChoice.AUTO

    @property
    def settings(self) -> Settings:
        """What the recipe takes from them."""
        return Settings(
            min_face_px=self.min_face_px, is_thorough=self.is_thorough, engine=self.engine
        )


def run(options: ClusterOptions) -> int:
    """Label photos and videos on a cluster; what is written already is not labelled again.

    Returns:
        0 if all were read and written, 1 if some were not.

    Raises:
        VisageError: if the cluster, the model, the source or the target cannot be used.
        KeyboardInterrupt: after Ctrl+C; it says what is kept and how to go on.
    """
    try:
        from core.cluster.cluster_job import ClusterJob
        from core.cluster.finding import find_work
        from core.cluster.ray_pool import LOCAL, RayPool
        from core.cluster.results import Results
        from core.cluster.storage import Storage
        from core.cluster.work import parts_of
    except ImportError as error:
        raise VisageError(
            f"A cluster needs the extra `cluster`, which is not installed ({error})."
        ) from error
    recipe = make_recipe(options.model_name, options.settings)
    source, target = Storage(options.source), Storage(options.out)
    results = Results(target)
    name = results.begin(source, recipe)
    skipped: list[SkippedFile] = []
    work = parts_of(find_work(source, name, skipped), recipe, options.photos_per_part)
    control = JobControl()
    worker = (recipe.to_text(), source.full_url, target.full_url, options.engine.value)
    pool = RayPool(options.cluster, options.worker_count, worker)
    job = ClusterJob(work, results.part_files(), pool, control)
    try:
        with control_c_cancels(control), closing(pool):
            show_progress(job.run())
        files = [file for file in job.files.values() if file is not None]
        if control.is_cancelled:
            raise KeyboardInterrupt(
                f"Stopped with {sum(file.photos for file in files)} photos labelled, which are "
                "kept: the same command goes on from there."
            )
        results.finish(recipe, files)
    finally:
        # Workers of a cluster that stays may write for a while yet.
        if options.cluster == LOCAL or not job.has_begun:
            with suppress(VisageError):  # what went wrong before is told
                results.release()
    return 0 if _tell_trouble(files, skipped) else 1


def _tell_trouble(files: "list[PartFile]", skipped: list[SkippedFile]) -> bool:
    """Say what went wrong outside the rows; True if nothing did, inside them either."""
    if not files and not skipped:
        print("No photos or videos were found.", file=sys.stderr)
    for one in skipped:
        print(f"{one_line(str(one.path))}: {one.reason}", file=sys.stderr)
    unreached = sum(file.unreached for file in files)
    if unreached:
        print(
            f"Photos that could not be reached: {unreached}. The same command tries them again.",
            file=sys.stderr,
        )
    return not (skipped or any(file.failed for file in files))
