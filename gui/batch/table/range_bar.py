"""A small bar that shows where an age and its range lie in a life of a hundred years."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from core.batch.record import LabelledFace
from gui.theme import Colours

LIFE_YEARS = 100


def paint_range_bar(painter: QPainter, bar: QRectF, face: LabelledFace, colours: Colours) -> None:
    """The range that was estimated, and a dot at the age that is shown."""
    half = bar.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.border))
    painter.drawRoundedRect(bar, half, half)
    estimate = face.face.estimate
    is_corrected = face.correction.age_years is not None
    if estimate and estimate.age_low_years is not None and estimate.age_high_years is not None:
        left, right = (_x(bar, age) for age in (estimate.age_low_years, estimate.age_high_years))
        painter.setBrush(QColor(colours.control_border))
        span = QRectF(left - half, bar.top(), right - left + bar.height(), bar.height())
        painter.drawRoundedRect(span, half, half)
    if face.age_years is not None:
        painter.setBrush(QColor(colours.accent if is_corrected else colours.text))
        middle = QPointF(_x(bar, face.age_years), bar.center().y())
        painter.drawEllipse(middle, half + 1.5, half + 1.5)


def _x(bar: QRectF, age_years: float) -> float:
    """Where an age lies; its dot stays inside."""
    margin = bar.height() / 2 + 1.5
    share = min(1.0, age_years / LIFE_YEARS)
    return bar.left() + margin + share * (bar.width() - 2 * margin)
