from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo

from core.batch.box_correction import remove_faces
from core.batch.correction import correct_face, undo_correction
from core.batch.outcome import PhotoAnswer
from core.batch.record import Correction, LabelledPhoto
from core.batch.renewal import CORRECTIONS_DROPPED
from core.batch.store import BatchStore
from core.errors import DamagedStoreError
from core.types import Box
from tests.core.batch.builders import (
    OTHER_RECIPE,
    fill_job,
    make_face,
    make_run,
    photos_of,
    run_job,
)

LEFT, RIGHT = Box(10, 20, 50, 60), Box(100, 20, 140, 60)


def answered_again(store: BatchStore, *boxes: Box) -> LabelledPhoto:
    """A photo with a face at the left and a corrected one at the right, then answered anew."""
    job = fill_job(store, {"a.jpg": [make_face(30, box=LEFT), make_face(50, box=RIGHT)]})
    corrected = photos_of(store, job)[0].faces[1]
    correct_face(store.database, corrected.id, Correction(age_years=77))
    store.ask_anew(job.id, OTHER_RECIPE)
    (waiting,) = store.waiting_photos(job.id, 0, 9)
    assert [face.age_years for face in photos_of(store, job)[0].faces] == [77]
    faces = [make_face(33, box=box) for box in boxes]
    answer = PhotoAnswer(waiting.id, b"a.jpg".ljust(32), 200, 80, faces)
    store.store_outcomes(OTHER_RECIPE.to_text(), [answer])
    (photo,) = photos_of(store, job)
    return photo


def test_a_correction_moves_to_the_new_face_in_its_place(store: BatchStore) -> None:
    photo = answered_again(store, LEFT, Box(104, 22, 146, 64))
    assert [face.age_years for face in photo.faces] == [33, 77]
    assert [face.number for face in photo.faces] == [1, 2]
    assert photo.faces[1].face.box.left == 104
    assert photo.faces[1].face.estimate is not None
    assert photo.faces[1].face.estimate.age_years == 33


def test_a_box_that_shares_a_third_is_the_same_face_and_one_that_shares_a_quarter_another(
    store: BatchStore,
) -> None:
    """Intersection over union of boxes 40 px wide, 20 and 24 px apart."""
    same = answered_again(store, RIGHT.moved(20, 0))
    assert [face.age_years for face in same.faces] == [77]
    other = answered_again(store, RIGHT.moved(24, 0))
    assert [face.age_years for face in other.faces] == [77, 33]


def test_a_corrected_face_that_is_found_no_more_stays(store: BatchStore) -> None:
    photo = answered_again(store, LEFT)
    assert [(face.number, face.age_years) for face in photo.faces] == [(1, 33), (2, 77)]


def test_a_correction_that_survived_can_still_be_taken_back(store: BatchStore) -> None:
    photo = answered_again(store, RIGHT)
    (job,) = store.jobs()
    assert undo_correction(store.database, job.id) == photo.faces[0].id
    assert photos_of(store, job)[0].faces[0].age_years == 33


@pytest.mark.parametrize("left", ["nonsense", b"\x00", float("inf")])
def test_a_corrected_face_in_no_place_is_a_sentence(store: BatchStore, left: object) -> None:
    job = fill_job(store, {"a.jpg": [make_face(box=LEFT)]})
    correct_face(store.database, photos_of(store, job)[0].faces[0].id, Correction(age_years=77))
    with store.database.transaction() as connection:
        connection.execute("UPDATE face SET left = ?", (left,))
    store.ask_anew(job.id, OTHER_RECIPE)
    (waiting,) = store.waiting_photos(job.id, 0, 9)
    answer = PhotoAnswer(waiting.id, b"a.jpg".ljust(32), 200, 80, [make_face(box=LEFT)])
    with pytest.raises(DamagedStoreError, match="jobs repair"):
        store.store_outcomes(OTHER_RECIPE.to_text(), [answer])


def test_a_job_that_is_asked_anew_is_scanned_again_under_the_new_recipe(store: BatchStore) -> None:
    job = fill_job(store, {"a.jpg": [], "b.jpg": "b.jpg is empty."})
    store.ask_anew(job.id, OTHER_RECIPE)
    renewed = store.job(job.id)
    assert (renewed.recipe, renewed.is_scanned, renewed.is_anew) == (OTHER_RECIPE, False, True)
    assert store.counts(job.id).waiting == 2


def relabelled(
    store: BatchStore, path: Path, change: Callable[[], object], *, is_touched: bool = True
) -> LabelledPhoto:
    """A photo whose face is corrected to 7 years, then changed, then labelled again."""
    job, _ = run_job(store, [path])
    if is_touched:
        (face,) = photos_of(store, job)[0].faces
        correct_face(store.database, face.id, Correction(age_years=7))
    change()
    store.ask_anew(job.id, OTHER_RECIPE)
    list(make_run(store, store.job(job.id)).run())
    (photo,) = photos_of(store, job)
    return photo


