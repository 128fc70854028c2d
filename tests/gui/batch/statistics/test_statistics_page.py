import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from core.batch.correction import correct_face
from core.batch.record import Correction, Job
from core.batch.row_filter import RowFilter
from core.batch.store import BatchStore
from core.types import Gender
from gui import file_dialogs
from gui.batch.jobs.job_reader import JobReader
from gui.batch.statistics.statistics_page import StatisticsPage
from gui.icons import Icons
from gui.preferences import Preferences
from gui.theme import Theme
from tests.core.batch.builders import RECIPE, photos_of


@pytest.fixture
def titles() -> dict[str, str]:
    """What models are called."""
    return {RECIPE.model_name: RECIPE.model_name}


@pytest.fixture
def page(
    theme: Theme, job_reader: JobReader, titles: dict[str, str], qtbot: QtBot
) -> Iterator[StatisticsPage]:
    page = StatisticsPage(theme, Icons(theme), job_reader, Preferences(), titles.__getitem__)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    yield page
    page.join()


def words(page: StatisticsPage) -> str:
    return page.age_view.accessibleDescription()


def show(page: StatisticsPage, job: Job, qtbot: QtBot) -> None:
    page.show_job(job.id)
    qtbot.waitUntil(lambda: not page.is_empty)


def test_charts_of_a_job_say_their_values(
    page: StatisticsPage, family_job: Job, qtbot: QtBot
) -> None:
    show(page, family_job, qtbot)
    assert "5–9 years: 1 face (1 male)" in words(page)
    assert "unsure: 1 face, 33 %" in page.gender_view.accessibleDescription()
    assert "2 faces: 1 photo" in page.photo_view.accessibleDescription()


def test_the_button_stands_beside_the_numbers_on_the_smallest_screen(
    page: StatisticsPage, family_job: Job, qtbot: QtBot
) -> None:
    show(page, family_job, qtbot)
    page.resize(853, 300)
    assert page.save_button.width() < page.width() / 2


def test_numbers_stay_low_in_a_high_window(
    page: StatisticsPage, family_job: Job, qtbot: QtBot
) -> None:
    show(page, family_job, qtbot)
    tops_px = []
    for height_px in (900, 1400):
        page.resize(1900, height_px)
        QApplication.processEvents()
        tops_px.append(page.age_view.mapTo(page, QPoint()).y())
    assert tops_px[0] == tops_px[1]


def test_charts_follow_the_filter_and_say_when_nothing_passes(
    page: StatisticsPage, family_job: Job, qtbot: QtBot
) -> None:
    show(page, family_job, qtbot)
    page.set_filter(RowFilter(genders=frozenset({Gender.FEMALE})))
    qtbot.waitUntil(lambda: words(page) == "30–34 years: 1 face")
    page.set_filter(RowFilter(text="nowhere"))
    qtbot.waitUntil(lambda: page.is_empty)
    assert page.empty_label.text() == "No face passes the filter."
    page.set_filter(RowFilter())
    qtbot.waitUntil(lambda: not page.is_empty)


def test_a_correction_counts_after_a_refresh(
    page: StatisticsPage, store: BatchStore, family_job: Job, qtbot: QtBot
) -> None:
    show(page, family_job, qtbot)
    face = photos_of(store, family_job)[0].faces[0]
    correct_face(store.database, face.id, Correction(age_years=41))
    page.refresh()
    qtbot.waitUntil(lambda: "40–44 years: 1 face" in words(page))


def test_a_job_without_faces_and_no_job_at_all_are_sentences(
    page: StatisticsPage, store: BatchStore, family_job: Job, qtbot: QtBot
) -> None:
    page.show_job(None)
    assert page.empty_label.text() == "Open a job to see its statistics."
    show(page, family_job, qtbot)
    empty = store.create_job("empty", [], family_job.recipe)
    page.show_job(empty.id)
    qtbot.waitUntil(lambda: page.empty_label.text() == "No faces to count yet.")


def test_an_answer_that_comes_after_its_job_was_left_is_not_shown(
    page: StatisticsPage, job_reader: JobReader, family_job: Job, qtbot: QtBot
) -> None:
    page.show_job(family_job.id)
    page.show_job(None)
    with qtbot.waitCallback() as answered:
        job_reader.ask("later", lambda database: database.row("SELECT 1"), answered)
    assert page.is_empty


@pytest.mark.parametrize("name", ["ages.png", "Jahre Ø.svg"])
def test_statistics_are_saved_as_a_picture(
    page: StatisticsPage, family_job: Job, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    show(page, family_job, qtbot)
    page.save(tmp_path / name)
    qtbot.waitUntil(page.saved_label.isVisible)
    assert page.saved_label.text() == f"Saved as {tmp_path / name}"
    picture = QImage(str(tmp_path / name))
    assert picture.width() > picture.height() > 400
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_a_saved_svg_holds_its_texts_as_texts(
    page: StatisticsPage, family_job: Job, titles: dict[str, str], qtbot: QtBot, tmp_path: Path
) -> None:
    show(page, family_job, qtbot)
    titles[RECIPE.model_name] = "The model"  # models are found while the charts are there
    page.save(tmp_path / "ages.svg")
    qtbot.waitUntil(page.saved_label.isVisible)
    texts = {(node.text or "").strip() for node in ET.parse(tmp_path / "ages.svg").iter()}
    assert {"Ages", "Genders", "Faces per photo", "5–9", "unsure"} <= texts
    assert f"Labelled by The model {family_job.recipe.version}" in texts
    assert f"Ages and genders: {family_job.title}" in texts


def test_a_picture_that_cannot_be_written_is_a_sentence(
    page: StatisticsPage, family_job: Job, qtbot: QtBot, tmp_path: Path
) -> None:
    show(page, family_job, qtbot)
    page.save(tmp_path / "missing" / "ages.png")
    qtbot.waitUntil(lambda: "could not be written" in page.saved_label.text())


def test_the_button_asks_where_and_remembers_the_folder(
    page: StatisticsPage,
    family_job: Job,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(file_dialogs, "ask_target", lambda *_: tmp_path / "ages.png")
    show(page, family_job, qtbot)
    page.save_button.click()
    qtbot.waitUntil((tmp_path / "ages.png").is_file)
    assert Preferences().folder == tmp_path


def test_everything_is_in_sight_in_the_narrowest_window(
    page: StatisticsPage, family_job: Job, qtbot: QtBot
) -> None:
    page.resize(640, 300)
    show(page, family_job, qtbot)
    (area,) = page.findChildren(QScrollArea)
    content = area.widget()
    assert content is not None
    qtbot.waitUntil(lambda: content.width() <= area.viewport().width())
    assert page.save_button.mapTo(page, page.save_button.rect().topRight()).x() < 640
