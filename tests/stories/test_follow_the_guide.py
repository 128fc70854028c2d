"""A newcomer who has the guide alone: each step begins with the guide's own words for it.

If the guide no longer says a sentence, the test fails: whoever changes it walks the steps again.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import cv2
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton
from pytestqt.qtbot import QtBot

from core.recording import recorder
from core.sources.camera_list import CameraInfo
from core.types import Frame, FrameResult
from gui import file_dialogs
from gui.batch.batch_view import BatchView
from gui.batch.export.export_dialog import ExportDialog
from gui.batch.table.row_model import Column
from gui.language.catalogue import ENGLISH
from gui.live.tracks_dialog import TracksDialog
from gui.preferences import Preferences
from gui.start.window_keeper import WindowKeeper
from gui.theme import Theme
from gui.window.main_window import MainWindow
from tests.core.batch.builders import write_album
from tests.fakes import make_frame
from tests.gui.batch.batch_parts import BatchCore
from tests.gui.drops import drop, files
from tests.live_fakes import FakeCamera, FakeCore, FakePipeline, make_face
from tests.stories.test_switch_to_french import choose_french

GUIDE = Path(__file__).parents[2] / "docs" / "user-guide.md"
PATIENCE_MS = 20_000
CTRL = Qt.KeyboardModifier.ControlModifier
MINUTE_S, FRAMES_PER_S = 60, 4

Read = Callable[[str], None]


class TrackingPipeline(FakePipeline):
    """Follows one person."""

    def process(self, frame: Frame) -> FrameResult:
        return FrameResult(frame, (make_face(track_id=1),))


@pytest.fixture
def read() -> Read:
    """Looks a sentence up in the guide, wherever its lines break."""
    text = re.sub(r"\s+", " ", GUIDE.read_text(encoding="utf-8"))

    def look_up(sentence: str) -> None:
        assert sentence in text, "the guide says it no longer: walk this step again"

    return look_up


@pytest.fixture
def camera() -> FakeCamera:
    return FakeCamera(make_frame())


@pytest.fixture
def keeper(theme: Theme, camera: FakeCamera, qtbot: QtBot) -> Iterator[WindowKeeper]:
    live = FakeCore({"camera:0": camera}, cameras=[CameraInfo(0, "Desk camera")])
    live.next_pipeline = TrackingPipeline()
    batch = BatchCore().parts
    parts = replace(live.parts, make_recipe=batch.make_recipe, make_batch_job=batch.make_batch_job)
    preferences = Preferences()
    preferences.look = replace(preferences.look, language=ENGLISH)
    keeper = WindowKeeper(theme, preferences, parts)
    keeper.window.resize(1280, 800)
    with qtbot.waitSignal(keeper.window.painted_first):
        keeper.window.show()
    yield keeper
    keeper.window.close()
    keeper.window.join()
    keeper.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press(*keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key, modifiers)


def ages(view: BatchView) -> list[str]:
    rows = view.table.rows
    texts = (rows.index(row, Column.AGE).data() for row in range(rows.rowCount()))
    return [(text or "").split(" ")[0] for text in texts]


def test_a_newcomer_finds_everything_by_the_guide_alone(
    keeper: WindowKeeper,
    camera: FakeCamera,
    read: Read,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = keeper.window
    view = label_a_folder(window, read, tmp_path / "album", qtbot)
    correct_three_faces(view, read, qtbot)
    export_to_excel(window, view, read, tmp_path / "faces.xlsx", qtbot)
    monkeypatch.setattr(recorder, "MAX_WAITING", 1000)  # a minute comes all at once
    monkeypatch.setattr(file_dialogs, "ask_target", lambda *_: tmp_path / "minute.webm")
    record_a_minute(window, camera, read, tmp_path / "minute.webm", qtbot)
    switch_to_french(keeper, read, qtbot)


def label_a_folder(window: MainWindow, read: Read, album: Path, qtbot: QtBot) -> BatchView:
    read("Drop a folder, or several photos, videos and folders at once, anywhere on the window")
    write_album(album, 5)
    drop(window, files([album]))
    read("Then the faces appear as they are found, with the speed and the time that is left.")
    view = window.batch.view
    expected = ["20", "22", "24", "26", "28"]
    qtbot.waitUntil(lambda: ages(view) == expected, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not view.session.is_active, timeout=PATIENCE_MS)
    return view


def correct_three_faces(view: BatchView, read: Read, qtbot: QtBot) -> None:
    read("Choose a row to see its photo")
    read("Below the photo you give your own age and gender, beside the estimate.")
    read("| 0 to 9, Enter | begin an age for the chosen face |")
    read("| Enter in the age | take the age, and go to the next face |")
    view.table.setFocus()
    press(Qt.Key.Key_Home, modifiers=CTRL)
    qtbot.waitUntil(lambda: view.panel.name_label.text() == "000.png", timeout=PATIENCE_MS)
    for number, key in enumerate((Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5), 1):
        press(key, Qt.Key.Key_1, Qt.Key.Key_Return)
        name = f"{number:03}.png"
        qtbot.waitUntil(lambda name=name: view.panel.name_label.text() == name, timeout=PATIENCE_MS)  # type: ignore[misc]
    expected = ["31", "41", "51", "26", "28"]
    qtbot.waitUntil(lambda: ages(view) == expected, timeout=PATIENCE_MS)


def export_to_excel(
    window: MainWindow, view: BatchView, read: Read, target: Path, qtbot: QtBot
) -> None:
    read("*Export…* writes all photos of a batch")
    read("| Excel workbook | The same table as `.xlsx`, ready to be filtered. |")
    view.header.export_button.click()
    (dialog,) = window.findChildren(ExportDialog)
    buttons = {one.text().replace("&", ""): one for one in dialog.findChildren(QRadioButton)}
    buttons["Excel workbook"].click()
    dialog.form.set_target(target)
    qtbot.waitUntil(dialog.export_button.isEnabled, timeout=PATIENCE_MS)
    dialog.export_button.click()
    qtbot.waitUntil(dialog.outcome.isVisible, timeout=PATIENCE_MS)
    dialog.close()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    with ZipFile(target) as workbook:
        sheet = workbook.read("xl/worksheets/sheet1.xml").decode()
    assert all(f"<v>{age}</v>" in sheet for age in (31, 41, 51, 26, 28))


def record_a_minute(
    window: MainWindow, camera: FakeCamera, read: Read, target: Path, qtbot: QtBot
) -> None:
    read("*File ▸ Camera* lists the cameras that are plugged in")
    window.camera_menu.aboutToShow.emit()
    qtbot.waitUntil(
        lambda: [one.text() for one in window.camera_menu.actions()] == ["Desk camera"],
        timeout=PATIENCE_MS,
    )
    window.camera_menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: window.live_view.shown is not None, timeout=PATIENCE_MS)
    read("*Playback ▸ Record…* (Ctrl+R) records a camera or a video until you press it again")
    QTest.keyClick(window, Qt.Key.Key_R, CTRL)
    assert window.live_view.transport.recording_label.isVisible()
    for number in range(1, (MINUTE_S + 2) * FRAMES_PER_S):
        camera.feed(make_frame(index=number, time_s=number / FRAMES_PER_S))
    label = window.live_view.transport.recording_label
    qtbot.waitUntil(lambda: label.text() >= "● 1:00", timeout=60_000)
    QTest.keyClick(window, Qt.Key.Key_R, CTRL)
    strip = window.live_view.strip
    qtbot.waitUntil(lambda: strip.text.startswith("Recorded as minute.webm"), timeout=60_000)
    read("At the end, *People* lists who was seen")
    assert "1 person" in strip.text
    assert not window.findChildren(TracksDialog)
    capture = cv2.VideoCapture(str(target))
    duration_s = capture.get(cv2.CAP_PROP_FRAME_COUNT) / capture.get(cv2.CAP_PROP_FPS)
    capture.release()
    assert duration_s == pytest.approx(MINUTE_S, abs=2)
    assert target.with_suffix(".csv").stat().st_size > 0


def switch_to_french(keeper: WindowKeeper, read: Read, qtbot: QtBot) -> None:
    read("*Settings* (Ctrl+,) choose the language of the window")
    english = keeper.window
    choose_french(english, qtbot)
    qtbot.waitUntil(lambda: keeper.window is not english, timeout=PATIENCE_MS)
    assert keeper.window.menuBar().actions()[0].text() == "&Fichier"
