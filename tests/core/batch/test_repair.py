"""What is readable of a damaged store is saved."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core.batch.backup import backups
from core.batch.correction import correct_face
from core.batch.record import Correction, JobCounts
from core.batch.repair import repair
from core.batch.store import BatchStore
from core.errors import DamagedStoreError, StoreError
from tests.core.batch.builders import fill_job, make_face, photos_of
from tests.core.batch.damage import make_store, put, unguarded
from tests.core.batch.test_store import write_first_version

PAGE = 4096


def make_large_store(path: Path) -> int:
    """400 photos with a face each, the first of them corrected, without a log beside it."""
    with BatchStore.open(path) as store:
        job = fill_job(store, {f"{number}.jpg": [make_face()] for number in range(400)})
        face_id = photos_of(store, job)[0].faces[0].id
        for age_years in (40, 41):
            correct_face(store.database, face_id, Correction(age_years))
    return job.id


def overwrite_pages(path: Path, table: str, count: int, *, leaves: bool) -> None:
    """Noise in some pages of a table, its root or leaves of it."""
    with closing(sqlite3.connect(path)) as connection:
        sql = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        root = connection.execute(sql, (table,)).fetchone()[0]
    content = bytearray(path.read_bytes())
    at = (root - 1) * PAGE
    assert content[at] == 5, "an interior page"
    pages = [root]
    if leaves:
        cells = int.from_bytes(content[at + 3 : at + 5], "big")
        places = [
            int.from_bytes(content[at + 12 + 2 * n : at + 14 + 2 * n], "big") for n in range(cells)
        ]
        pages = [int.from_bytes(content[at + place : at + place + 4], "big") for place in places][
            2:
        ]
    for page in pages[:count]:
        content[(page - 1) * PAGE : page * PAGE] = b"\xa5" * PAGE
    path.write_bytes(content)


def test_a_sound_store_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    make_store(path)
    before = path.read_bytes()
    assert repair(path) is None
    assert path.read_bytes() == before


@pytest.mark.parametrize(("table", "count"), [("face", 1), ("face", 3), ("photo", 2)])
def test_what_lies_on_other_pages_is_saved_and_the_rest_waits(
    tmp_path: Path, table: str, count: int
) -> None:
    path = tmp_path / "jobs.sqlite"
    job_id = make_large_store(path)
    for backup in backups(path):
        backup.unlink()
    overwrite_pages(path, table, count, leaves=True)
    done = repair(path)
    assert done is not None
    assert done.damaged_path.exists()
    with BatchStore.open(path) as store:
        counts = store.counts(job_id)
        assert counts == JobCounts(
            done=done.photos - done.waiting_again, waiting=done.waiting_again, faces=done.faces
        )
        assert 200 < counts.done < 400
        photos = photos_of(store, store.job(job_id))
        assert photos[0].faces[0].age_years == 41
    assert repair(path) is None


def test_what_is_lost_comes_from_the_backup(tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    job_id = make_large_store(path)
    overwrite_pages(path, "face", 3, leaves=True)
    done = repair(path)
    assert done is not None
    assert (done.photos, done.faces, done.waiting_again) == (400, 400, 0)
    with BatchStore.open(path) as store:
        assert photos_of(store, store.job(job_id))[0].faces[0].age_years == 41


@pytest.mark.parametrize("content", [b"", b"x", b"no database at all" * 500, bytes(100)])
def test_a_file_of_which_nothing_can_be_read_is_replaced_by_its_backup(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "jobs.sqlite"
    make_large_store(path)
    path.write_bytes(content)
    with pytest.raises(DamagedStoreError, match="jobs repair"):
        BatchStore.open(path)
    done = repair(path)
    assert done is not None
    assert (done.jobs, done.photos, done.faces) == (1, 400, 400)


def test_an_empty_file_without_a_backup_is_a_new_store(tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    path.touch()
    assert repair(path) is None
    with BatchStore.open(path) as store:
        assert not store.jobs()


@pytest.mark.parametrize("last_id", [2**63 - 1, -1, 0.5, "many", None])
def test_a_store_that_could_give_no_new_number_is_repaired(tmp_path: Path, last_id: object) -> None:
    path = tmp_path / "jobs.sqlite"
    make_store(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'photo'", (last_id,))
    with pytest.raises(DamagedStoreError, match="jobs repair"):
        BatchStore.open(path)
    done = repair(path)
    assert done is not None
    assert (done.jobs, done.photos, done.faces, done.waiting_again) == (1, 4, 2, 0)
    with BatchStore.open(path) as store:
        fill_job(store, {"a.jpg": [make_face()]})
        assert len(store.jobs()) == 2


@pytest.mark.parametrize("table", ["job", "photo", "face", "correction"])
def test_a_row_after_which_no_number_is_left_comes_from_the_backup(
    tmp_path: Path, table: str
) -> None:
    path = tmp_path / "jobs.sqlite"
    make_store(path)
    with unguarded(path) as connection:
        connection.execute(
            f"UPDATE {table} SET id = ? WHERE id = (SELECT max(id) FROM {table})", (2**63 - 1,)
        )
    with pytest.raises(DamagedStoreError, match="jobs repair"):
        BatchStore.open(path)
    done = repair(path)
    assert done is not None
    assert (done.jobs, done.photos, done.faces) == (1, 4, 2)
    with BatchStore.open(path) as store:
        fill_job(store, {"a.jpg": [make_face()]})


def test_the_number_of_a_row_that_was_deleted_is_not_given_again_after_a_repair(
    tmp_path: Path,
) -> None:
    path = tmp_path / "jobs.sqlite"
    make_large_store(path)
    with BatchStore.open(path) as store:
        deleted = fill_job(store, {"b.jpg": [make_face()]})
        store.delete_job(deleted.id)
    overwrite_pages(path, "face", 1, leaves=True)
    assert repair(path) is not None
    with BatchStore.open(path) as store:
        assert fill_job(store, {"c.jpg": None}).id > deleted.id


def test_what_is_no_file_among_the_backups_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    make_large_store(path)
    (tmp_path / "backups" / "jobs-2999-01-01.sqlite").mkdir()
    path.write_bytes(bytes(100))
    done = repair(path)
    assert done is not None
    assert done.photos == 400


def test_a_job_that_was_deleted_since_the_backup_stays_deleted(tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    job_id = make_large_store(path)
    with BatchStore.open(path) as store:
        other = fill_job(store, {f"{number}.png": [make_face()] for number in range(200)})
        store.delete_job(job_id)
    overwrite_pages(path, "face", 1, leaves=True)
    assert repair(path) is not None
    with BatchStore.open(path) as store:
        assert [job.id for job in store.jobs()] == [other.id]


@pytest.mark.parametrize(
    ("table", "column", "kind"),
    [
        ("job", "title", "blob"),
        ("photo", "state", "text"),
        ("photo", "path", "text"),
        ("face", "age", "text"),
        ("face", "landmarks", "empty blob"),
        ("correction", "age_before", "text"),
        ("skipped", "reason", "null"),
    ],
)
def test_a_row_that_makes_no_sense_is_taken_from_the_backup_or_left_out(
    tmp_path: Path, table: str, column: str, kind: str
) -> None:
    path = tmp_path / "jobs.sqlite"
    make_store(path)
    assert put(path, table, column, kind)
    done = repair(path)
    assert done is not None
    assert (done.jobs, done.photos, done.faces) == (1, 4, 2)
    assert repair(path) is None


def test_an_older_file_that_is_damaged_is_saved_in_the_form_of_today(tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    write_first_version(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE correction")
        connection.commit()
    with pytest.raises(DamagedStoreError):
        BatchStore.open(path)
    assert repair(path) is not None
    with BatchStore.open(path) as store:
        assert store.database.row("SELECT count(*) FROM skipped") is not None


def test_a_store_in_use_is_not_repaired(tmp_path: Path) -> None:
    path, copy = tmp_path / "jobs.sqlite", tmp_path / "copy.sqlite"
    make_store(path)
    with BatchStore.open(path):
        shutil.copy(path, copy)
        put(path, "face", "age", "text")
        with pytest.raises(StoreError, match="in use"):
            repair(path)
    assert not list(tmp_path.glob("*-damaged-*"))


def test_a_store_of_a_newer_visage_is_not_repaired(tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="newer Visage"):
        repair(path)


def test_a_file_whose_header_forbids_to_write_is_repaired(tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    make_store(path)
    content = bytearray(path.read_bytes())
    content[18:20] = 0x80, 0  # the versions of SQLite's format that writing and reading take
    path.write_bytes(content)
    done = repair(path)
    assert done is not None
    assert (done.photos, done.faces) == (4, 2)
    with BatchStore.open(path) as store:
        assert len(store.jobs()) == 1
