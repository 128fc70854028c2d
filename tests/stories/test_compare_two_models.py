"""Somebody wonders which model to trust, and compares two of them on the picture at hand."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.errors import ModelError
from core.settings import Settings
from core.sources.frame_source import SourceKind
from core.types import Box, Estimate, Face, Gender, OtherAnswer
from gui.choices.comparison_dialog import ComparisonDialog
from gui.picture.face_painter import label_parts
from gui.window.main_window import MainWindow
from tests.live_fakes import FakeCore, FakePipeline, FakeVideo, make_face
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


def test_both_models_answer_in_a_video_until_one_is_chosen(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    asked = []
    both = make_face(30, box=LEFT, other=OtherAnswer(Estimate(41, 35, 47, 0.1), Gender.MALE))

    def make_both(model: str | None, second: str, _settings: Settings) -> Any:
        asked.append((model, second))
        return FakePipeline(both, model=model)

    cards = [make_card(name, title=name.capitalize()) for name in ("one", "two")]
    core = TwoMinds(models=[SimpleNamespace(card=card) for card in cards])
    core.sources["film.mp4"] = FakeVideo(40)
    window = make_window(replace(core.parts, make_comparing_pipeline=make_both))
    qtbot.waitUntil(lambda: len(window.model_menu.cards) == 2)
    window.open_source("film.mp4")
    qtbot.waitUntil(lambda: window.live_view.shown is not None)
    dialog = open_comparison(window)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 2)
    dialog.both_button.click()
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: asked == [("one", "two")])
    qtbot.waitUntil(lambda: shown_faces(window) == (both,), timeout=10_000)
    words = [part.text for part in label_parts(both)]
    assert words == ["30", "24–37", "Female 96 %", "|", "41", "35–47", "Male 90 %"]
    assert window.live_view.status_line.engine_label.text().startswith("Model one | Two")
    window.choose_model("two")
    qtbot.waitUntil(lambda: len(shown_faces(window)) == 2, timeout=10_000)
    assert both not in shown_faces(window)
    assert window.session.info is not None
    assert "|" not in window.session.info.model_title


def shown_faces(window: MainWindow) -> tuple[Face, ...]:
    shown = window.live_view.shown
    return () if shown is None or shown.result is None else shown.result.faces


def test_a_photo_offers_no_stream_to_compare_in(window: MainWindow, qtbot: QtBot) -> None:
    dialog = open_comparison(window)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 2)
    assert not dialog.both_button.isVisible()


def test_without_a_picture_there_is_nothing_to_compare(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.commands.compare.isEnabled()
