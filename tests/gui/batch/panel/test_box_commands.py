"""Boxes by hand through the window, by keys and by mouse."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.batch.box_correction import MIN_SIDE_PX
from core.batch.drawn_face import FaceDrawer
from core.batch.record import BoxBy, LabelledFace, LabelledPhoto
from core.errors import ModelError
from core.settings import Settings
from core.types import Box, Face
from gui.batch.batch_view import BatchView
from gui.batch.panel.photo_preview import WORDS_FROM_PX
from gui.picture.face_painter import FacePainter
from gui.window.main_window import MainWindow
from tests.core.batch.builders import make_predictor, write_photo
from tests.fakes import FakeDetector
from tests.gui.batch.batch_parts import BatchCore
from tests.gui.drops import drop, files
from tests.window_fixtures import MakeWindow

PATIENCE_MS = 10_000
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
WIDTH_PX, HEIGHT_PX = 400, 300
FOUND = Box(100, 75, 250, 225)
"""Where the detector of the tests finds a face."""

LOW_WINDOW = (853, 501)
"""What 1280 × 800 at 150 % has, below the title."""


class DrawingCore(BatchCore):
    """Makes what estimates drawn faces.

    Attributes:
        may_draw: no drawn face is estimated before this is set.
        model_trouble: raised instead of it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.may_draw = Event()
        self.may_draw.set()
        self.model_trouble: ModelError | None = None
        self.drawer_count = 0

    def make_face_drawer(self, _recipe: object, _engine: object) -> FaceDrawer:
        assert self.may_draw.wait(20)
        if self.model_trouble is not None:
            raise self.model_trouble
        self.drawer_count += 1
        return FaceDrawer(make_predictor(), FakeDetector(), Settings())


@pytest.fixture
def core() -> DrawingCore:
    return DrawingCore()


@pytest.fixture
def window(core: DrawingCore, make_window: MakeWindow) -> MainWindow:
    window = make_window(replace(core.parts, make_face_drawer=core.make_face_drawer))
    window.resize(1200, 800)
    return window


@pytest.fixture
def view(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> BatchView:
    """Two photos of a face each, the first one chosen."""
    for number in range(2):
        size = (WIDTH_PX, HEIGHT_PX)
        write_photo(tmp_path / "album" / f"{number}.png", (30 + number, 0, 0), size)
    drop(window, files([tmp_path / "album"]))
    view = window.batch.view

    def is_done() -> bool:
        keys = view.table.rows.keys
        return not view.session.is_active and len(keys) == 2 and min(keys) > 0

    qtbot.waitUntil(is_done, timeout=PATIENCE_MS)
    view.table.setFocus()
    press(Qt.Key.Key_Home, modifiers=CTRL)
    qtbot.waitUntil(
        lambda: view.panel.preview.has_picture and view.panel.preview.face is not None,
        timeout=PATIENCE_MS,
    )
    return view


def press(*keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key, modifiers)


def photo_of(view: BatchView) -> LabelledPhoto:
    photo = view.panel.preview.photo
    assert photo is not None
    return photo


def wait_for_faces(view: BatchView, count: int, qtbot: QtBot) -> tuple[LabelledFace, ...]:
    """The faces of the photo in the preview, once there are so many, and none is being drawn."""

    def is_there() -> bool:
        return len(photo_of(view).faces) == count and not view.panel.preview.editor.is_active

    qtbot.waitUntil(is_there, timeout=PATIENCE_MS)
    return tuple(photo_of(view).faces)


def is_chosen(view: BatchView, face_id: int) -> bool:
    face = view.panel.preview.face
    return face is not None and face.id == face_id


def is_drawing(view: BatchView) -> bool:
    return view.panel.preview.editor.is_active


def on_screen(view: BatchView, x: float, y: float) -> QPoint:
    """A point of the photo in the preview."""
    area = view.panel.preview.zoom.area
    factor = area.width() / WIDTH_PX
    return (area.topLeft() + QPointF(x, y) * factor).toPoint()


def drag(view: BatchView, start: tuple[float, float], end: tuple[float, float]) -> None:
    preview = view.panel.preview
    first, last = on_screen(view, *start), on_screen(view, *end)
    QTest.mouseMove(preview, first)
    QTest.mousePress(preview, LEFT, pos=first)
    QTest.mouseMove(preview, (first + last) / 2)
    QTest.mouseMove(preview, last)
    QTest.mouseRelease(preview, LEFT, pos=last)


def send_mouse(
    widget: QWidget, kind: QEvent.Type, point: QPoint, button: Qt.MouseButton, held: Qt.MouseButton
) -> None:
    """QTest tells of moves without the buttons that are held."""
    place = QPointF(point)
    there = QPointF(widget.mapToGlobal(point))
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QMouseEvent(kind, place, there, button, held, none))


