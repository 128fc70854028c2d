"""Somebody opens a photo, goes near a face, leafs to the next photo and looks harder there."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.types import Frame, FrameResult
from gui.live.live_session import LiveState
from gui.window.main_window import MainWindow
from tests.fakes import make_frame, make_image
from tests.live_fakes import FakeCore, FakePhoto, FakePipeline, make_face
from tests.window_fixtures import MakeWindow


class LargePhoto(FakePhoto):
    """A photo of 1600 × 1200 px."""

    def read(self, timeout_s: float = 1.0) -> Frame:
        return make_frame(make_image((50, 60, 70), (1600, 1200)))


class NothingFound(FakePipeline):
    """Sees no face."""

    def process(self, frame: Frame) -> FrameResult:
        return FrameResult(frame, ())


@pytest.fixture
def core(tmp_path: Path) -> FakeCore:
    for name in ("a.jpg", "b.JPG", "c.png", "notes.txt"):
        (tmp_path / name).touch()
    return FakeCore({str(tmp_path / "b.JPG"): LargePhoto("b.JPG")})


@pytest.fixture
def window(core: FakeCore, make_window: MakeWindow) -> MainWindow:
    return make_window(core.parts)


def open_photo(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    window.open_paths([path])
    qtbot.waitUntil(lambda: window.live_view.shown is not None)


def press(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(window.focusWidget() or window, key)


def test_plus_goes_near_shift_arrows_move_and_zero_shows_the_whole_picture(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    open_photo(window, tmp_path / "b.JPG", qtbot)
    zoom = window.live_view.canvas.zoom
    for _ in range(4):
        press(window, Qt.Key.Key_Plus)
    assert zoom.factor > 2
    left = zoom.area.left()
    QTest.keyClick(window.live_view.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert zoom.area.left() < left
    press(window, Qt.Key.Key_0)
    assert zoom.factor == 1


def test_arrows_leaf_through_the_photos_beside_the_one_that_was_opened(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    open_photo(window, tmp_path / "b.JPG", qtbot)
    place = window.live_view.transport.place_label
    assert place.text() == "2 of 3"
    press(window, Qt.Key.Key_Plus)
    press(window, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: place.text() == "3 of 3")
    assert window.live_view.canvas.zoom.factor == 1
    assert window.windowTitle() == "c.png – Visage"
    press(window, Qt.Key.Key_Left)
    press(window, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: window.windowTitle() == "a.jpg – Visage")


def test_where_no_face_was_found_l_looks_harder(
    core: FakeCore, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    core.next_pipeline = NothingFound()
    open_photo(window, tmp_path / "b.JPG", qtbot)
    assert window.live_view.strip.text == "No face was found."
    core.next_pipeline = FakePipeline(make_face())
    press(window, Qt.Key.Key_L)
    assert window.session.state is LiveState.LOADING
    qtbot.waitUntil(lambda: window.live_view.shown is not None)
    assert [settings.is_thorough for settings in core.settings] == [False, True]
    assert window.live_view.transport.place_label.text() == "2 of 3"
    assert window.live_view.strip.isHidden()
    assert not window.commands.look_harder.isEnabled()


def test_a_small_photo_holds_no_more_than_was_seen(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    open_photo(window, tmp_path / "a.jpg", qtbot)
    assert not window.commands.look_harder.isEnabled()
