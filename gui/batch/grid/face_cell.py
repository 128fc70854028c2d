"""Draws one face of the grid: its picture, below it age and gender."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.batch.record import TableRow
from core.shown_age import shown_age, shown_range
from core.types import Gender
from gui.batch.grid.face_model import FaceModel, Index
from gui.batch.grid.thumbnails import ThumbnailCache
from gui.batch.table.row_text import CORRECTED_MARK, confidence_text, gender_text
from gui.theme import Colours, Theme

if TYPE_CHECKING:
    from core.batch.record import LabelledFace

PICTURE_PX = 128
PADDING_PX = 10
ROUNDING_PX = 8
DOT_PX = 8


@dataclass(frozen=True, slots=True)
class FaceCaption:
    """What stands below a face: "34", "28–41" and "Female 96 %"; empty where it is not known."""

    age: str
    age_note: str
    gender: str


def face_caption(face: "LabelledFace") -> FaceCaption:
    """Age and gender as they are shown, with how far they can be trusted."""
    age = "" if face.age_years is None else str(shown_age(face.age_years))
    return FaceCaption(age, _age_note(face), _gender_text(face))


def _age_note(face: "LabelledFace") -> str:
    if face.correction.age_years is not None:
        return CORRECTED_MARK
    estimate = face.face.estimate
    if estimate is None or estimate.age_low_years is None or estimate.age_high_years is None:
        return ""
    return shown_range(estimate.age_low_years, estimate.age_high_years)


def _gender_text(face: "LabelledFace") -> str:
    text = gender_text(face)
    if face.gender in (None, Gender.UNSURE) or face.correction.gender is not None:
        return text
    return f"{text} {confidence_text(face)}".rstrip()


class FaceCell(QStyledItemDelegate):
    """The delegate of the grid.

    Attributes:
        size: of every cell; the grid shares out its width.
    """

    def __init__(
        self, model: FaceModel, thumbnails: ThumbnailCache, theme: Theme, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._thumbnails = thumbnails
        self._theme = theme
        self.size = QSize()

    def least_size(self, metrics: QFontMetrics) -> QSize:
        """What a cell needs at least."""
        text_px = round(2.3 * metrics.height())
        return QSize(PICTURE_PX + 2 * PADDING_PX, PICTURE_PX + 3 * PADDING_PX + text_px)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        return self.size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.face_row(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_ground(painter, option)
        corner = option.rect.center() - QPointF(PICTURE_PX / 2, 0).toPoint()
        place = QRect(corner.x(), option.rect.top() + PADDING_PX, PICTURE_PX, PICTURE_PX)
        self._paint_picture(painter, row, place)
        if row is not None and row.face is not None:
            self._paint_caption(painter, option.font, row.face, place)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """The card behind a face that is chosen or pointed at."""
        colours = self._theme.colours
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if not is_chosen and not option.state & QStyle.StateFlag.State_MouseOver:
            return
        area = QRectF(option.rect).adjusted(2, 2, -2, -2)
        painter.setBrush(QColor(colours.accent_soft if is_chosen else colours.hover))
        painter.setPen(QPen(QColor(colours.accent), 2) if is_chosen else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(area, ROUNDING_PX, ROUNDING_PX)

    def _paint_picture(self, painter: QPainter, row: TableRow | None, place: QRect) -> None:
        colours = self._theme.colours
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(place), ROUNDING_PX, ROUNDING_PX)
        painter.fillPath(outline, QColor(colours.stage))
        if row is None or row.face is None:
            return
        size_px = round(PICTURE_PX * painter.device().devicePixelRatioF())
        picture = self._thumbnails.picture(row.face.id, row.facts, row.face.face.box, size_px)
        if picture is None:
            return
        if picture.isNull():
            painter.setPen(QColor(colours.muted_text))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.tr("No picture"))
            return
        scale = max(PICTURE_PX / picture.width(), PICTURE_PX / picture.height())
        shown = QRectF(0, 0, picture.width() * scale, picture.height() * scale)
        shown.moveCenter(QRectF(place).center())
        painter.setClipPath(outline)
        painter.drawImage(shown, picture)
        painter.setClipping(False)

    def _paint_caption(
        self, painter: QPainter, font: QFont, face: "LabelledFace", place: QRect
    ) -> None:
        colours = self._theme.colours
        caption = face_caption(face)
        metrics = QFontMetrics(font)
        baseline = place.bottom() + PADDING_PX + metrics.ascent()
        strong = QFont(font)
        strong.setBold(True)
        x = float(place.left())
        x += _write(painter, strong, colours.text, QPointF(x, baseline), caption.age)
        _write(painter, font, colours.muted_text, QPointF(x + 6, baseline), caption.age_note)
        if face.gender is not None:
            baseline += round(1.15 * metrics.height())
            self._paint_dot(painter, colours, face.gender, place.left(), baseline, metrics)
            x = place.left() + DOT_PX + 6
            _write(painter, font, colours.text, QPointF(x, baseline), caption.gender)

    def _paint_dot(
        self,
        painter: QPainter,
        colours: Colours,
        gender: Gender,
        left: int,
        baseline: int,
        metrics: QFontMetrics,
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(colours, gender.value)))
        centre = QPointF(left + DOT_PX / 2, baseline - metrics.capHeight() / 2)
        painter.drawEllipse(centre, DOT_PX / 2, DOT_PX / 2)


def _write(painter: QPainter, font: QFont, colour: str, start: QPointF, text: str) -> float:
    """Write a word; its width."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(start, text)
    return float(painter.fontMetrics().horizontalAdvance(text))
