"""Draws the box that a user is at, over a picture that steps back, and what to do with it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from gui.picture.box_editor import BoxEditor
from gui.picture.face_painter import PILL_COLOUR, TEXT_COLOUR

_SHADE = QColor(0, 0, 0, 96)
_EDGE_PX = 12
_PILL_PX = 480


def paint_box(
    painter: QPainter, editor: BoxEditor, accent: QColor, bounds: QRectF, hint: str
) -> None:
    """Draw what the editor shows, in px of its widget.

    Args:
        bounds: of the widget.
        hint: what the keys do; empty for nothing.
    """
    painter.save()
    painter.setClipping(False)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = editor.shown
    if box is not None:
        around = QPainterPath()
        around.addRect(bounds)
        around.addRect(box)
        painter.fillPath(around, _SHADE)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        style = Qt.PenStyle.DashLine if editor.is_waiting else Qt.PenStyle.SolidLine
        for colour, width_px in ((QColor(0, 0, 0, 120), 4), (accent, 2)):
            painter.setPen(QPen(colour, width_px, style))
            painter.drawRect(box)
    painter.setPen(QPen(accent, 2))
    painter.setBrush(QColor("white"))
    for handle in editor.handles:
        painter.drawRoundedRect(handle, 2, 2)
    if box is not None and hint:
        _paint_hint(painter, bounds, box, hint)
    painter.restore()


def _paint_hint(painter: QPainter, bounds: QRectF, box: QRectF, hint: str) -> None:
    """At the lower edge, or at the upper one where the box would be covered."""
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    room = QRectF(0, 0, min(bounds.width() - 4 * _EDGE_PX, _PILL_PX), bounds.height())
    text = QRectF(painter.fontMetrics().boundingRect(room.toRect(), flags, hint))
    pill = text.adjusted(-_EDGE_PX, -6, _EDGE_PX, 6)
    pill.moveCenter(bounds.center())
    pill.moveBottom(bounds.bottom() - _EDGE_PX)
    if pill.intersects(box):
        pill.moveTop(bounds.top() + _EDGE_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(PILL_COLOUR)
    painter.drawRoundedRect(pill, 10, 10)
    painter.setPen(TEXT_COLOUR)
    painter.drawText(pill.adjusted(_EDGE_PX, 6, -_EDGE_PX, -6), flags, hint)
