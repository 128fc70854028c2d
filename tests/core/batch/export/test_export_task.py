"""Every export as the window runs it: filtered, counted, watched, stopped, in trouble."""

import json
import os
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from core.adapting.folder_range import LEAST_FACES
from core.batch.correction import correct_face
from core.batch.database import Database
from core.batch.export import sorted_copies
from core.batch.export.csv_file import csv_rows
from core.batch.export.export_task import (
    ExportCounts,
    ExportFormat,
    ExportTask,
    export_counts,
    run_export,
)
from core.batch.export.report import ExportReport
from core.batch.export.sorted_copies import SortKey
from core.batch.export.xmp.sidecar_name import full_path
from core.batch.record import Correction, Job
from core.batch.row_filter import RowFilter, RowKind
from core.batch.row_query import labelled_photos
from core.batch.store import BatchStore
from core.errors import ExportError, PhotoError
from core.sources.file_check import open_file
from core.types import Gender
from tests.core.batch.builders import (
    RECIPE,
    fill_job,
    make_face,
    make_run,
    photos_of,
    write_photo,
)

FILES = (ExportFormat.CSV, ExportFormat.WORKBOOK, ExportFormat.JSON_LINES)
FOLDERS = (ExportFormat.ANNOTATED_COPIES, ExportFormat.SORTED_COPIES, ExportFormat.TRAINING_CHIPS)
FEMALE = RowFilter(genders=frozenset({Gender.FEMALE}))


@pytest.fixture
def album(store: BatchStore, tmp_path: Path) -> Job:
    """Two boys, a woman and a landscape at night."""
    folder = tmp_path / "album"
    write_photo(folder / "a.png", (8, 20, 0), (320, 240))
    write_photo(folder / "b.png", (12, 20, 0), (320, 240))
    write_photo(folder / "c.png", (44, 0, 255), (320, 240))
    write_photo(folder / "night.png", (0, 0, 0))
    job = store.create_job("job", [folder], RECIPE)
    list(make_run(store, job).run())
    return job


def run(
    database: Database, task: ExportTask, is_stopped: Callable[[], bool] = lambda: False
) -> tuple[ExportReport, list[int]]:
    report, told = ExportReport(), list[int]()
    run_export(database, task, report, told.append, is_stopped)
    return report, told


def names_below(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("kind", FILES)
def test_a_file_holds_what_passes_the_filter(
    store: BatchStore, album: Job, tmp_path: Path, kind: ExportFormat
) -> None:
    target = tmp_path / f"out.{kind}"
    report, told = run(store.database, ExportTask(album.id, kind, target, FEMALE))
    assert (report.written_count, report.is_stopped, told) == (1, False, [1])
    if kind is not ExportFormat.WORKBOOK:
        assert b"c.png" in target.read_bytes()
        assert b"a.png" not in target.read_bytes()


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (ExportFormat.ANNOTATED_COPIES, ["c.jpg"]),
        (ExportFormat.SORTED_COPIES, ["c.png"]),
        (ExportFormat.TRAINING_CHIPS, ["44_1_4_"]),
    ],
)
def test_a_folder_holds_what_passes_the_filter(
    store: BatchStore, album: Job, tmp_path: Path, kind: ExportFormat, names: list[str]
) -> None:
    report, _ = run(store.database, ExportTask(album.id, kind, tmp_path / "out", FEMALE))
    assert report.written_count == 1
    assert [name[: len(names[0])] for name in names_below(tmp_path / "out")] == names


def test_sidecars_lie_beside_their_photos(store: BatchStore, album: Job, tmp_path: Path) -> None:
    task = ExportTask(album.id, ExportFormat.XMP_SIDECARS, tmp_path / "album", FEMALE)
    report, _ = run(store.database, task)
    assert report.written_count == 1
    assert [path.name for path in (tmp_path / "album").glob("*.xmp")] == ["c.png.xmp"]
    assert full_path(tmp_path / "album" / "c.png").is_file()


def test_sidecars_and_hidden_faces_take_all_faces_of_a_photo(tmp_path: Path) -> None:
    kinds = ExportFormat
    whole = {
        (kind, hides)
        for kind in kinds
        for hides in (False, True)
        if ExportTask(1, kind, tmp_path, hides_faces=hides).takes_whole_photos
    }
    assert whole == {
        (kinds.XMP_SIDECARS, False),
        (kinds.XMP_SIDECARS, True),
        (kinds.ANNOTATED_COPIES, True),
    }


def test_photos_are_sorted_by_what_was_asked(store: BatchStore, album: Job, tmp_path: Path) -> None:
    task = ExportTask(
        album.id, ExportFormat.SORTED_COPIES, tmp_path / "out", sort_key=SortKey.GENDER
    )
    run(store.database, task)
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"female", "male", "no face"}


