"""Somebody drops a folder with a video and a photo, looks at who was seen when, and exports it."""

import csv
import shutil
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core import paths
from gui.batch.batch_view import BatchView
from gui.batch.export.export_dialog import ExportDialog
from gui.batch.jobs.batch_session import BatchState
from gui.batch.table.row_model import Column
from gui.core_parts import CoreParts
from gui.window.main_window import MainWindow
from tests.gui.drops import drop, files
from tests.window_fixtures import MakeWindow

PATIENCE_MS = 60_000
SEEN = ["0:00–0:11", "0:00–0:05", "0:07–0:13", "0:13–0:13"]
"""Of the sample's two people, who leave and come back."""


@pytest.fixture
def album(tmp_path: Path) -> Path:
    folder = tmp_path / "holiday"
    folder.mkdir()
    shutil.copy(paths.sample_clip(), folder / "clip.mp4")
    shutil.copy(paths.sample_photo(), folder / "photo.jpg")
    return folder


@pytest.fixture
def window(make_window: MakeWindow, album: Path, qtbot: QtBot) -> MainWindow:
    """What was dropped is labelled."""
    window = make_window(CoreParts())
    window.resize(1280, 800)
    drop(window, files([album]))
    view = window.batch.view

    def is_done() -> bool:
        is_resting = view.session.state is BatchState.RESTING
        return is_resting and view.header.is_whole and texts(view, Column.TIME)[:4] == SEEN

    qtbot.waitUntil(is_done, timeout=PATIENCE_MS)
    return window


def texts(view: BatchView, column: Column) -> list[str | None]:
    rows = view.table.rows
    return [rows.index(row, column).data() for row in range(rows.rowCount())]


def is_said(view: BatchView, words: str) -> bool:
    return view.panel.reason_label.text().startswith(words)


def test_each_person_of_a_video_is_a_row_that_says_when_and_shows_the_best_frame(
    window: MainWindow, qtbot: QtBot
) -> None:
    view = window.batch.view
    assert view.header.status_label.text() == "Done · 1 photo, 1 video · 6 faces"
    assert texts(view, Column.TIME) == [*SEEN, "", ""]
    assert texts(view, Column.FILE) == ["clip.mp4"] * 4 + ["photo.jpg"] * 2
    ages = [int((text or "0").split()[0]) for text in texts(view, Column.AGE)]
    assert ages[0] == pytest.approx(ages[3], abs=5)
    assert ages[1] == pytest.approx(ages[2], abs=5)
    assert not view.table.isColumnHidden(Column.TIME)

    shown = []
    for row in range(4):
        view.table.selectRow(row)
        said = f"Face {row + 1} of 4 · seen {SEEN[row]}, best at "
        qtbot.waitUntil(partial(is_said, view, said))
        qtbot.waitUntil(lambda: view.panel.preview.has_picture, timeout=PATIENCE_MS)
        photo = view.panel.preview.photo
        assert photo is not None
        assert [face.number for face in photo.faces] == [row + 1], "nobody else is in this frame"
        shown.append(photo.facts.frame_s)
    assert len(set(shown)) == 4

    view.table.sortByColumn(Column.TIME, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: texts(view, Column.TIME)[:2] == [SEEN[3], SEEN[2]])
    assert texts(view, Column.TIME)[4:] == ["", ""], "photos come last"


def test_a_person_of_a_video_is_corrected_and_exported_with_the_seconds(
    window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    view = window.batch.view
    view.table.selectRow(1)
    form = view.panel.form
    qtbot.waitUntil(partial(is_said, view, "Face 2 of 4"))
    form.take_focus()
    QTest.keyClicks(form.age, "41")
    QTest.keyClick(form.age, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: texts(view, Column.AGE)[1] == "41 ✎")

    target = album.parent / "people.csv"
    view.header.export_button.click()
    (dialog,) = window.findChildren(ExportDialog)
    dialog.form.set_target(target)
    qtbot.waitUntil(dialog.export_button.isEnabled, timeout=PATIENCE_MS)
    assert dialog.form.all_button.text() == "&All: 1 photo, 1 video, 6 faces"
    dialog.export_button.click()
    qtbot.waitUntil(dialog.outcome.isVisible, timeout=PATIENCE_MS)
    dialog.close()
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["age"] for row in rows][1] == "41.0"
    assert [row["from_s"] for row in rows] == ["0.00", "0.00", "7.20", "13.20", "", ""]


def test_a_batch_without_videos_has_no_column_for_times(
    make_window: MakeWindow, album: Path, qtbot: QtBot
) -> None:
    (album / "clip.mp4").unlink()
    window = make_window(CoreParts())
    window.resize(1280, 800)
    drop(window, files([album]))
    view = window.batch.view
    qtbot.waitUntil(lambda: view.table.rows.rowCount() == 2, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: view.session.state is BatchState.RESTING, timeout=PATIENCE_MS)
    assert view.table.isColumnHidden(Column.TIME)
