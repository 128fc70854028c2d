"""Somebody lets another model look at a batch, and looks at where the two are apart."""

import csv
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from core.settings import Settings
from gui.batch.batch_view import BatchView
from gui.batch.jobs.model_question import ModelQuestion
from gui.batch.table.row_model import Column
from gui.core_parts import CoreParts
from gui.window.main_window import MainWindow
from tests.core.batch.builders import RECIPE, make_run, write_album, write_film
from tests.fakes import FunctionEngine, Outputs, red_and_blue
from tests.gui.drops import drop, files
from tests.model_folders import make_card
from tests.window_fixtures import MakeWindow

PATIENCE_MS = 20_000
SMALLEST_PX = 853, 501
"""What a screen of 1280 × 800 at 150 % has for a window."""

CTRL = Qt.KeyboardModifier.ControlModifier


def older(images: NDArray[np.float32]) -> Outputs:
    """Takes everybody for half as old again, and for a woman."""
    outputs = red_and_blue(images)
    surely = np.full_like(outputs["gender_output"], 0.95)
    return {"age_output": outputs["age_output"] * 1.5, "gender_output": surely}


class TwoModels:
    """Core with the models "one" and "two", which sees people older."""

    @property
    def parts(self) -> CoreParts:
        return CoreParts(
            make_recipe=self._make_recipe,
            make_batch_job=self._make_batch_job,
            list_cameras=lambda: (),
            find_models=self._find_models,
        )

    def _find_models(self) -> Any:
        titles = {"one": "Model One", "two": "Model Two"}
        return tuple(
            SimpleNamespace(card=make_card(name, title=title)) for name, title in titles.items()
        )

    def _make_recipe(self, model: str | None, settings: Settings) -> Any:
        return replace(RECIPE, model_name=model or "one", min_face_px=settings.min_face_px)

    def _make_batch_job(self, store: Any, job: Any, control: Any, _engine: Any) -> Any:
        function = older if job.recipe.model_name == "two" else red_and_blue
        return make_run(store, job, control, FunctionEngine(function))


@pytest.fixture
def window(make_window: MakeWindow, qtbot: QtBot) -> MainWindow:
    window = make_window(TwoModels().parts)
    window.resize(1400, 800)
    qtbot.waitUntil(lambda: len(window.model_menu.cards) == 2)
    return window


