"""A hundred thousand rows, and the window's thread never busy for long.

Only this thread's own processor time is measured: other programs may take the rest.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from time import thread_time

import pytest
from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.batch.row_filter import RowFilter
from core.sources.photo import Photo
from gui.batch.grid.thumbnails import ThumbnailCache
from gui.batch.jobs.job_reader import JobReader
from gui.batch.table.row_model import Column
from gui.batch.table.row_table import RowTable
from gui.theme import Theme
from tests.fakes import make_image
from tests.gui.batch.many_rows import fill_with_many

ROWS = 100_000
MAX_STALL_S = 0.05
PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def store_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("many") / "jobs.sqlite"
    fill_with_many(path, ROWS)
    return path


@pytest.fixture(scope="module")
def compared_path(store_path: Path) -> Path:
    """With a second job: of number n its model says 10 years more, or 80 less."""
    fill_with_many(store_path, ROWS, compared_with=1)
    return store_path


@pytest.fixture
def table(store_path: Path, theme: Theme, qtbot: QtBot) -> Iterator[RowTable]:
    reader = JobReader(store_path)
    thumbnails = ThumbnailCache(lambda _path, _side: Photo(make_image(), 12.5, 4000, 3000))
    table = RowTable(reader, thumbnails, theme)
    table.resize(900, 700)
    with qtbot.waitExposed(table):
        table.show()
    yield table
    reader.close()
    thumbnails.close()
    table.close()
    table.deleteLater()


class Stopwatch:
    """The longest that this thread was busy without a pause."""

    def __init__(self) -> None:
        self.longest_s = 0.0

    def time(self, act: Callable[[], object]) -> None:
        began_s = thread_time()
        act()
        self.longest_s = max(self.longest_s, thread_time() - began_s)

    def work_until(self, is_there: Callable[[], bool]) -> None:
        """Let the window work off its events, one round after the other."""
        deadline = QDeadlineTimer(PATIENCE_MS)
        wait = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
        while not is_there():
            assert not deadline.hasExpired()
            self.time(lambda: QApplication.processEvents(wait, 20))


@pytest.fixture
def stopwatch(only_our_garbage: None) -> Stopwatch:
    return Stopwatch()


def is_read(table: RowTable, row: int) -> bool:
    return bool(table.rows.index(row, Column.FILE).data())


@pytest.fixture
def full_table(table: RowTable, store_path: Path, stopwatch: Stopwatch) -> RowTable:
    stopwatch.time(lambda: table.show_job(1))
    stopwatch.work_until(lambda: table.rows.rowCount() == ROWS and is_read(table, 0))
    return table


def test_a_job_is_opened_without_a_stall(full_table: RowTable, stopwatch: Stopwatch) -> None:
    assert full_table.rows.index(1, Column.AGE).data() == "1 (1–10)"
    assert stopwatch.longest_s < MAX_STALL_S


def test_scrolling_from_end_to_end_does_not_stall(
    full_table: RowTable, stopwatch: Stopwatch
) -> None:
    bar = full_table.verticalScrollBar()
    for step in range(101):
        stopwatch.time(lambda step=step: bar.setValue(bar.maximum() * step // 100))  # type: ignore[misc]
        stopwatch.time(QApplication.processEvents)
    stopwatch.work_until(lambda: is_read(full_table, ROWS - 1))
    assert full_table.rows.index(ROWS - 1, Column.FILE).data() == "099999.jpg"
    assert stopwatch.longest_s < MAX_STALL_S


def test_sorting_by_a_header_does_not_stall(full_table: RowTable, stopwatch: Stopwatch) -> None:
    descending = Qt.SortOrder.DescendingOrder
    stopwatch.time(lambda: full_table.sortByColumn(Column.AGE, descending))
    ages = full_table.rows
    stopwatch.work_until(lambda: ages.index(0, Column.AGE).data() == "89 (89–98)")
    assert stopwatch.longest_s < MAX_STALL_S


@pytest.mark.parametrize(
    ("column", "first"),
    [(Column.DISTANCE, "−80.0"), (Column.OTHER, "89 (89–98), Female 90 %")],
)
def test_sorting_by_what_a_second_model_says_does_not_stall(
    table: RowTable,
    compared_path: Path,
    stopwatch: Stopwatch,
    column: Column,
    first: str,
) -> None:
    stopwatch.time(lambda: table.show_job(2))
    stopwatch.work_until(lambda: table.rows.rowCount() == ROWS and is_read(table, 0))
    stopwatch.time(lambda: table.sortByColumn(column, Qt.SortOrder.DescendingOrder))
    stopwatch.work_until(lambda: table.rows.index(0, column).data() == first)
    assert stopwatch.longest_s < MAX_STALL_S


def test_filtering_does_not_stall_and_the_chosen_row_stays_chosen(
    full_table: RowTable, stopwatch: Stopwatch
) -> None:
    stopwatch.time(lambda: full_table.selectRow(89_999))  # 89 years old
    chosen = full_table.rows.key_at(89_999)
    stopwatch.time(lambda: full_table.set_filter(RowFilter(min_age_years=45)))
    stopwatch.work_until(lambda: full_table.rows.rowCount() < ROWS)
    assert full_table.rows.rowCount() == ROWS // 90 * 45
    assert full_table.rows.key_at(full_table.currentIndex().row()) == chosen
    assert stopwatch.longest_s < MAX_STALL_S


def test_a_refresh_while_a_job_runs_does_not_stall(
    full_table: RowTable, stopwatch: Stopwatch
) -> None:
    names: list[str] = []
    full_table.rows.modelReset.connect(
        lambda: names.append(full_table.rows.index(0, Column.FILE).data())
    )
    for count in range(1, 4):
        stopwatch.time(full_table.refresh)
        stopwatch.work_until(lambda count=count: len(names) == count)  # type: ignore[misc]
    assert names == ["000000.jpg"] * 3, "nothing flickers"
    assert stopwatch.longest_s < MAX_STALL_S


def test_all_rows_are_chosen_and_stay_so_without_a_stall(
    full_table: RowTable, stopwatch: Stopwatch
) -> None:
    full_table.selectRow(0)
    stopwatch.time(full_table.selectAll)
    assert len(full_table.chosen_keys) == ROWS
    read: list[None] = []
    full_table.rows.modelReset.connect(lambda: read.append(None))
    stopwatch.time(full_table.refresh)
    stopwatch.work_until(lambda: bool(read))
    assert len(full_table.chosen_keys) == ROWS
    assert stopwatch.longest_s < MAX_STALL_S
