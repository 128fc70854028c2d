"""Somebody drops a folder, looks through its faces, corrects one, and exports the table."""

import csv
from pathlib import Path

import pytest
from PIL import Image as Pillow
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core import paths
from gui.batch.batch_view import BatchView
from gui.batch.export.export_dialog import ExportDialog
from gui.batch.jobs.batch_session import BatchState
from gui.batch.jobs.skipped_dialog import SkippedDialog
from gui.batch.table.row_model import Column
from gui.core_parts import CoreParts
from tests.gui.drops import drop, files
from tests.window_fixtures import MakeWindow

PATIENCE_MS = 30_000


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Two photos of the sample's two people, one without a face, one broken, and junk."""
    album = tmp_path / "Été 2019"
    (album / "beach").mkdir(parents=True)
    sample = Pillow.open(paths.sample_photo())
    sample.save(album / "1.jpg")
    sample.resize((sample.width * 3 // 4, sample.height * 3 // 4)).save(album / "beach" / "2.jpg")
    Pillow.new("RGB", (320, 240), (120, 150, 180)).save(album / "clouds.png")
    (album / "broken.jpg").write_text("this is no photo")
    (album / "notes.txt").write_text("milk, eggs")
    (album / "songs.mp3").write_text("a song")
    return album


def texts(view: BatchView, column: Column, qtbot: QtBot) -> list[str]:
    """What the table says in a column, once it is read."""
    rows = view.table.rows

    def index(row: int) -> QModelIndex:
        return rows.index(row, column)

    def is_read() -> bool:
        return all(rows.index(row, Column.FILE).data() for row in range(rows.rowCount()))

    qtbot.waitUntil(is_read, timeout=PATIENCE_MS)
    return [index(row).data() for row in range(rows.rowCount())]


def wait_for_end(view: BatchView, row_count: int, qtbot: QtBot) -> None:
    def is_done() -> bool:
        is_resting = view.session.state is BatchState.RESTING
        return is_resting and view.table.rows.rowCount() == row_count and view.header.is_whole

    qtbot.waitUntil(is_done, timeout=PATIENCE_MS)


def test_a_dropped_folder_is_labelled_corrected_and_exported(
    make_window: MakeWindow, model_folder: Path, album: Path, qtbot: QtBot
) -> None:
    window = make_window(CoreParts())
    before = {path: path.read_bytes() for path in album.rglob("*.*")}
    event = drop(window, files([album]))
    assert event.dropAction() == Qt.DropAction.CopyAction
    view = window.batch.view
    assert window.views.currentWidget() is view

    wait_for_end(view, 6, qtbot)
    assert view.header.title_label.text() == "Été 2019"
    assert view.header.status_label.text() == "Done · 4 photos · 4 faces"
    assert texts(view, Column.FILE, qtbot) == [
        "1.jpg",
        "1.jpg",
        "broken.jpg",
        "clouds.png",
        str(Path("beach", "2.jpg")),
        str(Path("beach", "2.jpg")),
    ]
    notes = texts(view, Column.STATE, qtbot)
    assert notes[2] == "It is not a picture that Visage can read."
    assert notes[3] == "No face found. It shows hardly more than one colour."

    view.header.skipped_button.click()
    qtbot.waitUntil(lambda: bool(window.findChildren(SkippedDialog)), timeout=PATIENCE_MS)
    (skipped,) = window.findChildren(SkippedDialog)
    table = skipped.table.model()
    assert [table.index(row, 0).data() for row in range(2)] == ["notes.txt", "songs.mp3"]
    skipped.close()

    view.table.selectRow(0)
    form = view.panel.form
    qtbot.waitUntil(form.isEnabled)
    QTest.keyClicks(form.age, "41")
    QTest.keyClick(form.age, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: texts(view, Column.AGE, qtbot)[0] == "41 ✎")

    target = album.parent / "ages.csv"
    view.header.export_button.click()
    (dialog,) = window.findChildren(ExportDialog)
    dialog.form.set_target(target)
    qtbot.waitUntil(dialog.export_button.isEnabled, timeout=PATIENCE_MS)
    dialog.export_button.click()
    qtbot.waitUntil(dialog.outcome.isVisible, timeout=PATIENCE_MS)
    dialog.close()
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 6
    assert rows[0]["age"] == "41.0"
    assert {path: path.read_bytes() for path in album.rglob("*.*")} == before
