"""Somebody wonders which model to trust, and compares two of them on the picture at hand."""

from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.errors import ModelError
from core.settings import Settings
from core.sources.frame_source import SourceKind
from core.types import Box
from gui.choices.comparison_dialog import ComparisonDialog
from gui.window.main_window import MainWindow
from tests.live_fakes import FakeCore, FakePipeline, make_face
from tests.model_folders import make_card
from tests.window_fixtures import MakeWindow

LEFT, RIGHT = Box(10, 10, 90, 90), Box(200, 10, 280, 90)


class TwoMinds(FakeCore):
    """Three models: one of them sees people older, and one is broken."""

    def make_pipeline(self, kind: SourceKind, model: str | None, settings: Settings) -> Any:
        if model == "broken":
            raise ModelError("The model broken is damaged.")
        years = 0 if model in (None, "one") else 10
        faces = make_face(30 + years, box=LEFT), make_face(70 + years // 5, 0.2, box=RIGHT)
        self.pipelines.append(FakePipeline(*faces, model=model))
        return self.pipelines[-1]


@pytest.fixture
def window(make_window: MakeWindow, qtbot: QtBot) -> MainWindow:
    models = [
        SimpleNamespace(card=make_card(name, title=name.capitalize()))
        for name in ("one", "two", "broken")
    ]
    window = make_window(TwoMinds(models=models).parts)
    qtbot.waitUntil(lambda: len(window.model_menu.cards) == 3)
    window.open_source("a.jpg")
    qtbot.waitUntil(lambda: window.live_view.shown is not None)
    return window


def open_comparison(window: MainWindow) -> ComparisonDialog:
    QTest.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = window.findChildren(ComparisonDialog)
    return dialog


def row_of(dialog: ComparisonDialog, row: int) -> list[str]:
    items = [dialog.table.item(row, column) for column in range(dialog.table.columnCount())]
    return [item.text() for item in items if item is not None]


def test_both_answers_stand_beside_each_other_and_the_difference_sorts(
    window: MainWindow, qtbot: QtBot
) -> None:
    dialog = open_comparison(window)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 2)
    assert (dialog.first.currentText(), dialog.second.currentText()) == ("One", "Two")
    assert dialog.words.text() == "2 faces. They are 6.0 years apart on average."
    last = dialog.table.columnCount() - 1
    dialog.table.sortItems(last, Qt.SortOrder.DescendingOrder)
    assert row_of(dialog, 0)[1:] == [
        "30 (24–37)",
        "Female 96 %",
        "40 (34–47)",
        "Female 96 %",
        "+10.0",
    ]
    assert row_of(dialog, 1)[-1] == "+2.0"


def test_another_model_can_be_chosen_and_a_broken_one_is_a_sentence(
    window: MainWindow, qtbot: QtBot
) -> None:
    dialog = open_comparison(window)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 2)
    dialog.second.setFocus()
    QTest.keyClick(dialog.second, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: dialog.words.text() == "The model broken is damaged.")


def test_without_a_picture_there_is_nothing_to_compare(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.commands.compare.isEnabled()
