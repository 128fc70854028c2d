"""A job with more photos than anybody would label in a test."""

from pathlib import Path

from core.batch.database import Database
from core.batch.record import Job
from core.batch.store import BatchStore
from tests.core.batch.builders import RECIPE

NUMBERS = """
WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < :count - 1)
"""


def fill_with_many(path: Path, count: int, compared_with: int | None = None) -> Job:
    """A finished job of `count` photos with a face each: number n of the store is n % 90 years old.

    Args:
        compared_with: the id of a job of the same photos.
    """
    with BatchStore(Database(path)) as store:
        job = store.create_job("Many", [Path("/album")], RECIPE, compared_with=compared_with)
        values = {"count": count, "job": job.id}
        with store.database.transaction() as connection:
            connection.execute(
                NUMBERS
                + "INSERT INTO photo (job_id, path, search_path, size_bytes, mtime_ns, width_px, "
                "height_px, face_count, state) "
                "SELECT :job, CAST(printf('/album/%06d.jpg', n) AS BLOB), "
                "printf('/album/%06d.jpg', n), 1, 1, 4000, 3000, 1, 'done' FROM numbers",
                values,
            )
            connection.execute(
                "INSERT INTO face (photo_id, number, left, top, right, bottom, score, landmarks, "
                "age, age_low, age_high, female_probability, gender) "
                "SELECT id, 1, 100, 100, 300, 300, 0.9, zeroblob(48), (id - 1) % 90, "
                "(id - 1) % 90, (id - 1) % 90 + 9, 0.9, 'female' FROM photo WHERE job_id = :job",
                values,
            )
        store.end_scan(job.id)
        return store.job(job.id)
