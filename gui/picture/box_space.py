"""Boxes of a photo as they lie on the screen, and what a hand may take hold of in them."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtWidgets import QWidget

from core.types import Box
from gui.picture.frame_canvas import view_box
from gui.picture.zoom import Zoom

REACH_PX = 8.0
"""How far beside its middle a handle can be taken."""

_NEW_SHARE = 0.2
"""Side of a new box, of the shorter side of what is seen."""

_LEAST_SIDE_PX = 8.0


class Grip(NamedTuple):
    """On each axis the left or upper edge (-1), the other (1), or none; without any, all of it."""

    x: int
    y: int

    def point(self, view: QRectF) -> QPointF:
        """Where it is taken."""
        half = QPointF(self.x * view.width() / 2, self.y * view.height() / 2)
        return view.center() + half

    def pulled(self, box: Box, dx: float, dy: float) -> Box:
        """A box of which it is pulled; turned over, it stays one."""
        x, other_x = _pulled(box.left, box.right, self.x, dx)
        y, other_y = _pulled(box.top, box.bottom, self.y, dy)
        return spanned_box(x, y, other_x, other_y)


WHOLE = Grip(0, 0)
GRIPS = tuple(Grip(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y)


class BoxSpace:
    """A photo as a widget shows it: takes boxes and points from one to the other.

    Boxes are in px of the photo at full size, points and rectangles in px of the widget.
    """

    def __init__(self, widget: QWidget, zoom: Zoom) -> None:
        self._widget = widget
        self._zoom = zoom
        self.photo_size = QSize()

    @property
    def factor(self) -> float:
        """Px of the widget per px of the photo."""
        return self._zoom.area.width() / self.photo_size.width()

    @property
    def seen(self) -> QRectF:
        """The part of the photo that can be seen."""
        return self._zoom.area & QRectF(self._widget.rect())

    def to_view(self, box: Box) -> QRectF:
        return view_box(box, self._zoom.area, self.factor, is_mirrored=False)

    def to_photo(self, point: QPointF) -> QPointF:
        return (point - self._zoom.area.topLeft()) / self.factor

    def grip_at(self, box: Box, point: QPointF) -> Grip | None:
        """What a press there takes hold of."""
        view = self.to_view(box)
        for grip in GRIPS:
            away = grip.point(view) - point
            if max(abs(away.x()), abs(away.y())) <= REACH_PX:
                return grip
        return WHOLE if view.contains(point) else None

    def clipped(self, box: Box) -> Box:
        """The part of a box within the photo."""
        width, height = self.photo_size.width(), self.photo_size.height()
        return Box(
            min(max(0.0, box.left), width),
            min(max(0.0, box.top), height),
            max(0.0, min(width, box.right)),
            max(0.0, min(height, box.bottom)),
        )

    def moved(self, box: Box, dx: float, dy: float) -> Box:
        """The whole box, as far as the photo goes."""
        dx = min(max(dx, -box.left), self.photo_size.width() - box.right)
        dy = min(max(dy, -box.top), self.photo_size.height() - box.bottom)
        return box.moved(dx, dy)

    def grown(self, box: Box, dx: float, dy: float) -> Box:
        """A box that is so much wider and higher, about its middle; never too small to be seen."""
        least = _LEAST_SIDE_PX / self.factor
        half_width = max(box.width + dx, least) / 2
        half_height = max(box.height + dy, least) / 2
        x, y = box.centre
        return Box(x - half_width, y - half_height, x + half_width, y + half_height)

    def square_at(self, point: QPointF, side_px: float | None, least_px: float = 0) -> Box:
        """A square about a point, as far as the photo goes.

        Args:
            side_px: in px of the photo; None for a usual one.
            least_px: likewise; a usual one may be smaller.
        """
        usual = _NEW_SHARE * min(self.seen.width(), self.seen.height()) / self.factor
        side = max(side_px or usual, least_px)
        side = min(side, self.photo_size.width(), self.photo_size.height())
        middle = self.to_photo(point)
        x = min(max(middle.x(), side / 2), self.photo_size.width() - side / 2)
        y = min(max(middle.y(), side / 2), self.photo_size.height() - side / 2)
        return Box(x - side / 2, y - side / 2, x + side / 2, y + side / 2)


def spanned_box(x: float, y: float, other_x: float, other_y: float) -> Box:
    """The box between two corners."""
    return Box(min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y))


def _pulled(start: float, end: float, side: int, by: float) -> tuple[float, float]:
    """An axis of a box, one of its ends pulled."""
    return (start + by if side < 0 else start, end + by if side > 0 else end)
