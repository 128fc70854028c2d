import os
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from core import paths
from core.batch import database as database_module
from core.batch import schema
from core.batch.backup import backups
from core.batch.correction import (
    correct_ages,
    correct_face,
    correct_genders,
    undo_correction,
)
from core.batch.file_stamp import file_stamp
from core.batch.leaving_out import LEFT_OUT, leave_out, put_back
from core.batch.outcome import KnownContent, Outcome, PhotoAnswer, PhotoFailure
from core.batch.record import Correction, JobCounts, PhotoState
from core.batch.row_query import labelled_photo
from core.batch.scan import Finding, FoundPhoto, SkippedFile
from core.batch.schema import MIGRATIONS
from core.batch.store import BatchStore
from core.errors import StoreError
from core.types import Box, Gender
from tests.core.batch.builders import (
    OTHER_RECIPE,
    RECIPE,
    fill_job,
    make_face,
    photos_of,
)


def test_a_job_is_kept_with_its_paths_and_recipe(tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    roots = [tmp_path / os.fsdecode(b"caf\xe9"), tmp_path / "家族"]
    with BatchStore.open(path) as store:
        made = store.create_job("Holidays", roots, RECIPE)
    with BatchStore.open(path) as store:
        assert store.job(made.id) == made
        assert made.roots == tuple(roots)
        assert made.recipe == RECIPE
        assert not made.is_scanned


def test_a_job_of_thousands_of_photos_that_were_dropped_comes_back(store: BatchStore) -> None:
    roots = [Path("/pictures", "holiday" * 10, f"{number}.jpg") for number in range(20_000)]
    made = store.create_job("Holidays", roots, RECIPE)
    assert store.job(made.id).roots == tuple(roots)


def test_the_jobs_of_a_user_lie_in_the_users_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "data_dir", lambda: tmp_path)
    assert database_module.default_path() == tmp_path / "jobs.sqlite"


def test_several_jobs_are_kept_and_one_is_deleted_with_all_that_it_holds(
    store: BatchStore,
) -> None:
    first = fill_job(store, {"a.jpg": [make_face()], "b.jpg": "broken"})
    second = fill_job(store, {"c.jpg": [make_face()]})
    correct_face(store.database, photos_of(store, first)[0].faces[0].id, Correction(age_years=3))
    store.add_findings(first.id, [SkippedFile(Path("/x"), "why")])
    assert [job.id for job in store.jobs()] == [second.id, first.id]
    store.delete_job(first.id)
    assert store.jobs() == (second,)
    tables = ("photo", "face", "skipped", "correction")
    rows = {name: store.database.row(f"SELECT count(*) FROM {name}") for name in tables}
    assert rows == {"photo": (1,), "face": (1,), "skipped": (0,), "correction": (0,)}
    with pytest.raises(StoreError, match="deleted"):
        store.job(first.id)


