"""A job killed at random moments ends like one that was left in peace."""

import multiprocessing
import os
import random
from itertools import pairwise
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import pytest

from core.batch.database import Database
from core.batch.store import BatchStore
from tests.core.batch.builders import RECIPE, make_run, write_photo

PHOTOS_PER_KILL = 160


def run_to_the_end(path: Path, job_id: int, has_stored: Event) -> None:
    """What the killed process does; at module level, so that it can be sent there."""
    with BatchStore.open(path) as store:
        done = store.counts(job_id).done
        for progress in make_run(store, store.job(job_id)).run():
            if progress.done > done:
                has_stored.set()


def contents(store: BatchStore, job_id: int) -> list[tuple[Any, ...]]:
    """Every photo with its faces, but without ids."""
    return list(
        store.database.rows(
            "SELECT path, state, error, face_count, content_hash, number, left, top, right, "
            "bottom, score, landmarks, age, age_low, age_high, female_probability, gender "
            "FROM photo LEFT JOIN face ON photo_id = photo.id WHERE job_id = ? ORDER BY photo.id",
            (job_id,),
        )
    )


def make_album(folder: Path, count: int) -> None:
    """So many different photos, a copy and a broken file."""
    for number in range(count):
        size = 64 + number // 100, 48
        write_photo(folder / f"{number:04}.png", (2 * (number % 100) + 20, 0, 0), size)
    write_photo(folder / "a copy.png", (20, 0, 0))
    (folder / "broken.jpg").write_text("no picture")


@pytest.fixture(scope="module")
def context() -> Any:
    return make_context()


def make_context() -> Any:
    """Starts processes quickly: what they import is imported once."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is of Unix")
def test_a_job_killed_at_random_moments_equals_an_undisturbed_one(
    tmp_path: Path, context: Any
) -> None:
    check_killed_job(tmp_path, context, 3)


def check_killed_job(tmp_path: Path, context: Any, kills: int) -> None:
    """Kill a job so many times, and compare its end with that of an undisturbed one."""
    photo_count = PHOTOS_PER_KILL * (kills + 1)
    make_album(tmp_path / "album", photo_count)
    path = tmp_path / "killed.sqlite"
    with BatchStore.open(path) as store:
        job_id = store.create_job("job", [tmp_path / "album"], RECIPE).id
    chance = random.Random(kills)
    done = [0]
    for _ in range(kills):
        has_stored = context.Event()
        process = context.Process(target=run_to_the_end, args=(path, job_id, has_stored))
        process.start()
        assert has_stored.wait(30)
        process.join(chance.uniform(0, 0.03))
        process.kill()
        process.join()
        with BatchStore.open(path) as store:
            done.append(store.counts(job_id).done)
    assert all(before < after for before, after in pairwise(done)), "nothing is lost"
    assert done[-1] < photo_count, "every kill came in the middle"
    with BatchStore.open(path) as store, BatchStore.open(tmp_path / "calm.sqlite") as calm_store:
        list(make_run(store, store.job(job_id)).run())
        calm = calm_store.create_job("job", [tmp_path / "album"], RECIPE)
        list(make_run(calm_store, calm).run())
        assert contents(store, job_id) == contents(calm_store, calm.id)
        assert len(contents(store, job_id)) == photo_count + 2


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is of Unix")
def test_a_file_left_by_a_killed_process_is_sound(tmp_path: Path, context: Any) -> None:
    make_album(tmp_path / "album", 150)
    path = tmp_path / "jobs.sqlite"
    with BatchStore.open(path) as store:
        job_id = store.create_job("job", [tmp_path / "album"], RECIPE).id
    has_stored = context.Event()
    process = context.Process(target=run_to_the_end, args=(path, job_id, has_stored))
    process.start()
    assert has_stored.wait(30)
    process.kill()
    process.join()
    with Database(path) as database:
        assert list(database.rows("PRAGMA integrity_check")) == [("ok",)]
