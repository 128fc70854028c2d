"""Two jobs over the same photos, labelled by different models."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from core.batch.comparison import compared_job
from core.batch.database import Database
from core.batch.export.export_task import ExportFormat, ExportTask, run_export
from core.batch.export.report import ExportReport
from core.batch.leaving_out import leave_out
from core.batch.record import Job, LabelledFace
from core.batch.row_filter import RowOrder
from core.batch.row_query import labelled_photo, row_keys, table_rows
from core.batch.store import BatchStore
from core.types import Box, Gender
from tests.core.batch.builders import OTHER_RECIPE, RECIPE, fill_job, make_face, photos_of

LEFT, RIGHT = Box(10, 20, 50, 60), Box(200, 20, 240, 60)
NEAR_RIGHT = Box(203, 22, 243, 62)


@pytest.fixture
def first(store: BatchStore) -> Job:
    return fill_job(
        store,
        {
            "two.jpg": [make_face(30, box=LEFT), make_face(60, 0.2, Gender.MALE, RIGHT)],
            "one.jpg": [make_face(20, box=LEFT)],
            "sea.jpg": [],
        },
    )


@pytest.fixture
def second(store: BatchStore, first: Job) -> Job:
    """The same photos by a model that sees people older, and one face elsewhere."""
    photos = {
        "one.jpg": [make_face(21, box=RIGHT)],
        "two.jpg": [make_face(33, box=LEFT), make_face(70, 0.3, Gender.MALE, NEAR_RIGHT)],
        "sea.jpg": [make_face(50, box=LEFT)],
    }
    return fill_job(store, photos, OTHER_RECIPE, compared_with=first.id)


def faces(store: BatchStore, job: Job) -> dict[str, LabelledFace]:
    return {
        f"{photo.path.name} {face.number}": face
        for photo in photos_of(store, job)
        for face in photo.faces
    }


def test_each_face_has_what_the_other_model_says_of_the_same_place(
    store: BatchStore, second: Job
) -> None:
    found = faces(store, second)
    other = found["two.jpg 2"].face.other
    assert other is not None
    assert (other.estimate.age_years, other.gender) == (60, Gender.MALE)
    assert found["two.jpg 2"].face.years_apart == 10
    assert found["two.jpg 1"].face.years_apart == 3
    assert found["one.jpg 1"].face.other is None, "it lies elsewhere"
    assert found["sea.jpg 1"].face.other is None


def test_the_rows_of_a_table_and_a_preview_have_it_too(store: BatchStore, second: Job) -> None:
    found = faces(store, second)["two.jpg 1"]
    (row,) = table_rows(store.database, (found.id,))
    assert row.face is not None
    assert row.face.face.years_apart == 3
    photo = labelled_photo(store.database, row.facts.id)
    assert photo is not None
    assert [face.face.years_apart for face in photo.faces] == [3, 10]


def test_rows_are_sorted_by_how_far_the_models_are_apart(store: BatchStore, second: Job) -> None:
    ids = {face.id: name for name, face in faces(store, second).items()}
    for descending, expected in ((True, ["two.jpg 2", "two.jpg 1"]), (False, ["two.jpg 1"])):
        keys = row_keys(store.database, second.id, order=RowOrder.DISTANCE, descending=descending)
        assert [ids[key] for key in keys][: len(expected)] == expected
        assert len(keys) == 4


def test_a_job_that_is_compared_with_none_has_nothing_beside(store: BatchStore, first: Job) -> None:
    assert all(face.face.other is None for face in faces(store, first).values())
    assert compared_job(store.database, first.id) is None


def test_when_the_other_job_is_deleted_its_answers_go(
    store: BatchStore, first: Job, second: Job
) -> None:
    found = compared_job(store.database, second.id)
    assert found is not None
    assert found.id == first.id
    store.delete_job(first.id)
    assert store.job(second.id).compared_with is None
    assert all(face.face.other is None for face in faces(store, second).values())


def test_what_was_left_out_of_the_first_job_is_left_out_of_the_second(
    store: BatchStore, first: Job
) -> None:
    photos = {photo.path.name: photo for photo in photos_of(store, first)}
    leave_out(store.database, first.id, [photos["sea.jpg"].facts.id])
    job = store.create_job("beside", first.roots, OTHER_RECIPE, compared_with=first.id)
    assert [one.path.name for one in store.skipped(job.id)] == ["sea.jpg"]
    assert store.skipped(store.create_job("alone", first.roots, RECIPE).id) == ()


def export(database: Database, job: Job, kind: ExportFormat, target: Path) -> Path:
    task = ExportTask(job.id, kind, target)
    run_export(database, task, ExportReport(), lambda _: None, lambda: False)
    return target


def test_a_csv_has_both_answers(store: BatchStore, second: Job, tmp_path: Path) -> None:
    target = export(store.database, second, ExportFormat.CSV, tmp_path / "faces.csv")
    rows = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))
    by_name = {(Path(row["path"]).name, row["face"]): row for row in rows}
    man = by_name["two.jpg", "2"]
    assert (man["age"], man["other_age"], man["years_apart"]) == ("70.0", "60.0", "10.0")
    assert (man["gender"], man["other_gender"]) == ("male", "male")
    assert man["labelled_by"] == OTHER_RECIPE.labelled_by
    assert man["other_labelled_by"] == RECIPE.labelled_by
    assert by_name["sea.jpg", "1"]["other_age"] == ""


def test_json_lines_have_both_answers(store: BatchStore, second: Job, tmp_path: Path) -> None:
    target = export(store.database, second, ExportFormat.JSON_LINES, tmp_path / "faces.jsonl")
    photos = {
        Path(photo["path"]).name: photo
        for photo in map(json.loads, target.read_text(encoding="utf-8").splitlines())
    }
    man = photos["two.jpg"]["faces"][1]
    assert man["other_estimate"]["age_years"] == 60
    assert man["years_apart"] == 10
    assert photos["two.jpg"]["other_labelled_by"] == RECIPE.labelled_by
    assert photos["sea.jpg"]["faces"][0]["other_estimate"] is None


def test_a_table_of_one_model_keeps_its_columns(
    store: BatchStore, first: Job, tmp_path: Path
) -> None:
    target = export(store.database, first, ExportFormat.CSV, tmp_path / "faces.csv")
    header = target.read_text(encoding="utf-8").splitlines()[0]
    assert header.endswith("frame_s")


def test_models_without_an_age_are_apart_by_gender(store: BatchStore) -> None:
    first = fill_job(store, {"a.jpg": [make_face(None, 0.9)], "b.jpg": [make_face(None, 0.9)]})
    photos = {"a.jpg": [make_face(None, 0.8)], "b.jpg": [make_face(None, 0.1, Gender.MALE)]}
    second = fill_job(store, photos, replace(RECIPE, model_name="g"), compared_with=first.id)
    keys = row_keys(store.database, second.id, order=RowOrder.DISTANCE, descending=True)
    (row, _) = table_rows(store.database, keys)
    assert row.facts.path.name == "b.jpg"
