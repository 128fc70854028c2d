"""Draws the cells of the table, two lines each."""

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from core.batch.record import LabelledFace, PhotoState, TableRow
from core.shown_age import shown_age
from core.text import one_line
from gui.batch.table import row_text
from gui.batch.table.range_bar import paint_range_bar
from gui.batch.table.row_model import THUMBNAIL_PX, Column, Index, RowModel
from gui.language.words import doubtful_word
from gui.theme import Theme

ROW_PX = THUMBNAIL_PX + 12
PADDING_PX = 8
ROUNDING_PX = 6
DOT_PX = 8
DOT_ROOM_PX = DOT_PX + 8
"""What the dot of a gender takes, with the gap beside it."""

BAR_PX = 5
GAP_PX = 3

_MIDDLE, _RIGHT = Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideRight


class RowCell(QStyledItemDelegate):
    """The delegate of the table."""

    def __init__(self, rows: RowModel, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        return QSize(80, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._rows.row(index.row())
        column = Column(index.column())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, column)
        painter.setClipRect(option.rect)
        if row is not None:
            place = option.rect.adjusted(PADDING_PX, 6, -PADDING_PX, -6)
            if column is Column.FILE:
                self._paint_file(painter, option.font, row, place)
            elif row.face is None:
                self._paint_reason(painter, option, row, column)
            else:
                self._paint_face(painter, option.font, row.face, column, place)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, column: Column
    ) -> None:
        """The row that has the keys is marked at its left, among several that are chosen."""
        colours, area = self._theme.colours, option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(colours.accent_soft))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, QColor(colours.border))
        if column is Column.FILE and option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(area.left(), area.top(), 3, area.height(), QColor(colours.accent))

    def _paint_file(self, painter: QPainter, font: QFont, row: TableRow, place: QRect) -> None:
        square = QRect(place.left(), place.top(), THUMBNAIL_PX, THUMBNAIL_PX)
        picture = self._rows.thumbnail(row)
        if picture is None or picture.isNull():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.colours.stage))
            painter.drawRoundedRect(square, ROUNDING_PX, ROUNDING_PX)
        else:
            size = picture.deviceIndependentSize()
            shown = QRectF(0, 0, size.width(), size.height())
            shown.moveCenter(QRectF(square).center())
            painter.drawImage(shown.topLeft(), picture)
        text = place.adjusted(THUMBNAIL_PX + PADDING_PX, 0, 0, 0)
        name = one_line(row.facts.path.name)
        self._write(painter, font, text, name, row_text.place_text(row, self._rows.roots))

    def _paint_reason(
        self, painter: QPainter, option: QStyleOptionViewItem, row: TableRow, column: Column
    ) -> None:
        """Why there is no face, over all columns: each shows its part."""
        assert isinstance(option.widget, QTableView)
        area = reason_area(option.widget, option.rect, column)
        colours = self._theme.colours
        failed = row.facts.state is PhotoState.FAILED
        painter.setPen(QColor(colours.trouble_text if failed else colours.muted_text))
        painter.setFont(option.font)
        area.adjust(PADDING_PX, 0, -PADDING_PX, 0)
        words = QFontMetrics(option.font).elidedText(row_text.state_text(row), _RIGHT, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _paint_face(
        self, painter: QPainter, font: QFont, face: LabelledFace, column: Column, place: QRect
    ) -> None:
        if column is Column.TIME:
            self._write(painter, font, place, *row_text.time_texts(face))
        elif column is Column.AGE:
            self._paint_age(painter, font, face, place)
        elif column is Column.GENDER:
            self._paint_gender(painter, font, face, place)
        elif column is Column.OTHER:
            self._write(painter, font, place, *row_text.other_texts(face))
        elif column is Column.DISTANCE:
            contradiction = row_text.contradiction_text(face)
            years = row_text.distance_text(face)
            self._write(painter, font, place, years, contradiction, "trouble_text")
        else:
            self._paint_certainty(painter, font, face, place)

    def _paint_age(self, painter: QPainter, font: QFont, face: LabelledFace, place: QRect) -> None:
        """The age, the range, and where both lie in a life."""
        if face.age_years is None:
            return
        colours, estimate = self._theme.colours, face.face.estimate
        is_corrected = face.correction.age_years is not None
        strong, plain = age_font(font), QFontMetrics(font)
        metrics = QFontMetrics(strong)
        line = _first_line(place, plain, 2)
        baseline = line.top() + plain.ascent()
        age = str(shown_age(face.age_years))
        painter.setFont(strong)
        painter.setPen(QColor(colours.accent if is_corrected else colours.text))
        painter.drawText(QPointF(place.left(), baseline), age)
        note = row_text.CORRECTED_MARK if is_corrected else row_text.range_text(estimate)
        painter.setFont(font)
        painter.setPen(QColor(colours.accent if is_corrected else colours.muted_text))
        left = place.left() + metrics.horizontalAdvance(age) + 8
        painter.drawText(QPointF(left, baseline), note)
        middle = line.translated(0, plain.height() + GAP_PX).center().y() + 1
        bar = QRectF(place.left(), middle - BAR_PX / 2, place.width(), BAR_PX)
        paint_range_bar(painter, bar, face, colours)

    def _paint_gender(
        self, painter: QPainter, font: QFont, face: LabelledFace, place: QRect
    ) -> None:
        if face.gender is None:
            return
        colours = self._theme.colours
        below = row_text.confidence_note(face)
        text = place.adjusted(DOT_ROOM_PX, 0, 0, 0)
        self._write(painter, font, text, row_text.gender_text(face), below)
        middle = _first_line(text, QFontMetrics(font), 2).center().y() + 1
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(colours, face.gender.value)))
        painter.drawEllipse(QPointF(place.left() + DOT_PX / 2, middle), DOT_PX / 2, DOT_PX / 2)

    def _paint_certainty(
        self, painter: QPainter, font: QFont, face: LabelledFace, place: QRect
    ) -> None:
        """By hand, or how sure; what is doubtful says so."""
        words = self.tr("By hand") if face.is_corrected else row_text.certainty_text(face)
        doubt = doubtful_word() if face.is_doubtful else ""
        self._write(painter, font, place, words, doubt, "trouble_text")

    def _write(
        self,
        painter: QPainter,
        font: QFont,
        place: QRect,
        above: str,
        below: str,
        below_colour: str = "muted_text",
    ) -> None:
        """Two lines, or one in the middle where there is nothing to say below."""
        colours, metrics = self._theme.colours, QFontMetrics(font)
        line = _first_line(place, metrics, 2 if below else 1)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        painter.drawText(line, flags, metrics.elidedText(above, _MIDDLE, line.width()))
        if below:
            line.translate(0, metrics.height() + GAP_PX)
            painter.setPen(QColor(getattr(colours, below_colour)))
            painter.drawText(line, flags, metrics.elidedText(below, _MIDDLE, line.width()))


def reason_area(table: QTableView, cell: QRect, column: Column) -> QRect:
    """All columns but the file's, of which a cell is a part."""
    area = QRect(cell)
    for other in set(Column) - {Column.FILE, column}:
        if other < column:
            area.setLeft(area.left() - table.columnWidth(other))
        else:
            area.setRight(area.right() + table.columnWidth(other))
    return area


def _first_line(place: QRect, metrics: QFontMetrics, line_count: int) -> QRect:
    """Where the first of one or two lines stands, so that all of them are in the middle."""
    height = line_count * metrics.height() + (line_count - 1) * GAP_PX
    top = place.center().y() - height // 2 + 1
    return QRect(place.left(), top, place.width(), metrics.height())


def age_font(font: QFont) -> QFont:
    """In which an age stands out."""
    strong = QFont(font)
    strong.setPointSizeF(font.pointSizeF() * 1.15)
    strong.setBold(True)
    return strong
