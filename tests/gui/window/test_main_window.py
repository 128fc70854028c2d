from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDragLeaveEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from core.errors import PhotoError, SourceError
from core.settings import DetectionRange
from core.sources.camera_list import CameraInfo
from core.sources.endings import PHOTO_SUFFIXES, VIDEO_SUFFIXES
from gui import file_dialogs
from gui.choices.settings_dialog import SettingsDialog
from gui.live.live_session import LiveState
from gui.preferences import Preferences
from gui.window.main_window import MainWindow
from tests.fakes import make_frame
from tests.gui.drops import drag_over, drop, files
from tests.live_fakes import FakeCamera, FakeCore, FakePhoto, FakeVideo
from tests.window_fixtures import MakeWindow


@pytest.fixture
def core() -> FakeCore:
    camera = FakeCamera(*[make_frame(index=i, time_s=i / 10) for i in range(3)])
    return FakeCore(
        {"camera:0": camera, "sample": FakeVideo(frame_count=600)},
        cameras=[CameraInfo(0, "Desk & camera")],
    )


@pytest.fixture
def window(core: FakeCore, make_window: MakeWindow) -> MainWindow:
    return make_window(core.parts)


def start(window: MainWindow, word: str, qtbot: QtBot) -> None:
    window.open_source(word)
    qtbot.waitUntil(lambda: window.live_view.shown is not None)


