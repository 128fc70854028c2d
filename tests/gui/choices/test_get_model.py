"""A model is got from the Hub through the window; the Hub is one on this computer."""

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from huggingface_hub import constants
from pytestqt.qtbot import QtBot

from core.errors import ModelError
from core.estimation.model_card import ONNX_FILE
from core.estimation.model_folder import ModelFolder, find_model
from gui.choices.get_model_dialog import GetModelDialog
from gui.core_parts import CoreParts
from gui.language.translation import speak
from gui.preferences import Preferences
from gui.window.main_window import MainWindow
from tests.fake_hub import FakeHub
from tests.hub_fixtures import REPO, left_over
from tests.live_fakes import FakeCore
from tests.model_folders import make_card, make_model_folder
from tests.window_fixtures import MakeWindow

PATIENCE_MS = 20_000


class HeldPull:
    """Stands in for core: gets half of a model, and waits until it may go on or is stopped."""

    def __init__(self, folder: Path) -> None:
        self.may_go_on = Event()
        self.model = ModelFolder(folder, make_card("far", title="From far away"))

    def __call__(self, repo: str, show_progress: object, is_stopped: object) -> ModelFolder:
        assert callable(show_progress)
        assert callable(is_stopped)
        show_progress(5_000_000, 10_000_000)
        while not self.may_go_on.wait(0.01):
            if is_stopped():
                raise ModelError("The download was stopped. Nothing of it was kept.")
        return self.model


@pytest.fixture
def held(tmp_path: Path) -> HeldPull:
    return HeldPull(tmp_path)


def held_window(make_window: MakeWindow, held: HeldPull) -> MainWindow:
    return make_window(replace(FakeCore().parts, pull_model=held))


def opened(window: MainWindow) -> GetModelDialog:
    """The dialog, by the menu of models."""
    (action,) = (one for one in window.model_menu.actions() if one.text() == "&Get a model…")
    action.trigger()
    return window.findChildren(GetModelDialog)[-1]


def begun(window: MainWindow, qtbot: QtBot) -> GetModelDialog:
    """A download that has come half the way."""
    qtbot.waitUntil(lambda: bool(window.model_menu.actions()))
    dialog = opened(window)
    dialog.place.setText("somebody/far")
    dialog.get_button.click()
    qtbot.waitUntil(lambda: dialog.words.text() == "5.0 of 10.0 MB")
    return dialog


def test_a_model_is_got_by_its_name_on_the_hub_and_used(
    holding: FakeHub, make_window: MakeWindow, models_root: Path, qtbot: QtBot
) -> None:
    make_model_folder(models_root, "bundled")
    window = make_window(CoreParts())
    qtbot.waitUntil(lambda: len(window.model_menu.choices) == 1)
    assert holding.requests == []
    dialog = opened(window)
    assert not dialog.get_button.isEnabled()
    dialog.place.setText(f" {REPO} ")
    assert holding.requests == []
    dialog.get_button.click()
    qtbot.waitUntil(dialog.use_button.isVisible, timeout=PATIENCE_MS)
    assert dialog.words.text() == "A tiny model is installed."
    qtbot.waitUntil(lambda: len(window.model_menu.choices) == 2)
    dialog.use_button.click()
    assert Preferences().model == "tiny"
    assert [action.isChecked() for action in window.model_menu.choices] == [False, True]
    assert find_model("tiny").card.title == "A tiny model"


def test_a_transfer_that_breaks_off_is_a_sentence_and_can_be_tried_again(
    holding: FakeHub,
    make_window: MakeWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("time.sleep", lambda _seconds: None)  # the library tries five times
    holding.damage = lambda name, content: content[:20] if name == ONNX_FILE else content
    window = make_window(CoreParts())
    qtbot.waitUntil(lambda: bool(window.model_menu.actions()))
    dialog = opened(window)
    dialog.place.setText(REPO)
    dialog.get_button.click()
    qtbot.waitUntil(lambda: "broke off" in dialog.words.text(), timeout=PATIENCE_MS)
    assert left_over() == []
    assert dialog.get_button.isEnabled()
    assert not dialog.bar.isVisible()
    holding.damage = lambda _name, content: content
    dialog.get_button.click()
    qtbot.waitUntil(dialog.use_button.isVisible, timeout=PATIENCE_MS)


def test_cancel_ends_a_transfer_and_leaves_nothing(
    holding: FakeHub,
    make_window: MakeWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(constants, "DOWNLOAD_CHUNK_SIZE", 100)
    may_go_on = Event()

    def slowly(name: str, content: bytes) -> bytes:
        if name == ONNX_FILE:
            may_go_on.wait(10)
        return content

    holding.damage = slowly
    window = make_window(CoreParts())
    qtbot.waitUntil(lambda: bool(window.model_menu.actions()))
    dialog = opened(window)
    dialog.place.setText(REPO)
    dialog.get_button.click()
    qtbot.waitUntil(lambda: any(ONNX_FILE in request for request in holding.requests))
    dialog.close_button.click()
    with qtbot.waitSignal(window.model_dialogs.download.failed, timeout=PATIENCE_MS) as told:
        may_go_on.set()
    assert told.args == ["The download was stopped. Nothing of it was kept."]
    assert left_over() == []


def test_a_transfer_shows_how_far_it_is_and_another_can_follow(
    make_window: MakeWindow, held: HeldPull, qtbot: QtBot
) -> None:
    window = held_window(make_window, held)
    dialog = begun(window, qtbot)
    assert dialog.bar.isVisible()
    assert dialog.bar.value() == dialog.bar.maximum() / 2
    assert not dialog.place.isEnabled()
    assert dialog.close_button.text() == "&Cancel"
    with qtbot.waitSignal(window.model_dialogs.download.ended):
        dialog.close_button.click()
    dialog = begun(window, qtbot)
    held.may_go_on.set()
    qtbot.waitUntil(dialog.use_button.isVisible)
    assert dialog.words.text() == "From far away is installed."


def test_closing_the_window_ends_a_transfer(
    make_window: MakeWindow, held: HeldPull, qtbot: QtBot
) -> None:
    window = held_window(make_window, held)
    begun(window, qtbot)
    with qtbot.waitSignal(window.model_dialogs.download.ended):
        window.close()


def test_what_goes_wrong_is_said_in_the_windows_language(
    hub: FakeHub, make_window: MakeWindow, models_root: Path, qtbot: QtBot
) -> None:
    speak("fr")
    window = make_window(CoreParts())
    dialog = GetModelDialog(window.model_dialogs.download, window)
    dialog.place.setText("nobody/nothing")
    dialog.get_button.click()
    qtbot.waitUntil(lambda: "ou ne le montre" in dialog.words.text(), timeout=PATIENCE_MS)
    assert dialog.words.text().startswith("Le Hub n’a pas de nobody/nothing")
