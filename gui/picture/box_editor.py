"""Draws a box into a picture and changes one: by mouse with handles, or by keys."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from core.types import Box
from gui.picture.box_space import GRIPS, REACH_PX, WHOLE, BoxSpace, Grip, spanned_box
from gui.picture.zoom import Zoom

STEP_PX = 4.0
"""What one key moves or resizes, in px of the screen: nearer, it is finer."""

HANDLE_PX = 9.0
_CLICK_PX = 5
"""A press that moves no farther is a click."""

_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_TAKING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DRAWING_KEYS = (*_STEPS, *_TAKING_KEYS, Qt.Key.Key_Escape, Qt.Key.Key_Delete)
_CURSORS = {
    Grip(1, 1): Qt.CursorShape.SizeFDiagCursor,
    Grip(1, -1): Qt.CursorShape.SizeBDiagCursor,
    Grip(1, 0): Qt.CursorShape.SizeHorCursor,
    Grip(0, 1): Qt.CursorShape.SizeVerCursor,
    WHOLE: Qt.CursorShape.SizeAllCursor,
}


@dataclass(slots=True)
class _Drag:
    """What goes on between a press and a release.

    Attributes:
        start: where it began, in px of the widget.
        box: the box as it was then; None where a new one is drawn from the start on.
        is_first: whether nothing was drawn before.
        has_moved: whether it is more than a click.
    """

    start: QPointF
    grip: Grip
    box: Box | None
    is_first: bool
    has_moved: bool = False


class BoxEditor(QObject):
    """One box at a time, in px of the photo at full size, kept within the photo.

    While it rests, the handles of the box that was offered can be dragged. What the mouse lets
    go of is taken at once; of keys, Enter takes it and Esc leaves it. Other buttons than the left
    one are for the zoom, which moves the picture.

    Signals:
        taken: carries the box, which waits until `end` is called, or `resume`.
        changed: something else is to be painted.
        removal_wanted: Delete was pressed while it rests.
        left: Esc was pressed.
    """

    taken = Signal(object)
    changed = Signal()
    removal_wanted = Signal()
    left = Signal()

    def __init__(self, widget: QWidget, zoom: Zoom) -> None:
        super().__init__(widget)
        self._widget = widget
        self._zoom = zoom
        self._space = BoxSpace(widget, zoom)
        self._offered: Box | None = None
        self._box: Box | None = None
        self._is_new = False
        self._is_proposed = False
        self._is_waiting = False
        self._is_near = False
        self._drag: _Drag | None = None
        widget.setMouseTracking(True)
        widget.installEventFilter(self)
        self.changed.connect(widget.update)

    @property
    def is_active(self) -> bool:
        """Whether a box is being drawn or changed, or waits."""
        return self._box is not None

    @property
    def is_waiting(self) -> bool:
        """Whether a box was taken, and is neither stored nor refused yet."""
        return self._is_waiting

    @property
    def is_new(self) -> bool:
        """Whether the box is to be another face's, and not the offered one's."""
        return self._is_new

    @property
    def shown(self) -> QRectF | None:
        """The box that is drawn, in px of the widget; None while nothing is."""
        return None if self._box is None else self._space.to_view(self._box)

    @property
    def handles(self) -> list[QRectF]:
        """Where the mouse can take hold, in px of the widget."""
        box = self._box or (self._offered if self._is_near else None)
        if box is None or self._is_waiting or self._is_proposed:
            return []
        half = QPointF(HANDLE_PX / 2, HANDLE_PX / 2)
        points = [grip.point(self._space.to_view(box)) for grip in GRIPS]
        return [QRectF(point - half, point + half) for point in points]

    def offer(self, photo_size: QSize, box: Box | None) -> None:
        """Another photo, or another chosen face in it, whose box may be changed; None for none."""
        if photo_size != self._space.photo_size:
            self.end()
        self._space.photo_size, self._offered = photo_size, box

    def begin_new(self, side_px: float | None = None, least_px: float = 0) -> None:
        """Let a box be drawn; for keys, one stands in the middle of what is seen.

        Args:
            side_px: of that one, in px of the photo; None for a part of what is seen.
            least_px: what that one has at least, in px of the photo.
        """
        if not self._space.photo_size.isEmpty():
            middle = self._space.seen.center()
            self._begin(self._space.square_at(middle, side_px, least_px), is_new=True)
            self._is_proposed = True

    def begin_redrawing(self) -> None:
        """Let the offered box be changed."""
        if self._offered is not None:
            self._begin(self._offered, is_new=False)

    def resume(self) -> None:
        """The box that was taken is refused: let it be changed."""
        self._is_waiting = False
        self.changed.emit()

    def end(self) -> None:
        """Draw nothing any more."""
        self._box, self._drag = None, None
        self._is_waiting = self._is_proposed = False
        self._widget.unsetCursor()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if self._space.photo_size.isEmpty():
            return False
        if isinstance(event, QKeyEvent):
            return self._follow_key(event)
        if isinstance(event, QMouseEvent):
            return self._follow_mouse(event)
        if event.type() == QEvent.Type.Leave and self._is_near:
            self._is_near = False
            self.changed.emit()
        return False

    # Keys

    def _follow_key(self, event: QKeyEvent) -> bool:
        key, kind = Qt.Key(event.key()), event.type()
        own_keys = _DRAWING_KEYS if self.is_active else (Qt.Key.Key_Delete,)
        if key not in own_keys or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        event.accept()
        if kind == QEvent.Type.KeyPress and not self._is_waiting:
            self._press(key, resizes=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        return kind in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)

    def _press(self, key: Qt.Key, *, resizes: bool) -> None:
        if self._box is None:
            self.removal_wanted.emit()
        elif key in _STEPS:
            self._step(self._box, *_STEPS[key], resizes=resizes)
        elif key == Qt.Key.Key_Escape:
            self.end()
            self.left.emit()
        elif key in _TAKING_KEYS:
            self._take()

    def _step(self, box: Box, x: int, y: int, *, resizes: bool) -> None:
        """Move, or grow and shrink about the middle."""
        step = STEP_PX / self._space.factor
        change = self._space.grown if resizes else self._space.moved
        self._show(change(box, x * step, y * step))

    # Mouse

    def _follow_mouse(self, event: QMouseEvent) -> bool:
        kind, point = event.type(), event.position()
        if self._is_waiting:
            return kind != QEvent.Type.MouseMove
        if kind == QEvent.Type.MouseMove:
            is_for_zoom = self._drag is None and event.buttons() != Qt.MouseButton.NoButton
            return not is_for_zoom and self._follow_move(point)
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        if kind == QEvent.Type.MouseButtonPress:
            return self._press_at(point)
        if kind == QEvent.Type.MouseButtonRelease and self._drag is not None:
            self._release(point, self._drag)
            return True
        return self.is_active

    def _press_at(self, point: QPointF) -> bool:
        grip = self._grip_at(point)
        if not self.is_active:
            if grip in (None, WHOLE) or self._offered is None:
                return False
            self._drag = _Drag(point, grip, self._offered, is_first=True)
            self._begin(self._offered, is_new=False)
            return True
        if grip is None:
            self._drag = _Drag(point, WHOLE, None, is_first=False)
        else:
            self._drag = _Drag(point, grip, self._box, is_first=False)
        return True

    def _follow_move(self, point: QPointF) -> bool:
        drag = self._drag
        if drag is None:
            self._notice(point)
            return self.is_active
        if (point - drag.start).manhattanLength() > _CLICK_PX:
            drag.has_moved = True
        if drag.has_moved:
            self._show(self._dragged(drag, point))
        return True

    def _release(self, point: QPointF, drag: _Drag) -> None:
        self._drag = None
        if drag.has_moved:
            self._take()
        elif drag.is_first:
            self.end()
        elif drag.box is None and self._is_new:
            self._show(self._space.square_at(point, self._box.width if self._box else None))

    def _dragged(self, drag: _Drag, point: QPointF) -> Box:
        start, end = self._space.to_photo(drag.start), self._space.to_photo(point)
        if drag.box is None:
            return spanned_box(start.x(), start.y(), end.x(), end.y())
        change = self._space.moved if drag.grip == WHOLE else drag.grip.pulled
        return change(drag.box, end.x() - start.x(), end.y() - start.y())

    def _notice(self, point: QPointF) -> None:
        """Show the handles when the mouse comes near, and what it would do."""
        box = self._box or self._offered
        reach = 2 * REACH_PX
        near = self._space.to_view(box).adjusted(-reach, -reach, reach, reach) if box else QRectF()
        if self._is_near != near.contains(point):
            self._is_near = not self._is_near
            self.changed.emit()
        grip = self._grip_at(point)
        if grip is not None and (self.is_active or grip != WHOLE):
            opposite = Grip(-grip.x, -grip.y)
            self._widget.setCursor(_CURSORS.get(grip) or _CURSORS[opposite])
        elif self.is_active:
            self._widget.setCursor(Qt.CursorShape.CrossCursor)
        elif self._zoom.factor == 1:
            self._widget.unsetCursor()

    def _grip_at(self, point: QPointF) -> Grip | None:
        """What a press takes hold of: nothing of a box that only waits for keys."""
        box = self._box or self._offered
        return None if box is None or self._is_proposed else self._space.grip_at(box, point)

    # The box

    def _begin(self, box: Box, *, is_new: bool) -> None:
        self._is_new, self._is_waiting = is_new, False
        self._widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self._widget.setCursor(Qt.CursorShape.CrossCursor)
        self._show(box)

    def _show(self, box: Box) -> None:
        self._is_proposed = False
        self._box = self._space.clipped(box)
        self.changed.emit()

    def _take(self) -> None:
        self._is_waiting = True
        self._widget.unsetCursor()
        self.changed.emit()
        self.taken.emit(self._box)