def test_an_unfinished_job_is_found_again_by_paths_and_recipe(
    store: BatchStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.create_job("older", [tmp_path], RECIPE)
    job = store.create_job("newer", [tmp_path], RECIPE)
    store.create_job("another model", [tmp_path], OTHER_RECIPE)
    assert store.unfinished_job_of([tmp_path], RECIPE) == job
    monkeypatch.chdir(tmp_path.parent)
    assert store.unfinished_job_of([Path(tmp_path.name)], RECIPE) == job
    assert store.unfinished_job_of([tmp_path / "elsewhere"], RECIPE) is None


def test_a_job_is_unfinished_until_it_is_scanned_and_no_photo_waits(store: BatchStore) -> None:
    for answer, is_unfinished in ((None, True), ([make_face()], False), ("broken", False)):
        job = fill_job(store, {"a.jpg": answer})
        found = store.unfinished_job_of(job.roots, RECIPE)
        assert found == (job if is_unfinished else None)


def test_a_job_replaces_only_what_was_finished_before_it(store: BatchStore) -> None:
    replaced = fill_job(store, {"a.jpg": [make_face()], "b.jpg": "broken"})
    running = fill_job(store, {"a.jpg": None})
    unscanned = store.create_job("scanning", [Path("/album")], RECIPE)
    other_model = store.create_job("other model", [Path("/album")], OTHER_RECIPE)
    other_paths = store.create_job("other paths", [Path("/elsewhere")], RECIPE)
    for other in (other_model, other_paths):
        store.end_scan(other.id)
    job = fill_job(store, {"a.jpg": [make_face()]})
    newer = fill_job(store, {"a.jpg": [make_face()]})
    store.delete_replaced(running)
    assert store.job(replaced.id) == replaced
    store.delete_replaced(job)
    kept = {one.id for one in store.jobs()}
    assert replaced.id not in kept
    assert kept == {one.id for one in (running, unscanned, other_model, other_paths, job, newer)}


def test_a_snapshot_shows_one_moment_whatever_others_write(store: BatchStore) -> None:
    job = fill_job(store, {"a.jpg": [make_face()]})
    with BatchStore.open(store.database.path) as other, store.database.snapshot():
        assert store.job(job.id) == job
        other.delete_job(job.id)
        assert len(photos_of(store, job)) == 1
    assert photos_of(store, job) == []


@pytest.mark.parametrize(
    "finding", [FoundPhoto(Path("/a/b.jpg"), 1, 2), SkippedFile(Path("/a/c.txt"), "no photo")]
)
def test_a_scan_whose_job_was_deleted_ends_with_a_sentence(
    store: BatchStore, finding: Finding
) -> None:
    job = store.create_job("job", [Path("/a")], RECIPE)
    store.delete_job(job.id)
    with pytest.raises(StoreError, match="This job was deleted"):
        store.add_findings(job.id, [finding])
    assert store.counts(job.id) == JobCounts()


def test_a_photo_found_twice_is_kept_once(store: BatchStore) -> None:
    job = store.create_job("job", [Path("/a")], RECIPE)
    for _ in range(2):
        store.add_findings(job.id, [FoundPhoto(Path("/a/b.jpg"), 1, 2)])
        store.add_findings(job.id, [SkippedFile(Path("/a/c.txt"), "no photo")])
    assert store.counts(job.id) == JobCounts(waiting=1, skipped=1)
    assert store.skipped(job.id) == (SkippedFile(Path("/a/c.txt"), "no photo"),)


def test_what_was_left_out_comes_back_with_whether_it_is_trouble(store: BatchStore) -> None:
    job = store.create_job("job", [Path("/a")], RECIPE)
    skipped = (
        SkippedFile(Path("/a/b"), "This folder could not be opened.", is_trouble=True),
        SkippedFile(Path("/a/c.txt"), "no photo"),
    )
    store.add_findings(job.id, skipped)
    assert store.skipped(job.id) == skipped


def test_counts_add_up(store: BatchStore) -> None:
    job = fill_job(
        store, {"a": [make_face(), make_face()], "b": [make_face()], "c": "broken", "d": None}
    )
    counts = store.counts(job.id)
    assert counts == JobCounts(waiting=1, done=2, failed=1, faces=3)
    assert counts.photos == 4


def test_an_answer_comes_back_as_it_was(store: BatchStore) -> None:
    detection, face = make_face(33.3, 0.75, Gender.FEMALE)
    job = fill_job(store, {"a.jpg": [(detection, face)]})
    (photo,) = photos_of(store, job)
    (stored,) = photo.faces
    assert stored.face == face
    assert (stored.landmarks == detection.landmarks).all()
    assert (photo.facts.width_px, photo.facts.height_px) == (100, 80)


def test_a_photo_that_has_an_answer_takes_no_second_one(store: BatchStore) -> None:
    job = fill_job(store, {"a.jpg": [make_face()]})
    photo_id = photos_of(store, job)[0].facts.id
    again = PhotoAnswer(photo_id, b"x" * 32, 9, 9, [make_face(), make_face()])
    store.store_outcomes(RECIPE.to_text(), [again, PhotoFailure(photo_id, "late")])
    photo = labelled_photo(store.database, photo_id)
    assert photo is not None
    assert (len(photo.faces), photo.facts.error) == (1, None)


def test_an_outcome_whose_job_was_deleted_meanwhile_harms_no_other_job(store: BatchStore) -> None:
    deleted = fill_job(store, {"a.jpg": None, "b.jpg": None, "c.jpg": None})
    answered, known, failed = (one.id for one in store.waiting_photos(deleted.id, 0, 3))
    store.delete_job(deleted.id)
    source = fill_job(store, {"d.jpg": [make_face()]})
    other = fill_job(store, {"e.jpg": None, "f.jpg": None, "g.jpg": None})
    late: list[Outcome] = [
        PhotoAnswer(answered, b"x" * 32, 9, 9, [make_face()]),
        KnownContent(known, b"d.jpg".ljust(32)),
        PhotoFailure(failed, "late"),
    ]
    store.store_outcomes(RECIPE.to_text(), late)
    assert store.counts(other.id) == JobCounts(waiting=3)
    assert store.counts(source.id) == JobCounts(done=1, faces=1)
    assert store.database.row("SELECT count(*) FROM face") == (1,)


def test_a_correction_of_a_face_that_was_deleted_lands_on_no_other(store: BatchStore) -> None:
    deleted = fill_job(store, {"a.jpg": [make_face()]})
    face_id = photos_of(store, deleted)[0].faces[0].id
    store.delete_job(deleted.id)
    other = fill_job(store, {"b.jpg": [make_face()]})
    with pytest.raises(StoreError, match="deleted"):
        correct_face(store.database, face_id, Correction(age_years=3))
    assert not photos_of(store, other)[0].faces[0].is_corrected


def test_a_known_content_whose_job_was_deleted_leaves_its_photo_waiting(
    store: BatchStore,
) -> None:
    job = fill_job(store, {"a.jpg": None})
    photo = store.waiting_photos(job.id, 0, 1)[0]
    store.store_outcomes(RECIPE.to_text(), [KnownContent(photo.id, b"x" * 32)])
    assert store.waiting_photos(job.id, 0, 9) == (photo,)


def test_content_is_known_per_recipe(store: BatchStore) -> None:
    fill_job(store, {"a.jpg": []})
    digest = b"a.jpg".ljust(32)
    assert store.knows_content(RECIPE.to_text(), digest)
    assert not store.knows_content(OTHER_RECIPE.to_text(), digest)
    assert not store.knows_content(RECIPE.to_text(), b"z" * 32)


def test_every_setting_that_changes_answers_is_in_the_recipe() -> None:
    changes = [
        {"model_digest": "new"}, {"min_face_px": 99}, {"is_thorough": True},
        {"female_threshold": 0.9}, {"search_version": 99}, {"crop_version": 99},
        {"flip_average": False},
    ]  # fmt: skip
    texts = {replace(RECIPE, **change).to_text() for change in changes}  # type: ignore[arg-type]
    assert len(texts | {RECIPE.to_text()}) == len(changes) + 1


def test_corrections_lie_beside_the_estimate_and_are_taken_back_one_by_one(
    store: BatchStore,
) -> None:
    job = fill_job(store, {"a.jpg": [make_face(30)], "b.jpg": [make_face(60)]})
    first, second = (photo.faces[0].id for photo in photos_of(store, job))

    def shown() -> list[tuple[float | None, Gender | None]]:
        return [(p.faces[0].age_years, p.faces[0].gender) for p in photos_of(store, job)]

    correct_face(store.database, first, Correction(age_years=8))
    correct_face(store.database, second, Correction(gender=Gender.MALE))
    correct_face(store.database, first, Correction(age_years=9, gender=Gender.MALE))
    assert shown() == [(9, Gender.MALE), (60, Gender.MALE)]
    estimate = photos_of(store, job)[0].faces[0].face.estimate
    assert estimate is not None
    assert estimate.age_years == 30
    assert undo_correction(store.database, job.id) == first
    assert shown() == [(8, Gender.FEMALE), (60, Gender.MALE)]
    assert undo_correction(store.database, job.id) == second
    assert undo_correction(store.database, job.id) == first
    assert shown() == [(30, Gender.FEMALE), (60, Gender.FEMALE)]
    assert undo_correction(store.database, job.id) is None


@pytest.mark.parametrize("age_years", [-1, 131, float("nan"), float("inf")])
def test_an_age_that_is_none_is_a_sentence(store: BatchStore, age_years: float) -> None:
    job = fill_job(store, {"a.jpg": [make_face()]})
    face = photos_of(store, job)[0].faces[0]
    with pytest.raises(StoreError, match="between 0 and 130"):
        correct_face(store.database, face.id, Correction(age_years=age_years))
    assert undo_correction(store.database, job.id) is None


def test_a_face_that_was_deleted_cannot_be_corrected(store: BatchStore) -> None:
    with pytest.raises(StoreError, match="deleted"):
        correct_face(store.database, 77, Correction(age_years=3))


def test_an_older_file_is_brought_up_to_date_and_keeps_its_jobs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "jobs.sqlite"
    with BatchStore.open(path) as store:
        job = fill_job(store, {"a.jpg": [make_face()]})
    step = "ALTER TABLE photo ADD COLUMN remark TEXT NOT NULL DEFAULT 'new; column';"
    later = (*MIGRATIONS, step)
    monkeypatch.setattr(schema, "MIGRATIONS", later)
    with BatchStore.open(path) as store:
        assert store.database.row("SELECT remark FROM photo") == ("new; column",)
        assert store.database.row("PRAGMA user_version") == (len(later),)
        assert photos_of(store, job)[0].facts.state is PhotoState.DONE


def write_first_version(path: Path) -> None:
    """A file as the first step left it: a job with a photo, two faces and a correction."""
    connection = sqlite3.connect(path)
    connection.executescript(MIGRATIONS[0])
    connection.executescript(
        """
        INSERT INTO job VALUES (3, 'old', 1.5, '["/album"]', '{}', 1);
        INSERT INTO photo VALUES (7, 3, X'2F61', '/a', 1, 2, X'00', 64, 48, 2, 'done', NULL);
        INSERT INTO photo (job_id, path, search_path, size_bytes, mtime_ns)
            VALUES (3, X'2F62', '/b', 1, 2);
        INSERT INTO skipped VALUES (3, X'2F63', 'It is hidden.');
        INSERT INTO face VALUES
            (5, 7, 1, 1, 2, 3, 4, 0.9, X'', 30, 25, 35, 0.8, 'female', 8, 'male');
        INSERT INTO face (id, photo_id, number, left, top, right, bottom, score, landmarks)
            VALUES (9, 7, 2, 1, 2, 3, 4, 0.9, X'');
        INSERT INTO correction VALUES (4, 5, 3, NULL, NULL);
        PRAGMA user_version = 1;
        """
    )
    connection.close()


def test_a_file_of_the_first_version_keeps_all_that_it_holds(tmp_path: Path) -> None:
    tables = ("job", "photo", "face", "correction")
    path = tmp_path / "jobs.sqlite"
    write_first_version(path)
    connection = sqlite3.connect(path)
    names = {
        table: ", ".join(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))
        for table in tables
    }
    read = {table: f"SELECT {names[table]} FROM {table}" for table in tables}
    before = {table: connection.execute(read[table]).fetchall() for table in tables}
    connection.close()
    with BatchStore.open(path) as store:
        database = store.database
        assert {one: list(database.rows(read[one])) for one in tables} == before
        assert list(database.rows("PRAGMA foreign_key_check")) == []
        assert store.skipped(3) == (SkippedFile(Path("/c"), "It is hidden."),)
        assert undo_correction(database, 3) == 5
        assert database.row("SELECT corrected_age FROM face WHERE id = 5") == (None,)
        store.delete_job(3)
        counts = [database.row(f"SELECT count(*) FROM {one}") for one in (*tables, "skipped")]
        assert counts == [(0,)] * 5
        photos = photos_of(store, fill_job(store, {"new.jpg": [make_face()]}))
        assert (photos[0].facts.id, photos[0].faces[0].id) == (9, 10)


