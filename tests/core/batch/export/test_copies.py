"""Annotated copies, sorted copies and training chips, made of photos that a job labelled."""

import errno
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as Pillow

from core.annotator import Annotator
from core.batch.correction import correct_face
from core.batch.export.annotated_copies import write_annotated_copies
from core.batch.export.report import ExportReport
from core.batch.export.sorted_copies import SortKey, age_group, write_sorted_copies
from core.batch.export.training_chips import write_training_chips
from core.batch.record import Correction, Job
from core.batch.row_query import labelled_photos
from core.batch.store import BatchStore
from core.errors import ExportError
from core.types import Gender
from tests.core.batch.builders import RECIPE, make_run, photos_of, write_photo

Export = Callable[[Path], ExportReport]


@pytest.fixture
def album(store: BatchStore, tmp_path: Path) -> Job:
    """A boy of 8, a woman of 44, a landscape at night and a broken file; two share a name."""
    write_photo(tmp_path / "album" / "a.png", (8, 20, 0), (320, 240))
    write_photo(tmp_path / "album" / "more" / "a.png", (44, 0, 255), (320, 240))
    write_photo(tmp_path / "album" / "night.png", (0, 0, 0))
    (tmp_path / "album" / "broken.jpg").write_text("no picture")
    job = store.create_job("job", [tmp_path / "album"], RECIPE)
    list(make_run(store, job).run())
    return job


def files_below(folder: Path) -> list[str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in found)


def contents_below(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files_below(folder)}


def test_every_photo_that_was_read_gets_an_annotated_copy(
    store: BatchStore, album: Job, tmp_path: Path
) -> None:
    originals = contents_below(tmp_path / "album")
    report = write_annotated_copies(photos_of(store, album), tmp_path / "out", Annotator())
    assert files_below(tmp_path / "out") == ["a (2).jpg", "a.jpg", "night.jpg"]
    assert (report.written_count, report.failures) == (3, [])
    with Pillow.open(tmp_path / "out" / "a.jpg") as copy:
        assert copy.size == (320, 240)
        assert np.asarray(copy).std() > 5, "a box and a label were drawn"
    assert contents_below(tmp_path / "album") == originals


def test_an_annotated_copy_into_the_photos_own_folder_replaces_nothing(
    store: BatchStore, tmp_path: Path
) -> None:
    path = write_photo(tmp_path / "album" / "a.jpg", (90, 0, 0))
    before = path.read_bytes()
    job = store.create_job("job", [path], RECIPE)
    list(make_run(store, job).run())
    write_annotated_copies(photos_of(store, job), path.parent, Annotator())
    assert path.read_bytes() == before
    assert files_below(path.parent) == ["a (2).jpg", "a.jpg"]


def test_hidden_faces_are_hidden_even_where_a_filter_lists_others(
    store: BatchStore, album: Job, tmp_path: Path
) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (240, 320, 3), dtype=np.uint8)
    Pillow.fromarray(noise).save(tmp_path / "noise.png")
    job = store.create_job("noise", [tmp_path / "noise.png"], RECIPE)
    list(make_run(store, job).run())
    hiding = Annotator(has_labels=False, hides_faces=True)
    photos = labelled_photos(store.database, job.id, whole_photos=True)
    write_annotated_copies(photos, tmp_path / "out", hiding)
    with Pillow.open(tmp_path / "out" / "noise.jpg") as copy:
        face = np.asarray(copy)[100:140, 120:160]
        assert dict(copy.getexif()) == {}
    assert face.std() < noise.std() / 3


@pytest.mark.parametrize(
    ("key", "files"),
    [
        (SortKey.AGE_GROUP, ["00-09/a.png", "40-49/a.png", "no face/night.png"]),
        (SortKey.GENDER, ["female/a.png", "male/a.png", "no face/night.png"]),
    ],
)
def test_photos_are_sorted_into_folders_byte_for_byte(
    store: BatchStore, album: Job, tmp_path: Path, key: SortKey, files: list[str]
) -> None:
    originals = contents_below(tmp_path / "album")
    write_sorted_copies(photos_of(store, album), tmp_path / "out", key)
    assert files_below(tmp_path / "out") == files
    assert (tmp_path / "out" / files[-1]).read_bytes() == originals["night.png"]
    assert contents_below(tmp_path / "album") == originals


def test_age_groups_are_ten_years_and_sort_as_text() -> None:
    assert [age_group(age) for age in (0, 9.4, 9.9, 34, 101)] == [
        "00-09",
        "00-09",
        "10-19",
        "30-39",
        "100-109",
    ]


def test_corrected_faces_become_chips_that_can_be_trained_on(
    store: BatchStore, album: Job, tmp_path: Path
) -> None:
    from training.data.chip import read_chips

    boy = photos_of(store, album)[0].faces[0]
    correct_face(store.database, boy.id, Correction(age_years=9, gender=Gender.MALE))
    moment = datetime(2024, 5, 6, 7, 8, 9, 998_000, UTC)
    report = write_training_chips(photos_of(store, album), tmp_path / "chips", moment)
    assert files_below(tmp_path / "chips") == [
        "44_1_4_20240506070809999.jpg.chip.jpg",
        "9_0_4_20240506070809998.jpg.chip.jpg",
    ]
    assert report.written_count == 2
    chips = read_chips(tmp_path / "chips")
    assert [(chip.age_years, chip.is_female, chip.race) for chip in chips] == [
        (44, True, 4),
        (9, False, 4),
    ]
    with Pillow.open(chips[0].path) as chip:
        assert chip.size == (200, 200)
        assert np.asarray(chip).mean(axis=(0, 1)) == pytest.approx([44, 0, 255], abs=4)


