import pytest

from core.batch.box_correction import (
    add_face,
    bring_back_faces,
    check_box,
    redraw_face,
    remove_faces,
)
from core.batch.correction import correct_face, undo_correction
from core.batch.outcome import PhotoAnswer
from core.batch.record import BoxBy, Correction, Job, LabelledFace
from core.batch.repair import repair
from core.batch.row_filter import RowFilter
from core.batch.row_query import labelled_photos, row_keys, table_rows
from core.batch.statistics import job_statistics
from core.batch.store import BatchStore
from core.errors import BoxError, StoreError
from core.types import Box
from tests.core.batch.builders import OTHER_RECIPE, RECIPE, fill_job, make_face, photos_of

LEFT, RIGHT = Box(5, 20, 35, 60), Box(60, 20, 95, 60)
LEFT_AGAIN = Box(8, 22, 38, 62)


@pytest.fixture
def job(store: BatchStore) -> Job:
    """One photo of 100 × 80 px with a face at its left; a second one that waits."""
    return fill_job(store, {"a.jpg": [make_face(30, box=LEFT)], "b.jpg": None})


def faces_of(store: BatchStore, job: Job) -> list[LabelledFace]:
    return list(photos_of(store, job)[0].faces)


def ages_of(store: BatchStore, job: Job) -> list[float | None]:
    return [face.age_years for face in faces_of(store, job)]


def photo_id_of(store: BatchStore, job: Job) -> int:
    return photos_of(store, job)[0].facts.id


def answer_again(store: BatchStore, job: Job, *boxes: Box) -> None:
    """What another recipe finds in the first photo."""
    store.ask_anew(job.id, OTHER_RECIPE)
    waiting, _ = store.waiting_photos(job.id, 0, 9)
    faces = [make_face(33, box=box) for box in boxes]
    answer = PhotoAnswer(waiting.id, b"a.jpg".ljust(32), 100, 80, faces)
    store.store_outcomes(OTHER_RECIPE.to_text(), [answer])


def test_an_added_face_counts_wherever_faces_do(store: BatchStore, job: Job) -> None:
    face_id = add_face(store.database, photo_id_of(store, job), *make_face(50, box=RIGHT))
    found, drawn = faces_of(store, job)
    assert (drawn.id, drawn.number, drawn.box_by) == (face_id, 2, BoxBy.HAND)
    assert found.box_by is BoxBy.DETECTOR
    assert face_id in row_keys(store.database, job.id)
    assert job_statistics(store.database, job.id).face_count == 2
    assert store.counts(job.id).faces == 2


def test_a_deleted_face_counts_nowhere_and_its_photo_is_a_row(store: BatchStore, job: Job) -> None:
    (face,) = faces_of(store, job)
    photo_id = photo_id_of(store, job)
    assert remove_faces(store.database, [face.id]) == (photo_id,)
    assert row_keys(store.database, job.id)[0] == -photo_id
    (row,) = table_rows(store.database, [-photo_id, face.id])
    assert (row.face, row.facts.face_count) == (None, 0)
    assert job_statistics(store.database, job.id).face_count == 0
    assert store.counts(job.id).faces == 0


def test_each_change_is_taken_back_in_its_turn(store: BatchStore, job: Job) -> None:
    (face,) = faces_of(store, job)
    photo_id = photo_id_of(store, job)
    correct_face(store.database, face.id, Correction(age_years=41))
    add_face(store.database, photo_id, *make_face(50, box=RIGHT))
    redrawn_id = redraw_face(store.database, face.id, *make_face(31, box=LEFT_AGAIN))
    remove_faces(store.database, [redrawn_id])
    assert ages_of(store, job) == [50]

    assert undo_correction(store.database, job.id) == redrawn_id
    assert ages_of(store, job) == [41, 50]
    assert undo_correction(store.database, job.id) == face.id
    assert faces_of(store, job)[0].face.box == LEFT
    assert undo_correction(store.database, job.id) == face.id
    assert ages_of(store, job) == [41]
    assert undo_correction(store.database, job.id) == face.id
    assert ages_of(store, job) == [30]
    assert undo_correction(store.database, job.id) is None
    assert store.database.row("SELECT count(*) FROM face") == (1,)


