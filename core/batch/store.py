"""The jobs of a user, kept through crashes: made, filled by a scan, labelled photo by photo.

A photo and its faces are stored in one transaction, and only while the photo is still waiting:
killed at any moment, or run twice at once, a job neither loses nor repeats a photo.
"""

import json
import os
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

from core.batch.database import Database
from core.batch.file_stamp import file_stamp
from core.batch.leaving_out import LEFT_OUT
from core.batch.outcome import SAME_CONTENT, Outcome, copy_answer, store_outcome
from core.batch.recipe import Recipe
from core.batch.record import Job, JobCounts, PhotoState, WaitingPhoto
from core.batch.renewal import KNOWN_WIDTH_PX, ask_anew
from core.batch.scan import Finding, FoundPhoto, SkippedFile
from core.batch.stored_row import (
    JOB_COLUMNS,
    SKIPPED_COLUMNS,
    WAITING_COLUMNS,
    job_of,
    skipped_file_of,
    state_count_of,
    waiting_photo_of,
)
from core.closing import Closing
from core.errors import StoreError
from core.text import printable, search_text

_DELETED = "This job was deleted."


class BatchStore(Closing):
    """Makes, fills and deletes jobs. What they hold is read by `core.batch.row_query`.

    Every method raises StoreError if the file cannot be read or written any more.
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    @classmethod
    def open(cls, path: Path) -> Self:
        """The store in the file `path`, made if it is not there.

        Raises:
            StoreError: as `Database`.
        """
        return cls(Database(path))

    def create_job(
        self,
        title: str,
        roots: Iterable[Path],
        recipe: Recipe,
        *,
        is_anew: bool = False,
        compared_with: int | None = None,
    ) -> Job:
        """A job without photos; a scan fills it.

        Args:
            is_anew: take no answers of other jobs.
            compared_with: another job over the same photos, whose answers are shown beside; what a
                person left out of that one is left out of this one, too.
        """
        given = _roots_text(_absolute(roots))
        with self.database.transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO job (title, created_at_s, roots, recipe, is_anew, compared_with) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (printable(title), time.time(), given, recipe.to_text(), is_anew, compared_with),
            )
            connection.execute(
                "INSERT INTO skipped SELECT ?, path, reason, is_trouble FROM skipped "
                f"WHERE job_id = ? AND reason = '{LEFT_OUT}'",
                (cursor.lastrowid, compared_with),
            )
        return self.job(cursor.lastrowid or 0)

    def jobs(self) -> tuple[Job, ...]:
        """Every job, the newest first."""
        sql = f"SELECT {JOB_COLUMNS} FROM job ORDER BY id DESC"
        return tuple(self.database.read(job_of, sql))

    def job(self, job_id: int) -> Job:
        """One job.

        Raises:
            StoreError: if it is not there any more.
        """
        sql = f"SELECT {JOB_COLUMNS} FROM job WHERE id = ?"
        job = next(self.database.read(job_of, sql, (job_id,)), None)
        if job is None:
            raise StoreError(_DELETED)
        return job

    def unfinished_job_of(self, roots: Iterable[Path], recipe: Recipe) -> Job | None:
        """The newest job of the same paths and recipe, if its scan is not over or a photo waits."""
        given = _absolute(roots)
        same = (job for job in self.jobs() if (job.roots, job.recipe) == (given, recipe))
        newest = next(same, None)
        if newest is None or (newest.is_scanned and not self.counts(newest.id).waiting):
            return None
        return newest

    def rename_job(self, job_id: int, title: str) -> Job:
        """Call a job something else; the job as it is now.

        Raises:
            StoreError: if it is not there any more.
        """
        with self.database.transaction() as connection:
            connection.execute("UPDATE job SET title = ? WHERE id = ?", (printable(title), job_id))
        return self.job(job_id)

    def delete_job(self, job_id: int) -> None:
        """Forget a job with everything in it. The photos themselves stay where they are."""
        with self.database.transaction() as connection:
            connection.execute("DELETE FROM job WHERE id = ?", (job_id,))

    def delete_replaced(self, job: Job) -> None:
        """Forget finished jobs of the same paths and recipe before `job`, if no photo of it waits.

        One that is not finished may be running still.
        """
        with self.database.transaction() as connection:
            connection.execute(
                "DELETE FROM job WHERE id < ? AND roots = ? AND recipe = ? AND is_scanned "
                "AND NOT EXISTS "
                "(SELECT 1 FROM photo WHERE job_id IN (job.id, ?) AND state = 'waiting')",
                (job.id, _roots_text(job.roots), job.recipe.to_text(), job.id),
            )

    def counts(self, job_id: int) -> JobCounts:
        """How far a job is."""
        # `total` takes what `sum` would overflow on.
        rows = self.database.read(
            state_count_of,
            "SELECT state, is_video, count(*), total(face_count) FROM photo WHERE job_id = ? "
            "GROUP BY state, is_video",
            (job_id,),
        )
        photos: Counter[PhotoState] = Counter()
        videos: Counter[PhotoState] = Counter()
        faces = 0
        for state, is_video, photo_count, face_count in rows:
            photos[state] += photo_count
            videos[state] += photo_count * is_video
            faces += face_count * (state is PhotoState.DONE)
        skipped = self.database.row("SELECT count(*) FROM skipped WHERE job_id = ?", (job_id,))
        return JobCounts(
            waiting=photos[PhotoState.WAITING],
            done=photos[PhotoState.DONE],
            failed=photos[PhotoState.FAILED],
            skipped=0 if skipped is None else skipped[0],
            faces=faces,
            videos=videos.total(),
            waiting_videos=videos[PhotoState.WAITING],
        )

    def add_findings(self, job_id: int, findings: Iterable[Finding]) -> None:
        """Store what a scan found; what has an answer already is left as it is.

        Raises:
            StoreError: also if the job is not there any more.
        """
        findings = tuple(findings)
        photos = [_photo_row(job_id, one) for one in findings if isinstance(one, FoundPhoto)]
        skipped = [
            (job_id, os.fsencode(one.path), one.reason, one.is_trouble)
            for one in findings
            if isinstance(one, SkippedFile)
        ]
        width_px = KNOWN_WIDTH_PX.format("excluded.size_bytes", "excluded.mtime_ns")
        with self.database.transaction() as connection:
            if connection.execute("SELECT 1 FROM job WHERE id = ?", (job_id,)).fetchone() is None:
                raise StoreError(_DELETED)
            connection.executemany(
                "INSERT INTO photo (job_id, path, search_path, size_bytes, mtime_ns, is_video) "
                "SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS (SELECT 1 FROM skipped "
                f"WHERE job_id = ?1 AND path = ?2 AND reason = '{LEFT_OUT}') "
                f"ON CONFLICT (job_id, path) DO UPDATE SET width_px = {width_px}, "
                "size_bytes = excluded.size_bytes, mtime_ns = excluded.mtime_ns "
                "WHERE state = 'waiting'",
                photos,
            )
            # An older Visage left out what this one reads.
            connection.executemany(
                f"DELETE FROM skipped WHERE job_id = ? AND path = ? AND reason <> '{LEFT_OUT}'",
                [photo[:2] for photo in photos],
            )
            connection.executemany("INSERT OR IGNORE INTO skipped VALUES (?, ?, ?, ?)", skipped)

    def end_scan(self, job_id: int) -> None:
        """Every photo is known now."""
        with self.database.transaction() as connection:
            connection.execute("UPDATE job SET is_scanned = 1 WHERE id = ?", (job_id,))

    def skipped(self, job_id: int, offset: int = 0, limit: int = -1) -> tuple[SkippedFile, ...]:
        """What the scan left out, by path; all of it unless limited."""
        skipped = self.database.read(
            skipped_file_of,
            f"SELECT {SKIPPED_COLUMNS} FROM skipped WHERE job_id = ? "
            "ORDER BY path LIMIT ? OFFSET ?",
            (job_id, limit, offset),
        )
        return tuple(skipped)

    def waiting_photos(
        self, job_id: int, after_id: int, limit: int, *, is_video: bool = False
    ) -> tuple[WaitingPhoto, ...]:
        """The next photos, or videos, to read, in the order of the scan."""
        photos = self.database.read(
            waiting_photo_of,
            f"SELECT {WAITING_COLUMNS} FROM photo WHERE job_id = ? AND state = 'waiting' "
            "AND is_video = ? AND id > ? ORDER BY id LIMIT ?",
            (job_id, is_video, after_id, limit),
        )
        return tuple(photos)

    def retry_failed(self, job_id: int) -> None:
        """Let photos that could not be read wait again, as they are now."""
        photos = self.database.read(
            waiting_photo_of,
            f"SELECT {WAITING_COLUMNS} FROM photo WHERE job_id = ? AND state = 'failed'",
            (job_id,),
        )
        stamps = [(*_stamp(photo.path), photo.id) for photo in photos]
        width_px = KNOWN_WIDTH_PX.format("?1", "?2")
        with self.database.transaction() as connection:
            connection.executemany(
                "UPDATE photo SET state = 'waiting', error = NULL, "
                f"width_px = {width_px}, size_bytes = ?1, mtime_ns = ?2 WHERE id = ?3",
                stamps,
            )

    def answer_unchanged(self, job_id: int) -> int:
        """Answer photos that an earlier job with the same recipe labelled and that are unchanged.

        Returns:
            How many were answered; they need not be read.
        """
        with self.database.transaction() as connection:
            pairs = connection.execute(
                "SELECT photo.id, max(earlier.id) FROM photo "
                "JOIN job ON job.id = photo.job_id "
                "JOIN photo AS earlier ON earlier.path = photo.path AND earlier.state = 'done' "
                "AND earlier.size_bytes = photo.size_bytes AND earlier.mtime_ns = photo.mtime_ns "
                "JOIN job AS earlier_job ON earlier_job.id = earlier.job_id "
                "AND earlier_job.recipe = job.recipe "
                "WHERE photo.job_id = ? AND photo.state = 'waiting' GROUP BY photo.id",
                (job_id,),
            ).fetchall()
            for photo_id, earlier_id in pairs:
                copy_answer(connection, photo_id, earlier_id)
        return len(pairs)

    def ask_anew(self, job_id: int, recipe: Recipe) -> None:
        """Let every photo of a job be found and answered again; corrections by hand stay."""
        with self.database.transaction() as connection:
            ask_anew(connection, job_id, recipe.to_text())

    def knows_content(self, recipe_text: str, content_hash: bytes, first_job: int = 0) -> bool:
        """Whether a photo of these very bytes was labelled by this recipe.

        Args:
            first_job: answers of jobs before it do not count.
        """
        values = (content_hash, recipe_text, first_job)
        return self.database.row(SAME_CONTENT, values) is not None

    def store_outcomes(
        self, recipe_text: str, outcomes: Iterable[Outcome], first_job: int = 0
    ) -> None:
        """Store what became of photos, all of them or none.

        Known content whose answer was deleted meanwhile leaves its photo waiting.
        """
        with self.database.transaction() as connection:
            for outcome in outcomes:
                store_outcome(connection, recipe_text, outcome, first_job)

    def close(self) -> None:
        self.database.close()


def _photo_row(job_id: int, photo: FoundPhoto) -> tuple[Any, ...]:
    shown = search_text(str(photo.path))
    path = os.fsencode(photo.path)
    return job_id, path, shown, photo.size_bytes, photo.mtime_ns, photo.is_video


def _absolute(roots: Iterable[Path]) -> tuple[Path, ...]:
    """A job is resumed from any folder."""
    return tuple(Path(os.path.abspath(root)) for root in roots)  # noqa: PTH100  links keep their names


def _roots_text(roots: Iterable[Path]) -> str:
    """Equal roots give equal texts."""
    return json.dumps([str(root) for root in roots])


def _stamp(path: Path) -> tuple[int, int]:
    try:
        return file_stamp(path.stat())
    except OSError:
        return 0, 0
