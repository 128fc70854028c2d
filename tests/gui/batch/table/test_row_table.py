"""Which columns there are, what they have room for, and what stays chosen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontMetrics
from pytestqt.qtbot import QtBot

from core.batch.scan import scan
from core.batch.store import BatchStore
from core.sources.photo import Photo
from gui.batch.grid.thumbnails import ThumbnailCache
from gui.batch.jobs.job_reader import JobReader
from gui.batch.table.row_cell import PADDING_PX
from gui.batch.table.row_model import Column
from gui.batch.table.row_table import FILE_PX, RowTable
from gui.theme import Theme
from tests.core.batch.builders import RECIPE, make_run, open_store, write_album
from tests.fakes import make_image

TABLE_OF_1024_PX = 606
"""How wide the table is at first in a window of 1024 px."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[BatchStore]:
    yield from open_store(tmp_path / "jobs.sqlite")


@pytest.fixture
def table(tmp_path: Path, theme: Theme, qtbot: QtBot) -> Iterator[RowTable]:
    reader = JobReader(tmp_path / "jobs.sqlite")
    thumbnails = ThumbnailCache(lambda _path, _side: Photo(make_image(), 1.0, 64, 64))
    table = RowTable(reader, thumbnails, theme)
    qtbot.addWidget(table)
    yield table
    reader.close()
    thumbnails.close()


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
def test_the_file_keeps_its_room_whatever_else_is_shown(
    table: RowTable, width_px: int, has_videos: bool, other_model: str
) -> None:
    table.show_times(has_videos)
    table.show_other_model(other_model)
    columns = shown(table, width_px)
    assert table.columnWidth(Column.FILE) >= FILE_PX
    assert (Column.DISTANCE in columns) == (bool(other_model) and width_px > 380)


def test_wide_tables_show_all(table: RowTable) -> None:
    table.show_times(True)
    table.show_other_model("another")
    assert shown(table, 1000) == set(Column)


def test_ages_with_their_ranges_and_another_models_answers_have_room(table: RowTable) -> None:
    metrics = QFontMetrics(table.font())
    strong = QFont(table.font())
    strong.setPointSizeF(table.font().pointSizeF() * 1.15)
    strong.setBold(True)
    age_px = QFontMetrics(strong).horizontalAdvance("104") + 8 + metrics.horizontalAdvance("95–110")
    assert age_px <= table.columnWidth(Column.AGE) - PADDING_PX
    for text, column in (("Féminin 91 %", Column.OTHER), ("Other gender", Column.DISTANCE)):
        room_px = table.columnWidth(column) - 2 * PADDING_PX
        assert metrics.horizontalAdvance(text) <= room_px, text


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
