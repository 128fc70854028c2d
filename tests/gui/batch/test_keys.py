"""A batch corrected by keys alone, wherever the focus is."""

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.batch.row_filter import RowOrder
from core.batch.row_query import row_keys
from core.types import Gender
from gui.batch.batch_view import BatchView
from gui.batch.table.row_model import Column
from gui.batch.table.row_text import certainty_text
from gui.window.main_window import MainWindow
from tests.core.batch.builders import write_photo
from tests.gui.batch.builders import label_album
from tests.gui.drops import drop, files

PATIENCE_MS = 10_000
AGES = ["20 (16–26)", "22 (18–28)", "24 (20–30)", "26 (21–33)"]
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def view(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> BatchView:
    """Four men of 20, 22, 24 and 26, the first one chosen by a key."""
    view = label_album(window, tmp_path / "album", 4, qtbot)
    view.table.setFocus()
    press(Qt.Key.Key_Home, modifiers=CTRL)
    wait_for_name(view, "000.png", qtbot)
    return view


def column(view: BatchView, column: Column) -> list[str | None]:
    rows = view.table.rows
    return [rows.index(row, column).data() for row in range(rows.rowCount())]


def wait_for(view: BatchView, which: Column, expected: list[str], qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: column(view, which) == expected, timeout=PATIENCE_MS)


def wait_for_name(view: BatchView, name: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view.panel.name_label.text() == name, timeout=PATIENCE_MS)


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(*keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press keys one after the other, each where the focus is by then."""
    for key in keys:
        QTest.keyClick(focus(), key, modifiers)


def test_faces_are_corrected_one_after_the_other_without_a_mouse(
    view: BatchView, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_6, Qt.Key.Key_1, Qt.Key.Key_F, Qt.Key.Key_Return)
    assert focus() is view.panel.form.age, "the next age may be typed at once"
    press(Qt.Key.Key_7, Qt.Key.Key_2, Qt.Key.Key_Return)
    press(Qt.Key.Key_U)
    wait_for(view, Column.AGE, ["61 ✎", "72 ✎", *AGES[2:]], qtbot)
    wait_for(view, Column.GENDER, ["Female ✎", "Male", "Unsure ✎", "Male"], qtbot)
    assert view.table.currentIndex().row() == 2
    press(Qt.Key.Key_9, Qt.Key.Key_Escape)
    assert focus() is view.table
    assert view.panel.form.age.text() == "", "what was typed is forgotten"
    press(Qt.Key.Key_M)
    wait_for(view, Column.GENDER, ["Female ✎", "Male", "Male ✎", "Male"], qtbot)


def test_enter_on_the_last_face_saves_and_stays(view: BatchView, qtbot: QtBot) -> None:
    press(Qt.Key.Key_End, modifiers=CTRL)
    press(Qt.Key.Key_8, Qt.Key.Key_0, Qt.Key.Key_Enter)
    wait_for(view, Column.AGE, [*AGES[:3], "80 ✎"], qtbot)
    assert view.table.currentIndex().row() == 3
    press(Qt.Key.Key_Z, modifiers=CTRL)
    wait_for(view, Column.AGE, AGES, qtbot)


def test_ctrl_z_takes_a_correction_back_in_the_age_field_too(view: BatchView, qtbot: QtBot) -> None:
    press(Qt.Key.Key_6, Qt.Key.Key_1, Qt.Key.Key_Return)
    wait_for(view, Column.AGE, ["61 ✎", *AGES[1:]], qtbot)
    wait_for_name(view, "001.png", qtbot)
    press(Qt.Key.Key_5)
    press(Qt.Key.Key_Z, modifiers=CTRL)
    assert view.panel.form.age.text() == "", "first what is typed, and not taken yet"
    assert focus() is view.panel.form.age
    press(Qt.Key.Key_Z, modifiers=CTRL)
    wait_for(view, Column.AGE, AGES, qtbot)
    wait_for_name(view, "000.png", qtbot)


@pytest.mark.parametrize("place", ["tool bar", "header", "page switch", "after a dialog"])
def test_keys_work_wherever_the_focus_is(
    window: MainWindow, view: BatchView, place: str, qtbot: QtBot
) -> None:
    if place == "after a dialog":
        press(Qt.Key.Key_S, modifiers=CTRL)
        dialog = view.dialogs.exporting
        assert dialog is not None
        qtbot.waitUntil(dialog.isVisible)
        dialog.reject()
        window.activateWindow()
        window.setFocus()
    else:
        {
            "tool bar": window.model_picker,
            "header": view.header.close_button,
            "page switch": view.pages.buttons.button(0),
        }[place].setFocus()
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_F)
    wait_for(view, Column.GENDER, ["Female ✎", "Male", "Male", "Male"], qtbot)
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Z, CTRL)
    wait_for(view, Column.GENDER, ["Male"] * 4, qtbot)
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_4)
    assert focus() is view.panel.form.age
    assert view.panel.form.age.text() == "4"


@pytest.mark.parametrize("place", ["tool bar", "header", "page switch", "gender", "age", "photo"])
def test_the_rows_are_walked_through_wherever_the_focus_is(
    window: MainWindow, view: BatchView, place: str
) -> None:
    widget = {
        "tool bar": window.model_picker,
        "header": view.header.close_button,
        "page switch": view.pages.buttons.button(0),
        "gender": view.panel.form.gender_buttons[Gender.MALE],
        "age": view.panel.form.age,
        "photo": view.panel.preview,
    }[place]
    widget.setFocus()
    press(Qt.Key.Key_Down)
    assert focus() is view.table
    assert chosen_rows(view) == [1]
    widget.setFocus()
    press(Qt.Key.Key_Down, modifiers=SHIFT)
    assert chosen_rows(view) == [1, 2]
    if place != "age":
        widget.setFocus()
        press(Qt.Key.Key_End)
        assert chosen_rows(view) == [3]
        widget.setFocus()
        press(Qt.Key.Key_A, modifiers=CTRL)
        assert chosen_rows(view) == [0, 1, 2, 3]


def chosen_rows(view: BatchView) -> list[int]:
    return sorted(index.row() for index in view.table.selectionModel().selectedRows())


def test_a_list_of_the_filter_keeps_the_keys_that_walk(view: BatchView) -> None:
    view.filter_bar.gender.setFocus()
    press(Qt.Key.Key_Down)
    assert view.filter_bar.gender.currentIndex() == 1
    assert focus() is view.filter_bar.gender


def test_a_zoomed_photo_keeps_the_keys_that_move_it(view: BatchView, qtbot: QtBot) -> None:
    preview = view.panel.preview
    qtbot.waitUntil(lambda: preview.has_picture, timeout=PATIENCE_MS)
    preview.setFocus()
    press(Qt.Key.Key_Plus, Qt.Key.Key_Plus)
    top = preview.zoom.area.top()
    press(Qt.Key.Key_Down, modifiers=SHIFT)
    assert preview.zoom.area.top() < top
    assert chosen_rows(view) == [0]


def test_capitals_count_as_letters(view: BatchView, qtbot: QtBot) -> None:
    press(Qt.Key.Key_F, modifiers=SHIFT)
    press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    press(Qt.Key.Key_U, modifiers=SHIFT)
    wait_for(view, Column.GENDER, ["Female ✎", "Unsure ✎", "Male", "Male"], qtbot)


def test_enter_in_the_field_that_finds_a_file_leads_to_the_rows(
    view: BatchView, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_F, modifiers=CTRL)
    press(Qt.Key.Key_0, Qt.Key.Key_2, Qt.Key.Key_Return)
    assert focus() is view.table
    wait_for(view, Column.AGE, AGES[2:3], qtbot)
    press(Qt.Key.Key_Home, Qt.Key.Key_F)
    wait_for(view, Column.GENDER, ["Female ✎"], qtbot)


def test_nothing_is_corrected_out_of_sight(view: BatchView, qtbot: QtBot) -> None:
    press(Qt.Key.Key_3, modifiers=CTRL)
    qtbot.waitUntil(view.statistics.isVisible)
    press(Qt.Key.Key_F, Qt.Key.Key_5)
    press(Qt.Key.Key_1, modifiers=CTRL)
    qtbot.waitUntil(view.table.isVisible)
    assert view.panel.form.age.text() == ""
    unsure_first(view, qtbot)
    assert column(view, Column.GENDER) == ["Male"] * 4


def test_several_faces_are_corrected_at_once_and_taken_back_at_once(
    view: BatchView, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Down, Qt.Key.Key_Down, modifiers=SHIFT)
    assert view.panel.form.estimate_label.text().startswith("3 faces are chosen")
    press(Qt.Key.Key_5, Qt.Key.Key_0, Qt.Key.Key_F, Qt.Key.Key_Escape)
    wait_for(view, Column.GENDER, ["Female ✎"] * 3 + ["Male"], qtbot)
    press(Qt.Key.Key_5, Qt.Key.Key_0, Qt.Key.Key_Return)
    wait_for(view, Column.AGE, ["50 ✎"] * 3 + AGES[3:], qtbot)
    press(Qt.Key.Key_Z, modifiers=CTRL)
    wait_for(view, Column.AGE, AGES, qtbot)
    wait_for(view, Column.GENDER, ["Female ✎"] * 3 + ["Male"], qtbot)
    press(Qt.Key.Key_Z, modifiers=CTRL)
    wait_for(view, Column.GENDER, ["Male"] * 4, qtbot)


def test_chosen_faces_stay_chosen_when_the_rows_are_read_again(
    view: BatchView, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Down, modifiers=SHIFT)
    press(Qt.Key.Key_F)
    wait_for(view, Column.GENDER, ["Female ✎", "Female ✎", "Male", "Male"], qtbot)
    view.table.sortByColumn(Column.AGE, Qt.SortOrder.DescendingOrder)
    wait_for(view, Column.AGE, AGES[::-1], qtbot)
    selected = view.table.selectionModel().selectedRows()
    assert sorted(index.row() for index in selected) == [2, 3]
    press(Qt.Key.Key_M)
    wait_for(view, Column.GENDER, ["Male", "Male", "Male ✎", "Male ✎"], qtbot)


def test_several_cells_of_the_grid_are_corrected_at_once(view: BatchView, qtbot: QtBot) -> None:
    press(Qt.Key.Key_2, modifiers=CTRL)
    grid = view.grid.view
    qtbot.waitUntil(lambda: len(view.grid.faces.keys) == 4, timeout=PATIENCE_MS)
    grid.setFocus()
    flag = QItemSelectionModel.SelectionFlag
    grid.selectionModel().setCurrentIndex(view.grid.faces.index(1), flag.ClearAndSelect)
    grid.selectionModel().setCurrentIndex(view.grid.faces.index(3), flag.Select)
    press(Qt.Key.Key_3, Qt.Key.Key_3, Qt.Key.Key_Return)
    press(Qt.Key.Key_1, modifiers=CTRL)
    wait_for(view, Column.AGE, [AGES[0], "33 ✎", AGES[2], "33 ✎"], qtbot)


def test_an_age_that_nobody_reaches_is_kept_out_with_a_word(view: BatchView, qtbot: QtBot) -> None:
    press(Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_1)
    age = view.panel.form.age
    assert (age.text(), age.age_years, age.word) == ("121", None, "Ages go up to 120 years.")
    press(Qt.Key.Key_Return)
    assert view.table.currentIndex().row() == 0, "nothing is saved under another number"
    press(Qt.Key.Key_Backspace, Qt.Key.Key_0, Qt.Key.Key_Return)
    wait_for(view, Column.AGE, ["120 ✎", *AGES[1:]], qtbot)


def test_an_age_of_the_filter_that_nobody_reaches_filters_nothing(view: BatchView) -> None:
    field = view.filter_bar.youngest
    field.setFocus()
    press(Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_1)
    assert (field.word, view.filter_bar.is_set) == ("Ages go up to 120 years.", False)
    press(Qt.Key.Key_Escape)
    assert focus() is view.table
    assert field.text() == ""


def test_letters_in_the_field_that_finds_a_file_correct_nothing(
    view: BatchView, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_F, modifiers=CTRL)
    press(Qt.Key.Key_F, Qt.Key.Key_1)
    assert view.filter_bar.text.text() == "f1"
    press(Qt.Key.Key_Escape)
    assert focus() is view.table
    view.filter_bar.clear()
    wait_for(view, Column.GENDER, ["Male"] * 4, qtbot)


def test_nothing_can_be_done_with_a_batch_that_is_not_shown(
    window: MainWindow, view: BatchView
) -> None:
    actions = window.batch.actions
    assert actions.female.isEnabled()
    assert actions.again.isEnabled()
    assert not actions.pause.isEnabled(), "it does not run"
    press(Qt.Key.Key_W, modifiers=CTRL)
    assert not any(action.isEnabled() for action in actions.every)


def test_only_what_can_be_done_with_the_chosen_row_is_offered(
    window: MainWindow, view: BatchView, tmp_path: Path, qtbot: QtBot
) -> None:
    actions, panel = window.batch.actions, view.panel
    on_faces = (*actions.on_faces, actions.redraw_box)
    qtbot.waitUntil(lambda: panel.preview.has_picture, timeout=PATIENCE_MS)
    assert all(action.isEnabled() for action in (*on_faces, *actions.on_rows, *actions.on_picture))
    write_photo(tmp_path / "dark" / "dark.png", (0, 0, 0))
    drop(window, files([tmp_path / "dark"]))
    qtbot.waitUntil(
        lambda: not view.session.is_active and column(view, Column.AGE) == [""],
        timeout=PATIENCE_MS,
    )
    view.table.selectRow(0)
    qtbot.waitUntil(actions.add_face.isEnabled, timeout=PATIENCE_MS)
    assert all(action.isEnabled() for action in actions.on_rows)
    assert not any(action.isEnabled() for action in on_faces)
    assert [button.isEnabled() for button in panel.box_buttons] == [True, False, False]


def test_a_click_with_ctrl_chooses_the_first_face_and_one_more(
    view: BatchView, qtbot: QtBot
) -> None:
    view.table.clearSelection()
    for row in (1, 3):
        place = view.table.visualRect(view.table.rows.index(row, Column.AGE)).center()
        QTest.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, CTRL, place)
    press(Qt.Key.Key_F)
    wait_for(view, Column.GENDER, ["Male", "Female ✎", "Male", "Female ✎"], qtbot)


def test_the_photo_is_zoomed_into_by_keys_and_shown_whole_with_the_next_one(
    view: BatchView, qtbot: QtBot
) -> None:
    preview = view.panel.preview
    qtbot.waitUntil(lambda: preview.has_picture, timeout=PATIENCE_MS)
    press(Qt.Key.Key_Plus)
    assert preview.zoom.factor > 1
    press(Qt.Key.Key_0, modifiers=CTRL)
    assert preview.zoom.factor == 1
    press(Qt.Key.Key_Plus)
    press(Qt.Key.Key_Down)
    wait_for_name(view, "001.png", qtbot)
    assert preview.zoom.factor == 1
    assert view.panel.form.age.text() == ""


def test_the_column_how_sure_sorts_the_unsure_first(view: BatchView, qtbot: QtBot) -> None:
    press(Qt.Key.Key_7, Qt.Key.Key_0, Qt.Key.Key_Return)
    wait_for(view, Column.AGE, ["70 ✎", *AGES[1:]], qtbot)
    view.table.sortByColumn(Column.STATE, Qt.SortOrder.AscendingOrder)
    qtbot.waitUntil(lambda: column(view, Column.AGE)[-1] == "70 ✎", timeout=PATIENCE_MS)
    rows = [view.table.rows.row(number) for number in range(3)]
    certainties = [row.face.certainty or 0.0 for row in rows if row and row.face]
    assert certainties == sorted(certainties)


@pytest.mark.parametrize("page", [1, 2])
def test_unsure_faces_are_corrected_one_after_the_other_in_their_order(
    view: BatchView, page: int, qtbot: QtBot
) -> None:
    view.table.sortByColumn(Column.STATE, Qt.SortOrder.AscendingOrder)
    press(Qt.Key.Key_1 if page == 1 else Qt.Key.Key_2, modifiers=CTRL)
    rows = view.table if page == 1 else view.grid.view
    order = unsure_first(view, qtbot)

    def keys() -> list[int]:
        return list(view.table.rows.keys if page == 1 else view.grid.faces.keys)

    qtbot.waitUntil(lambda: keys() == order, timeout=PATIENCE_MS)
    rows.setFocus()
    press(Qt.Key.Key_Home, Qt.Key.Key_F)
    assert unsure_first(view, qtbot)[-1] == order[0], "it is sure now"
    assert keys() == order
    press(Qt.Key.Key_Down if page == 1 else Qt.Key.Key_Right)
    assert list(rows.chosen_keys) == order[1:2]
    press(Qt.Key.Key_U, Qt.Key.Key_7, Qt.Key.Key_0, Qt.Key.Key_Return)
    assert list(rows.chosen_keys) == order[2:3], "Enter goes to the next face"
    assert set(unsure_first(view, qtbot)[2:]) == set(order[:2])
    assert keys() == order
    view.table.sortByColumn(Column.STATE, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: set(keys()[:2]) == set(order[:2]), timeout=PATIENCE_MS)


def unsure_first(view: BatchView, qtbot: QtBot) -> list[int]:
    """As the store has it, once every answer that was asked for before is there."""
    order: list[int] = []
    assert view.session.job is not None
    job_id = view.session.job.id
    for topic in ("every change", "what they lead to"):
        order.clear()
        view.reader.ask(
            topic,
            lambda database: row_keys(database, job_id, order=RowOrder.CERTAINTY),
            order.extend,
        )
        qtbot.waitUntil(lambda: bool(order), timeout=PATIENCE_MS)
    return order


def test_a_screen_reader_hears_how_sure_a_face_is_and_what_each_filter_is(view: BatchView) -> None:
    face = view.table.rows.row(0)
    assert face is not None
    assert face.face is not None
    index = view.table.rows.index(0, Column.STATE)
    heard = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard.startswith(certainty_text(face.face))
    bar = view.filter_bar
    fields = (bar.text, bar.youngest, bar.oldest, bar.gender, bar.kind)
    names = {field.accessibleName() for field in fields}
    assert len(names) == len(fields)
    assert all(name.startswith("Filter: ") for name in names)


def test_the_cross_in_the_field_that_finds_a_file_clears_it(view: BatchView) -> None:
    field = view.filter_bar.text
    (cross,) = field.actions()
    assert not cross.isVisible()
    field.setText("beach")
    assert cross.isVisible()
    cross.trigger()
    assert field.text() == ""
