from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from core.batch.correction import correct_face
from core.batch.record import Correction, Job
from core.batch.row_filter import EVERY_ROW, RowFilter, RowKind, RowOrder
from core.batch.store import BatchStore
from core.types import Gender
from gui.batch.grid.face_model import FaceModel, faces_only
from gui.batch.jobs.job_reader import JobReader
from gui.language.catalogue import ENGLISH
from gui.language.translation import speak
from tests.core.batch.builders import fill_job, make_face, photos_of


@pytest.fixture
def parent() -> Iterator[QObject]:
    parent = QObject()
    yield parent
    parent.deleteLater()


@pytest.fixture
def faces(job_reader: JobReader, parent: QObject, qtbot: QtBot) -> FaceModel:
    return FaceModel(job_reader, parent)


def ages(faces: FaceModel, qtbot: QtBot) -> list[float | None]:
    """The ages that are shown, once they are all read."""
    numbers = range(len(faces.keys))
    qtbot.waitUntil(lambda: all(faces.face_row(number) is not None for number in numbers))
    rows = [faces.face_row(number) for number in numbers]
    return [None if row is None or row.face is None else row.face.age_years for row in rows]


def show(faces: FaceModel, job: Job, qtbot: QtBot) -> None:
    faces.show_job(job.id)
    qtbot.waitUntil(lambda: faces.rowCount() > 0)


def test_every_face_is_listed_and_photos_without_one_are_not(
    faces: FaceModel, family_job: Job, qtbot: QtBot
) -> None:
    show(faces, family_job, qtbot)
    assert ages(faces, qtbot) == [34, 7, 70]
    assert faces.rowCount() == 3


def test_a_face_that_is_not_read_yet_is_empty_and_then_told(
    faces: FaceModel, family_job: Job, qtbot: QtBot
) -> None:
    show(faces, family_job, qtbot)
    index = faces.index(0)
    assert index.data() is None
    with qtbot.waitSignal(faces.dataChanged):
        pass
    assert index.data() == "34 · 29–39 · Female 95 %"
    assert index.data(Qt.ItemDataRole.ToolTipRole).endswith("two.jpg\n34 · 29–39 · Female 95 %")


def test_a_doubtful_face_says_so_once(faces: FaceModel, store: BatchStore, qtbot: QtBot) -> None:
    detection, face = make_face(34)
    show(faces, fill_job(store, {"a.jpg": [(detection, replace(face, quality=0.3))]}), qtbot)
    ages(faces, qtbot)
    assert faces.index(0).data() == "34 · 29–39 · Female 90 % · doubtful"


@pytest.fixture
def french(english: None) -> Iterator[None]:
    speak("fr")
    yield
    speak(ENGLISH)


def test_a_face_is_told_in_the_language_of_the_window(
    french: None, faces: FaceModel, family_job: Job, qtbot: QtBot
) -> None:
    show(faces, family_job, qtbot)
    assert ages(faces, qtbot) == [34, 7, 70]
    assert faces.index(0).data() == "34 · 29–39 · Féminin 95 %"


def test_faces_follow_filter_and_order(faces: FaceModel, family_job: Job, qtbot: QtBot) -> None:
    show(faces, family_job, qtbot)
    faces.set_order(RowOrder.AGE, descending=True)
    qtbot.waitUntil(lambda: ages(faces, qtbot) == [70, 34, 7])
    faces.set_filter(RowFilter(max_age_years=40))
    qtbot.waitUntil(lambda: ages(faces, qtbot) == [34, 7])


@pytest.mark.parametrize(
    ("kinds", "is_any"),
    [
        ((), True),
        ((RowKind.FACE, RowKind.ERROR), True),
        ((RowKind.ERROR,), False),
    ],
)
def test_a_filter_for_photos_without_faces_lets_no_face_pass(
    faces: FaceModel, family_job: Job, qtbot: QtBot, kinds: tuple[RowKind, ...], is_any: bool
) -> None:
    row_filter = RowFilter(kinds=frozenset(kinds))
    assert (faces_only(row_filter) is not None) is is_any
    show(faces, family_job, qtbot)
    faces.set_filter(row_filter)
    qtbot.waitUntil(lambda: faces.rowCount() == (3 if is_any else 0))


def test_faces_that_come_while_a_job_runs_are_added_without_a_reset(
    faces: FaceModel, store: BatchStore, qtbot: QtBot
) -> None:
    job = fill_job(store, {"a.jpg": [make_face(20)]})
    show(faces, job, qtbot)
    assert ages(faces, qtbot) == [20]
    resets: list[bool] = []
    faces.modelReset.connect(lambda: resets.append(True))
    other = fill_job(store, {"b.jpg": [make_face(40)]})
    with store.database.transaction() as connection:
        connection.execute("UPDATE photo SET job_id = ? WHERE job_id = ?", (job.id, other.id))
    faces.refresh()
    qtbot.waitUntil(lambda: ages(faces, qtbot) == [20, 40])
    assert resets == []


def test_a_corrected_face_is_read_again_after_a_refresh(
    faces: FaceModel, store: BatchStore, family_job: Job, qtbot: QtBot
) -> None:
    show(faces, family_job, qtbot)
    assert ages(faces, qtbot) == [34, 7, 70]
    woman = photos_of(store, family_job)[0].faces[0]
    correct_face(store.database, woman.id, Correction(41, Gender.FEMALE))
    faces.refresh()
    qtbot.waitUntil(lambda: ages(faces, qtbot) == [41, 7, 70])


def test_refreshing_faster_than_the_store_answers_still_ends_with_the_newest(
    faces: FaceModel, store: BatchStore, family_job: Job, qtbot: QtBot
) -> None:
    faces.show_job(family_job.id)
    child = photos_of(store, family_job)[0].faces[1]
    faces.refresh()
    correct_face(store.database, child.id, Correction(age_years=8))
    faces.refresh()
    qtbot.waitUntil(lambda: ages(faces, qtbot) == [34, 8, 70])


def test_another_job_shows_nothing_of_the_one_before(
    faces: FaceModel, store: BatchStore, family_job: Job, qtbot: QtBot
) -> None:
    show(faces, family_job, qtbot)
    ages(faces, qtbot)
    faces.show_job(None)
    assert faces.rowCount() == 0
    other = fill_job(store, {"c.jpg": [make_face(55)]})
    show(faces, other, qtbot)
    assert ages(faces, qtbot) == [55]
    faces.set_filter(EVERY_ROW)
    qtbot.waitUntil(lambda: ages(faces, qtbot) == [55])
