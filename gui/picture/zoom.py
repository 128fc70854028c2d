"""Zooming into a picture and moving it about: by wheel, pinch, double click, drag and keys."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

MAX_FACTOR = 16.0
STEP = 1.25
"""What one notch of the wheel, or one key, changes."""
DOUBLE_CLICK_FACTOR = 3.0
PAN_PX = 64
NOTCH = 120
"""Qt's unit of a wheel's notch."""

_PAN_KEYS = {
    Qt.Key.Key_Left: QPointF(PAN_PX, 0),
    Qt.Key.Key_Right: QPointF(-PAN_PX, 0),
    Qt.Key.Key_Up: QPointF(0, PAN_PX),
    Qt.Key.Key_Down: QPointF(0, -PAN_PX),
}


def letterbox(picture_size: QSize, bounds: QRectF) -> QRectF:
    """The largest rectangle of a picture's shape inside `bounds`, centred on whole px."""
    size = QSizeF(picture_size).scaled(bounds.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left = bounds.left() + (bounds.width() - size.width()) // 2
    top = bounds.top() + (bounds.height() - size.height()) // 2
    return QRectF(left, top, size.width(), size.height())


@dataclass(frozen=True, slots=True)
class ZoomPlace:
    """How near a picture is, and which part of it is seen.

    Attributes:
        picture_size: tells it from other pictures.
        centre: the place in the picture that is in the middle, 0-1 from its left and top.
    """

    picture_size: QSize
    factor: float
    centre: QPointF


class Zoom(QObject):
    """Says where a picture lies in a widget, and lets the user change that.

    The widget paints its picture into `area`, and is updated when that changes. What has the focus
    there is moved by Shift and the arrow keys.

    Signals:
        changed: another factor, or another place.
    """

    changed = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._picture_size = QSize()
        self._factor = 1.0
        self._centre = QPointF(0.5, 0.5)
        self._dragged_from: QPointF | None = None
        self._awaited: ZoomPlace | None = None
        widget.installEventFilter(self)
        widget.grabGesture(Qt.GestureType.PinchGesture)
        self.changed.connect(widget.update)

    @property
    def factor(self) -> float:
        """How much larger than just fitting the picture is, 1-16."""
        return self._factor

    @property
    def area(self) -> QRectF:
        """Where the whole picture lies, in px of the widget; beyond its edges when zoomed."""
        bounds = QRectF(self._widget.rect())
        fitting = letterbox(self._picture_size, bounds)
        if self._factor == 1.0:
            return fitting
        size = fitting.size() * self._factor
        left = _placed(bounds.width(), size.width(), self._centre.x())
        top = _placed(bounds.height(), size.height(), self._centre.y())
        return QRectF(QPointF(left, top), size)

    @property
    def place(self) -> ZoomPlace:
        """What is seen now."""
        return ZoomPlace(self._picture_size, self._factor, self._centre)

    def go_to(self, place: ZoomPlace) -> None:
        """Show what another zoom showed, once its picture is here."""
        self._awaited = place
        self.set_picture_size(self._picture_size)

    def set_picture_size(self, size: QSize) -> None:
        """A picture of another shape is shown whole, but for the one that is waited for."""
        if size != self._picture_size:
            self._picture_size = size
            self.fit()
        if not size.isEmpty():
            awaited, self._awaited = self._awaited, None
            if awaited is not None and awaited.picture_size == size:
                self._factor, self._centre = awaited.factor, awaited.centre
                self._tell()

    def fit(self) -> None:
        """Show the whole picture."""
        self._factor, self._centre = 1.0, QPointF(0.5, 0.5)
        self._tell()

    def zoom_in(self) -> None:
        """One step nearer, towards the middle."""
        self.zoom_by(STEP, QRectF(self._widget.rect()).center())

    def zoom_out(self) -> None:
        """One step back."""
        self.zoom_by(1 / STEP, QRectF(self._widget.rect()).center())

    def zoom_by(self, factor: float, point: QPointF) -> None:
        """Enlarge; what lies at `point` of the widget stays there."""
        if self._picture_size.isEmpty():
            return
        share = self._share_at(point)
        wanted = min(max(self._factor * factor, 1.0), MAX_FACTOR)
        self._factor = 1.0 if wanted < 1.01 else wanted
        self._move(share, point)

    def pan(self, by: QPointF) -> None:
        """Move the picture, as far as there is more of it."""
        middle = QRectF(self._widget.rect()).center()
        self._move(self._share_at(middle - by), middle)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if self._picture_size.isEmpty():
            return False
        if isinstance(event, QWheelEvent):
            self.zoom_by(STEP ** (event.angleDelta().y() / NOTCH), event.position())
            return True
        if isinstance(event, QMouseEvent):
            return self._follow_mouse(event)
        if isinstance(event, QNativeGestureEvent):
            return self._follow_touchpad(event)
        if isinstance(event, QGestureEvent):
            return self._follow_fingers(event)
        return isinstance(event, QKeyEvent) and self._follow_key(event)

    def _follow_mouse(self, event: QMouseEvent) -> bool:
        kind, point = event.type(), event.position()
        if kind == QEvent.Type.MouseButtonDblClick:
            self._dragged_from = None
            self.fit() if self._factor > 1 else self.zoom_by(DOUBLE_CLICK_FACTOR, point)
        elif kind == QEvent.Type.MouseButtonPress and self._factor > 1:
            self._dragged_from = point
        elif kind == QEvent.Type.MouseMove and self._dragged_from is not None:
            by, self._dragged_from = point - self._dragged_from, point
            self.pan(by)
        elif kind == QEvent.Type.MouseButtonRelease:
            self._dragged_from = None
        self._show_hand()
        return False

    def _follow_touchpad(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() is not Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self.zoom_by(1 + event.value(), event.position())
        return True

    def _follow_fingers(self, event: QGestureEvent) -> bool:
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if not isinstance(pinch, QPinchGesture):
            return False
        point = self._widget.mapFromGlobal(pinch.hotSpot())
        self.zoom_by(pinch.scaleFactor(), QPointF(point))
        return True

    def _follow_key(self, event: QKeyEvent) -> bool:
        """The keys that move a picture are its own while there is more of it."""
        by = _PAN_KEYS.get(Qt.Key(event.key()))
        is_shifted = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if by is None or not is_shifted or self._factor == 1:
            return False
        if event.type() == QEvent.Type.KeyPress:
            self.pan(by)
        event.accept()
        return True

    def _share_at(self, point: QPointF) -> QPointF:
        """The place in the picture that lies at `point`, 0-1 from its left and top."""
        area = self.area
        return QPointF(
            (point.x() - area.left()) / area.width(), (point.y() - area.top()) / area.height()
        )

    def _move(self, share: QPointF, point: QPointF) -> None:
        """Bring the place `share` of the picture to `point`, as near as its edges allow."""
        bounds = QRectF(self._widget.rect())
        size = letterbox(self._picture_size, bounds).size() * self._factor
        to_middle = bounds.center() - point
        x = share.x() + to_middle.x() / size.width()
        y = share.y() + to_middle.y() / size.height()
        self._centre = QPointF(
            _within(x, bounds.width(), size.width()), _within(y, bounds.height(), size.height())
        )
        self._tell()

    def _tell(self) -> None:
        self._show_hand()
        self.changed.emit()

    def _show_hand(self) -> None:
        """A hand says that the picture can be moved."""
        if self._factor == 1.0:
            self._widget.unsetCursor()
        elif self._dragged_from is None:
            self._widget.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self._widget.setCursor(Qt.CursorShape.ClosedHandCursor)


def _within(centre: float, room: float, length: float) -> float:
    """`centre`, 0-1 of a picture so long, so that no gap opens in so much room."""
    if length <= room:
        return 0.5
    margin = room / length / 2
    return min(max(centre, margin), 1 - margin)


def _placed(room: float, length: float, centre: float) -> float:
    """Where a picture begins whose place `centre` is in the middle of the room."""
    return (room - length) // 2 if length <= room else room / 2 - centre * length
