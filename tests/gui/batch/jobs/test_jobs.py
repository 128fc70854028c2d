"""Jobs are kept: listed, opened again, gone on with, deleted."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from core.batch.record import Job
from core.batch.store import BatchStore
from core.types import Gender
from gui.batch.batch_view import BatchView
from gui.batch.jobs.batch_session import BatchState
from gui.batch.jobs.jobs_dialog import NUMBER_COLUMNS, JobsDialog
from gui.choices.model_card_dialog import ModelCardDialog
from gui.window.main_window import MainWindow
from tests.core.batch.builders import RECIPE, fill_job, make_face, write_album
from tests.gui.batch.batch_parts import BatchCore
from tests.model_folders import make_card
from tests.window_fixtures import MakeWindow

PATIENCE_MS = 10_000


@pytest.fixture
def core() -> BatchCore:
    return BatchCore()


@pytest.fixture
def two_jobs(own_jobs: Path, tmp_path: Path) -> None:
    """A finished job, and a newer one that nothing was done of."""
    with BatchStore.open(own_jobs) as store:
        fill_job(store, {"a.jpg": [make_face(30.0, 0.9, Gender.FEMALE)], "b.jpg": []})
        write_album(tmp_path / "album", 3)
        store.create_job("Summer", [tmp_path / "album"], RECIPE)


@pytest.fixture
def window(two_jobs: None, core: BatchCore, make_window: MakeWindow) -> MainWindow:
    return make_window(core.parts)


def open_list(window: MainWindow, qtbot: QtBot) -> JobsDialog:
    window.commands.earlier_batches.trigger()
    (dialog,) = window.findChildren(JobsDialog)
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() > 0, timeout=PATIENCE_MS)
    return dialog


def titles(dialog: JobsDialog) -> list[str]:
    items = [dialog.list.topLevelItem(row) for row in range(dialog.list.topLevelItemCount())]
    return [item.text(0) for item in items if item is not None]


def answer_question(dialog: JobsDialog, answer: str) -> None:
    (question,) = dialog.findChildren(QMessageBox)
    assert "Your photos" in question.informativeText()
    (button,) = [each for each in question.buttons() if each.text() == answer]
    button.click()


def wait_for_status(view: BatchView, status: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view.header.status_label.text() == status, timeout=PATIENCE_MS)


def test_a_batchs_name_has_as_much_room_as_its_models(window: MainWindow, qtbot: QtBot) -> None:
    dialog = open_list(window, qtbot)
    for row in range(dialog.list.topLevelItemCount()):
        item = dialog.list.topLevelItem(row)
        assert item is not None
        item.setText(2, "MobileNetV2 f4d85632 (answers 11.1.1.4)")
        item.setText(5, "183 files are left")
        item.setText(0, "Holidays in the mountains, as a child chose them")
    dialog.resize(800, 400)
    assert dialog.list.columnWidth(0) >= dialog.list.columnWidth(2) > 150


def test_a_models_name_takes_what_a_short_name_of_a_batch_leaves(
    window: MainWindow, qtbot: QtBot
) -> None:
    dialog = open_list(window, qtbot)
    item = dialog.list.topLevelItem(0)
    assert item is not None
    assert item.toolTip(2) == item.text(2)
    item.setText(2, "MobileNetV2 f4d85632 (answers 11.1.1.4)")
    item.setText(5, "")
    dialog.resize(853, 420)
    assert dialog.list.columnWidth(2) >= dialog.list.sizeHintForColumn(2)
    assert dialog.list.columnWidth(0) >= dialog.list.sizeHintForColumn(0)


def test_an_earlier_job_is_opened_without_being_run(window: MainWindow, qtbot: QtBot) -> None:
    dialog = open_list(window, qtbot)
    assert titles(dialog) == ["Summer", "filled"]
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    view = window.batch.view
    assert window.views.currentWidget() is view
    wait_for_status(view, "Done · 2 photos · 1 face", qtbot)
    qtbot.waitUntil(lambda: view.table.rows.rowCount() == 2, timeout=PATIENCE_MS)
    assert view.session.state is BatchState.RESTING


def test_a_job_that_was_not_finished_is_offered_at_the_start(
    window: MainWindow, qtbot: QtBot
) -> None:
    strip = window.live_view.strip
    qtbot.waitUntil(lambda: bool(strip.text), timeout=PATIENCE_MS)
    assert strip.text == "The batch “Summer” was not looked through to its end."
    (go_on,) = [each for each in strip.findChildren(QPushButton) if each.text() == "Go on"]
    go_on.click()
    wait_for_status(window.batch.view, "Done · 3 photos · 3 faces", qtbot)
    assert window.batch.view.header.title_label.text() == "Summer"


def test_nothing_is_offered_at_the_start_when_the_newest_job_is_finished(
    own_jobs: Path, core: BatchCore, make_window: MakeWindow, qtbot: QtBot
) -> None:
    with BatchStore.open(own_jobs) as store:
        store.create_job("Old", [Path("/album")], RECIPE)
        fill_job(store, {"a.jpg": []})
    window = make_window(core.parts)
    with qtbot.waitSignal(window.batch._search.done, timeout=PATIENCE_MS):
        window.batch.look()
    assert window.live_view.strip.text == ""


def test_numbers_stand_below_their_titles(window: MainWindow, qtbot: QtBot) -> None:
    rows = open_list(window, qtbot).list
    header, item = rows.headerItem(), rows.topLevelItem(0)
    assert item is not None
    for column in NUMBER_COLUMNS:
        assert header.textAlignment(column) == item.textAlignment(column)


def test_the_newest_batches_are_offered_on_the_first_page_and_opened_from_there(
    own_jobs: Path, core: BatchCore, make_window: MakeWindow, qtbot: QtBot
) -> None:
    with BatchStore.open(own_jobs) as store:
        for number in range(5):
            job = fill_job(store, {"a.jpg": []})
            store.rename_job(job.id, f"Summer & {number}")
    window = make_window(core.parts)
    row = window.empty_view.batch_row
    qtbot.waitUntil(row.isVisible, timeout=PATIENCE_MS)
    buttons = row.findChildren(QPushButton)
    expected = [f"Open the batch Summer & {number}" for number in (4, 3, 2)]
    assert [button.accessibleName() for button in buttons] == expected
    buttons[1].setFocus()
    QTest.keyClick(buttons[1], Qt.Key.Key_Space)
    view = window.batch.view
    qtbot.waitUntil(lambda: view.header.title_label.text() == "Summer & 3", timeout=PATIENCE_MS)
    assert window.batch.is_open


def test_a_long_name_on_the_first_page_is_whole_where_there_is_room(
    window: MainWindow, qtbot: QtBot
) -> None:
    view, title = window.empty_view, "Grandmother’s holidays by the sea, 1962"
    job = Job(1, title, 0.0, (Path("/sea"),), RECIPE, is_scanned=True)
    view.show_batches([job])
    (link,) = view.batch_row.findChildren(QPushButton)
    assert link.text() == title
    view.show_batches([job] * 3)
    assert all("…" in link.text() for link in view.batch_row.findChildren(QPushButton)[-3:])


@pytest.mark.parametrize(("answer", "left"), [("Delete batch", ["filled"]), ("Keep", None)])
def test_deleting_a_job_asks_first_and_leaves_the_photos(
    window: MainWindow, tmp_path: Path, answer: str, left: list[str] | None, qtbot: QtBot
) -> None:
    dialog = open_list(window, qtbot)
    QTest.keyClick(dialog.list, Qt.Key.Key_Delete)
    answer_question(dialog, answer)
    expected = left or ["Summer", "filled"]
    qtbot.waitUntil(lambda: titles(dialog) == expected, timeout=PATIENCE_MS)
    assert len(list((tmp_path / "album").iterdir())) == 3


def test_a_job_that_is_deleted_while_it_is_open_is_closed(window: MainWindow, qtbot: QtBot) -> None:
    dialog = open_list(window, qtbot)
    dialog.open_button.click()
    view = window.batch.view
    qtbot.waitUntil(view.header.go_on_button.isVisible, timeout=PATIENCE_MS)
    dialog = open_list(window, qtbot)
    dialog.delete_button.click()
    answer_question(dialog, "Delete batch")
    qtbot.waitUntil(lambda: titles(dialog) == ["filled"], timeout=PATIENCE_MS)
    assert window.views.currentWidget() is window.live_view


def test_a_list_that_is_closed_at_once_is_not_filled_any_more(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.commands.earlier_batches.trigger()
    (dialog,) = window.findChildren(JobsDialog)
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()
    answers: list[None] = []
    window.batch.view.reader.ask("after the list", lambda _: None, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=PATIENCE_MS)


def test_without_jobs_the_list_says_so(
    core: BatchCore, make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(core.parts)
    window.commands.earlier_batches.trigger()
    (dialog,) = window.findChildren(JobsDialog)
    qtbot.waitUntil(dialog.empty_label.isVisible, timeout=PATIENCE_MS)
    assert not dialog.open_button.isEnabled()


def test_a_list_that_cannot_be_read_says_why(
    own_jobs: Path, core: BatchCore, make_window: MakeWindow, qtbot: QtBot
) -> None:
    own_jobs.parent.mkdir()
    own_jobs.write_text("this is no store" * 100)
    window = make_window(core.parts)
    window.commands.earlier_batches.trigger()
    (dialog,) = window.findChildren(JobsDialog)
    qtbot.waitUntil(dialog.empty_label.isVisible, timeout=PATIENCE_MS)
    assert dialog.empty_label.text() == (
        f"The stored jobs in {own_jobs} are damaged (file is not a database). "
        "“main.py jobs repair” saves what can be read."
    )


def test_a_job_that_was_stopped_in_its_scan_says_what_to_do(
    window: MainWindow, qtbot: QtBot
) -> None:
    open_list(window, qtbot).open_button.click()
    view = window.batch.view
    expected = "Not all photos were looked for yet. Go on to find them."
    qtbot.waitUntil(lambda: view.empty_text == expected, timeout=PATIENCE_MS)
    assert (
        view.header.status_label.text() == "Stopped while looking for photos and videos · 0 found"
    )


def test_the_model_of_a_job_stands_in_the_list_the_header_and_the_tool_bar(
    own_jobs: Path, make_window: MakeWindow, qtbot: QtBot
) -> None:
    models: Any = tuple(
        SimpleNamespace(card=make_card(name, title=title))
        for name, title in (("chosen", "The chosen"), ("earlier", "The earlier"))
    )
    recipe = replace(RECIPE, model_name="earlier")
    with BatchStore.open(own_jobs) as store:
        store.end_scan(store.create_job("Old", [Path("/album")], recipe).id)
    window = make_window(replace(BatchCore().parts, find_models=lambda: models))
    picker = window.model_picker
    qtbot.waitUntil(lambda: picker.toolTip() == "Model: The chosen", timeout=PATIENCE_MS)
    dialog = open_list(window, qtbot)
    item = dialog.list.topLevelItem(0)
    assert item is not None
    assert item.text(2) == f"The earlier {recipe.version}"
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    view = window.batch.view
    assert view.header.model_label.text() == f"The earlier {recipe.version}"
    assert picker.toolTip() == "Model: The earlier"
    window.commands.model_card.trigger()
    (card,) = window.findChildren(ModelCardDialog)
    assert card.windowTitle() == "Model: The earlier"
    card.close()
    view.close_wanted.emit()
    assert picker.toolTip() == "Model: The chosen"
