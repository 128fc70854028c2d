"""Somebody drops a photo, then something that is no picture."""

import shutil
from pathlib import Path

from pytestqt.qtbot import QtBot

from core import paths
from gui.core_parts import CoreParts
from gui.window.main_window import MainWindow
from tests.gui.drops import drop, files
from tests.window_fixtures import MakeWindow

PATIENCE_MS = 20_000


def wait_for_title(window: MainWindow, title: str, qtbot: QtBot) -> None:
    def is_shown() -> bool:
        shown = window.live_view.shown
        return shown is not None and shown.title == title

    qtbot.waitUntil(is_shown, timeout=PATIENCE_MS)


def test_a_dropped_photo_shows_its_faces(
    make_window: MakeWindow, model_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    photo = tmp_path / "größe 写真.jpg"
    shutil.copy(paths.sample_photo(), photo)
    window = make_window(CoreParts())
    drop(window, files([photo]))
    wait_for_title(window, photo.name, qtbot)
    shown = window.live_view.shown
    assert shown is not None
    assert shown.result is not None
    assert [face.estimate is not None for face in shown.result.faces] == [True, True]
    assert window.live_view.status_line.speed_label.text().startswith("2 faces")
    assert photo.exists()


def test_junk_is_a_sentence_and_the_photo_stays(
    make_window: MakeWindow, model_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("milk, eggs")
    window = make_window(CoreParts())
    drop(window, files([paths.sample_photo()]))
    wait_for_title(window, "sample.jpg", qtbot)
    drop(window, files([notes]))
    assert window.live_view.strip.text == "notes.txt is neither a photo, a video nor a folder."
    assert window.live_view.shown is not None
