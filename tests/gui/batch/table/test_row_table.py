"""Which columns there are, what they have room for, and what stays chosen."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core import paths
from core.batch.record import Correction, LabelledFace
from core.batch.scan import scan
from core.batch.store import BatchStore
from core.sources.photo import Photo
from core.types import Estimate, Gender, OtherAnswer
from gui.batch.grid.thumbnails import ThumbnailCache
from gui.batch.jobs.job_reader import JobReader
from gui.batch.panel.correction_form import CorrectionForm
from gui.batch.side_by_side import LEAST_PHOTO_PX, ROWS_SHARE
from gui.batch.table import row_text
from gui.batch.table.row_cell import DOT_ROOM_PX, PADDING_PX, ROW_PX, age_font, reason_area
from gui.batch.table.row_model import THUMBNAIL_PX, Column
from gui.batch.table.row_table import FILE_PX, RowTable
from gui.language.translation import speak
from gui.language.words import doubtful_word
from gui.theme import Theme
from tests.core.batch.builders import RECIPE, fill_job, make_face, make_run, open_store, write_album
from tests.fakes import make_image

BATCH_OF_1024_PX = 1006
SMALLEST_WINDOW_PX, HANDLE_PX = 853, 1
TABLE_OF_1024_PX = 606
"""How wide the table is at first in a window of 1024 px."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[BatchStore]:
    yield from open_store(tmp_path / "jobs.sqlite")


@pytest.fixture
def make_table(tmp_path: Path, theme: Theme, qtbot: QtBot) -> Iterator[Callable[[], RowTable]]:
    reader = JobReader(tmp_path / "jobs.sqlite")
    thumbnails = ThumbnailCache(lambda _path, _side: Photo(make_image(), 1.0, 64, 64))

    def make() -> RowTable:
        table = RowTable(reader, thumbnails, theme)
        qtbot.addWidget(table)
        return table

    yield make
    reader.close()
    thumbnails.close()


@pytest.fixture
def table(make_table: Callable[[], RowTable]) -> RowTable:
    return make_table()


def labelled(
    gender: Gender,
    female_probability: float,
    *,
    is_corrected: bool = False,
    other: OtherAnswer | None = None,
) -> LabelledFace:
    detection, face = make_face(34.4, female_probability, gender)
    correction = Correction(gender=gender if is_corrected else None)
    shown = replace(face, other=other, quality=0.8)
    return LabelledFace(1, 1, shown, detection.landmarks, correction)


def shown(table: RowTable, width_px: int) -> set[Column]:
    table.resize(width_px, 400)
    table.show()
    return {column for column in Column if not table.isColumnHidden(column)}


def test_when_people_were_seen_stands_in_a_small_window_whole(table: RowTable) -> None:
    table.show_times(True)
    assert Column.TIME in shown(table, TABLE_OF_1024_PX)
    room_px = table.columnWidth(Column.TIME) - 2 * PADDING_PX
    assert QFontMetrics(table.font()).horizontalAdvance("– 1:00:59") <= room_px


@pytest.mark.parametrize("width_px", [380, 505, 606, 760, 1000])
@pytest.mark.parametrize("has_videos", [False, True])
@pytest.mark.parametrize("other_model", ["", "another"])
def test_every_column_is_in_reach_and_the_file_keeps_its_room(
    table: RowTable, width_px: int, has_videos: bool, other_model: str
) -> None:
    table.show_times(has_videos)
    table.show_other_model(other_model)
    expected = {Column.FILE, Column.AGE, Column.GENDER, Column.STATE}
    expected |= {Column.TIME} if has_videos else set()
    expected |= {Column.OTHER, Column.DISTANCE} if other_model else set()
    assert shown(table, width_px) == expected
    assert table.columnWidth(Column.FILE) >= FILE_PX
    header, bar = table.horizontalHeader(), table.horizontalScrollBar()
    assert bar.maximum() == max(0, header.length() - table.viewport().width())
    bar.setValue(bar.maximum())
    last = max(expected)
    assert header.sectionViewportPosition(last) >= 0
    end_px = header.sectionViewportPosition(last) + header.sectionSize(last)
    assert end_px == table.viewport().width()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_how_far_two_models_are_apart_is_in_sight_in_a_small_window(
    make_table: Callable[[], RowTable], language: str
) -> None:
    speak(language)
    table = make_table()
    table.show_times(True)
    table.show_other_model("another")
    shown(table, BATCH_OF_1024_PX - LEAST_PHOTO_PX)
    end_px = table.columnViewportPosition(Column.DISTANCE) + table.columnWidth(Column.DISTANCE)
    assert end_px <= table.viewport().width()