def test_where_no_face_is_left_undoing_points_at_the_photo(store: BatchStore) -> None:
    job = fill_job(store, {"a.jpg": []})
    photo_id = photo_id_of(store, job)
    add_face(store.database, photo_id, *make_face(50, box=RIGHT))
    assert undo_correction(store.database, job.id) == -photo_id


def test_a_face_drawn_anew_keeps_what_was_corrected_and_the_detectors_box_stays_stored(
    store: BatchStore, job: Job
) -> None:
    (face,) = faces_of(store, job)
    correct_face(store.database, face.id, Correction(age_years=41))
    redraw_face(store.database, face.id, *make_face(31, box=LEFT_AGAIN))
    (redrawn,) = faces_of(store, job)
    assert (redrawn.age_years, redrawn.face.box, redrawn.number) == (41, LEFT_AGAIN, 1)
    stored = store.database.row("SELECT left, presence FROM face WHERE id = ?", (face.id,))
    assert stored == (LEFT.left, "covered")


def test_deleted_faces_are_brought_back_but_not_beneath_others(store: BatchStore, job: Job) -> None:
    (face,) = faces_of(store, job)
    photo_id = photo_id_of(store, job)
    redrawn_id = redraw_face(store.database, face.id, *make_face(31, box=LEFT_AGAIN))
    remove_faces(store.database, [redrawn_id])
    assert bring_back_faces(store.database, [photo_id]) == (redrawn_id,)
    remove_faces(store.database, [redrawn_id])
    add_face(store.database, photo_id, *make_face(70, box=LEFT))
    assert bring_back_faces(store.database, [photo_id]) == ()
    assert ages_of(store, job) == [70]


@pytest.mark.parametrize(
    ("box", "sentence"),
    [
        (Box(60, 20, 70, 60), "A face needs a box of 16 px or more in the photo; this one has 10"),
        (Box(70, 20, 60, 60), "this one has 0 × 40 px"),
        (Box(60, 20, float("nan"), 60), "A face needs a box"),
        (Box(90, 20, 120, 60), "The box reaches beyond the photo of 100 × 80 px."),
        (Box(60, -20, 90, 20), "The box reaches beyond the photo"),
        (LEFT_AGAIN, "There is a face already. Draw its box anew, or delete it first."),
    ],
)
def test_a_box_that_can_be_no_face_is_a_sentence(
    store: BatchStore, job: Job, box: Box, sentence: str
) -> None:
    with pytest.raises(BoxError, match=sentence):
        add_face(store.database, photo_id_of(store, job), *make_face(50, box=box))
    assert len(faces_of(store, job)) == 1


def test_a_box_is_as_large_as_its_sentence_would_say() -> None:
    check_box(Box(0, 0, 15.6, 16), 40, 30)
    with pytest.raises(BoxError, match="this one has 15 × 16 px"):
        check_box(Box(0, 0, 15.4, 16), 40, 30)


def test_nothing_is_drawn_into_a_photo_that_waits(store: BatchStore, job: Job) -> None:
    waiting = photos_of(store, job)[1].facts.id
    with pytest.raises(BoxError, match="This photo is not labelled yet"):
        add_face(store.database, waiting, *make_face(50, box=RIGHT))


def test_what_was_deleted_meanwhile_is_a_sentence(store: BatchStore, job: Job) -> None:
    (face,) = faces_of(store, job)
    store.delete_job(job.id)
    for change in (
        lambda: add_face(store.database, 1, *make_face(50, box=RIGHT)),
        lambda: redraw_face(store.database, face.id, *make_face(50, box=RIGHT)),
        lambda: remove_faces(store.database, [face.id]),
    ):
        with pytest.raises(StoreError, match="was deleted with its job"):
            change()


def test_the_filter_for_corrected_faces_lets_drawn_ones_pass(store: BatchStore, job: Job) -> None:
    face_id = add_face(store.database, photo_id_of(store, job), *make_face(50, box=RIGHT))
    chosen = row_keys(store.database, job.id, RowFilter(corrected_only=True))
    assert list(chosen) == [face_id]


