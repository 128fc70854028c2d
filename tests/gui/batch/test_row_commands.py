"""What can be done with chosen rows: by keys, by the context menu, by dragging."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QMenu, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from core.batch.export.csv_file import COLUMNS
from gui.batch.batch_view import BatchView
from gui.batch.jobs.job_title import WIDTH_PX
from gui.batch.jobs.jobs_dialog import JobsDialog
from gui.batch.table.row_model import Column
from gui.window.main_window import MainWindow
from tests.core.batch.builders import write_album
from tests.gui.batch.builders import label_album
from tests.gui.drops import ANY_ACTION, LEFT, NO_KEY, drop, files

PATIENCE_MS = 10_000
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def album(tmp_path: Path) -> Path:
    return tmp_path / "album"


@pytest.fixture
def view(window: MainWindow, album: Path, qtbot: QtBot) -> BatchView:
    """Four photos with a face each, the first two chosen."""
    view = label_album(window, album, 4, qtbot)
    view.table.selectRow(0)
    QTest.keyClick(view.table, Qt.Key.Key_Down, SHIFT)
    assert len(view.table.chosen_keys) == 2
    return view


def is_read(view: BatchView, count: int) -> bool:
    rows = view.table.rows
    texts = [rows.index(row, Column.AGE).data() for row in range(rows.rowCount())]
    return not view.session.is_active and len(texts) == count and all(texts)


def answer(window: MainWindow, text: str) -> None:
    (question,) = window.findChildren(QMessageBox)
    (button,) = [each for each in question.buttons() if each.text() == text]
    button.click()


def test_chosen_rows_are_copied_as_a_spreadsheet_takes_them(
    view: BatchView, album: Path, qtbot: QtBot
) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    QTest.keyClick(view.table, Qt.Key.Key_C, CTRL)
    qtbot.waitUntil(lambda: bool(clipboard.text()), timeout=PATIENCE_MS)
    header, *rows = clipboard.text().splitlines()
    assert header.split("\t") == list(COLUMNS)
    assert [row.split("\t")[0] for row in rows] == [str(album / f"00{n}.png") for n in range(2)]


@pytest.mark.skipif(os.name == "nt", reason="no file is called so there")
def test_a_copied_row_is_one_row_whatever_its_file_is_called(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    write_album(tmp_path / "odd", 1)
    (tmp_path / "odd" / "000.png").rename(tmp_path / "odd" / "a\nb\tc\r\nd.png")
    drop(window, files([tmp_path / "odd"]))
    view, clipboard = window.batch.view, QGuiApplication.clipboard()
    clipboard.clear()
    qtbot.waitUntil(lambda: is_read(view, 1), timeout=PATIENCE_MS)
    view.table.selectRow(0)
    QTest.keyClick(view.table, Qt.Key.Key_C, CTRL)
    qtbot.waitUntil(lambda: bool(clipboard.text()), timeout=PATIENCE_MS)
    header, row = clipboard.text().splitlines()
    assert row.split("\t")[0] == str(tmp_path / "odd" / "a b c d.png")
    assert len(row.split("\t")) == len(header.split("\t"))


def test_the_photo_with_its_faces_is_copied(view: BatchView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view.panel.preview.has_picture, timeout=PATIENCE_MS)
    QTest.keyClick(view.table, Qt.Key.Key_C, CTRL | SHIFT)
    image = QGuiApplication.clipboard().image()
    assert image.width() * 48 == image.height() * 64
    colours = {image.pixelColor(x, image.height() // 2).name() for x in range(image.width())}
    assert len(colours) > 1, "a box is drawn"


def test_photos_are_left_out_after_a_question_and_the_files_stay(
    window: MainWindow, view: BatchView, album: Path, qtbot: QtBot
) -> None:
    QTest.keyClick(view.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)), timeout=PATIENCE_MS)
    (question,) = window.findChildren(QMessageBox)
    assert question.text() == "Leave 2 files out of this batch?"
    answer(window, "Leave out")
    qtbot.waitUntil(lambda: is_read(view, 2), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: view.header.skipped_button.text() == " 2 left out…")
    assert view.header.status_label.text() == "Done · 2 photos · 2 faces"
    assert len(list(album.iterdir())) == 4


@pytest.mark.parametrize("page", ["Table", "Faces"])
def test_the_next_row_is_chosen_in_the_place_of_those_left_out(
    window: MainWindow, view: BatchView, page: str, qtbot: QtBot
) -> None:
    buttons = {button.text(): button for button in view.pages.buttons.buttons()}
    buttons[page].click()
    view.choice.choose_key(view.table.rows.keys[1])
    qtbot.waitUntil(lambda: list(view.choice.keys) == [view.panel.key], timeout=PATIENCE_MS)
    name_label = view.panel.name_label
    for name in ("002.png", "003.png", "000.png"):
        window.batch.actions.leave_out.trigger()
        qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)), timeout=PATIENCE_MS)
        answer(window, "Leave out")
        qtbot.waitUntil(lambda: name_label.text() == name, timeout=PATIENCE_MS)  # noqa: B023
        qtbot.waitUntil(lambda: list(view.choice.keys) == [view.panel.key], timeout=PATIENCE_MS)


def test_leaving_out_is_undone_with_the_corrections(
    window: MainWindow, view: BatchView, qtbot: QtBot
) -> None:
    QTest.keyClick(view.table, Qt.Key.Key_F)
    first = view.table.rows.index(0, Column.GENDER)
    qtbot.waitUntil(lambda: first.data() == "Female ✎", timeout=PATIENCE_MS)
    QTest.keyClick(view.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)), timeout=PATIENCE_MS)
    answer(window, "Leave out")
    qtbot.waitUntil(lambda: is_read(view, 2), timeout=PATIENCE_MS)
    (undo,) = [b for b in view.strip.findChildren(QPushButton) if b.text() == "Undo"]
    undo.click()
    qtbot.waitUntil(lambda: is_read(view, 4), timeout=PATIENCE_MS)
    assert view.table.rows.index(0, Column.GENDER).data() == "Female ✎"
    qtbot.waitUntil(lambda: not view.header.skipped_button.isVisible(), timeout=PATIENCE_MS)


def test_a_photo_is_opened_by_itself_and_the_batch_stays(
    window: MainWindow, view: BatchView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(window, "open_source", opened.append)
    QTest.keyClick(view.table, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(opened), timeout=PATIENCE_MS)
    assert Path(opened[0]).name == "000.png"


def test_the_folder_of_a_photo_is_shown(
    view: BatchView, album: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    QTest.keyClick(view.table, Qt.Key.Key_R, CTRL)
    qtbot.waitUntil(lambda: bool(shown), timeout=PATIENCE_MS)
    assert Path(shown[0].toLocalFile()) == album


@pytest.mark.parametrize("place", ["table", "grid", "preview"])
def test_a_context_menu_offers_all_that_can_be_done_with_the_row(
    window: MainWindow, view: BatchView, place: str
) -> None:
    widgets = {"table": view.table, "grid": view.grid.view, "preview": view.panel.preview}
    widgets[place].customContextMenuRequested.emit(QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = {action.text().replace("&", "") for action in menu.actions()}
    wanted = {"Show in folder", "Copy row", "Copy picture with faces", "Leave out…"}
    assert wanted | {"Open full size", "Female"} <= texts
    menu.close()


def test_chosen_rows_are_dragged_out_as_files_and_never_moved(
    view: BatchView, album: Path, qtbot: QtBot
) -> None:
    rows = view.table.rows
    data = rows.mimeData(view.table.selectedIndexes())
    assert [Path(url.toLocalFile()) for url in data.urls()] == [
        album / "000.png",
        album / "001.png",
    ]
    assert rows.supportedDragActions() == Qt.DropAction.CopyAction
    view.pages.choose(1)
    faces = view.grid.faces
    qtbot.waitUntil(lambda: len(faces.keys) == 4 and faces.face_row(3) is not None)
    (url,) = faces.mimeData([faces.index(3)]).urls()
    assert Path(url.toLocalFile()) == album / "003.png"


def test_rows_that_are_dragged_over_their_own_window_are_not_labelled_again(
    window: MainWindow, view: BatchView, album: Path
) -> None:
    class OwnDrag(QDragEnterEvent):
        def source(self) -> QObject:
            return view.table

    data: QMimeData = files([album / "000.png"])
    event = OwnDrag(QPoint(20, 20), ANY_ACTION, data, LEFT, NO_KEY)
    assert window.drop_target.eventFilter(window, event)
    assert not event.isAccepted()


def test_a_batch_is_renamed_by_a_key_and_in_the_list(
    window: MainWindow, view: BatchView, qtbot: QtBot
) -> None:
    QTest.keyClick(view.table, Qt.Key.Key_F2)
    (dialog,) = view.findChildren(QInputDialog)
    assert dialog.width() >= WIDTH_PX, "a title is long"
    dialog.setTextValue("Summer of ’19")
    dialog.accept()
    qtbot.waitUntil(lambda: view.header.title_label.text() == "Summer of ’19", timeout=PATIENCE_MS)
    assert window.windowTitle() == "Summer of ’19 – Visage"
    window.commands.earlier_batches.trigger()
    (jobs,) = window.findChildren(JobsDialog)
    qtbot.waitUntil(lambda: jobs.list.topLevelItemCount() == 1, timeout=PATIENCE_MS)
    QTest.keyClick(jobs.list, Qt.Key.Key_F2)
    (second,) = jobs.findChildren(QInputDialog)
    assert second.textValue() == "Summer of ’19"
    second.setTextValue("  ")
    second.accept()
    jobs.rename_button.click()
    third = jobs.findChildren(QInputDialog)[-1]
    third.setTextValue("Beach")
    third.accept()
    qtbot.waitUntil(lambda: view.header.title_label.text() == "Beach", timeout=PATIENCE_MS)
    jobs.reject()