def test_a_missed_face_is_added_by_keys_and_taken_back(view: BatchView, qtbot: QtBot) -> None:
    press(Qt.Key.Key_A)
    assert view.panel.preview.editor.is_new
    press(*[Qt.Key.Key_Right] * 60)
    press(*[Qt.Key.Key_Left] * 10, modifiers=SHIFT)
    press(Qt.Key.Key_Return)
    found, drawn = wait_for_faces(view, 2, qtbot)
    assert (found.box_by, drawn.box_by) == (BoxBy.DETECTOR, BoxBy.HAND)
    assert drawn.age_years == pytest.approx(30, abs=1)
    qtbot.waitUntil(lambda: view.table.rows.rowCount() == 3, timeout=PATIENCE_MS)
    assert view.panel.key == drawn.id, "the new face is the chosen one"
    qtbot.waitUntil(lambda: list(view.table.chosen_keys) == [drawn.id], timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "3 faces" in view.header.status_label.text())
    press(Qt.Key.Key_5, Qt.Key.Key_0, Qt.Key.Key_Return)
    press(Qt.Key.Key_Z, modifiers=CTRL)
    press(Qt.Key.Key_Z, modifiers=CTRL)
    qtbot.waitUntil(lambda: view.table.rows.rowCount() == 2, timeout=PATIENCE_MS)


def test_a_missed_face_is_drawn_with_the_mouse(view: BatchView, qtbot: QtBot) -> None:
    view.panel.box_buttons[0].click()
    drag(view, (280, 40), (360, 140))
    _, drawn = wait_for_faces(view, 2, qtbot)
    assert drawn.face.box.left == pytest.approx(280, abs=2)
    assert drawn.face.box.bottom == pytest.approx(140, abs=2)


def test_the_photo_stays_enlarged_while_faces_are_drawn_deleted_and_taken_back(
    view: BatchView, qtbot: QtBot
) -> None:
    zoom = view.panel.preview.zoom
    zoom.zoom_by(2, QPointF(on_screen(view, 300, 100)))
    area = zoom.area
    press(Qt.Key.Key_A)
    drag(view, (280, 60), (340, 140))
    wait_for_faces(view, 2, qtbot)
    qtbot.waitUntil(lambda: view.table.rows.rowCount() == 3, timeout=PATIENCE_MS)
    assert zoom.area == area
    press(Qt.Key.Key_Delete, modifiers=SHIFT)
    wait_for_faces(view, 1, qtbot)
    qtbot.waitUntil(lambda: view.table.rows.rowCount() == 2, timeout=PATIENCE_MS)
    press(Qt.Key.Key_Z, modifiers=CTRL)
    wait_for_faces(view, 2, qtbot)
    qtbot.waitUntil(lambda: view.table.rows.rowCount() == 3, timeout=PATIENCE_MS)
    assert zoom.area == area
    view.table.setFocus()
    press(Qt.Key.Key_End)
    qtbot.waitUntil(lambda: zoom.factor == 1, timeout=PATIENCE_MS)


def test_a_face_is_redrawn_by_a_handle_and_keeps_its_correction(
    view: BatchView, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_6, Qt.Key.Key_1, Qt.Key.Key_Tab)
    (face,) = wait_for_faces(view, 1, qtbot)
    assert face.face.box == FOUND
    drag(view, (250, 225), (290, 270))
    qtbot.waitUntil(lambda: photo_of(view).faces[0].id != face.id, timeout=PATIENCE_MS)
    (redrawn,) = wait_for_faces(view, 1, qtbot)
    assert (redrawn.age_years, redrawn.box_by) == (61, BoxBy.HAND)
    assert redrawn.face.box.right == pytest.approx(290, abs=2)
    press(Qt.Key.Key_Z, modifiers=CTRL)
    qtbot.waitUntil(lambda: photo_of(view).faces[0].id == face.id, timeout=PATIENCE_MS)