def test_a_step_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "jobs.sqlite"
    with BatchStore.open(path) as store:
        fill_job(store, {"a.jpg": [make_face()]})
    broken = "CREATE TABLE extra (id INTEGER);\nINSERT INTO nowhere VALUES (1);"
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", (*MIGRATIONS, broken))
        with pytest.raises(StoreError, match="nowhere"):
            BatchStore.open(path)
    with BatchStore.open(path) as store:
        assert store.database.row("SELECT name FROM sqlite_master WHERE name = 'extra'") is None
        assert store.jobs()[0].title == "filled"


def test_a_file_of_a_newer_visage_is_a_sentence_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="newer Visage"):
        BatchStore.open(path)


def test_a_file_that_is_no_database_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    path.write_text("no database at all, but long enough to be looked at as one" * 20)
    with pytest.raises(StoreError, match="damaged"):
        BatchStore.open(path)


def test_a_place_that_cannot_hold_the_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be made"):
        BatchStore.open(tmp_path / "file" / "jobs.sqlite")
    (tmp_path / "folder.sqlite").mkdir()
    with pytest.raises(StoreError, match="cannot be opened"):
        BatchStore.open(tmp_path / "folder.sqlite")


def test_a_full_disk_is_a_sentence_and_what_was_stored_stays(store: BatchStore) -> None:
    job = fill_job(store, {"a.jpg": [make_face()]})
    list(store.database.rows("PRAGMA max_page_count = 1"))
    many = [FoundPhoto(Path(f"/album/{number}.jpg"), 1, 1) for number in range(5000)]
    with pytest.raises(StoreError, match="the disk is full"):
        store.add_findings(job.id, many)
    assert store.counts(job.id) == JobCounts(done=1, faces=1)
    list(store.database.rows("PRAGMA max_page_count = 100000"))
    store.add_findings(job.id, many)
    assert store.counts(job.id).photos == 5001