def test_what_an_export_will_be_given_is_counted_beforehand(store: BatchStore, album: Job) -> None:
    assert export_counts(store.database, album.id) == ExportCounts(photos=4, faces=3)
    assert export_counts(store.database, album.id, FEMALE) == ExportCounts(photos=1, faces=1)
    no_face = RowFilter(kinds=frozenset({RowKind.NO_FACE}))
    assert export_counts(store.database, album.id, no_face) == ExportCounts(photos=1, faces=0)
    assert export_counts(store.database, album.id + 1) == ExportCounts(photos=0, faces=0)


@pytest.mark.parametrize("kind", FILES)
def test_a_stopped_file_is_not_written_and_an_older_one_stays(
    store: BatchStore, album: Job, tmp_path: Path, kind: ExportFormat
) -> None:
    target = tmp_path / f"out.{kind}"
    target.write_text("old")
    asked = count()
    report, told = run(store.database, ExportTask(album.id, kind, target), lambda: next(asked) == 2)
    assert (report.is_stopped, report.written_count, told) == (True, 0, [1, 2])
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.glob(".visage*")] == []


@pytest.mark.parametrize("kind", FOLDERS)
def test_copies_that_were_made_before_a_stop_stay(
    store: BatchStore, album: Job, tmp_path: Path, kind: ExportFormat
) -> None:
    asked = count()
    task = ExportTask(album.id, kind, tmp_path / "out")
    report, _ = run(store.database, task, lambda: next(asked) == 2)
    assert (report.is_stopped, report.written_count) == (True, 2)
    assert len(names_below(tmp_path / "out")) == 2


@pytest.mark.parametrize("kind", FOLDERS)
def test_a_disk_that_fills_up_is_a_sentence_and_the_report_says_what_was_done(
    store: BatchStore,
    album: Job,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: ExportFormat,
) -> None:
    flush, calls = os.fsync, count(1)

    def fill_up(handle: int) -> None:
        if next(calls) > 2:
            raise OSError(28, os.strerror(28))
        flush(handle)

    monkeypatch.setattr(os, "fsync", fill_up)
    report = ExportReport()
    task = ExportTask(album.id, kind, tmp_path / "out")
    with pytest.raises(ExportError, match="No space left"):
        run_export(store.database, task, report, lambda _: None, lambda: False)
    assert report.written_count == len(names_below(tmp_path / "out")) == 2


def test_a_copy_whose_photo_breaks_off_is_reported_and_the_others_follow(
    store: BatchStore, album: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing:
        """A file on a stick that was pulled out."""

        def __enter__(self) -> "Failing":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def read(self, size: int) -> bytes:
            raise OSError(5, os.strerror(5))

    def open_or_fail(path: Path, error: type[PhotoError]) -> object:
        return Failing() if path.name == "b.png" else open_file(path, error)

    monkeypatch.setattr(sorted_copies, "open_file", open_or_fail)
    task = ExportTask(album.id, ExportFormat.SORTED_COPIES, tmp_path / "out")
    report, _ = run(store.database, task)
    assert [path.name for path, _ in report.failures] == ["b.png"]
    assert "could not be read to its end" in report.failures[0][1]
    assert names_below(tmp_path / "out") == ["a.png", "c.png", "night.png"]


def test_the_table_of_a_filter_is_the_one_that_the_command_line_writes(
    store: BatchStore, album: Job, tmp_path: Path
) -> None:
    run(store.database, ExportTask(album.id, ExportFormat.CSV, tmp_path / "out.csv"))
    lines = (tmp_path / "out.csv").read_text().splitlines()
    rows = csv_rows(labelled_photos(store.database, album.id))
    assert lines == [",".join(row) for row in rows]


@pytest.mark.parametrize("fits_ranges", [False, True])
def test_ranges_are_fitted_only_when_that_is_asked_for(
    store: BatchStore, tmp_path: Path, fits_ranges: bool
) -> None:
    job = fill_job(store, {f"{n}.jpg": [make_face(40.0)] for n in range(LEAST_FACES + 1)})
    for photo in photos_of(store, job)[1:]:
        correct_face(store.database, photo.faces[0].id, Correction(age_years=50.0))
    target = tmp_path / "faces.jsonl"
    task = ExportTask(job.id, ExportFormat.JSON_LINES, target, fits_ranges=fits_ranges)
    run(store.database, task)
    first = json.loads(target.read_text(encoding="utf-8").splitlines()[0])
    (face,) = first["faces"]
    assert face["estimate"]["age_high_years"] == (50.0 if fits_ranges else 45.0)
    assert ("ranges × 2.00 by 30 corrected ages" in first["labelled_by"]) == fits_ranges


def test_ranges_cannot_be_fitted_to_too_few_corrected_ages(album: Job, store: BatchStore) -> None:
    task = ExportTask(album.id, ExportFormat.CSV, Path("unused.csv"), fits_ranges=True)
    with pytest.raises(ExportError, match="30 corrected ages"):
        run(store.database, task)
    assert not Path("unused.csv").exists()
