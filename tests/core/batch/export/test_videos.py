"""What an export writes of a video, for each format."""

import csv
import io
import json
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from core.annotator import Annotator
from core.batch.export.annotated_copies import write_annotated_copies
from core.batch.export.csv_file import COLUMNS, write_csv
from core.batch.export.export_task import ExportCounts, export_counts
from core.batch.export.json_lines import write_json_lines
from core.batch.export.sorted_copies import SortKey, write_sorted_copies
from core.batch.export.training_chips import write_training_chips
from core.batch.export.workbook import write_workbook
from core.batch.export.xmp.sidecar import write_xmp_sidecars
from core.batch.picture import load_picture
from core.batch.record import Job, LabelledPhoto
from core.batch.row_filter import RowOrder
from core.batch.row_query import row_keys, table_rows
from core.batch.statistics import job_statistics
from core.batch.store import BatchStore
from core.errors import PhotoError
from tests.core.batch.builders import photos_of, run_job, write_film, write_photo

NOBODY = (0, 0, 0)
WOMAN_OF_30 = (30, 0, 255)
MAN_OF_60 = (60, 0, 0)


@pytest.fixture
def job(store: BatchStore, tmp_path: Path) -> Job:
    """A film in which a woman is followed by a man, and a photo of a man."""
    colours = [WOMAN_OF_30] * 50 + [NOBODY] * 75 + [MAN_OF_60] * 50
    write_film(tmp_path / "album" / "film.mkv", colours)
    write_photo(tmp_path / "album" / "photo.png", MAN_OF_60)
    return run_job(store, [tmp_path / "album"])[0]


@pytest.fixture
def photos(store: BatchStore, job: Job) -> list[LabelledPhoto]:
    return photos_of(store, job)


def test_a_table_has_the_seconds_of_people_and_leaves_them_empty_for_photos(
    photos: list[LabelledPhoto], tmp_path: Path
) -> None:
    write_csv(photos, tmp_path / "out.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text("utf-8"))))
    assert COLUMNS[-3:] == ("from_s", "to_s", "frame_s")
    assert [row["from_s"] for row in rows] == ["0.00", "5.00", ""]
    assert [bool(row["to_s"]) for row in rows] == [True, True, False]
    assert float(rows[0]["from_s"]) <= float(rows[0]["frame_s"]) <= float(rows[0]["to_s"])
    write_workbook(photos, tmp_path / "out.xlsx")


def test_json_has_null_in_the_place_of_times_for_photos(
    photos: list[LabelledPhoto], tmp_path: Path
) -> None:
    write_json_lines(photos, tmp_path / "out.jsonl")
    film, photo = map(json.loads, (tmp_path / "out.jsonl").read_text("utf-8").splitlines())
    assert [face["from_s"] for face in film["faces"]] == [0.0, 5.0]
    assert [face["frame_s"] is None for face in film["faces"] + photo["faces"]] == [0, 0, 1]


def test_the_copy_of_a_video_is_the_frame_of_each_person(
    photos: list[LabelledPhoto], tmp_path: Path
) -> None:
    report = write_annotated_copies(photos, tmp_path / "out", Annotator())
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names[0].startswith("film 0-0")
    assert names[1].startswith("film 0-05")
    assert names[2:] == ["photo.jpg"]
    assert (report.written_count, report.failures) == (3, [])
    with Pillow.open(tmp_path / "out" / names[0]) as copy:
        corner = np.asarray(copy)[-1, -1]
    assert corner[2] > 200, "it is the woman's frame"
    again = write_annotated_copies(photos, tmp_path / "out", Annotator())
    assert (again.written_count, again.present_count) == (0, 3)


def test_a_video_has_no_copy_with_hidden_faces_and_says_why(
    photos: list[LabelledPhoto], tmp_path: Path
) -> None:
    report = write_annotated_copies(photos, tmp_path / "out", Annotator(hides_faces=True))
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["photo.jpg"]
    reason = "film.mkv is a video: only the faces of photos can all be hidden."
    assert report.failures == [(photos[0].path, reason)]


def test_chips_are_cut_from_the_frame_of_each_person(
    photos: list[LabelledPhoto], tmp_path: Path
) -> None:
    report = write_training_chips(photos, tmp_path / "out")
    ages_and_genders = sorted(path.name[:4] for path in (tmp_path / "out").iterdir())
    assert ages_and_genders == ["30_1", "60_0", "60_0"]
    assert report.failures == []


def test_videos_are_neither_sorted_nor_given_sidecars(
    photos: list[LabelledPhoto], tmp_path: Path
) -> None:
    sorted_report = write_sorted_copies(photos, tmp_path / "out", SortKey.GENDER)
    sidecar_report = write_xmp_sidecars(photos)
    assert [path.name for path in (tmp_path / "out").rglob("*.*")] == ["photo.png"]
    assert not list(photos[0].path.parent.glob("film*.xmp"))
    assert (sorted_report.written_count, sidecar_report.written_count) == (1, 1)
    assert sorted_report.failures == sidecar_report.failures == []


def test_a_video_that_was_changed_since_shows_nothing(photos: list[LabelledPhoto]) -> None:
    film = photos[0]
    assert load_picture(film.pictures[0].facts).width_px == 64
    os.utime(film.path, ns=(1, 1))
    with pytest.raises(PhotoError, match=r"film.mkv was changed since it was labelled"):
        load_picture(film.pictures[0].facts)


def test_people_are_counted_apart_from_faces_in_photos(store: BatchStore, job: Job) -> None:
    statistics = job_statistics(store.database, job.id)
    assert statistics.face_count == 3
    assert (statistics.video_count, statistics.people_count) == (1, 2)
    assert statistics.faces_per_photo == {1: 1}
    assert export_counts(store.database, job.id) == ExportCounts(photos=2, faces=3, videos=1)


def test_rows_are_sorted_by_the_second_when_a_person_came_and_photos_come_last(
    store: BatchStore, job: Job
) -> None:
    for descending, expected in ((False, [0.0, 5.0, None]), (True, [5.0, 0.0, None])):
        keys = row_keys(store.database, job.id, order=RowOrder.TIME, descending=descending)
        rows = table_rows(store.database, keys)
        spans = [None if row.face is None else row.face.span for row in rows]
        times_s = [None if span is None else span.from_s for span in spans]
        assert times_s == expected