def test_a_drawn_face_stays_when_its_job_is_labelled_again(store: BatchStore, job: Job) -> None:
    add_face(store.database, photo_id_of(store, job), *make_face(50, box=RIGHT))
    answer_again(store, job, LEFT)
    assert ages_of(store, job) == [33, 50]


def test_a_drawn_face_covers_what_is_found_in_its_place_until_it_is_taken_back(
    store: BatchStore, job: Job
) -> None:
    add_face(store.database, photo_id_of(store, job), *make_face(50, box=RIGHT))
    answer_again(store, job, LEFT, Box(62, 22, 97, 62))
    assert ages_of(store, job) == [33, 50]
    undo_correction(store.database, job.id)
    assert ages_of(store, job) == [33, 33]


def test_a_deleted_face_stays_deleted_when_it_is_found_again(store: BatchStore, job: Job) -> None:
    (face,) = faces_of(store, job)
    remove_faces(store.database, [face.id])
    answer_again(store, job, LEFT_AGAIN, RIGHT)
    assert [one.face.box for one in faces_of(store, job)] == [RIGHT]
    undo_correction(store.database, job.id)
    assert [one.face.box for one in faces_of(store, job)] == [LEFT_AGAIN, RIGHT]


def test_a_deleted_face_that_is_found_no_more_is_forgotten(store: BatchStore, job: Job) -> None:
    (face,) = faces_of(store, job)
    remove_faces(store.database, [face.id])
    answer_again(store, job)
    assert bring_back_faces(store.database, [photo_id_of(store, job)]) == ()


def test_a_face_drawn_anew_stays_when_its_job_is_labelled_again(
    store: BatchStore, job: Job
) -> None:
    (face,) = faces_of(store, job)
    redraw_face(store.database, face.id, *make_face(31, box=LEFT_AGAIN))
    answer_again(store, job, LEFT)
    assert [one.face.box for one in faces_of(store, job)] == [LEFT_AGAIN]
    undo_correction(store.database, job.id)
    (one,) = faces_of(store, job)
    assert (one.face.box, one.age_years) == (LEFT, 33)


def test_another_photo_of_the_same_bytes_gets_what_the_detector_said(
    store: BatchStore, job: Job
) -> None:
    (face,) = faces_of(store, job)
    photo_id = photo_id_of(store, job)
    remove_faces(store.database, [face.id])
    add_face(store.database, photo_id, *make_face(50, box=RIGHT))
    copy = store.create_job("copy", job.roots, RECIPE)
    store.add_findings(copy.id, [])
    with store.database.transaction() as connection:
        connection.execute(
            "INSERT INTO photo (job_id, path, search_path, size_bytes, mtime_ns) "
            "SELECT ?, path, search_path, size_bytes, mtime_ns FROM photo WHERE id = ?",
            (copy.id, photo_id),
        )
    assert store.answer_unchanged(copy.id) == 1
    (copied,) = photos_of(store, copy)
    assert [one.face.box for one in copied.faces] == [LEFT]
    assert copied.facts.face_count == 1


def test_a_store_with_boxes_by_hand_is_sound(store: BatchStore, job: Job) -> None:
    (face,) = faces_of(store, job)
    photo_id = photo_id_of(store, job)
    redraw_face(store.database, face.id, *make_face(31, box=LEFT_AGAIN))
    remove_faces(store.database, [add_face(store.database, photo_id, *make_face(9, box=RIGHT))])
    store.close()
    assert repair(store.database.path) is None


def test_a_store_that_waits_for_new_answers_is_sound(store: BatchStore, job: Job) -> None:
    (face,) = faces_of(store, job)
    correct_face(store.database, face.id, Correction(age_years=41))
    store.ask_anew(job.id, OTHER_RECIPE)
    store.close()
    assert repair(store.database.path) is None


def test_exports_say_whose_box_it_is(store: BatchStore, job: Job) -> None:
    add_face(store.database, photo_id_of(store, job), *make_face(50, box=RIGHT))
    (photo, _) = labelled_photos(store.database, job.id)
    assert [face.box_by.value for face in photo.faces] == ["detector", "hand"]
