"""Somebody chooses French in the middle of something, and is where they were."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from core.estimation.model_folder import ModelFolder
from core.types import Detection, Frame, FrameResult, Image
from gui import file_dialogs
from gui.batch.jobs.batch_session import BatchState
from gui.batch.table.row_model import Column
from gui.live.live_session import LiveState
from gui.preferences import Preferences
from gui.start.window_keeper import WindowKeeper
from gui.theme import ColourScheme, Theme
from gui.window.guide_dialog import GuideDialog
from gui.window.main_window import MainWindow
from tests.core.batch.builders import RECIPE, ColourDetector, write_album
from tests.gui.batch.batch_parts import BatchCore
from tests.gui.drops import drop, files
from tests.live_fakes import FakeCore, FakePipeline, FakeVideo, make_face
from tests.model_folders import make_card
from tests.stories.test_switch_to_french import choose_french

PATIENCE_MS = 15_000
PHOTO_COUNT = 110


class SlowDetector(ColourDetector):
    """Takes its time until it may hurry; a worker that is let go ends all the same."""

    def __init__(self, may_hurry: Event) -> None:
        super().__init__()
        self._may_hurry = may_hurry

    def detect_photo(self, image: Image) -> tuple[Detection, ...]:
        self._may_hurry.wait(0.3)
        return super().detect_photo(image)


class SlowCore(BatchCore):
    """Batches that get to no end before `may_look` is set."""

    def _make_detector(self) -> ColourDetector:
        return SlowDetector(self.may_look)


class TrackingPipeline(FakePipeline):
    """Follows one person."""

    def process(self, frame: Frame) -> FrameResult:
        return FrameResult(frame, (make_face(track_id=1),))


@pytest.fixture
def batch_core() -> BatchCore:
    return SlowCore()


@pytest.fixture
def live_core() -> FakeCore:
    return FakeCore({"sample": FakeVideo(frame_count=6000)})


@pytest.fixture
def may_search() -> Iterator[Event]:
    """No model is found before this is set."""
    may_search = Event()
    may_search.set()
    yield may_search
    may_search.set()


@pytest.fixture
def keeper(
    theme: Theme, batch_core: BatchCore, live_core: FakeCore, may_search: Event, qtbot: QtBot
) -> Iterator[WindowKeeper]:
    def find_models() -> tuple[ModelFolder, ...]:
        may_search.wait()
        return (ModelFolder(Path("tiny"), make_card(RECIPE.model_name)),)

    live = live_core.parts
    parts = replace(
        batch_core.parts,
        make_source=live.make_source,
        make_pipeline=live.make_pipeline,
        find_photos=live.find_photos,
        find_models=find_models,
    )
    keeper = WindowKeeper(theme, Preferences(), parts)
    with qtbot.waitSignal(keeper.window.painted_first):
        keeper.window.show()
    yield keeper
    may_search.set()
    batch_core.may_look.set()
    keeper.window.close()
    keeper.window.join()
    keeper.window.deleteLater()


def speak_french(keeper: WindowKeeper, qtbot: QtBot) -> MainWindow:
    """Choose it, and give the window that does."""
    english = keeper.window
    choose_french(english, qtbot)
    qtbot.waitUntil(lambda: keeper.window is not english, timeout=PATIENCE_MS)
    assert keeper.window.menuBar().actions()[0].text() == "&Fichier"
    return keeper.window


def press(window: MainWindow, key: Qt.Key, qtbot: QtBot) -> None:
    """Hold Ctrl and press a key, where the focus is."""
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    QTest.keyClick(window.focusWidget() or window, key, Qt.KeyboardModifier.ControlModifier)


def title(window: MainWindow) -> str | None:
    """Of the photo that is shown."""
    shown = window.live_view.shown
    return None if shown is None else shown.title


def label_album(keeper: WindowKeeper, folder: Path, qtbot: QtBot) -> None:
    """Let a batch of many photos run."""
    write_album(folder / "album", PHOTO_COUNT)
    drop(keeper.window, files([folder / "album"]))
    session = keeper.window.batch.view.session
    qtbot.waitUntil(lambda: session.state is BatchState.RUNNING, timeout=PATIENCE_MS)


def test_a_batch_goes_on_and_its_page_stays(
    batch_core: BatchCore, keeper: WindowKeeper, tmp_path: Path, qtbot: QtBot
) -> None:
    batch_core.may_look.clear()
    label_album(keeper, tmp_path, qtbot)
    view = keeper.window.batch.view
    press(keeper.window, Qt.Key.Key_3, qtbot)
    qtbot.waitUntil(lambda: view.pages.stack.currentWidget() is view.statistics)
    view.filter_bar.text.setText("album")
    view.table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    window = speak_french(keeper, qtbot)
    assert window.views.currentWidget() is window.batch.view
    view = window.batch.view
    assert view.session.is_active
    assert view.pages.stack.currentWidget() is view.statistics
    assert view.panel.isHidden()
    assert view.filter_bar.text.text() == "album"
    assert view.table.horizontalHeader().sortIndicatorSection() == 2
    assert view.table.horizontalHeader().sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
    qtbot.waitUntil(lambda: view.session.state is BatchState.RUNNING, timeout=PATIENCE_MS)
    assert window.live_view.strip.text == ""
    batch_core.may_look.set()
    qtbot.waitUntil(lambda: view.session.state is BatchState.RESTING, timeout=PATIENCE_MS)
    assert view.filter_bar.text.text() == "album"


def test_a_paused_batch_stays_paused(
    batch_core: BatchCore, keeper: WindowKeeper, tmp_path: Path, qtbot: QtBot
) -> None:
    batch_core.may_look.clear()
    label_album(keeper, tmp_path, qtbot)
    keeper.window.batch.view.jobs.toggle_pause()
    window = speak_french(keeper, qtbot)
    session = window.batch.view.session
    qtbot.waitUntil(lambda: session.state is BatchState.PAUSED, timeout=PATIENCE_MS)


def test_a_chosen_row_stays_chosen_beside_its_photo(
    keeper: WindowKeeper, tmp_path: Path, qtbot: QtBot
) -> None:
    label_album(keeper, tmp_path, qtbot)
    view = keeper.window.batch.view
    qtbot.waitUntil(lambda: view.session.state is BatchState.RESTING, timeout=PATIENCE_MS)
    rows = view.table.rows
    qtbot.waitUntil(lambda: sum(key > 0 for key in rows.keys) == PHOTO_COUNT, timeout=PATIENCE_MS)
    view.table.selectRow(2)
    key = view.panel.key
    assert key is not None
    view.table.setColumnWidth(Column.AGE, 200)
    view.sides.moveSplitter(380, 1)
    rows_px = view.sides.sizes()[0]
    preview = view.panel.preview

    def shows_chosen() -> bool:
        face = preview.face
        return preview.has_picture and face is not None and face.id == key

    qtbot.waitUntil(shows_chosen, timeout=PATIENCE_MS)
    preview.zoom.zoom_in()
    seen = preview.zoom.place
    assert seen.factor > 1
    window = speak_french(keeper, qtbot)
    table = window.batch.view.table
    qtbot.waitUntil(lambda: list(table.chosen_keys) == [key], timeout=PATIENCE_MS)
    assert table.columnWidth(Column.AGE) == 200
    assert window.batch.view.sides.sizes()[0] == pytest.approx(rows_px, abs=1)
    preview = window.batch.view.panel.preview
    qtbot.waitUntil(lambda: preview.zoom.place == seen, timeout=PATIENCE_MS)
    assert window.batch.view.panel.key == key
    assert window.batch.view.session.state is BatchState.RESTING


def test_several_chosen_rows_stay_chosen(
    keeper: WindowKeeper, tmp_path: Path, qtbot: QtBot
) -> None:
    label_album(keeper, tmp_path, qtbot)
    view = keeper.window.batch.view
    qtbot.waitUntil(lambda: view.session.state is BatchState.RESTING, timeout=PATIENCE_MS)
    rows = view.table.rows
    qtbot.waitUntil(lambda: sum(key > 0 for key in rows.keys) == PHOTO_COUNT, timeout=PATIENCE_MS)
    view.table.selectRow(2)
    view.table.setFocus()
    for _ in range(2):
        QTest.keyClick(view.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    chosen, current = list(view.table.chosen_keys), view.panel.key
    assert len(chosen) == 3
    view = speak_french(keeper, qtbot).batch.view
    qtbot.waitUntil(lambda: list(view.table.chosen_keys) == chosen, timeout=PATIENCE_MS)
    assert view.panel.key == current
    assert sorted(view.panel.form.face_ids) == sorted(chosen)


def test_several_chosen_faces_stay_chosen(
    keeper: WindowKeeper, tmp_path: Path, qtbot: QtBot
) -> None:
    label_album(keeper, tmp_path, qtbot)
    view = keeper.window.batch.view
    qtbot.waitUntil(lambda: view.session.state is BatchState.RESTING, timeout=PATIENCE_MS)
    view.pages.choose(1)
    faces = view.grid.faces
    qtbot.waitUntil(lambda: len(faces.keys) == PHOTO_COUNT, timeout=PATIENCE_MS)
    view.grid.choose_key(faces.keys[3])
    for _ in range(2):
        QTest.keyClick(view.grid.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    chosen = list(view.choice.keys)
    assert len(chosen) == 3
    view = speak_french(keeper, qtbot).batch.view
    qtbot.waitUntil(lambda: list(view.choice.keys) == chosen, timeout=PATIENCE_MS)
    assert view.panel.key == chosen[-1]
    assert sorted(view.panel.form.face_ids) == sorted(chosen)


def test_a_batch_says_its_models_title_at_once(
    keeper: WindowKeeper, may_search: Event, tmp_path: Path, qtbot: QtBot
) -> None:
    label_album(keeper, tmp_path, qtbot)
    qtbot.waitUntil(lambda: bool(keeper.window.model_menu.cards))
    view = keeper.window.batch.view
    qtbot.waitUntil(lambda: view.header.model_label.text().startswith("A tiny model"))
    may_search.clear()
    window = speak_french(keeper, qtbot)
    assert window.batch.view.header.model_label.text().startswith("A tiny model")
    assert "A tiny model" in window.model_picker.text()


def test_a_batch_behind_the_first_page_goes_on_there(
    batch_core: BatchCore, keeper: WindowKeeper, tmp_path: Path, qtbot: QtBot
) -> None:
    batch_core.may_look.clear()
    label_album(keeper, tmp_path, qtbot)
    keeper.window.views.setCurrentWidget(keeper.window.live_view)
    window = speak_french(keeper, qtbot)
    found: list[object] = []
    window.batch.unfinished_found.connect(found.append)
    qtbot.waitUntil(window.batch.chip.isVisible, timeout=PATIENCE_MS)
    assert window.views.currentWidget() is window.live_view
    qtbot.waitUntil(lambda: bool(found), timeout=PATIENCE_MS)
    assert window.live_view.strip.text == "", "the batch that runs is offered to go on with"
    assert window.batch.is_active


def test_a_batch_that_just_begins_is_waited_for(
    batch_core: BatchCore, keeper: WindowKeeper, tmp_path: Path, qtbot: QtBot
) -> None:
    batch_core.may_look.clear()
    write_album(tmp_path / "album", 4)
    drop(keeper.window, files([tmp_path / "album"]))
    assert keeper.window.batch.job is None
    window = speak_french(keeper, qtbot)
    assert window.batch.job is not None
    assert window.batch.is_open
    assert window.batch.is_active


def test_a_video_keeps_its_place_its_speed_and_who_was_seen(
    live_core: FakeCore, keeper: WindowKeeper, qtbot: QtBot
) -> None:
    live_core.sources["sample"] = FakeVideo(frame_count=4)
    live_core.next_pipeline = TrackingPipeline()
    old = keeper.window
    old.open_source("sample")
    qtbot.waitUntil(lambda: old.live_view.strip.text == "1 person seen.")
    old.live_view.change_speed(1)
    live_core.next_pipeline = TrackingPipeline()
    window = speak_french(keeper, qtbot)
    qtbot.waitUntil(lambda: window.session.state is LiveState.ENDED, timeout=PATIENCE_MS)
    assert window.session.speed == 1.5
    assert window.live_view.strip.text == "1 personne vue."
    (track,) = window.session.tracks
    assert track.frame_count == 4
    assert track.from_s == 0.0
    assert track.to_s == pytest.approx(0.3)


def test_an_enlarged_picture_stays_as_it_is(
    live_core: FakeCore, keeper: WindowKeeper, qtbot: QtBot
) -> None:
    old = keeper.window
    old.open_source("sample")
    qtbot.waitUntil(lambda: old.live_view.shown is not None)
    press(old, Qt.Key.Key_Plus, qtbot)
    press(old, Qt.Key.Key_Plus, qtbot)
    QTest.keyClick(old.live_view.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    seen = old.live_view.canvas.zoom.place
    assert seen.factor > 1.5
    window = speak_french(keeper, qtbot)
    qtbot.waitUntil(lambda: window.live_view.shown is not None, timeout=PATIENCE_MS)
    assert window.live_view.canvas.zoom.place == seen


def test_a_camera_keeps_its_name(live_core: FakeCore, keeper: WindowKeeper, qtbot: QtBot) -> None:
    live_core.sources["camera:0"] = FakeVideo(frame_count=6000)
    old = keeper.window
    old.camera_menu.camera_chosen.emit("camera:0", "The round one")
    qtbot.waitUntil(lambda: old.live_view.shown is not None)
    window = speak_french(keeper, qtbot)
    qtbot.waitUntil(lambda: window.live_view.shown is not None, timeout=PATIENCE_MS)
    assert window.windowTitle() == "The round one – Visage"


def test_other_colours_are_worn_by_the_new_window_alone(
    keeper: WindowKeeper, theme: Theme, qtbot: QtBot
) -> None:
    old = keeper.window
    window = speak_french(keeper, qtbot)
    qtbot.waitUntil(lambda: not isValid(old), timeout=PATIENCE_MS)
    before = window.commands.settings.icon().cacheKey()
    theme.choose(ColourScheme.DARK)  # what the old window wore is no more
    assert window.commands.settings.icon().cacheKey() != before


def test_the_guide_stays_open_at_its_chapter(keeper: WindowKeeper, qtbot: QtBot) -> None:
    keeper.window.commands.guide.trigger()
    (guide,) = keeper.window.findChildren(GuideDialog)
    guide.chapters.setCurrentRow(3)
    window = speak_french(keeper, qtbot)
    qtbot.waitUntil(lambda: bool(window.findChildren(GuideDialog)), timeout=PATIENCE_MS)
    (guide,) = window.findChildren(GuideDialog)
    assert guide.isVisible()
    assert guide.windowTitle() == "Guide de l’utilisateur"
    assert guide.chapters.currentRow() == 3
    assert guide.text.verticalScrollBar().value() > 0


def test_the_third_photo_of_a_folder_is_shown_again(
    keeper: WindowKeeper, tmp_path: Path, qtbot: QtBot
) -> None:
    write_album(tmp_path / "album", 4)
    photos = sorted((tmp_path / "album").glob("*.png"))
    old = keeper.window
    old.open_source(str(photos[0]))
    qtbot.waitUntil(lambda: old.live_view.shown is not None)
    for name in (photos[1].name, photos[2].name):
        old.commands.next.trigger()
        qtbot.waitUntil(lambda name=name: title(old) == name)  # type: ignore[misc]
    window = speak_french(keeper, qtbot)
    qtbot.waitUntil(lambda: window.live_view.shown is not None, timeout=PATIENCE_MS)
    assert title(window) == photos[2].name


def test_a_recording_is_not_cut(
    live_core: FakeCore,
    keeper: WindowKeeper,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(file_dialogs, "ask_target", lambda *_: tmp_path / "x.csv")
    live_core.next_pipeline = TrackingPipeline()
    old = keeper.window
    old.open_source("sample")
    qtbot.waitUntil(lambda: old.live_view.shown is not None)
    press(old, Qt.Key.Key_R, qtbot)
    choose_french(old, qtbot)
    strip = old.live_view.strip
    assert strip.text == "The window speaks another language once the recording has ended."
    qtbot.wait(300)
    assert keeper.window is old
    assert old.recording.is_active
    press(old, Qt.Key.Key_R, qtbot)
    qtbot.waitUntil(lambda: keeper.window is not old, timeout=PATIENCE_MS)
    strip = keeper.window.live_view.strip
    qtbot.waitUntil(lambda: strip.text.startswith("Séance enregistrée"), timeout=PATIENCE_MS)
    with (tmp_path / "x.csv").open(newline="") as stream:
        assert [row["row"] for row in csv.DictReader(stream)][-1] == "track"