def test_an_unsure_face_teaches_nothing(store: BatchStore, tmp_path: Path) -> None:
    write_photo(tmp_path / "unsure.png", (30, 0, 128))
    job = store.create_job("job", [tmp_path / "unsure.png"], RECIPE)
    list(make_run(store, job).run())
    assert write_training_chips(photos_of(store, job), tmp_path / "chips").written_count == 0


def exports(store: BatchStore, job: Job) -> dict[str, Export]:
    photos = photos_of(store, job)
    return {
        "annotated": lambda folder: write_annotated_copies(photos, folder, Annotator()),
        "sorted": lambda folder: write_sorted_copies(photos, folder, SortKey.GENDER),
        "chips": lambda folder: write_training_chips(photos, folder),
    }


@pytest.mark.parametrize("name", ["annotated", "sorted", "chips"])
def test_a_photo_that_is_gone_is_reported_and_the_others_follow(
    store: BatchStore, album: Job, tmp_path: Path, name: str
) -> None:
    (tmp_path / "album" / "a.png").unlink()
    report = exports(store, album)[name](tmp_path / "out")
    assert report.written_count >= 1
    assert [path for path, _ in report.failures] == [tmp_path / "album" / "a.png"]
    assert "a.png" in report.failures[0][1]


@pytest.mark.parametrize("name", ["annotated", "sorted", "chips"])
def test_a_photo_that_was_changed_since_is_reported_and_the_others_follow(
    store: BatchStore, album: Job, tmp_path: Path, name: str
) -> None:
    changed = write_photo(tmp_path / "album" / "a.png", (8, 20, 1), (320, 240))
    report = exports(store, album)[name](tmp_path / "out")
    sentence = "a.png was changed since it was labelled. Label it again."
    assert report.failures == [(changed, sentence)]
    assert len(files_below(tmp_path / "out")) == report.written_count >= 1


def test_faces_that_moved_since_are_never_shown_as_hidden(
    store: BatchStore, tmp_path: Path
) -> None:
    path = write_photo(tmp_path / "a.png", (90, 0, 0), (320, 240))
    job = store.create_job("job", [path], RECIPE)
    list(make_run(store, job).run())
    with Pillow.open(path) as picture:
        picture.transpose(Pillow.Transpose.ROTATE_90).save(path)
    report = write_annotated_copies(
        photos_of(store, job), tmp_path / "out", Annotator(hides_faces=True)
    )
    assert [failed for failed, _ in report.failures] == [path]
    assert files_below(tmp_path / "out") == []


@pytest.mark.parametrize("name", ["annotated", "sorted"])
def test_an_export_that_is_made_again_writes_only_what_is_missing(
    store: BatchStore, album: Job, tmp_path: Path, name: str
) -> None:
    out = tmp_path / "out"
    exports(store, album)[name](out)
    before = contents_below(out)
    next(out.rglob("night.*")).unlink()
    report = exports(store, album)[name](out)
    assert (report.written_count, report.present_count) == (1, 2)
    assert contents_below(out) == before


@pytest.mark.parametrize("name", ["annotated", "sorted"])
def test_photos_of_one_name_and_content_get_a_copy_each_however_often(
    store: BatchStore, tmp_path: Path, name: str
) -> None:
    for folder in ("a", "b", "c"):
        write_photo(tmp_path / "album" / folder / "same.png", (8, 20, 0), (320, 240))
    job = store.create_job("job", [tmp_path / "album"], RECIPE)
    list(make_run(store, job).run())
    reports = [exports(store, job)[name](tmp_path / "out") for _ in range(2)]
    assert [(one.written_count, one.present_count) for one in reports] == [(3, 0), (0, 3)]
    assert len(files_below(tmp_path / "out")) == 3


@pytest.mark.parametrize("name", ["annotated", "sorted"])
def test_another_file_of_the_same_name_stays(
    store: BatchStore, album: Job, tmp_path: Path, name: str
) -> None:
    exports(store, album)[name](tmp_path / "out")
    mine = next((tmp_path / "out").rglob("night.*"))
    mine.write_text("mine")
    assert exports(store, album)[name](tmp_path / "out").written_count == 1
    assert mine.read_text() == "mine"


@pytest.mark.parametrize("name", ["annotated", "sorted", "chips"])
def test_a_folder_that_cannot_be_written_is_a_sentence(
    store: BatchStore, album: Job, tmp_path: Path, name: str
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match="could not be written"):
        exports(store, album)[name](tmp_path / "file" / "out")


@pytest.mark.parametrize("name", ["annotated", "sorted", "chips"])
def test_a_folder_into_which_nobody_may_look_is_a_sentence(
    store: BatchStore, album: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    real_stat: Any = Path.stat

    def refuse(path: Path, **options: bool) -> object:
        if tmp_path / "out" in path.parents:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return real_stat(path, **options)

    monkeypatch.setattr(Path, "stat", refuse)
    with pytest.raises(ExportError, match="Permission denied"):
        exports(store, album)[name](tmp_path / "out")
