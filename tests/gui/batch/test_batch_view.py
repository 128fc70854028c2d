from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from core.batch.store import BatchStore
from core.errors import ModelError, StoreError
from core.types import Gender
from gui.batch.batch_view import BatchView
from gui.batch.jobs.batch_session import BatchState
from gui.batch.table.row_model import Column
from gui.messages.message_strip import MessageStrip
from gui.window.main_window import MainWindow
from tests.core.batch.builders import write_album, write_photo
from tests.gui.batch.batch_parts import BatchCore
from tests.gui.drops import drop, files
from tests.window_fixtures import MakeWindow

PATIENCE_MS = 10_000
AGES = ["20 (16–26)", "22 (18–28)", "24 (20–30)", "26 (21–33)", "28 (23–35)", ""]
ESTIMATED = "Estimated: 22 (18–28), male 99 %"
BROKEN = "It is not a picture that Visage can read."


@pytest.fixture
def core() -> BatchCore:
    return BatchCore()


@pytest.fixture
def window(core: BatchCore, make_window: MakeWindow) -> MainWindow:
    window = make_window(core.parts)
    window.resize(1200, 800)
    return window


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Photos of five men, whose ages are AGES, and a broken one."""
    write_album(tmp_path / "album", 5)
    (tmp_path / "album" / "broken.png").write_text("no photo")
    return tmp_path / "album"


def label(window: MainWindow, *places: Path) -> BatchView:
    drop(window, files(places))
    return window.batch.view


def wait_for_end(view: BatchView, qtbot: QtBot) -> None:
    def is_done() -> bool:
        rests = view.session.state is BatchState.RESTING
        return rests and view.header.status_label.text().startswith("Done")

    qtbot.waitUntil(is_done, timeout=PATIENCE_MS)


def labelled(window: MainWindow, album: Path, qtbot: QtBot) -> BatchView:
    view = label(window, album)
    wait_for_end(view, qtbot)
    wait_for_texts(view, Column.STATE, ["", "", "", "", "", BROKEN], qtbot)
    return view


def texts(view: BatchView, column: Column) -> list[str | None]:
    rows = view.table.rows
    return [rows.index(row, column).data() for row in range(rows.rowCount())]


def wait_for_texts(view: BatchView, column: Column, expected: list[str], qtbot: QtBot) -> None:
    try:
        qtbot.waitUntil(lambda: texts(view, column) == expected, timeout=PATIENCE_MS)
    except Exception:
        assert texts(view, column) == expected
        raise


def click(strip: MessageStrip, text: str) -> None:
    (button,) = [each for each in strip.findChildren(QPushButton) if each.text() == text]
    button.click()


# Running


def test_pause_holds_the_job_and_go_on_ends_it(
    core: BatchCore, window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    core.may_look.clear()
    view = label(window, album)
    qtbot.waitUntil(lambda: view.session.state is BatchState.RUNNING, timeout=PATIENCE_MS)
    assert core.was_asked.wait(10)
    view.header.pause_button.click()
    assert view.session.state is BatchState.PAUSED
    assert view.header.pause_button.text() == " Go on"
    paused = "Paused at 0 of 6 photos · 0 faces"
    qtbot.waitUntil(lambda: view.header.status_label.text() == paused)
    core.may_look.set()
    view.header.pause_button.click()
    wait_for_end(view, qtbot)
    assert view.header.status_label.text() == "Done · 6 photos · 5 faces"


def test_cancel_is_at_once_and_the_job_goes_on_where_it_stopped(
    core: BatchCore, window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    core.may_look.clear()
    view = label(window, album)
    assert core.was_asked.wait(10)
    qtbot.waitUntil(view.header.cancel_button.isVisible)
    view.header.cancel_button.click()
    assert view.session.state is BatchState.RESTING
    core.may_look.set()
    qtbot.waitUntil(view.header.go_on_button.isVisible, timeout=PATIENCE_MS)
    assert view.header.status_label.text().startswith("Stopped at")
    view.header.go_on_button.click()
    wait_for_end(view, qtbot)
    assert view.header.status_label.text() == "Done · 6 photos · 5 faces"


def test_a_photo_that_failed_is_read_again_on_demand(
    window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    view = labelled(window, album, qtbot)
    assert view.header.retry_button.text() == " Look again at 1 failed file"
    write_photo(album / "broken.png", (80, 0, 0))
    view.header.retry_button.click()
    wait_for_texts(view, Column.AGE, [*AGES[:5], "80 (70–92)"], qtbot)
    assert not view.header.retry_button.isVisible()


def test_a_batch_is_labelled_again_on_demand_and_keeps_corrections(
    core: BatchCore, window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    view = labelled(window, album, qtbot)
    view.table.selectRow(0)
    form = view.panel.form
    qtbot.waitUntil(form.isVisible, timeout=PATIENCE_MS)
    form.take_focus()
    QTest.keyClicks(form.age, "61")
    QTest.keyClick(form.age, Qt.Key.Key_Return)
    wait_for_texts(view, Column.AGE, ["61 ✎", *AGES[1:]], qtbot)
    asked = len(core.recipes)
    view.header.again_button.click()
    qtbot.waitUntil(lambda: view.session.is_active, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not view.session.is_active, timeout=PATIENCE_MS)
    wait_for_texts(view, Column.AGE, ["61 ✎", *AGES[1:]], qtbot)
    assert len(core.recipes) == asked + 1


def test_a_second_drop_stops_the_first_batch_and_says_that_it_is_kept(
    core: BatchCore, window: MainWindow, album: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    core.may_look.clear()
    label(window, album)
    assert core.was_asked.wait(10)
    qtbot.waitUntil(lambda: window.batch.job is not None)
    write_photo(tmp_path / "second" / "one.png")
    core.may_look.set()
    view = label(window, tmp_path / "second")
    assert view.strip.text == "“album” was stopped. It is kept under Earlier batches."
    wait_for_texts(view, Column.FILE, ["one.png"], qtbot)
    click(view.strip, "Go on with it instead")
    wait_for_texts(view, Column.STATE, ["", "", "", "", "", BROKEN], qtbot)
    assert view.header.title_label.text() == "album"


def test_the_chosen_model_and_looking_hard_are_used(
    core: BatchCore, window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    window.choose_model("other")
    window.commands.settings.trigger()
    from gui.choices.settings_dialog import SettingsDialog

    (dialog,) = window.findChildren(SettingsDialog)
    dialog.thorough.setChecked(True)
    dialog.accept()
    labelled(window, album, qtbot)
    assert core.recipes == [("other", True)]


def test_another_model_is_offered_for_the_photos_of_the_open_batch(
    core: BatchCore, window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    view = labelled(window, album, qtbot)
    window.choose_model("other")
    click(view.strip, "Label in a new batch")
    wait_for_end(view, qtbot)
    assert core.recipes == [(None, False), ("other", False)]


# Trouble


def test_a_store_that_cannot_be_opened_is_a_sentence(
    window: MainWindow, album: Path, own_jobs: Path, qtbot: QtBot
) -> None:
    own_jobs.parent.mkdir()
    own_jobs.write_text("this is no database, and long enough to be seen as none" * 20)
    view = label(window, album)
    qtbot.waitUntil(lambda: bool(view.strip.text), timeout=PATIENCE_MS)
    assert "are damaged" in view.strip.text
    assert view.session.state is BatchState.RESTING
    assert view.header.status_label.text() == "", "nothing is done"
    assert view.empty_text == "No batch is open."


@pytest.mark.parametrize(
    "trouble", [StoreError("The disk is full."), ModelError("The model was changed.")]
)
def test_trouble_while_a_job_runs_is_a_sentence_and_the_job_can_go_on(
    core: BatchCore, window: MainWindow, album: Path, trouble: Exception, qtbot: QtBot
) -> None:
    core.trouble = trouble
    view = label(window, album)
    qtbot.waitUntil(lambda: view.strip.text == str(trouble), timeout=PATIENCE_MS)
    qtbot.waitUntil(view.header.go_on_button.isVisible, timeout=PATIENCE_MS)
    view.header.go_on_button.click()
    wait_for_end(view, qtbot)
    assert view.strip.text == ""


def test_a_folder_without_photos_says_so(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "notes.txt").touch()
    view = label(window, tmp_path / "empty")
    wait_for_end(view, qtbot)
    qtbot.waitUntil(lambda: view.empty_text.startswith("No photo or video was found here."))
    assert view.header.skipped_button.text() == " 1 left out…"


def test_junk_among_photos_is_a_row_with_its_reason(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    photo = write_photo(tmp_path / "one.png")
    notes = tmp_path / "notes.txt"
    notes.write_text("milk, eggs")
    view = label(window, photo, notes)
    wait_for_end(view, qtbot)
    expected = ["", "It is not a picture that Visage can read."]
    wait_for_texts(view, Column.STATE, expected, qtbot)
    assert view.header.title_label.text() == "one.png and 1 more"


def test_the_window_closes_in_the_middle_of_a_batch(
    core: BatchCore, window: MainWindow, album: Path, own_jobs: Path
) -> None:
    core.may_look.clear()
    label(window, album)
    assert core.was_asked.wait(10)
    window.close()
    core.may_look.set()
    window.join()
    with BatchStore.open(own_jobs) as store:
        assert store.counts(1).photos == 6


# Rows


def test_rows_are_filtered_and_an_empty_answer_says_why(
    window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    view = labelled(window, album, qtbot)
    bar = view.filter_bar
    bar.kind.setCurrentText("Could not be read")
    wait_for_texts(view, Column.FILE, ["broken.png"], qtbot)
    assert view.count_label.text() == "1 row"
    bar.gender.setCurrentText("Female")
    qtbot.waitUntil(lambda: view.empty_text.startswith("No row passes"), timeout=PATIENCE_MS)
    bar.clear_button.click()
    qtbot.waitUntil(lambda: view.table.rows.rowCount() == 6, timeout=PATIENCE_MS)
    QTest.keyClicks(bar.youngest, "22")
    QTest.keyClicks(bar.oldest, "26")
    wait_for_texts(view, Column.AGE, AGES[1:4], qtbot)


def test_a_header_sorts_and_a_third_click_gives_the_order_of_the_folder(
    window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    view = labelled(window, album, qtbot)
    header = view.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(Column.AGE) + 20, header.height() // 2)

    def click_header() -> None:
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)

    click_header()
    wait_for_texts(view, Column.AGE, AGES, qtbot)
    click_header()
    wait_for_texts(view, Column.AGE, [*reversed(AGES[:5]), ""], qtbot)
    click_header()
    files_in_order = [f"{n:03}.png" for n in range(5)] + ["broken.png"]
    wait_for_texts(view, Column.FILE, files_in_order, qtbot)


def test_the_chosen_photo_is_shown_and_arrows_go_on(
    window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    view = labelled(window, album, qtbot)
    view.table.selectRow(0)
    qtbot.waitUntil(lambda: view.panel.preview.has_picture, timeout=PATIENCE_MS)
    assert view.panel.name_label.text() == "000.png"
    for _ in range(5):
        QTest.keyClick(view.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: view.panel.name_label.text() == "broken.png", timeout=PATIENCE_MS)
    assert view.panel.reason_label.text() == BROKEN
    assert not view.panel.form.isVisible()
    assert not any(button.isVisible() for button in view.panel.box_buttons), "nothing to draw in"
    qtbot.waitUntil(lambda: view.panel.reason_label.x() == view.panel.name_label.x() > 0)


def test_a_table_that_gets_the_keys_selects_its_first_row(
    window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    view = labelled(window, album, qtbot)
    selection = view.table.selectionModel()
    # What Qt does when the focus comes by a key.
    selection.setCurrentIndex(view.table.rows.index(0, 0), selection.SelectionFlag.NoUpdate)
    qtbot.waitUntil(lambda: [index.row() for index in selection.selectedRows()] == [0])


# Corrections


def test_an_age_and_a_gender_are_corrected_and_taken_back_one_by_one(
    window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    view = labelled(window, album, qtbot)
    view.table.selectRow(1)
    form = view.panel.form
    qtbot.waitUntil(lambda: form.estimate_label.text() == ESTIMATED, timeout=PATIENCE_MS)
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is form.age
    QTest.keyClicks(form.age, "12")
    QTest.keyClick(form.age, Qt.Key.Key_Return)
    wait_for_texts(view, Column.AGE, [AGES[0], "12 ✎", *AGES[2:]], qtbot)
    assert view.table.currentIndex().row() == 2
    view.table.selectRow(1)

    form.gender_buttons[Gender.FEMALE].click()
    genders = ["Male", "Female ✎", "Male", "Male", "Male", ""]
    wait_for_texts(view, Column.GENDER, genders, qtbot)
    assert texts(view, Column.STATE)[1] == "Corrected"

    view.table.setFocus()
    QTest.keySequence(view.table, QKeySequence("Ctrl+Z"))
    genders[1] = "Male"
    wait_for_texts(view, Column.GENDER, genders, qtbot)
    assert texts(view, Column.AGE)[1] == "12 ✎"
    QTest.keySequence(view.table, QKeySequence("Ctrl+Z"))
    wait_for_texts(view, Column.AGE, AGES, qtbot)
    qtbot.waitUntil(lambda: form.age.text() == "")
    qtbot.waitUntil(lambda: not form.undo_button.isEnabled())


def test_undo_below_the_photo_is_offered_while_there_is_something_to_take_back(
    window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    view = labelled(window, album, qtbot)
    view.table.selectRow(0)
    form = view.panel.form
    qtbot.waitUntil(form.isVisible, timeout=PATIENCE_MS)
    assert not form.undo_button.isEnabled()
    form.take_focus()
    QTest.keyClicks(form.age, "61")
    assert form.undo_button.isEnabled()
    QTest.keyClick(form.age, Qt.Key.Key_Escape)
    assert not form.undo_button.isEnabled()
    form.gender_buttons[Gender.FEMALE].click()
    qtbot.waitUntil(form.undo_button.isEnabled)
    form.undo_button.click()
    qtbot.waitUntil(lambda: not form.undo_button.isEnabled())


def test_a_corrected_face_stays_at_hand_until_the_rows_are_filtered_anew(
    window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    view = labelled(window, album, qtbot)
    view.filter_bar.gender.setCurrentText("Male")
    qtbot.waitUntil(lambda: view.table.rows.rowCount() == 5, timeout=PATIENCE_MS)
    view.table.selectRow(0)
    form = view.panel.form
    qtbot.waitUntil(form.isVisible, timeout=PATIENCE_MS)
    form.gender_buttons[Gender.FEMALE].click()
    wait_for_texts(view, Column.GENDER, ["Female ✎", "Male", "Male", "Male", "Male"], qtbot)
    assert form.isVisible()
    QTest.keyClick(view.table, Qt.Key.Key_Down)
    assert view.table.currentIndex().row() == 1
    view.filter_bar.kind.setCurrentText("Faces")
    wait_for_texts(view, Column.GENDER, ["Male"] * 4, qtbot)


@pytest.mark.parametrize("typed", ["+", "1,", "-", "x"])
def test_no_age_field_takes_what_is_no_age(window: MainWindow, typed: str) -> None:
    view = window.batch.view
    for field in (view.filter_bar.youngest, view.panel.form.age):
        field.insert(typed)
        assert field.text() == ""
        assert field.age_years is None


def test_an_age_that_is_deleted_lets_the_estimate_stand_again(
    window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    view = labelled(window, album, qtbot)
    view.table.selectRow(0)
    form = view.panel.form
    qtbot.waitUntil(form.isVisible, timeout=PATIENCE_MS)
    form.take_focus()
    QTest.keyClicks(form.age, "61")
    QTest.keyClick(form.age, Qt.Key.Key_Return)
    wait_for_texts(view, Column.AGE, ["61 ✎", *AGES[1:]], qtbot)
    view.table.selectRow(0)
    qtbot.waitUntil(lambda: form.age.text() == "61")
    form.take_focus()
    QTest.keyClick(form.age, Qt.Key.Key_Delete)
    QTest.keyClick(form.age, Qt.Key.Key_Return)
    wait_for_texts(view, Column.AGE, AGES, qtbot)


def test_an_age_that_is_typed_counts_when_another_face_is_chosen_in_the_photo(
    window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    view = labelled(window, album, qtbot)
    view.table.selectRow(0)
    form = view.panel.form
    qtbot.waitUntil(form.isVisible, timeout=PATIENCE_MS)
    form.take_focus()
    QTest.keyClicks(form.age, "61")
    other = view.table.rows.key_at(1)
    assert other is not None
    view.panel.preview.face_clicked.emit(other)
    wait_for_texts(view, Column.AGE, ["61 ✎", *AGES[1:]], qtbot)
    assert form.age.text() == ""


def test_taking_a_correction_back_leads_to_its_face(
    window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    view = labelled(window, album, qtbot)
    view.table.selectRow(0)
    form = view.panel.form
    qtbot.waitUntil(form.isVisible, timeout=PATIENCE_MS)
    form.take_focus()
    QTest.keyClicks(form.age, "61")
    QTest.keyClick(form.age, Qt.Key.Key_Return)
    wait_for_texts(view, Column.AGE, ["61 ✎", *AGES[1:]], qtbot)
    view.table.selectRow(3)
    qtbot.waitUntil(lambda: view.panel.name_label.text() == "003.png")
    form.undo_button.click()
    wait_for_texts(view, Column.AGE, AGES, qtbot)
    assert view.table.currentIndex().row() == 0
    qtbot.waitUntil(lambda: view.panel.name_label.text() == "000.png")


# Getting about


def test_everything_can_be_reached_by_tab_and_has_a_name(
    window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    view = labelled(window, album, qtbot)
    view.table.selectRow(0)
    qtbot.waitUntil(view.panel.form.isVisible, timeout=PATIENCE_MS)
    kinds = (QAbstractButton, QLineEdit, QComboBox)
    controls = [each for kind in kinds for each in view.findChildren(kind) if each.isVisible()]
    reached = set()
    for _ in range(60):
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
        reached.add(window.focusWidget())
    for control in controls:
        if control.isEnabled() and control.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert control in reached, control
        text = control.text() if isinstance(control, QAbstractButton) else ""
        assert text or control.accessibleName(), control
    assert view.table in reached


def test_a_photo_is_looked_at_while_a_batch_stays_open(
    window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    view = labelled(window, album, qtbot)
    drop(window, files([album / "000.png"]))
    assert window.views.currentWidget() is window.live_view
    assert window.commands.show_batch.isEnabled()
    window.commands.show_batch.trigger()
    assert window.views.currentWidget() is view
    assert window.windowTitle() == "album – Visage"


def test_closing_a_batch_keeps_it_and_leads_back_to_the_beginning(
    window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    view = labelled(window, album, qtbot)
    QTest.keySequence(view.table, QKeySequence("Ctrl+W"))
    assert window.views.currentWidget() is window.live_view
    assert window.batch.job is None
    assert not window.commands.show_batch.isEnabled()
