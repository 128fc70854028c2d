"""Faces, statistics and export where they stand: in the window, over a batch that was dropped."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from core.batch.row_filter import RowFilter
from gui.batch.batch_view import BatchView
from gui.batch.export.export_dialog import ExportDialog
from gui.batch.panel.photo_preview import WORDS_FROM_PX
from gui.batch.table.row_model import Column
from gui.window.main_window import MainWindow
from tests.core.batch.builders import write_album, write_photo
from tests.gui.batch.builders import label_album
from tests.gui.drops import drop, files

PATIENCE_MS = 10_000


@pytest.fixture
def view(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> BatchView:
    """A batch of five men of 20, 22, 24, 26 and 28, labelled."""
    return label_album(window, tmp_path / "album", 5, qtbot)


def choose_page(view: BatchView, title: str) -> None:
    buttons = {button.text(): button for button in view.pages.findChildren(QToolButton)}
    buttons[title].click()


def ages(view: BatchView) -> list[float | None]:
    faces = view.grid.faces
    rows = [faces.face_row(number) for number in range(len(faces.keys))]
    return [None if row is None or row.face is None else row.face.age_years for row in rows]


def wait_for_ages(view: BatchView, expected: list[float], qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: ages(view) == pytest.approx(expected), timeout=PATIENCE_MS)


def test_the_grid_keeps_the_filter_and_the_order_of_the_table(
    view: BatchView, qtbot: QtBot
) -> None:
    view.table.sortByColumn(Column.AGE, Qt.SortOrder.DescendingOrder)
    choose_page(view, "Faces")
    wait_for_ages(view, [28, 26, 24, 22, 20], qtbot)
    view.filter_bar.youngest.setText("23")
    wait_for_ages(view, [28, 26, 24], qtbot)


def test_a_face_of_the_grid_is_shown_and_corrected_at_the_side(
    view: BatchView, qtbot: QtBot
) -> None:
    choose_page(view, "Faces")
    wait_for_ages(view, [20, 22, 24, 26, 28], qtbot)
    view.grid.view.setCurrentIndex(view.grid.faces.index(3))
    qtbot.waitUntil(lambda: view.panel.name_label.text() == "003.png", timeout=PATIENCE_MS)
    QTest.keyClicks(view.panel.form.age, "61")
    view.panel.form.age.editingFinished.emit()
    wait_for_ages(view, [20, 22, 24, 61, 28], qtbot)


def test_rows_that_are_read_out_of_sight_do_not_change_which_faces_are_corrected(
    view: BatchView, qtbot: QtBot
) -> None:
    choose_page(view, "Faces")
    wait_for_ages(view, [20, 22, 24, 26, 28], qtbot)
    view.grid.view.setCurrentIndex(view.grid.faces.index(3))
    chosen = view.panel.form.face_ids
    with qtbot.waitSignal(view.table.rows.modelReset, timeout=PATIENCE_MS):
        view.table.refresh()  # as the last one of a batch that has just ended
    assert view.panel.form.face_ids == chosen == (view.grid.faces.keys[3],)


def test_the_chosen_face_stays_chosen_on_the_other_page(view: BatchView, qtbot: QtBot) -> None:
    view.table.selectRow(2)
    choose_page(view, "Faces")
    grid = view.grid.view
    qtbot.waitUntil(lambda: grid.currentIndex().row() == 2, timeout=PATIENCE_MS)
    view.filter_bar.youngest.setText("25")
    qtbot.waitUntil(lambda: len(view.grid.faces.keys) == 2, timeout=PATIENCE_MS)
    view.filter_bar.clear()
    qtbot.waitUntil(lambda: len(view.grid.faces.keys) == 5, timeout=PATIENCE_MS)
    grid.setCurrentIndex(view.grid.faces.index(4))
    choose_page(view, "Table")
    qtbot.waitUntil(lambda: view.table.currentIndex().row() == 4, timeout=PATIENCE_MS)
    assert view.panel.key == view.table.rows.key_at(4)


def test_a_face_of_another_batch_stays_chosen_too(
    window: MainWindow, view: BatchView, tmp_path: Path, qtbot: QtBot
) -> None:
    view.table.selectRow(2)
    choose_page(view, "Faces")
    write_album(tmp_path / "other", 3)
    drop(window, files([tmp_path / "other"]))
    qtbot.waitUntil(
        lambda: not view.session.is_active and len(view.grid.faces.keys) == 3, timeout=PATIENCE_MS
    )
    view.grid.view.setCurrentIndex(view.grid.faces.index(1))
    choose_page(view, "Table")
    qtbot.waitUntil(lambda: view.table.currentIndex().row() == 1, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: view.panel.name_label.text() == "001.png", timeout=PATIENCE_MS)


def test_enter_corrects_the_chosen_face_of_the_grid(view: BatchView, qtbot: QtBot) -> None:
    choose_page(view, "Faces")
    wait_for_ages(view, [20, 22, 24, 26, 28], qtbot)
    view.grid.view.setFocus()
    view.grid.view.setCurrentIndex(view.grid.faces.index(1))
    qtbot.waitUntil(view.panel.form.isVisible)
    QTest.keyClick(view.grid.view, Qt.Key.Key_Return)
    assert view.panel.form.age.hasFocus()


def test_statistics_have_the_place_of_the_side_panel_and_follow_the_filter(
    view: BatchView, qtbot: QtBot
) -> None:
    choose_page(view, "Statistics")
    qtbot.waitUntil(lambda: not view.statistics.is_empty)
    assert not view.panel.isVisible()
    assert "5 faces" in view.statistics.gender_view.accessibleDescription()
    view.filter_bar.youngest.setText("23")
    qtbot.waitUntil(
        lambda: "3 faces" in view.statistics.gender_view.accessibleDescription(),
        timeout=PATIENCE_MS,
    )
    choose_page(view, "Faces")
    assert view.panel.isVisible()


def test_the_export_button_offers_what_the_filter_shows(view: BatchView, qtbot: QtBot) -> None:
    view.filter_bar.youngest.setText("23")
    view.header.export_button.click()
    (dialog,) = view.window().findChildren(ExportDialog)
    qtbot.waitUntil(dialog.export_button.isEnabled)
    assert dialog.form.shown_button.text() == "&Only what the filter shows: 3 photos, 3 faces"
    assert dialog.form.task.row_filter == RowFilter(min_age_years=23)
    dialog.close()


def chooses_a_face(view: BatchView) -> bool:
    """A row that still waits gives way to its face when the rows are read again."""
    view.table.selectRow(0)
    return view.panel.form.isVisible()


@pytest.mark.parametrize("size", [(1024, 700), (853, 533), (640, 520)])
def test_everything_of_a_batch_is_in_sight_on_a_small_screen(
    window: MainWindow, view: BatchView, size: tuple[int, int], qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: chooses_a_face(view), timeout=PATIENCE_MS)
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
    form = view.panel.form
    controls = [form.age, form.undo_button, *form.gender_buttons.values(), view.table]
    controls += [view.header.export_button, view.header.close_button, view.filter_bar.oldest]

    def is_in_sight(control: QWidget) -> bool:
        return window.rect().contains(control.mapTo(window, control.rect().bottomRight()))

    qtbot.waitUntil(lambda: all(map(is_in_sight, controls)))
    assert view.table.columnWidth(Column.FILE) >= 100


def test_the_filter_lies_in_the_same_place_on_all_pages(
    window: MainWindow, view: BatchView, qtbot: QtBot
) -> None:
    window.resize(1024, 700)

    def top_px(widget: QWidget) -> int:
        return widget.mapTo(window, widget.rect().topLeft()).y()

    for title in ("Table", "Faces", "Statistics"):
        choose_page(view, title)
        qtbot.waitUntil(lambda: top_px(view.filter_bar) > top_px(view.pages.buttons.button(0)) + 20)


def test_a_low_window_leaves_the_photo_room_for_the_words_beside_its_face(
    window: MainWindow, view: BatchView, qtbot: QtBot
) -> None:
    window.resize(853, 533)
    qtbot.waitUntil(lambda: chooses_a_face(view), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not view.panel.reason_label.isVisible())
    qtbot.waitUntil(lambda: view.panel.preview.height() >= WORDS_FROM_PX)
    window.resize(1280, 800)
    qtbot.waitUntil(view.panel.reason_label.isVisible)


def test_a_photo_without_a_face_says_so_beside_it(
    window: MainWindow, view: BatchView, tmp_path: Path, qtbot: QtBot
) -> None:
    write_photo(tmp_path / "sea.png", (0, 0, 0))
    drop(window, files([tmp_path / "sea.png", tmp_path / "album" / "000.png"]))
    qtbot.waitUntil(
        lambda: not view.session.is_active and view.table.rows.rowCount() == 2, timeout=PATIENCE_MS
    )
    view.filter_bar.kind.setCurrentText("No face found")
    qtbot.waitUntil(lambda: view.table.rows.rowCount() == 1, timeout=PATIENCE_MS)
    view.table.selectRow(0)
    words = view.panel.reason_label
    qtbot.waitUntil(lambda: words.text().startswith("No face was found."), timeout=PATIENCE_MS)
    assert not view.panel.form.isVisible()
