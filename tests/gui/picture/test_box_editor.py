"""A box is drawn and changed over a picture of 200 × 100 px that is shown twice as large."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.types import Box
from gui.picture.box_editor import STEP_PX, BoxEditor
from gui.picture.zoom import Zoom

SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
STEP = STEP_PX / 2
OFFERED = Box(20, 20, 60, 60)


class Canvas(QWidget):
    """A picture that fills it."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(400, 200)
        self.zoom = Zoom(self)
        self.zoom.set_picture_size(QSize(200, 100))
        self.editor = BoxEditor(self, self.zoom)
        self.taken: list[Box] = []
        self.editor.taken.connect(self.taken.append)

    @property
    def box(self) -> Box | None:
        """What is drawn, in px of the photo."""
        shown = self.editor.shown
        if shown is None:
            return None
        return Box(shown.left() / 2, shown.top() / 2, shown.right() / 2, shown.bottom() / 2)


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.show()
    canvas.editor.offer(QSize(200, 100), OFFERED)
    return canvas


def press(canvas: Canvas, *keys: Qt.Key, shift: bool = False) -> None:
    for key in keys:
        QTest.keyClick(canvas, key, SHIFT if shift else Qt.KeyboardModifier.NoModifier)


def drag(canvas: Canvas, start: tuple[int, int], end: tuple[int, int]) -> None:
    """In px of the photo."""
    first, last = (QPoint(2 * x, 2 * y) for x, y in (start, end))
    QTest.mouseMove(canvas, first)
    QTest.mousePress(canvas, LEFT, pos=first)
    QTest.mouseMove(canvas, (first + last) / 2)
    QTest.mouseMove(canvas, last)
    QTest.mouseRelease(canvas, LEFT, pos=last)


def test_a_new_box_is_placed_resized_and_taken_by_keys_alone(canvas: Canvas) -> None:
    canvas.editor.begin_new(30)
    assert canvas.box == Box(85, 35, 115, 65)
    assert canvas.hasFocus()
    press(canvas, Qt.Key.Key_Left, Qt.Key.Key_Down)
    assert canvas.box == Box(85 - STEP, 35 + STEP, 115 - STEP, 65 + STEP)
    press(canvas, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Up, shift=True)
    expected = Box(85 - 1.5 * STEP, 35 + 2 * STEP, 115 - STEP / 2, 65)
    assert canvas.box == expected
    assert canvas.taken == []
    press(canvas, Qt.Key.Key_Return)
    assert canvas.taken == [expected]
    assert canvas.editor.is_waiting


def test_a_box_that_waits_takes_no_more_keys_until_it_is_refused(canvas: Canvas) -> None:
    canvas.editor.begin_new(30)
    press(canvas, Qt.Key.Key_Return, Qt.Key.Key_Left, Qt.Key.Key_Return)
    assert canvas.taken == [Box(85, 35, 115, 65)]
    canvas.editor.resume()
    press(canvas, Qt.Key.Key_Left)
    assert canvas.box == Box(85 - STEP, 35, 115 - STEP, 65)


def test_esc_leaves_the_box(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.editor.begin_redrawing()
    with qtbot.waitSignal(canvas.editor.left):
        press(canvas, Qt.Key.Key_Escape)
    assert (canvas.box, canvas.taken, canvas.editor.is_active) == (None, [], False)


def test_a_box_stays_in_the_photo_and_large_enough_to_be_seen(canvas: Canvas) -> None:
    canvas.editor.begin_redrawing()
    press(canvas, *[Qt.Key.Key_Left] * 30)
    press(canvas, *[Qt.Key.Key_Up] * 30)
    assert canvas.box == Box(0, 0, 40, 40)
    press(canvas, *[Qt.Key.Key_Left] * 40, shift=True)
    box = canvas.box
    assert box is not None
    assert box.width > 0
    press(canvas, *[Qt.Key.Key_Down] * 60, shift=True)
    box = canvas.box
    assert box is not None
    assert (box.top, box.bottom <= 100) == (0, True)


def test_a_new_box_is_drawn_with_the_mouse_from_any_corner_and_taken_at_once(
    canvas: Canvas,
) -> None:
    canvas.editor.begin_new(30)
    drag(canvas, (110, 60), (95, 42))
    assert canvas.taken == [Box(95, 42, 110, 60)], "also from within the box that waits for keys"


def test_a_click_puts_the_new_box_there(canvas: Canvas) -> None:
    canvas.editor.begin_new(30)
    QTest.mouseClick(canvas, LEFT, pos=QPoint(300, 100))
    assert canvas.box == Box(135, 35, 165, 65)
    assert canvas.taken == []
    drag(canvas, (150, 50), (140, 55))
    assert canvas.taken == [Box(125, 40, 155, 70)], "it is moved by its inside"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ((60, 60), (80, 90), Box(20, 20, 80, 90)),
        ((20, 20), (10, 12), Box(10, 12, 60, 60)),
        ((40, 20), (44, 10), Box(20, 10, 60, 60)),
        ((20, 40), (10, 90), Box(10, 20, 60, 60)),
        ((60, 60), (10, 10), Box(10, 10, 20, 20)),
        ((60, 60), (199, 199), Box(20, 20, 199, 100)),
    ],
)
def test_the_chosen_faces_box_is_redrawn_by_its_handles(
    canvas: Canvas, start: tuple[int, int], end: tuple[int, int], expected: Box
) -> None:
    drag(canvas, start, end)
    assert canvas.taken == [expected]
    assert not canvas.editor.is_new


def test_handles_are_shown_while_the_mouse_is_near(canvas: Canvas) -> None:
    QTest.mouseMove(canvas, QPoint(390, 190))
    assert canvas.editor.handles == []
    QTest.mouseMove(canvas, QPoint(60, 60))
    assert len(canvas.editor.handles) == 8


def test_a_click_on_a_handle_changes_nothing(canvas: Canvas) -> None:
    QTest.mouseClick(canvas, LEFT, pos=QPoint(120, 120))
    assert (canvas.taken, canvas.editor.is_active) == ([], False)


def test_beside_the_handles_the_mouse_is_the_pictures(canvas: Canvas) -> None:
    drag(canvas, (40, 40), (90, 90))
    assert (canvas.taken, canvas.editor.is_active) == ([], False)


def test_nearer_a_key_moves_less(canvas: Canvas) -> None:
    canvas.zoom.zoom_by(4, QPointF(80, 80))
    canvas.editor.begin_redrawing()
    press(canvas, Qt.Key.Key_Right)
    canvas.zoom.fit()
    assert canvas.box == Box(20 + STEP / 4, 20, 60 + STEP / 4, 60)


def test_delete_is_told_while_nothing_is_drawn(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.setFocus()
    with qtbot.waitSignal(canvas.editor.removal_wanted):
        press(canvas, Qt.Key.Key_Delete)
    canvas.editor.begin_redrawing()
    with qtbot.assertNotEmitted(canvas.editor.removal_wanted):
        press(canvas, Qt.Key.Key_Delete)


def test_without_a_photo_nothing_is_drawn(canvas: Canvas) -> None:
    canvas.editor.offer(QSize(), None)
    canvas.editor.begin_new(30)
    canvas.editor.begin_redrawing()
    assert not canvas.editor.is_active