def test_a_face_is_redrawn_by_keys(view: BatchView, qtbot: QtBot) -> None:
    press(Qt.Key.Key_B)
    press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: photo_of(view).faces[0].box_by is BoxBy.HAND, timeout=PATIENCE_MS)


def test_the_keys_of_boxes_work_in_the_age_field_too(view: BatchView, qtbot: QtBot) -> None:
    press(Qt.Key.Key_4, Qt.Key.Key_4)
    assert view.panel.form.age.hasFocus()
    press(Qt.Key.Key_B)
    assert is_drawing(view)
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: photo_of(view).faces[0].age_years == 44, timeout=PATIENCE_MS)
    view.panel.form.take_focus()
    press(Qt.Key.Key_A)
    assert view.panel.preview.editor.is_new


def test_another_button_moves_the_enlarged_photo_while_a_box_is_drawn(view: BatchView) -> None:
    preview, middle = view.panel.preview, Qt.MouseButton.MiddleButton
    preview.zoom.zoom_by(3, QPointF(preview.rect().center()))
    press(Qt.Key.Key_B)
    drawn, before = preview.editor.shown, preview.zoom.area
    start = preview.rect().center()
    end = start + QPoint(30, 20)
    send_mouse(preview, QEvent.Type.MouseButtonPress, start, middle, middle)
    send_mouse(preview, QEvent.Type.MouseMove, end, Qt.MouseButton.NoButton, middle)
    send_mouse(preview, QEvent.Type.MouseButtonRelease, end, middle, Qt.MouseButton.NoButton)
    assert preview.zoom.area.topLeft() - before.topLeft() == QPointF(30, 20)
    assert drawn is not None
    assert preview.editor.shown == drawn.translated(30, 20), "the box goes with the photo"
    assert not preview.editor.is_waiting


def test_a_false_face_is_deleted_in_the_photo_and_brought_back(
    window: MainWindow, view: BatchView, qtbot: QtBot
) -> None:
    (face,) = photo_of(view).faces
    view.panel.preview.setFocus()
    press(Qt.Key.Key_Delete)
    wait_for_faces(view, 0, qtbot)
    assert view.strip.text == "1 face was deleted."
    qtbot.waitUntil(lambda: face.id not in view.table.rows.keys, timeout=PATIENCE_MS)
    assert view.panel.key == -photo_of(view).facts.id, "its photo stays chosen"
    assert view.panel.reason_label.text().startswith("No face was found.")
    window.batch.actions.bring_back.trigger()
    (back,) = wait_for_faces(view, 1, qtbot)
    assert back.id == face.id
    window.batch.actions.bring_back.trigger()
    qtbot.waitUntil(lambda: view.strip.text == "No face of this photo was deleted.")


def test_chosen_faces_are_deleted_at_once_and_taken_back_at_once(
    view: BatchView, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Down, modifiers=SHIFT)
    press(Qt.Key.Key_Delete, modifiers=SHIFT)
    qtbot.waitUntil(lambda: all(key < 0 for key in view.table.rows.keys), timeout=PATIENCE_MS)
    assert view.strip.text == "2 faces were deleted."
    press(Qt.Key.Key_Z, modifiers=CTRL)
    qtbot.waitUntil(lambda: all(key > 0 for key in view.table.rows.keys), timeout=PATIENCE_MS)


def test_a_box_that_can_be_no_face_is_a_sentence_and_can_be_changed(
    view: BatchView, core: DrawingCore, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_A, Qt.Key.Key_Return)
    assert view.strip.text == "There is a face already. Draw its box anew, or delete it first."
    assert is_drawing(view)
    press(Qt.Key.Key_Escape)
    assert not is_drawing(view)
    assert view.strip.text == "", "it was said of a box that is not there any more"
    press(Qt.Key.Key_A)
    drag(view, (300, 20), (300 + MIN_SIDE_PX - 6, 80))
    assert view.strip.text.startswith("A face needs a box of 16 px or more")
    assert core.drawer_count == 0