@pytest.mark.parametrize("language", paths.languages())
@pytest.mark.parametrize(("other_model", "last"), [("", Column.STATE), ("b", Column.DISTANCE)])
def test_the_first_columns_are_in_sight_in_the_smallest_window(
    make_table: Callable[[], RowTable],
    language: str,
    other_model: str,
    last: Column,
    qtbot: QtBot,
) -> None:
    speak(language)
    form = CorrectionForm()
    qtbot.addWidget(form)
    table = make_table()
    table.show_other_model(other_model)
    room_px = SMALLEST_WINDOW_PX - form.least_width_px - HANDLE_PX
    shown(table, min(room_px, round(ROWS_SHARE * SMALLEST_WINDOW_PX)))
    end_px = table.columnViewportPosition(last) + table.columnWidth(last)
    assert end_px <= table.viewport().width()


def test_which_face_of_a_photo_it_is_has_room_beside_a_folders_name(table: RowTable) -> None:
    shown(table, 380)
    assert table.columnWidth(Column.FILE) == FILE_PX
    room_px = FILE_PX - THUMBNAIL_PX - 3 * PADDING_PX
    metrics = QFontMetrics(table.font())
    for text in ("1/2 · Album", "IMG_0001.jpg"):
        assert metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room_px) == text


def test_whatever_may_be_cut_off_is_whole_in_a_tip(
    table: RowTable, store: BatchStore, qtbot: QtBot
) -> None:
    woman, child = make_face(34, 0.95, Gender.FEMALE), make_face(7, 0.2, Gender.MALE)
    job = fill_job(store, {"two.jpg": [woman, child], "bad.jpg": "bad.jpg is empty."})
    table.show_job(job.id)
    qtbot.waitUntil(lambda: table.rows.rowCount() == 3 and table.rows.row(2) is not None)

    def tips(row: int, *columns: Column) -> list[str]:
        cells = (table.rows.index(row, column) for column in columns)
        return [cell.data(Qt.ItemDataRole.ToolTipRole) for cell in cells]

    assert tips(0, Column.FILE)[0].splitlines() == [str(Path("/album", "two.jpg")), "1/2"]
    assert tips(0, Column.AGE, Column.GENDER) == ["34 (29–39)", "Female, 95 % sure"]
    assert tips(2, Column.AGE, Column.STATE) == ["It is empty."] * 2
    header = table.rows.headerData(
        Column.STATE, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole
    )
    assert header == "How sure"


def test_the_file_takes_what_a_column_leaves_that_is_made_narrower(table: RowTable) -> None:
    shown(table, 1000)
    before_px = table.columnWidth(Column.FILE)
    table.setColumnWidth(Column.AGE, table.columnWidth(Column.AGE) - 20)
    assert table.columnWidth(Column.FILE) == before_px + 20


def test_columns_stay_where_they_are_while_rows_change_and_the_arrows_move_them(
    table: RowTable, store: BatchStore, tmp_path: Path, qtbot: QtBot
) -> None:
    write_album(tmp_path / "album", 3)
    job = store.create_job("job", [tmp_path / "album"], RECIPE)
    store.add_findings(job.id, scan([tmp_path / "album"]))
    table.show_times(True)
    shown(table, 380)
    table.show_job(job.id)
    qtbot.waitUntil(lambda: table.rows.rowCount() == 3)
    table.selectRow(0)
    bar = table.horizontalScrollBar()
    bar.setValue(bar.maximum())
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert (table.currentIndex().row(), bar.value()) == (1, bar.maximum())
    with qtbot.waitSignal(table.rows.modelReset):
        table.sortByColumn(Column.STATE, Qt.SortOrder.DescendingOrder)
    assert bar.value() == bar.maximum()
    bar.setValue(0)
    for _ in Column:
        QTest.keyClick(table, Qt.Key.Key_Right)
    assert bar.value() == bar.maximum()