def write_scene(path: Path, *, seed: int = 0, turns: int = 0, **saved: Any) -> Path:
    """A photo of noise, so that every other one differs in some pixel."""
    pixels = np.random.default_rng(seed).integers(20, 90, (48, 64, 3), np.uint8)
    Pillow.fromarray(np.ascontiguousarray(np.rot90(pixels, turns))).save(path, **saved)
    return path


def turned_by_exif() -> Pillow.Exif:
    exif = Pillow.Exif()
    exif[0x0112] = 3
    return exif


def keywords() -> PngInfo:
    info = PngInfo()
    info.add_text("Keywords", "holiday")
    return info


@pytest.mark.parametrize(
    "saved",
    [
        {},
        {"pnginfo": keywords()},
        {"compress_level": 1},
    ],
)
def test_a_correction_stays_while_the_picture_is_the_same_whatever_else_its_file_holds(
    store: BatchStore, tmp_path: Path, saved: dict[str, Any]
) -> None:
    path = write_scene(tmp_path / "a.png")
    photo = relabelled(store, path, lambda: write_scene(path, **saved))
    assert [(face.number, face.age_years) for face in photo.faces] == [(1, 7)]
    assert photo.facts.note is None


@pytest.mark.parametrize(
    "changed",
    [{"seed": 1}, {"turns": 1}, {"turns": 2}, {"exif": turned_by_exif()}],
)
def test_a_correction_is_never_put_on_another_picture_and_the_row_says_so(
    store: BatchStore, tmp_path: Path, changed: dict[str, Any]
) -> None:
    path = write_scene(tmp_path / "a.png")
    photo = relabelled(store, path, lambda: write_scene(path, **changed))
    assert [face.is_corrected for face in photo.faces] == [False]
    assert photo.facts.note == CORRECTIONS_DROPPED
    (job,) = store.jobs()
    assert undo_correction(store.database, job.id) is None


def test_what_replaces_a_picture_that_nobody_touched_has_no_note(
    store: BatchStore, tmp_path: Path
) -> None:
    path = write_scene(tmp_path / "a.png")
    photo = relabelled(store, path, lambda: write_scene(path, seed=1), is_touched=False)
    assert photo.facts.note is None


def test_a_face_that_was_deleted_hides_nobody_in_another_picture(
    store: BatchStore, tmp_path: Path
) -> None:
    path = write_scene(tmp_path / "a.png")
    job, _ = run_job(store, [path])
    remove_faces(store.database, [photos_of(store, job)[0].faces[0].id])
    path.unlink()
    store.ask_anew(job.id, OTHER_RECIPE)
    list(make_run(store, store.job(job.id)).run())
    write_scene(path, seed=1)
    store.retry_failed(job.id)
    list(make_run(store, store.job(job.id)).run())
    (photo,) = photos_of(store, job)
    assert len(photo.faces) == 1


def test_a_correction_outlives_a_time_without_the_file(store: BatchStore, tmp_path: Path) -> None:
    path, away = write_scene(tmp_path / "a.png"), tmp_path / "away.png"
    photo = relabelled(store, path, lambda: path.rename(away))
    assert photo.facts.error is not None
    away.rename(path)
    (job,) = store.jobs()
    store.retry_failed(job.id)
    list(make_run(store, store.job(job.id)).run())
    assert [face.age_years for face in photos_of(store, job)[0].faces] == [7]


@pytest.mark.parametrize("is_changed", [False, True])
@pytest.mark.parametrize("is_retried", [False, True])
def test_of_what_an_older_visage_asked_anew_an_unchanged_file_is_the_same_picture(
    store: BatchStore, tmp_path: Path, *, is_changed: bool, is_retried: bool
) -> None:
    """It forgot the hash of the bytes, and knew none of the pixels."""
    path = write_scene(tmp_path / "a.png")
    job, _ = run_job(store, [path])
    correct_face(store.database, photos_of(store, job)[0].faces[0].id, Correction(age_years=7))
    store.ask_anew(job.id, OTHER_RECIPE)
    with store.database.transaction() as connection:
        connection.execute("UPDATE photo SET content_hash = NULL, picture_hash = NULL")
        if is_retried:
            connection.execute("UPDATE photo SET state = 'failed', error = 'It was gone.'")
    if is_changed:
        write_scene(path, seed=1)
    if is_retried:
        store.retry_failed(job.id)
    list(make_run(store, store.job(job.id)).run())
    (photo,) = photos_of(store, job)
    assert [face.is_corrected for face in photo.faces] == [not is_changed]
    assert photo.facts.note == (CORRECTIONS_DROPPED if is_changed else None)
