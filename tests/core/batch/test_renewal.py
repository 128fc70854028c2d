import pytest

from core.batch.correction import correct_face, undo_correction
from core.batch.outcome import PhotoAnswer
from core.batch.record import Correction, LabelledPhoto
from core.batch.store import BatchStore
from core.errors import DamagedStoreError
from core.types import Box
from tests.core.batch.builders import OTHER_RECIPE, fill_job, make_face, photos_of

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