@pytest.fixture
def view(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> BatchView:
    """Three men of 20, 22 and 24, and one of 40 in a video, labelled by the model "one"."""
    write_album(tmp_path / "album", 3)
    write_film(tmp_path / "album" / "film.avi", [(40, 0, 0)] * 30)
    drop(window, files([tmp_path / "album"]))
    view = window.batch.view
    wait_for_end(view, qtbot)
    return view


def wait_for_end(view: BatchView, qtbot: QtBot) -> None:
    def is_done() -> bool:
        keys = view.table.rows.keys
        return not view.session.is_active and len(keys) == 4 and min(keys) > 0

    qtbot.waitUntil(is_done, timeout=PATIENCE_MS)


def column(view: BatchView, column: Column) -> list[str | None]:
    rows = view.table.rows
    return [rows.index(row, column).data() for row in range(rows.rowCount())]


def wait_for(view: BatchView, which: Column, expected: list[str], qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: column(view, which) == expected, timeout=PATIENCE_MS)


def compare(window: MainWindow, view: BatchView, qtbot: QtBot) -> None:
    window.batch.actions.compare.trigger()
    (question,) = window.findChildren(ModelQuestion)
    qtbot.waitUntil(question.isActiveWindow)
    assert question.choice.count() == 1, "the batch's own model is none to compare with"
    assert question.choice.currentText() == "Model Two"
    assert any("labelled by Model One." in label.text() for label in question.findChildren(QLabel))
    QTest.keyClick(question, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: view.session.job is not None and view.session.job.compared_with is not None,
        timeout=PATIENCE_MS,
    )
    wait_for_end(view, qtbot)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def test_both_answers_of_a_batch_stand_beside_each_other(
    window: MainWindow, view: BatchView, qtbot: QtBot
) -> None:
    assert view.table.isColumnHidden(Column.OTHER)
    compare(window, view, qtbot)
    assert view.header.title_label.text() == "album · Model Two"
    qtbot.waitUntil(lambda: not view.table.isColumnHidden(Column.DISTANCE), timeout=PATIENCE_MS)
    assert "compared with Model One " in view.header.model_label.text()
    assert view.table.rows.headerData(Column.OTHER, Qt.Orientation.Horizontal) == "Model One"
    wait_for(view, Column.DISTANCE, ["+10.0", "+11.0", "+12.0", "+20.0"], qtbot)
    ages = ["30 (24–37)", "33 (27–40)", "36 (29–43)", "60 (52–68)"]
    assert [text and text.split(" ")[0] for text in column(view, Column.AGE)] == [
        text.split(" ")[0] for text in ages
    ]
    others = column(view, Column.OTHER)
    assert [text and text[:2] for text in others] == ["20", "22", "24", "40"]
    assert all(text and "Male" in text for text in others)


def test_a_click_brings_the_faces_to_the_top_about_which_the_models_differ_most(
    window: MainWindow, view: BatchView, qtbot: QtBot
) -> None:
    compare(window, view, qtbot)
    wait_for(view, Column.DISTANCE, ["+10.0", "+11.0", "+12.0", "+20.0"], qtbot)
    header = view.table.horizontalHeader()
    middle = header.sectionViewportPosition(Column.DISTANCE) + header.sectionSize(5) // 2
    place = QPoint(middle, header.height() // 2)
    for _ in range(2):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    wait_for(view, Column.DISTANCE, ["+20.0", "+12.0", "+11.0", "+10.0"], qtbot)
    view.table.sortByColumn(Column.OTHER, Qt.SortOrder.AscendingOrder)
    wait_for(view, Column.DISTANCE, ["+10.0", "+11.0", "+12.0", "+20.0"], qtbot)


def test_on_the_smallest_screen_every_column_is_reached_and_sorts(
    window: MainWindow, view: BatchView, qtbot: QtBot
) -> None:
    window.resize(*SMALLEST_PX)
    compare(window, view, qtbot)
    wait_for(view, Column.DISTANCE, ["+10.0", "+11.0", "+12.0", "+20.0"], qtbot)
    header, bar = view.table.horizontalHeader(), view.table.horizontalScrollBar()
    qtbot.waitUntil(bar.isVisible)
    for column in Column:
        bar.setValue(header.sectionPosition(column))
        left_px, width_px = header.sectionViewportPosition(column), header.sectionSize(column)
        assert width_px > 0
        assert 0 <= left_px <= header.viewport().width() - width_px
    bar.setValue(bar.maximum())
    left_px = header.sectionViewportPosition(Column.DISTANCE)
    place = QPoint(left_px + header.sectionSize(Column.DISTANCE) // 2, header.height() // 2)
    for _ in range(2):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    wait_for(view, Column.DISTANCE, ["+20.0", "+12.0", "+11.0", "+10.0"], qtbot)
    assert bar.value() == bar.maximum()


def test_where_the_photo_can_spare_the_room_no_column_is_out_of_sight(
    window: MainWindow, view: BatchView, qtbot: QtBot
) -> None:
    window.resize(1280, 800)
    compare(window, view, qtbot)
    wait_for(view, Column.DISTANCE, ["+10.0", "+11.0", "+12.0", "+20.0"], qtbot)
    qtbot.waitUntil(lambda: view.table.horizontalScrollBar().maximum() == 0)


def test_both_answers_are_copied_exported_and_said_at_the_side(
    window: MainWindow, view: BatchView, qtbot: QtBot, tmp_path: Path
) -> None:
    compare(window, view, qtbot)
    wait_for(view, Column.DISTANCE, ["+10.0", "+11.0", "+12.0", "+20.0"], qtbot)
    view.table.selectRow(0)
    words = view.panel.reason_label
    qtbot.waitUntil(lambda: "the other model: 20" in words.text(), timeout=PATIENCE_MS)
    assert ", male" in words.text(), "as below, where the first model's gender is said"
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_C, CTRL)
    clipboard = QApplication.clipboard()
    qtbot.waitUntil(lambda: "years_apart" in clipboard.text(), timeout=PATIENCE_MS)
    QTest.keyClick(view.table, Qt.Key.Key_S, CTRL)
    dialog = view.dialogs.exporting
    assert dialog is not None
    qtbot.waitUntil(dialog.export_button.isEnabled, timeout=PATIENCE_MS)
    target = tmp_path / "faces.csv"
    dialog.form.set_target(target)
    dialog.export_button.click()
    qtbot.waitUntil(target.exists, timeout=PATIENCE_MS)
    text = target.read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["years_apart"] for row in rows] == ["10.0", "11.0", "12.0", "20.0"]
    assert {row["other_labelled_by"].split()[0] for row in rows} == {"one"}
    dialog.reject()


def test_the_first_batch_stays_as_it_was_and_corrections_change_no_difference(
    window: MainWindow, view: BatchView, qtbot: QtBot
) -> None:
    first = view.session.job
    assert first is not None
    compare(window, view, qtbot)
    wait_for(view, Column.DISTANCE, ["+10.0", "+11.0", "+12.0", "+20.0"], qtbot)
    view.table.setFocus()
    view.table.selectRow(0)
    qtbot.waitUntil(lambda: len(view.panel.form.face_ids) == 1, timeout=PATIENCE_MS)
    QTest.keyClicks(view.table, "9")
    QTest.keyClick(view.panel.form.age, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: column(view, Column.AGE)[0] == "9 ✎", timeout=PATIENCE_MS)
    assert column(view, Column.DISTANCE)[0] == "+10.0"
    view.session.open(first)
    wait_for_end(view, qtbot)
    qtbot.waitUntil(lambda: view.table.isColumnHidden(Column.OTHER), timeout=PATIENCE_MS)
    wait_for(view, Column.DISTANCE, ["", "", "", ""], qtbot)