def press(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(window.focusWidget() or window, key)


def browse_to_the_second(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    """Open a folder of two photos, and go on to b.jpg."""
    for name in ("a.jpg", "b.jpg"):
        (folder / name).touch()
    start(window, str(folder), qtbot)
    press(window, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: window.live_view.transport.place_label.text() == "2 of 2")


def state_of(window: MainWindow) -> LiveState:
    return window.session.state


def test_the_window_begins_with_what_to_do(window: MainWindow) -> None:
    assert window.live_view.stage.currentWidget() is window.empty_view
    assert window.source_picker.text().split() == ["Choose", "a", "source", "▾"]


def test_every_button_has_a_name_and_can_be_reached_by_tab(
    window: MainWindow, qtbot: QtBot
) -> None:
    start(window, "sample", qtbot)
    visible = [each for each in window.findChildren(QAbstractButton) if each.isVisible()]
    reached = set()
    for _ in range(40):
        press(window, Qt.Key.Key_Tab)
        reached.add(window.focusWidget())
    for button in visible:
        assert button.text() or button.accessibleName(), button
        assert not button.isEnabled() or button in reached, button.accessibleName()
    assert window.live_view.transport.slider in reached


def test_space_pauses_and_goes_on(window: MainWindow, qtbot: QtBot) -> None:
    start(window, "sample", qtbot)
    press(window, Qt.Key.Key_Space)
    assert state_of(window) is LiveState.PAUSED
    press(window, Qt.Key.Key_Space)
    assert state_of(window) is LiveState.RUNNING


def test_space_on_a_focused_button_presses_that_button(window: MainWindow, qtbot: QtBot) -> None:
    start(window, "sample", qtbot)
    mirror = next(
        each for each in window.tool_bar.buttons if each.defaultAction() is window.commands.mirror
    )
    mirror.setFocus()
    QTest.keyClick(mirror, Qt.Key.Key_Space)
    assert state_of(window) is LiveState.RUNNING
    assert window.commands.mirror.isChecked()


@pytest.mark.parametrize(
    ("name", "state"),
    [("Try again", LiveState.LOADING), ("Close the message", LiveState.RUNNING)],
)
def test_space_on_a_button_of_a_message_presses_that_button(
    window: MainWindow, qtbot: QtBot, name: str, state: LiveState
) -> None:
    start(window, "camera:0", qtbot)
    strip = window.live_view.strip
    qtbot.waitUntil(strip.isVisible)  # the camera has no more pictures
    button = next(
        each
        for each in strip.findChildren(QAbstractButton)
        if name in (each.text(), each.accessibleName())
    )
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert state_of(window) is state
    assert strip.isHidden()


def test_escape_stops_and_m_mirrors(window: MainWindow, qtbot: QtBot) -> None:
    start(window, "camera:0", qtbot)
    was_mirrored = window.live_view.canvas.is_mirrored
    press(window, Qt.Key.Key_M)
    assert (was_mirrored, window.live_view.canvas.is_mirrored) == (True, False)
    press(window, Qt.Key.Key_Escape)
    assert state_of(window) is LiveState.IDLE
    assert window.live_view.stage.currentWidget() is window.empty_view


def test_the_mirror_is_remembered_for_each_kind_of_source(window: MainWindow, qtbot: QtBot) -> None:
    start(window, "camera:0", qtbot)
    start(window, "sample", qtbot)
    qtbot.waitUntil(lambda: not window.live_view.canvas.is_mirrored)
    assert Preferences().is_mirrored("camera")


def test_full_screen_shows_the_picture_alone_and_escape_leaves_it_first(
    window: MainWindow, qtbot: QtBot
) -> None:
    start(window, "sample", qtbot)
    press(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    assert not window.tool_bar.isVisible()
    press(window, Qt.Key.Key_Escape)
    assert not window.isFullScreen()
    assert state_of(window) is LiveState.RUNNING


def test_arrows_move_in_a_video(window: MainWindow, qtbot: QtBot) -> None:
    start(window, "sample", qtbot)
    press(window, Qt.Key.Key_Right)
    slider = window.live_view.transport.slider
    qtbot.waitUntil(lambda: slider.value() >= 5000)
    press(window, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: slider.value() < 5000)


def test_moving_the_slider_seeks(window: MainWindow, qtbot: QtBot) -> None:
    start(window, "sample", qtbot)
    window.live_view.toggle_pause()
    slider = window.live_view.transport.slider
    slider.setSliderPosition(30_000)
    qtbot.waitUntil(lambda: window.live_view.transport.place_label.text() == "0:30 / 1:00")


def test_a_click_on_the_slider_goes_there(window: MainWindow, qtbot: QtBot) -> None:
    start(window, "sample", qtbot)
    window.live_view.toggle_pause()
    slider = window.live_view.transport.slider
    place = slider.rect().center()
    place.setX(slider.width() * 3 // 4)
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=place)
    label = window.live_view.transport.place_label
    qtbot.waitUntil(lambda: label.text() in ("0:44 / 1:00", "0:45 / 1:00"))


def test_another_model_shows_the_same_place_of_a_video(
    core: FakeCore, window: MainWindow, qtbot: QtBot
) -> None:
    start(window, "sample", qtbot)
    window.live_view.toggle_pause()
    window.session.seek(30.0)
    label = window.live_view.transport.place_label
    qtbot.waitUntil(lambda: label.text() == "0:30 / 1:00")
    window.choose_model("other")
    assert window.session.state is LiveState.LOADING
    qtbot.waitUntil(lambda: window.live_view.shown is not None)
    qtbot.waitUntil(lambda: window.session.state is LiveState.PAUSED)
    assert label.text() == "0:30 / 1:00"
    assert [frame.time_s for frame in core.pipelines[-1].processed][:1] == [30.0]
    assert core.pipelines[-1].predictor.card.name == "other"


def test_another_model_shows_the_same_photo_of_a_folder(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    browse_to_the_second(window, tmp_path, qtbot)
    place = window.live_view.transport.place_label
    window.choose_model("other")
    place.clear()
    qtbot.waitUntil(lambda: place.text() == "2 of 2")
    assert window.live_view.shown is not None
    assert window.live_view.shown.title == "b.jpg"


def test_names_are_shown_letter_by_letter(window: MainWindow, qtbot: QtBot) -> None:
    name = "a <b>b\n&.jpg"
    start(window, name, qtbot)
    labels = [label for label in window.findChildren(QLabel) if "<b>" in label.text()]
    assert labels
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)
    assert "&lt;b&gt;" in window.source_picker.toolTip()
    assert "\n" not in window.source_picker.text()
    assert "a <b>b�&.jpg" in window.windowTitle()


def test_a_camera_that_was_named_by_its_number_is_shown_by_its_name(
    window: MainWindow, qtbot: QtBot
) -> None:
    start(window, "camera:0", qtbot)
    assert window.windowTitle() == "Desk camera – Visage"
    assert window.source_picker.text().split()[:2] == ["Desk", "camera"]


def test_a_button_is_called_what_it_does_now(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    def names() -> set[str]:
        buttons = window.live_view.transport.findChildren(QAbstractButton)
        return {button.accessibleName() for button in buttons if not button.isHidden()}

    (tmp_path / "a.jpg").touch()
    start(window, str(tmp_path), qtbot)
    assert {"Close photo", "Look harder for faces"} == names()
    start(window, "sample", qtbot)
    assert {"Back 5 seconds", "Pause", "Forward 5 seconds", "Stop", "Loop", "Record…"} == names()
    window.live_view.toggle_pause()
    assert "Go on" in names()


def test_an_ended_video_can_be_played_again(
    core: FakeCore, window: MainWindow, qtbot: QtBot
) -> None:
    core.sources["sample"] = FakeVideo(frame_count=2)
    start(window, "sample", qtbot)
    qtbot.waitUntil(lambda: window.session.state is LiveState.ENDED)
    assert window.commands.pause.text() == "Play a&gain"
    with qtbot.waitSignal(window.session.result_arrived):
        window.commands.pause.trigger()
    assert len(core.pipelines) == 1


def test_arrows_browse_a_folder(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    browse_to_the_second(window, tmp_path, qtbot)
    assert window.live_view.shown is not None
    assert window.live_view.shown.title == "b.jpg"


def test_a_broken_photo_is_a_sentence_in_its_place(
    core: FakeCore, window: MainWindow, qtbot: QtBot
) -> None:
    core.sources["x.jpg"] = FakePhoto("x.jpg", PhotoError("x.jpg is damaged."))
    window.open_source("x.jpg")
    trouble = window.live_view.trouble_view
    qtbot.waitUntil(lambda: window.live_view.stage.currentWidget() is trouble)
    assert trouble.text == "x.jpg is damaged."
    assert not window.commands.save_picture.isEnabled()


def test_try_again_starts_the_same_source(core: FakeCore, window: MainWindow, qtbot: QtBot) -> None:
    camera = core.sources["camera:0"]
    core.sources["camera:0"] = SourceError("Camera 0 could not be opened.")
    window.open_source("camera:0")
    qtbot.waitUntil(lambda: window.session.state is LiveState.FAILED)
    assert window.live_view.trouble_view.text == "Camera 0 could not be opened."
    core.sources["camera:0"] = camera
    window.live_view.trouble_view.retry_button.click()
    qtbot.waitUntil(lambda: window.live_view.shown is not None)


def test_cameras_are_offered_by_name(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.camera_menu.filled):
        window.camera_menu.aboutToShow.emit()
    window.camera_menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: window.live_view.shown is not None)
    assert "Desk && camera" in window.source_picker.text()


def test_without_a_camera_the_menu_says_so(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(FakeCore().parts)
    with qtbot.waitSignal(window.camera_menu.filled):
        window.camera_menu.aboutToShow.emit()
    (only,) = window.camera_menu.actions()
    assert not only.isEnabled()
    assert only.text() == "No camera was found. Is it plugged in?"


def test_new_settings_are_used_at_once_and_remembered(
    core: FakeCore, window: MainWindow, qtbot: QtBot
) -> None:
    start(window, "sample", qtbot)
    window.commands.settings.trigger()
    (dialog,) = window.findChildren(SettingsDialog)
    dialog.detection_range.choose(DetectionRange.FAR)
    dialog.accept()
    qtbot.waitUntil(lambda: len(core.settings) == 2)
    assert core.settings[1].detection_range is DetectionRange.FAR
    assert Preferences().settings.detection_range is DetectionRange.FAR


def test_the_status_line_names_what_really_runs(window: MainWindow, qtbot: QtBot) -> None:
    start(window, "sample", qtbot)
    line = window.live_view.status_line
    assert line.engine_label.text() == "Model tiny  ·  ONNX Runtime  ·  CPU"
    qtbot.waitUntil(lambda: "frames/s" in line.speed_label.text())
    assert "dropped" in line.speed_label.text()


def test_the_picture_is_saved_where_the_user_says(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(window, "sample", qtbot)
    proposals: list[Path] = []

    def answer(parent: object, proposal: Path) -> Path:
        proposals.append(proposal)
        return tmp_path / "kept.png"

    monkeypatch.setattr(file_dialogs, "ask_save", answer)
    window.commands.save_picture.trigger()
    qtbot.waitUntil(lambda: window.live_view.strip.text == "Saved as kept.png.")
    assert (tmp_path / "kept.png").stat().st_size > 0
    assert proposals[0].name == "holiday with faces.jpg"


def test_the_picture_can_be_copied(window: MainWindow, qtbot: QtBot) -> None:
    start(window, "sample", qtbot)
    window.commands.copy_picture.trigger()
    qtbot.waitUntil(lambda: bool(window.live_view.strip.text))
    assert QGuiApplication.clipboard().image().width() == 320


def test_a_drag_is_answered_with_a_highlight_that_goes_with_it(
    window: MainWindow, tmp_path: Path
) -> None:
    event = drag_over(window, files([tmp_path]))
    assert event.isAccepted()
    assert event.dropAction() == Qt.DropAction.CopyAction
    highlight = window.drop_target.highlight
    assert highlight.isVisible()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not highlight.isVisible()


def test_a_drop_is_a_copy_and_opens_what_was_dropped(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    photo = tmp_path / "día 1.jpg"
    photo.touch()
    event = drop(window, files([photo]))
    assert event.dropAction() == Qt.DropAction.CopyAction
    assert not window.drop_target.highlight.isVisible()
    qtbot.waitUntil(lambda: window.live_view.shown is not None)
    assert window.session.request is not None
    assert window.session.request.word == str(photo)


def test_junk_gets_a_sentence_and_disturbs_nothing(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    start(window, "sample", qtbot)
    notes = tmp_path / "notes.txt"
    notes.write_text("no picture at all")
    drop(window, files([notes]))
    expected = "notes.txt is neither a photo, a video nor a folder."
    assert window.live_view.strip.text == expected
    assert state_of(window) is LiveState.RUNNING


@pytest.mark.parametrize("url", ["https://example.org/face.jpg", None])
def test_what_is_no_file_gets_a_sentence(window: MainWindow, url: str | None) -> None:
    data = QMimeData()
    if url:
        data.setUrls([QUrl(url)])
    else:
        data.setText("a line of text")
    drop(window, data)
    assert window.live_view.strip.text.startswith("Only files on this computer")


def test_the_window_closes_while_a_model_is_built(
    core: FakeCore, window: MainWindow, qtbot: QtBot
) -> None:
    core.may_build.clear()
    window.open_source("sample")
    assert core.is_building.wait(5)
    window.close()
    assert not window.isVisible()
    core.may_build.set()
    window.join()
    assert core.pipelines[0].is_closed


def test_without_a_model_there_is_no_card_to_show(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(window.model_menu.actions()))
    assert not window.commands.model_card.isEnabled()


def test_a_long_name_keeps_the_window_narrow(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(800, 600)
    start(window, "/photos/" + "long " * 60 + ".jpg", qtbot)
    assert window.width() == 800
    assert window.source_picker.width() < 320


def test_file_dialogs_offer_every_kind_of_photo_and_video_that_core_reads() -> None:
    patterns = {pattern.removeprefix("*") for pattern in file_dialogs.PATTERNS.split()}
    assert patterns == PHOTO_SUFFIXES | VIDEO_SUFFIXES
