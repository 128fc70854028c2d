from collections.abc import Iterator
from pathlib import Path
from time import thread_time

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.batch.record import Correction, Job, LabelledFace
from core.batch.row_filter import RowFilter, RowKind
from core.batch.store import BatchStore
from core.sources.photo import load_photo
from core.types import Estimate, Face, Gender
from gui.batch.grid.face_cell import FaceCaption, face_caption
from gui.batch.grid.grid_page import GridPage
from gui.batch.grid.thumbnails import ThumbnailCache
from gui.batch.jobs.job_reader import JobReader
from gui.theme import Theme
from tests.core.batch.builders import RECIPE, fill_job, make_face, make_run, write_photo

RED = QColor(220, 20, 0)


@pytest.fixture
def page(theme: Theme, job_reader: JobReader, qtbot: QtBot) -> Iterator[GridPage]:
    thumbnails = ThumbnailCache(lambda photo, side_px: load_photo(photo.path, side_px))
    page = GridPage(job_reader, thumbnails, theme)
    qtbot.addWidget(page)
    page.resize(700, 500)
    page.show()
    yield page
    thumbnails.close()


def show(page: GridPage, job: Job, qtbot: QtBot) -> None:
    page.show_job(job.id)
    qtbot.waitUntil(lambda: not page.is_empty)


def labelled(correction: Correction = Correction(), gender: Gender = Gender.MALE) -> LabelledFace:  # noqa: B008
    detection, _ = make_face()
    face = Face(detection.box, 0.9, Estimate(34, 28, 41, 0.04), gender=gender)
    return LabelledFace(1, 1, face, detection.landmarks, correction)


@pytest.mark.parametrize(
    ("face", "caption"),
    [
        (labelled(), FaceCaption("34", "28–41", "Male 96 %")),
        (labelled(gender=Gender.UNSURE), FaceCaption("34", "28–41", "Unsure")),
        (labelled(Correction(36)), FaceCaption("36", "✎", "Male 96 %")),
        (labelled(Correction(None, Gender.FEMALE)), FaceCaption("34", "28–41", "Female ✎")),
    ],
)
def test_age_and_gender_stand_below_a_face(face: LabelledFace, caption: FaceCaption) -> None:
    assert face_caption(face) == caption


def test_faces_appear_with_their_pictures(
    page: GridPage, store: BatchStore, tmp_path: Path, qtbot: QtBot
) -> None:
    write_photo(tmp_path / "album" / "a.png", (RED.red(), RED.green(), RED.blue()), (320, 240))
    job = store.create_job("job", [tmp_path / "album"], RECIPE)
    list(make_run(store, job).run())
    show(page, job, qtbot)
    first = page.view.visualRect(page.faces.index(0))
    place = QPoint(first.center().x(), first.top() + 60)

    def shown() -> QImage:
        return page.view.viewport().grab().toImage()

    qtbot.waitUntil(lambda: shown().pixelColor(place) == RED)


def test_a_scroll_bar_stands_only_where_there_is_something_to_scroll(
    page: GridPage, family_job: Job, qtbot: QtBot
) -> None:
    show(page, family_job, qtbot)
    bar = page.view.verticalScrollBar()
    page.resize(700, 120)
    qtbot.waitUntil(bar.isEnabled)
    page.resize(700, 900)
    qtbot.waitUntil(lambda: not bar.isEnabled())


def test_a_photo_that_is_gone_leaves_its_face_with_a_word(
    page: GridPage, family_job: Job, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as slow:
        slow.setattr(ThumbnailCache, "picture", lambda *_: None)
        show(page, family_job, qtbot)
        qtbot.waitUntil(lambda: page.faces.face_row(0) is not None)
        waiting = page.view.viewport().grab().toImage()
    qtbot.waitUntil(lambda: page.view.viewport().grab().toImage() != waiting)


def test_clicking_a_face_and_walking_with_the_keys_tell_which_it_is(
    page: GridPage, family_job: Job, qtbot: QtBot
) -> None:
    show(page, family_job, qtbot)
    chosen: list[int] = []
    page.face_chosen.connect(chosen.append)
    second = page.view.visualRect(page.faces.index(1)).center()
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=second)
    QTest.keyClick(page.view, Qt.Key.Key_Right)
    QTest.keyClick(page.view, Qt.Key.Key_Home)
    keys = page.faces.keys
    assert chosen == [keys[1], keys[2], keys[0]]


def test_a_chosen_face_stays_chosen_when_others_go(
    page: GridPage, family_job: Job, qtbot: QtBot
) -> None:
    show(page, family_job, qtbot)
    key = page.faces.keys[2]
    page.choose_key(key)
    page.set_filter(RowFilter(min_age_years=60))
    qtbot.waitUntil(lambda: page.faces.rowCount() == 1)
    assert page.view.currentIndex().row() == 0
    page.set_filter(RowFilter())
    qtbot.waitUntil(lambda: page.faces.rowCount() == 3)
    assert page.view.currentIndex().row() == 2


def test_an_empty_grid_says_why(
    page: GridPage, store: BatchStore, family_job: Job, qtbot: QtBot
) -> None:
    page.show_job(None)
    assert page.empty_label.text() == "Open a job to see its faces."
    show(page, family_job, qtbot)
    page.set_filter(RowFilter(kinds=frozenset({RowKind.ERROR})))
    qtbot.waitUntil(lambda: page.is_empty)
    assert page.empty_label.text() == "No face passes the filter."
    page.set_filter(RowFilter())
    qtbot.waitUntil(lambda: not page.is_empty)
    page.show_job(store.create_job("empty", [], RECIPE).id)
    qtbot.waitUntil(lambda: page.empty_label.text() == "No faces yet.")


def test_cells_share_the_width_of_the_window(
    page: GridPage, store: BatchStore, qtbot: QtBot
) -> None:
    job = fill_job(store, {f"{n}.jpg": [make_face()] for n in range(12)})
    show(page, job, qtbot)
    for width_px in (500, 700, 1000):
        page.resize(width_px, 500)
        QApplication.sendPostedEvents(page.view, QEvent.Type.LayoutRequest)
        page.view.executeDelayedItemsLayout()
        rects = [page.view.visualRect(page.faces.index(number)) for number in range(12)]
        columns = sum(rect.top() == rects[0].top() for rect in rects)
        spare_px = page.view.viewport().width() - columns * rects[0].width()
        assert columns >= 3
        assert 0 <= spare_px <= columns


@pytest.mark.usefixtures("only_our_garbage")
def test_a_hundred_thousand_faces_are_laid_out_without_a_stall(
    page: GridPage, store: BatchStore, family_job: Job, qtbot: QtBot
) -> None:
    with store.database.transaction() as connection:
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 100099) "
            "INSERT INTO face (photo_id, number, left, top, right, bottom, score, landmarks, age) "
            "SELECT (SELECT min(id) FROM photo), i, 0, 0, 9, 9, 1, zeroblob(48), i % 90 FROM n"
        )
    show(page, family_job, qtbot)
    assert page.faces.rowCount() == 100_003
    spent_s: list[float] = []
    for width_px in (650, 900, 700):
        began_s = thread_time()
        page.resize(width_px, 500)
        page.view.executeDelayedItemsLayout()
        spent_s.append(thread_time() - began_s)
    assert min(spent_s) < 0.05
    page.view.scrollToBottom()
    last = page.faces.index(100_002)
    assert page.view.viewport().rect().intersects(page.view.visualRect(last))
    qtbot.waitUntil(lambda: page.faces.face_row(100_002) is not None)
