"""The jobs that are kept, each with how far it is."""

from dataclasses import dataclass

from core.batch.comparison import compared_job
from core.batch.database import Database
from core.batch.job_progress import JobProgress
from core.batch.record import Job, JobCounts
from core.batch.store import BatchStore

MAX_NEWEST = 3


@dataclass(frozen=True, slots=True)
class JobSummary:
    """A job as it stands, for a list.

    Attributes:
        other: the job that it is compared with; None for none, and in lists.
    """

    job: Job
    counts: JobCounts
    other: Job | None = None

    @property
    def is_finished(self) -> bool:
        """Whether every photo is known and has an answer."""
        return self.job.is_scanned and not self.counts.waiting


def read_summary(database: Database, job_id: int) -> JobSummary:
    """One job.

    Raises:
        StoreError: if it is not there any more.
    """
    store = BatchStore(database)
    return JobSummary(store.job(job_id), store.counts(job_id), compared_job(database, job_id))


def read_summaries(database: Database) -> tuple[JobSummary, ...]:
    """Every job, the newest first."""
    store = BatchStore(database)
    return tuple(JobSummary(job, store.counts(job.id)) for job in store.jobs())


def read_newest(database: Database) -> tuple[Job, ...]:
    """A few jobs, the newest first."""
    return BatchStore(database).jobs()[:MAX_NEWEST]


def read_unfinished(database: Database) -> JobSummary | None:
    """The newest job, if there is something left to do in it."""
    newest = next(iter(BatchStore(database).jobs()), None)
    summary = None if newest is None else read_summary(database, newest.id)
    return None if summary is None or summary.is_finished else summary


def resting_progress(summary: JobSummary) -> JobProgress:
    """How far a job is that does not run."""
    counts = summary.counts
    return JobProgress(
        is_scanning=not summary.job.is_scanned,
        total=counts.photos,
        done=counts.done,
        failed=counts.failed,
        skipped=counts.skipped,
        faces=counts.faces,
        videos=counts.videos,
    )
