"""`main.py jobs`: the jobs that are kept, and what can be saved of them where they are damaged."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from core.batch.database import command_line_path, default_path
from core.batch.record import Job, JobCounts
from core.batch.repair import Repair
from core.batch.repair import repair as repair_store
from core.batch.store import BatchStore
from core.errors import StoreError
from core.text import one_line


def list_jobs() -> int:
    """Print every job of the window and of the command line; 0.

    Raises:
        StoreError: if they cannot be read.
    """
    lines = [line for name, path in _stores() for line in _job_lines(name, path)]
    print("\n".join(lines) if lines else "No jobs are kept.")
    return 0


def repair() -> int:
    """Save what can be read of each store that is damaged; 0.

    Raises:
        StoreError: if one is in use, or cannot be written.
    """
    stores = list(_stores())
    if not stores:
        print("No jobs are kept.")
    for name, path in stores:
        print(f"{name}: {_told(repair_store(path))}")
    return 0


def _stores() -> Iterator[tuple[str, Path]]:
    stores = {"window": default_path(), "command line": command_line_path()}
    yield from ((name, path) for name, path in stores.items() if _is_kept(path))


def _is_kept(path: Path) -> bool:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise StoreError(
            f"The stored jobs in {path} cannot be looked for ({error.strerror})."
        ) from error
    return True


def _job_lines(name: str, path: Path) -> Iterator[str]:
    with BatchStore.open(path) as store:
        for job in store.jobs():
            yield f"{name}, {_job_text(job, store.counts(job.id))}"


def _job_text(job: Job, counts: JobCounts) -> str:
    begun = datetime.fromtimestamp(job.created_at_s)
    parts = [_counted(counts.photos, "photo"), _counted(counts.faces, "face")]
    if counts.failed:
        parts.append(f"{counts.failed} could not be read")
    if not job.is_scanned:
        parts.append("not looked through yet")
    elif counts.waiting:
        parts.append(f"{counts.waiting} still to be labelled")
    return f"{begun:%Y-%m-%d %H:%M}, {one_line(job.title)}: {', '.join(parts)}"


def _told(done: Repair | None) -> str:
    if done is None:
        return "nothing is damaged."
    jobs, photos = _counted(done.jobs, "job"), _counted(done.photos, "photo")
    sentences = [f"Saved: {jobs} with {photos} and {_counted(done.faces, 'face')}."]
    if done.waiting_again:
        sentences.append(
            f"Without answer now: {_counted(done.waiting_again, 'photo')}, "
            "to be labelled again when the job goes on."
        )
    sentences.append(f"The damaged file is kept as {done.damaged_path}.")
    return " ".join(sentences)


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
