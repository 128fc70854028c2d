"""Somebody compares the models by their figures, and lets another one look at the same photo."""

from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core import paths
from gui.choices.model_card_dialog import ModelCardDialog
from gui.core_parts import CoreParts
from gui.preferences import Preferences
from gui.window.main_window import MainWindow
from tests.model_folders import make_model_folder
from tests.window_fixtures import MakeWindow

PATIENCE_MS = 20_000


def engine_words(window: MainWindow) -> str:
    return window.live_view.status_line.engine_label.text()


def test_another_model_is_chosen_by_its_figures_and_stays_chosen(
    make_window: MakeWindow, models_root: Path, qtbot: QtBot
) -> None:
    make_model_folder(models_root, "first", title="First")
    make_model_folder(models_root, "second", title="Second", figures={"age_mae": 4.6})
    window = make_window(CoreParts())
    window.open_source(str(paths.sample_photo()))
    qtbot.waitUntil(lambda: engine_words(window).startswith("First"), timeout=PATIENCE_MS)

    second = window.model_menu.choices[1]
    assert second.text() == "Second\tage ±4.6 years"
    second.trigger()
    qtbot.waitUntil(lambda: engine_words(window).startswith("Second"), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.live_view.shown is not None, timeout=PATIENCE_MS)
    assert Preferences().model == "second"

    window.commands.model_card.trigger()
    (dialog,) = window.findChildren(ModelCardDialog)
    assert "4.6 years" in [label.text() for label in dialog.findChildren(QLabel)]


def test_a_damaged_model_is_a_sentence_and_another_can_be_chosen(
    make_window: MakeWindow, models_root: Path, qtbot: QtBot
) -> None:
    make_model_folder(models_root, "first", title="First")
    damaged = make_model_folder(models_root, "second", title="Second")
    (damaged / "model.onnx").write_bytes(b"not a model")
    window = make_window(CoreParts())
    window.choose_model("second")
    window.open_source(str(paths.sample_photo()))
    trouble = window.live_view.trouble_view
    qtbot.waitUntil(lambda: "second" in trouble.text, timeout=PATIENCE_MS)
    assert "damaged" in trouble.text

    window.model_menu.choices[0].trigger()
    qtbot.waitUntil(lambda: window.live_view.shown is not None, timeout=PATIENCE_MS)
    assert engine_words(window).startswith("First")


def test_a_remembered_model_that_is_gone_gives_way_to_the_default_one(
    make_window: MakeWindow, models_root: Path, qtbot: QtBot
) -> None:
    make_model_folder(models_root, "first", title="First")
    Preferences().model = "removed"
    window = make_window(CoreParts())
    window.open_source(str(paths.sample_photo()))
    qtbot.waitUntil(lambda: window.live_view.shown is not None, timeout=PATIENCE_MS)
    assert engine_words(window).startswith("First")