def test_the_box_that_keys_take_is_large_enough_in_a_small_photo(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    write_photo(tmp_path / "small" / "small.png", (0, 0, 0), (40, 30))
    drop(window, files([tmp_path / "small"]))
    view = window.batch.view
    preview = view.panel.preview
    qtbot.waitUntil(lambda: preview.photo is not None and preview.photo.facts.width_px == 40)
    qtbot.waitUntil(lambda: preview.has_picture and not view.session.is_active)
    press(Qt.Key.Key_A, Qt.Key.Key_Return)
    (drawn,) = wait_for_faces(view, 1, qtbot)
    assert drawn.face.box.width == pytest.approx(MIN_SIDE_PX)


def test_a_model_that_cannot_be_used_is_a_sentence(
    view: BatchView, core: DrawingCore, qtbot: QtBot
) -> None:
    core.model_trouble = ModelError("There is no model.")
    press(Qt.Key.Key_A)
    drag(view, (280, 40), (360, 140))
    qtbot.waitUntil(lambda: view.strip.text == "There is no model.", timeout=PATIENCE_MS)
    assert not view.panel.preview.editor.is_waiting
    assert len(photo_of(view).faces) == 1


def test_the_window_goes_on_while_a_face_is_estimated(
    view: BatchView, core: DrawingCore, qtbot: QtBot
) -> None:
    core.may_draw.clear()
    press(Qt.Key.Key_A)
    drag(view, (280, 40), (360, 140))
    assert view.panel.preview.editor.is_waiting
    view.table.setFocus()
    press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: photo_of(view).facts.path.name == "1.png", timeout=PATIENCE_MS)
    core.may_draw.set()
    qtbot.waitUntil(lambda: view.table.rows.rowCount() == 3, timeout=PATIENCE_MS)
    assert photo_of(view).facts.path.name == "1.png", "nobody is led back"


def test_the_second_face_needs_no_model_to_be_loaded(
    view: BatchView, core: DrawingCore, qtbot: QtBot
) -> None:
    for count, left in ((2, 260), (3, 330)):
        press(Qt.Key.Key_A)
        drag(view, (left, 40), (left + 50, 100))
        wait_for_faces(view, count, qtbot)
    assert core.drawer_count == 1


def test_the_arrows_walk_through_the_faces_of_a_photo_and_esc_leaves_it(
    view: BatchView, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_A)
    drag(view, (280, 40), (360, 140))
    found, drawn = wait_for_faces(view, 2, qtbot)
    view.panel.preview.setFocus()
    for key, expected in ((Qt.Key.Key_Right, found), (Qt.Key.Key_Left, drawn)):
        press(key)
        assert view.panel.key == expected.id
        qtbot.waitUntil(partial(is_chosen, view, expected.id), timeout=PATIENCE_MS)
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is view.panel.form.age
    view.panel.preview.setFocus()
    press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is view.table


def test_faces_are_drawn_while_the_grid_is_shown(view: BatchView, qtbot: QtBot) -> None:
    press(Qt.Key.Key_2, modifiers=CTRL)
    qtbot.waitUntil(lambda: len(view.grid.faces.keys) == 2, timeout=PATIENCE_MS)
    press(Qt.Key.Key_A)
    drag(view, (280, 40), (360, 140))
    wait_for_faces(view, 2, qtbot)
    qtbot.waitUntil(lambda: len(view.grid.faces.keys) == 3, timeout=PATIENCE_MS)


def test_while_a_face_is_drawn_in_a_low_window_the_photo_has_the_room_of_the_words(
    window: MainWindow, view: BatchView, qtbot: QtBot
) -> None:
    window.resize(*LOW_WINDOW)
    panel, preview = view.panel, view.panel.preview
    qtbot.waitUntil(lambda: panel.form.isVisible() and preview.height() < WORDS_FROM_PX)
    press(Qt.Key.Key_A)
    assert not panel.form.isVisible()
    qtbot.waitUntil(lambda: preview.height() > WORDS_FROM_PX + 50)
    press(Qt.Key.Key_Escape)
    assert panel.form.isVisible()
    qtbot.waitUntil(lambda: preview.height() < WORDS_FROM_PX)


def test_no_words_lie_over_the_faces_of_a_low_photo(
    window: MainWindow, view: BatchView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[Face] = []
    paint = FacePainter.paint

    def note(painter: FacePainter, canvas: QPainter, faces: Sequence[Face], *places: Any) -> None:
        painted[:] = faces
        paint(painter, canvas, faces, *places)

    monkeypatch.setattr(FacePainter, "paint", note)
    view.panel.preview.grab()
    assert painted[0].estimate is not None
    window.resize(*LOW_WINDOW)
    qtbot.waitUntil(lambda: view.panel.preview.height() < WORDS_FROM_PX)
    view.panel.preview.grab()
    assert painted[0].estimate is None
