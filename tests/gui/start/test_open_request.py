import os
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.start.open_request import RAISE_TOKEN_VARIABLE, OpenedFiles, OpenRequest
from gui.window.main_window import MainWindow
from tests.live_fakes import FakeCore
from tests.window_fixtures import MakeWindow


def test_paths_are_absolute_for_a_process_with_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clip.mp4").touch()
    assert OpenRequest.make(["one.jpg"], None).paths == (str(tmp_path / "one.jpg"),)
    assert OpenRequest.make([], "clip.mp4").source == str(tmp_path / "clip.mp4")
    assert OpenRequest.make([], "camera:0").source == "camera:0"


def test_a_source_that_the_system_says_nothing_about_stays_as_it_is() -> None:
    name = f"{'x' * 300}.mp4"
    assert OpenRequest.make([], name).source == name


def test_a_request_survives_its_text() -> None:
    request = OpenRequest(("/Ma démo ü/写真.jpg", "/b\n.png"), raise_token="abc")
    assert "\n" not in request.to_text()
    assert OpenRequest.from_text(request.to_text()) == request


@pytest.fixture
def window(make_window: MakeWindow) -> MainWindow:
    return make_window(FakeCore().parts)


def test_paths_are_opened_as_if_they_were_dropped(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(window, "open_paths", opened.extend)
    OpenRequest(("/photos/a", "/photos/b.jpg")).open_in(window)
    assert opened == [Path("/photos/a"), Path("/photos/b.jpg")]


def test_a_source_is_started_and_an_empty_request_changes_nothing(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    monkeypatch.setattr(window, "open_source", started.append)
    OpenRequest().open_in(window)
    assert started == []
    OpenRequest(source="camera:0").open_in(window)
    assert started == ["camera:0"]


def test_a_minimized_window_comes_back_as_large_as_it_was(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(RAISE_TOKEN_VARIABLE, "of the first start")
    window.showMaximized()
    window.showMinimized()
    OpenRequest(raise_token="of the second").raise_window(window)
    assert window.isMaximized()
    assert not window.isMinimized()
    assert os.environ[RAISE_TOKEN_VARIABLE] == "of the second"


def test_files_that_macos_asks_for_are_heard(qapp: QApplication, qtbot: QtBot) -> None:
    opened_files = OpenedFiles(qapp)
    event = QFileOpenEvent(QUrl.fromLocalFile("/photos/one.jpg"))
    with qtbot.waitSignal(opened_files.opened) as opened:
        QApplication.sendEvent(qapp, event)
    assert opened.args[0].paths == ("/photos/one.jpg",)
    qapp.removeEventFilter(opened_files)