@pytest.mark.parametrize("language", paths.languages())
def test_whatever_a_cell_says_has_room(
    english: None, language: str, make_table: Callable[[], RowTable]
) -> None:
    speak(language)
    table = make_table()
    table.show_other_model("another")
    metrics = QFontMetrics(table.font())
    old_man = Estimate(99.0, 95.0, 110.0, 0.01)
    woman = labelled(Gender.FEMALE, 0.99, other=OtherAnswer(old_man, Gender.MALE))
    faces = woman, labelled(Gender.UNSURE, 0.55), labelled(Gender.UNSURE, 0.99, is_corrected=True)
    texts = {
        Column.GENDER: [
            *map(row_text.gender_text, faces),
            *map(row_text.confidence_note, faces),
        ],
        Column.OTHER: row_text.other_texts(woman),
        Column.DISTANCE: [row_text.contradiction_text(woman), row_text.distance_text(woman)],
        Column.STATE: [row_text.certainty_text(woman), doubtful_word()],
        Column.AGE: [row_text.range_text(old_man)],
    }
    assert all(text for shown in texts.values() for text in shown)
    taken_px = {
        Column.GENDER: DOT_ROOM_PX,
        Column.AGE: QFontMetrics(age_font(table.font())).horizontalAdvance("100"),
    }
    for column, shown in texts.items():
        room_px = table.columnWidth(column) - 2 * PADDING_PX - taken_px.get(column, 0)
        for text in shown:
            assert metrics.elidedText(text, Qt.TextElideMode.ElideRight, room_px) == text


@pytest.mark.parametrize("other_model", ["", "another"])
def test_the_reason_why_a_photo_has_no_face_is_one_line_over_all_columns_but_the_files(
    table: RowTable, other_model: str
) -> None:
    table.show_other_model(other_model)
    columns = sorted(shown(table, 1000) - {Column.FILE})
    cells = {
        column: QRect(table.columnViewportPosition(column), 0, table.columnWidth(column), ROW_PX)
        for column in columns
    }
    whole = cells[columns[0]].united(cells[columns[-1]])
    assert {reason_area(table, cell, column) == whole for column, cell in cells.items()} == {True}


def test_home_and_end_lead_to_the_first_and_the_last_row(
    table: RowTable, store: BatchStore, tmp_path: Path, qtbot: QtBot
) -> None:
    write_album(tmp_path / "album", 4)
    job = store.create_job("job", [tmp_path / "album"], RECIPE)
    store.add_findings(job.id, scan([tmp_path / "album"]))
    table.show_job(job.id)
    qtbot.waitUntil(lambda: table.rows.rowCount() == 4)
    table.selectRow(2)
    rows = []
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Up):
        QTest.keyClick(table, key)
        rows.append(table.currentIndex().row())
    assert rows == [0, 3, 2]
    QTest.keyClick(table, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
    assert [index.row() for index in table.selectionModel().selectedRows()] == [0, 1, 2]


def test_a_chosen_photo_that_still_waits_stays_chosen_when_it_has_faces(
    table: RowTable, store: BatchStore, tmp_path: Path, qtbot: QtBot
) -> None:
    write_album(tmp_path / "album", 3)
    job = store.create_job("job", [tmp_path / "album"], RECIPE)
    store.add_findings(job.id, scan([tmp_path / "album"]))
    store.end_scan(job.id)
    table.show_job(job.id)
    qtbot.waitUntil(lambda: table.rows.rowCount() == 3)
    waiting = table.rows.key_at(1)
    assert waiting is not None and waiting < 0
    table.choose_key(waiting)
    list(make_run(store, job).run())
    table.refresh()
    qtbot.waitUntil(lambda: [key > 0 for key in table.chosen_keys] == [True])
    number = table.currentIndex().row()
    qtbot.waitUntil(lambda: table.rows.row(number) is not None)
    row = table.rows.row(number)
    assert row is not None and row.facts.id == -waiting
