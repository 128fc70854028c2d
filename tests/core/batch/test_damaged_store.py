"""Whatever a damaged store holds, it is an answer or a sentence that names the way out."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from core.batch.correction import undo_correction
from core.batch.export.csv_file import csv_rows
from core.batch.repair import repair
from core.batch.row_filter import RowFilter, RowOrder
from core.batch.row_query import labelled_photos, row_keys, table_rows
from core.batch.statistics import job_statistics
from core.batch.store import BatchStore
from core.errors import DamagedStoreError, StoreError
from core.types import Gender
from tests.core.batch.builders import fill_job, make_face, make_run
from tests.core.batch.damage import COLUMNS, NONSENSE, make_store, put

ONLY_COMPARED = {
    ("photo", "job_id"),
    ("photo", "search_path"),
    ("photo", "content_hash"),
    ("photo", "picture_hash"),
    ("skipped", "job_id"),
    ("correction", "job_id"),
    ("correction", "gesture"),
}


def read_table(store: BatchStore) -> None:
    for order in RowOrder:
        table_rows(store.database, row_keys(store.database, 1, order=order))


def read_filtered(store: BatchStore) -> None:
    row_filter = RowFilter(min_age_years=3, text="a", genders=frozenset(Gender))
    row_keys(store.database, 1, row_filter)


def read_jobs(store: BatchStore) -> None:
    store.jobs()
    store.counts(1)
    store.skipped(1)


def run_job(store: BatchStore) -> None:
    store.retry_failed(1)
    list(make_run(store, store.job(1)).run())


USES: list[Callable[[BatchStore], object]] = [
    read_jobs,
    read_table,
    read_filtered,
    lambda store: job_statistics(store.database, 1),
    lambda store: list(csv_rows(labelled_photos(store.database, 1))),
    lambda store: undo_correction(store.database, 1),
    run_job,
    lambda store: store.delete_job(1),
]


def use(path: Path) -> list[str]:
    """Everything that the window and the commands do with a store; the sentences they got."""
    sentences = []
    try:
        with BatchStore.open(path) as store:
            for one_use in USES:
                try:
                    one_use(store)
                except StoreError as error:
                    sentences.append(str(error))
    except StoreError as error:
        sentences.append(str(error))
    return sentences


@pytest.fixture(scope="module")
def sound_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "jobs.sqlite"
    assert make_store(path) == 1
    assert use(Path(shutil.copy(path, path.with_name("used.sqlite")))) == []
    return path


@pytest.mark.parametrize(
    ("table", "column"), [pytest.param(*names, id=".".join(names)) for names in COLUMNS]
)
def test_nonsense_in_a_column_is_a_sentence_with_the_way_out(
    sound_store: Path, tmp_path: Path, table: str, column: str
) -> None:
    sentences: list[str] = []
    for number, kind in enumerate(NONSENSE):
        path = tmp_path / f"{number}.sqlite"
        shutil.copy(sound_store, path)
        if put(path, table, column, kind):
            sentences += use(path)
    assert bool(sentences) is ((table, column) not in ONLY_COMPARED)
    for sentence in sentences:
        assert "jobs repair" in sentence or "was deleted" in sentence
        assert len(sentence) < 400


def damaged_files(sound: bytes) -> dict[str, bytes]:
    page = 4096
    middle = len(sound) // page // 2 * page
    return {
        "cut in half": sound[: len(sound) // 2],
        "cut inside a page": sound[: middle + 100],
        "only a header": sound[:100],
        "no header": bytes(100) + sound[100:],
        "form of another": sound[:40] + b"\xff" * 60 + sound[100:],
        "a page of zeros": sound[:middle] + bytes(page) + sound[middle + page :],
        "a page of noise": sound[:middle] + b"\xa5" * page + sound[middle + page :],
        "the tables' page lost": sound[:100] + bytes(page - 100) + sound[page:],
    }


@pytest.mark.parametrize("kind", damaged_files(b""))
def test_a_damaged_file_is_a_sentence_with_the_way_out(
    sound_store: Path, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "jobs.sqlite"
    path.write_bytes(damaged_files(sound_store.read_bytes())[kind])
    sentences = use(path)
    assert sentences
    assert all("jobs repair" in sentence for sentence in sentences)


@pytest.mark.parametrize("version", [1, 2, -1])
def test_a_file_of_other_tables_than_its_version_says_is_a_sentence(
    sound_store: Path, tmp_path: Path, version: int
) -> None:
    path = shutil.copy(sound_store, tmp_path / "jobs.sqlite")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    with pytest.raises(DamagedStoreError, match="jobs repair"):
        BatchStore.open(Path(path))


@pytest.mark.parametrize(
    "script",
    [
        "DROP TABLE correction",
        "ALTER TABLE face RENAME TO other; CREATE VIEW face AS SELECT * FROM other",
        "CREATE TABLE other AS SELECT * FROM photo; DROP TABLE photo;"
        "ALTER TABLE other RENAME TO photo; UPDATE photo SET id = 'x'",
        "CREATE TRIGGER busy BEFORE INSERT ON job BEGIN SELECT RAISE(ABORT, 'no'); END",
        "DROP INDEX photo_by_path",
    ],
)
def test_a_file_of_other_tables_is_a_sentence_and_is_repaired(
    sound_store: Path, tmp_path: Path, script: str
) -> None:
    path = Path(shutil.copy(sound_store, tmp_path / "jobs.sqlite"))
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
    with pytest.raises(DamagedStoreError, match="its tables have another form"):
        BatchStore.open(path)
    assert repair(path) is not None
    assert use(path) == []


def test_a_file_is_looked_through_before_it_is_used(tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    with BatchStore.open(path) as store:
        fill_job(store, {f"{number}.jpg": [make_face()] for number in range(400)})
    with closing(sqlite3.connect(path)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'face'")
        at = (page.fetchone()[0] - 1) * 4096
    whole = path.read_bytes()
    circle = int.from_bytes(whole[at + 8 : at + 12], "big")  # the last child of the root
    for number, content in enumerate((b"\xa5" * 4096, whole[at : at + 4096])):
        begin = at if number == 0 else (circle - 1) * 4096
        torn = tmp_path / f"{number}.sqlite"
        torn.write_bytes(whole[:begin] + content + whole[begin + 4096 :])
        with pytest.raises(DamagedStoreError, match="jobs repair"):
            BatchStore.open(torn)
        assert repair(torn) is not None
        with BatchStore.open(torn) as store:
            assert store.counts(1).photos == 400


@pytest.mark.parametrize("kept_bytes", [10, 3000, -500])
def test_a_cut_log_keeps_what_was_committed_before(tmp_path: Path, kept_bytes: int) -> None:
    path, copy = tmp_path / "jobs.sqlite", tmp_path / "copy.sqlite"
    with BatchStore.open(path) as store:
        fill_job(store, {"a.jpg": [make_face()]})
        shutil.copy(path, copy)
        log = Path(f"{path}-wal").read_bytes()
    Path(f"{copy}-wal").write_bytes(log[:kept_bytes])
    with suppress(StoreError), BatchStore.open(copy) as store:
        for job in store.jobs():
            list(labelled_photos(store.database, job.id))