def test_a_read_only_store_is_a_sentence_and_can_still_be_read(store: BatchStore) -> None:
    job = fill_job(store, {"a.jpg": [make_face()]})
    list(store.database.rows("PRAGMA query_only = ON"))
    with pytest.raises(StoreError, match="may not be written"):
        store.delete_job(job.id)
    assert len(photos_of(store, job)) == 1


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everything")
def test_a_folder_without_permission_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises(StoreError, match="permissions"):
        BatchStore.open(tmp_path / "locked" / "jobs.sqlite")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may enter everything")
def test_a_folder_that_may_not_be_entered_is_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o000)
    with pytest.raises(StoreError, match="permissions"):
        BatchStore.open(folder / "jobs.sqlite")


@pytest.mark.skipif(os.name == "nt", reason="modes are of Unix")
def test_the_folders_above_are_made_for_the_user_alone(tmp_path: Path) -> None:
    old_mask = os.umask(0)
    try:
        BatchStore.open(tmp_path / "share" / "Visage" / "jobs.sqlite").close()
    finally:
        os.umask(old_mask)
    assert (tmp_path / "share").stat().st_mode & 0o777 == 0o700


def test_a_store_held_by_another_program_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "_BUSY_S", 0.05)
    path = tmp_path / "jobs.sqlite"
    with BatchStore.open(path) as store, BatchStore.open(path) as other:
        job = fill_job(store, {"a.jpg": [make_face()]})
        with other.database.transaction():
            with pytest.raises(StoreError, match="another program"):
                store.delete_job(job.id)
            assert len(photos_of(store, job)) == 1, "readers do not wait"


