import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.picture.zoom import MAX_FACTOR, Zoom


@pytest.fixture
def zoom(qtbot: QtBot) -> Zoom:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(640, 480)
    zoom = Zoom(widget)
    zoom.set_picture_size(QSize(1280, 640))
    return zoom


def widget_of(zoom: Zoom) -> QWidget:
    widget = zoom.parent()
    assert isinstance(widget, QWidget)
    return widget


def share_at(zoom: Zoom, point: QPointF) -> tuple[float, float]:
    area = zoom.area
    return (
        (point.x() - area.left()) / area.width(),
        (point.y() - area.top()) / area.height(),
    )


def turn_wheel(zoom: Zoom, point: QPointF, notches: int) -> None:
    event = QWheelEvent(
        point,
        point,
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget_of(zoom), event)


def test_at_first_the_whole_picture_fits(zoom: Zoom) -> None:
    assert zoom.area == QRectF(0, 80, 640, 320)


def test_the_wheel_keeps_what_is_under_the_pointer(zoom: Zoom) -> None:
    point = QPointF(200, 200)
    before = share_at(zoom, point)
    turn_wheel(zoom, point, 6)
    assert zoom.factor > 3
    assert share_at(zoom, point) == pytest.approx(before, abs=0.01)


def test_the_wheel_back_shows_the_whole_picture_again(zoom: Zoom) -> None:
    turn_wheel(zoom, QPointF(10, 90), 3)
    turn_wheel(zoom, QPointF(600, 300), -3)
    assert zoom.factor == 1.0
    assert zoom.area == QRectF(0, 80, 640, 320)


def test_two_fingers_on_a_touchpad_zoom(zoom: Zoom) -> None:
    point = QPointF(320, 240)
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        point,
        point,
        point,
        0.5,
        QPointF(),
    )
    QApplication.sendEvent(widget_of(zoom), event)
    assert zoom.factor == pytest.approx(1.5)


def test_a_double_click_goes_near_and_another_goes_back(zoom: Zoom) -> None:
    QTest.mouseDClick(widget_of(zoom), Qt.MouseButton.LeftButton, pos=QPoint(100, 200))
    assert zoom.factor == 3
    QTest.mouseDClick(widget_of(zoom), Qt.MouseButton.LeftButton, pos=QPoint(100, 200))
    assert zoom.factor == 1


def test_dragging_moves_the_picture_and_never_opens_a_gap(zoom: Zoom) -> None:
    widget = widget_of(zoom)
    zoom.zoom_by(4, QPointF(320, 240))
    left = zoom.area.left()
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    QTest.mouseMove(widget, QPoint(340, 210))
    assert zoom.area.left() == pytest.approx(left + 40)
    QTest.mouseMove(widget, QPoint(5000, 5000))
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton)
    assert zoom.area.topLeft() == QPointF(0, 0)
    QTest.mouseMove(widget, QPoint(0, 0))
    assert zoom.area.topLeft() == QPointF(0, 0)


def test_shift_and_an_arrow_move_the_picture(zoom: Zoom) -> None:
    zoom.zoom_by(4, QPointF(320, 240))
    left = zoom.area.left()
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(widget_of(zoom), Qt.Key.Key_Right, shift)
    assert zoom.area.left() == pytest.approx(left - 64)


def test_the_factor_has_an_end_and_another_picture_begins_whole(zoom: Zoom) -> None:
    for _ in range(40):
        zoom.zoom_in()
    assert zoom.factor == MAX_FACTOR
    zoom.set_picture_size(QSize(1280, 640))
    assert zoom.factor == MAX_FACTOR
    zoom.set_picture_size(QSize(640, 640))
    assert zoom.factor == 1


def test_without_a_picture_nothing_is_zoomed(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    zoom = Zoom(widget)
    widget.event(QEvent(QEvent.Type.Enter))
    turn_wheel(zoom, QPointF(1, 1), 2)
    zoom.zoom_in()
    assert zoom.factor == 1
