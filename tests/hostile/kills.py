"""Exports that are killed at random moments, again and again into the same place."""

import multiprocessing
import random
from collections.abc import Iterator
from hashlib import sha256
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from core.batch.export.export_task import ExportFormat, ExportTask, run_export
from core.batch.export.report import ExportReport
from core.batch.store import BatchStore
from core.errors import ExportError
from tests.core.batch.builders import run_job, write_album

PHOTOS = 60
SOON_S = 0.12


def make_job(folder: Path) -> tuple[Path, int]:
    """A store with a job of photos that lie in `folder`/album."""
    (folder / "album").mkdir(parents=True)
    write_album(folder / "album", PHOTOS)
    path = folder / "jobs.sqlite"
    with BatchStore.open(path) as store:
        job, _ = run_job(store, [folder / "album"])
    return path, job.id


def export_all(store_path: Path, job_id: int, folder: Path, begun: Event | None = None) -> None:
    """Write every format below `folder`, the sidecars beside the photos."""
    targets = {
        ExportFormat.CSV: folder / "faces.csv",
        ExportFormat.WORKBOOK: folder / "faces.xlsx",
        ExportFormat.JSON_LINES: folder / "faces.jsonl",
    }
    with BatchStore.open(store_path) as store:
        if begun is not None:
            begun.set()
        for kind in ExportFormat:
            report = ExportReport()
            task = ExportTask(job_id, kind, targets.get(kind, folder / kind.value))
            run_export(store.database, task, report, lambda _: None, lambda: False)
            if report.failures:
                raise ExportError(report.failures[0][1])


def export_undisturbed(store_path: Path, job_id: int, folder: Path) -> None:
    """Write every format in a process of its own, as the kills were."""
    process = _context().Process(target=export_all, args=(store_path, job_id, folder))
    process.start()
    process.join()
    assert process.exitcode == 0


def kill_exports(store_path: Path, job_id: int, folder: Path, kills: int) -> Iterator[None]:
    """Begin the exports and kill them somewhere on their way; yields after each kill."""
    context = _context()
    chance = random.Random(kills)
    span_s = SOON_S
    for _ in range(kills):
        begun = context.Event()
        process = context.Process(target=export_all, args=(store_path, job_id, folder, begun))
        process.start()
        assert begun.wait(60)
        process.join(chance.uniform(0, span_s))
        # Where it was done before it could be killed, the next has less time; else more.
        span_s *= 0.8 if process.exitcode is not None else 1.2
        process.kill()
        process.join()
        yield


def _context() -> Any:
    """Starts processes quickly: what they import is imported once."""
    context: Any = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def contents(folder: Path) -> set[tuple[str, str]]:
    """What lies below a folder; of chips, whose names hold the time, the contents alone."""
    found = set()
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.endswith(".part") and ".part" not in path.parent.name:
            place = path.relative_to(folder)
            is_chip = place.parts[0] == ExportFormat.TRAINING_CHIPS.value
            found.add(("chip" if is_chip else str(place), _digest(path)))
    return found


def _digest(path: Path) -> str:
    if path.suffix == ".xlsx":  # it holds the time of its making
        with ZipFile(path) as archive:
            return sha256(archive.read("xl/worksheets/sheet1.xml")).hexdigest()
    return sha256(path.read_bytes()).hexdigest()


def left_behind(folder: Path) -> list[Path]:
    """What nobody wants to find."""
    return [path for path in folder.rglob("*") if ".visage-" in path.name]