def test_a_first_start_waits_for_another_that_still_makes_the_file(tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    schema.take_steps(other)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM job").fetchall()  # SQLite refuses the other at once
    timer = threading.Timer(0.2, other.close)
    timer.start()
    with BatchStore.open(path) as store:
        assert store.jobs() == ()
    timer.join()


@pytest.mark.skipif(os.name == "nt", reason="modes are of Unix")
def test_nobody_else_may_read_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "Visage"
    monkeypatch.setattr(paths, "data_dir", lambda: folder)
    folder.mkdir(mode=0o755)
    (folder / "jobs.sqlite").touch(0o644)
    with BatchStore.open(folder / "jobs.sqlite") as store:
        job = fill_job(store, {"a.jpg": [make_face()]})
        correct_face(store.database, photos_of(store, job)[0].faces[0].id, Correction(40))
        modes = {path.name: path.stat().st_mode & 0o777 for path in folder.rglob("*")}
    (backup,) = backups(folder / "jobs.sqlite")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert modes == {
        "jobs.sqlite": 0o600,
        "jobs.sqlite-wal": 0o600,
        "jobs.sqlite-shm": 0o600,
        "backups": 0o700,
        backup.name: 0o600,
    }


@pytest.mark.skipif(os.name == "nt", reason="modes are of Unix")
def test_a_folder_that_is_not_of_visage_stays_as_open_as_it_was(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with BatchStore.open(tmp_path / "jobs.sqlite"):
        assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_a_backup_is_made_before_the_first_correction_of_a_day(store: BatchStore) -> None:
    job = fill_job(store, {"a.jpg": [make_face(30)]})
    face_id = photos_of(store, job)[0].faces[0].id
    for age_years in (40, 41):
        correct_face(store.database, face_id, Correction(age_years))
    (backup,) = backups(store.database.path)
    with BatchStore.open(backup) as copy:
        assert photos_of(copy, job)[0].faces[0].age_years == 30


def test_only_the_newest_backups_are_kept(store: BatchStore) -> None:
    job = fill_job(store, {"a.jpg": [make_face(30)]})
    folder = store.database.path.with_name("backups")
    folder.mkdir()
    for day in range(1, 6):
        (folder / f"{store.database.path.stem}-2020-01-0{day}.sqlite").touch()
    correct_face(store.database, photos_of(store, job)[0].faces[0].id, Correction(40))
    kept = [path.stem[-10:] for path in backups(store.database.path)]
    assert kept[1:] == ["2020-01-05", "2020-01-04"]


def test_a_correction_is_kept_where_there_is_no_place_for_a_backup(store: BatchStore) -> None:
    job = fill_job(store, {"a.jpg": [make_face(30)]})
    store.database.path.with_name("backups").touch()
    correct_face(store.database, photos_of(store, job)[0].faces[0].id, Correction(40))
    assert photos_of(store, job)[0].faces[0].age_years == 40


def test_a_backup_is_made_before_an_update(tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    write_first_version(path)
    with BatchStore.open(path):
        (backup,) = backups(path)
    assert "before-update" in backup.name
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT title FROM job").fetchall() == [("old",)]


def test_a_photo_changed_in_a_year_that_no_database_holds_is_kept(store: BatchStore) -> None:
    job = store.create_job("job", [Path("/a")], RECIPE)
    late = os.stat_result((0,) * 10, {"st_mtime_ns": 2**63 + 5})
    size_bytes, mtime_ns = file_stamp(late)
    store.add_findings(job.id, [FoundPhoto(Path("/a/b.jpg"), size_bytes, mtime_ns)])
    assert store.waiting_photos(job.id, 0, 1)[0].mtime_ns == mtime_ns


def test_a_recipe_of_the_first_release_is_read(store: BatchStore) -> None:
    recipe = (
        '{"detection_range": "auto", "female_threshold": 0.6, "is_thorough": false, '
        '"male_threshold": 0.4, "min_detection_score": 0.5, "min_face_px": 20, '
        '"model_digest": "0123456789abcdef", "model_name": "visage"}'
    )
    with store.database.transaction() as connection:
        connection.execute(
            "INSERT INTO job (title, created_at_s, roots, recipe) VALUES ('old', 1, '[]', ?)",
            (recipe,),
        )
    (job,) = store.jobs()
    assert (job.recipe.model_name, job.recipe.min_face_px) == ("visage", 20)


def test_a_bug_of_ours_is_not_called_damage(store: BatchStore) -> None:
    for sql, values in (("SELECT 1 FROM nowhere", ()), ("SELECT ?", (1, 2))):
        with pytest.raises(sqlite3.DatabaseError):
            store.database.row(sql, values)
    store.close()
    with pytest.raises(sqlite3.ProgrammingError):
        store.jobs()


def test_what_was_corrected_in_several_faces_at_once_is_taken_back_at_once(
    store: BatchStore,
) -> None:
    job = fill_job(
        store, {"a.jpg": [make_face(30)], "b.jpg": [make_face(60)], "c.jpg": [make_face()]}
    )
    ids = [photo.faces[0].id for photo in photos_of(store, job)]

    def shown() -> list[tuple[float | None, Gender | None]]:
        return [(p.faces[0].age_years, p.faces[0].gender) for p in photos_of(store, job)]

    before = shown()
    correct_face(store.database, ids[0], Correction(age_years=8))
    correct_ages(store.database, ids, 50)
    correct_genders(store.database, [*ids[1:], 77], Gender.MALE)
    assert shown() == [(50, Gender.FEMALE), (50, Gender.MALE), (50, Gender.MALE)]
    assert undo_correction(store.database, job.id) == ids[1]
    assert shown() == [(50, Gender.FEMALE)] * 3
    assert undo_correction(store.database, job.id) == ids[0]
    assert shown() == [(8, Gender.FEMALE), *before[1:]]
    assert undo_correction(store.database, job.id) == ids[0]
    assert shown() == before
    with pytest.raises(StoreError, match="between 0 and 130"):
        correct_ages(store.database, ids, 131)


def test_a_photo_that_was_left_out_stays_out_when_the_job_is_looked_through_again(
    store: BatchStore,
) -> None:
    job = fill_job(store, {"a.jpg": [make_face(30)], "b.jpg": [make_face(60)]})
    first, second = photos_of(store, job)
    leave_out(store.database, job.id, [first.facts.id])
    assert [photo.path for photo in photos_of(store, job)] == [second.path]
    assert [(one.path, one.reason) for one in store.skipped(job.id)] == [(first.path, LEFT_OUT)]
    found = [FoundPhoto(photo.path, 10, 20) for photo in (first, second)]
    store.add_findings(job.id, found)
    assert [photo.path for photo in photos_of(store, job)] == [second.path]


def test_leaving_out_is_undone_with_all_that_was_known_and_corrected(store: BatchStore) -> None:
    job = fill_job(store, {"a.jpg": [make_face(30), make_face(8, box=Box(60, 5, 80, 25))]})
    (before,) = photos_of(store, job)
    correct_ages(store.database, [before.faces[1].id], 9)
    (before,) = photos_of(store, job)
    left_out = leave_out(store.database, job.id, [before.facts.id])
    assert photos_of(store, job) == []
    put_back(store.database, left_out)
    (after,) = photos_of(store, job)
    assert after.facts == before.facts
    assert [(face.id, face.age_years) for face in after.faces] == [
        (face.id, face.age_years) for face in before.faces
    ]
    assert store.skipped(job.id) == ()
    assert undo_correction(store.database, job.id) == before.faces[1].id
    with pytest.raises(StoreError, match="took the file back already"):
        put_back(store.database, left_out)


def test_a_job_is_renamed(store: BatchStore) -> None:
    job = fill_job(store, {})
    assert store.rename_job(job.id, "Summer \udcff").title == "Summer ?"
    assert store.job(job.id).title == "Summer ?"
    with pytest.raises(StoreError, match="deleted"):
        store.rename_job(77, "nobody")
