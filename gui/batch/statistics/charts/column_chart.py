"""Columns side by side, each stacked of several series."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from gui.batch.statistics.charts.axis import nice_ticks
from gui.batch.statistics.charts.chart import Mark, Series
from gui.language.translation import translate
from gui.language.words import whole
from gui.theme import Colours

GAP_PX = 8.0
COLUMN_SHARE = 0.78
MAX_COLUMN_PX = 56.0
ROUNDING_PX = 3.0
PART_GAP_PX = 1.5
"""Between parts of one column, for those who hardly tell their colours apart."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        label: what stands below it.
        name: what it is called when it is pointed at.
        values: one for each series, from the ground up.
    """

    label: str
    name: str
    values: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.values)


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """A histogram.

    Attributes:
        series: what the colours mean; a single one needs no legend.
        axis_title: what the labels below the columns count.
        count_words: what the columns count, with the number: "12 faces".
    """

    title: str
    series: tuple[Series, ...]
    columns: tuple[Column, ...]
    axis_title: str
    count_words: Callable[[int], str]

    @property
    def values_text(self) -> str:
        return "; ".join(self._words(column) for column in self.columns if column.total)

    def marks(self, area: QRectF, font: QFont) -> tuple[Mark, ...]:
        plot = self._plot(area, QFontMetricsF(font))
        width = plot.width() / max(1, len(self.columns))
        return tuple(
            Mark(
                QRectF(plot.left() + number * width, plot.top(), width, plot.height()),
                self._words(column),
            )
            for number, column in enumerate(self.columns)
        )

    def paint(
        self, painter: QPainter, area: QRectF, colours: Colours, pointed_at: int | None = None
    ) -> None:
        metrics = QFontMetricsF(painter.font())
        plot = self._plot(area, metrics)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if len(self.series) > 1:
            self._paint_legend(painter, area, metrics, colours)
        marks = self.marks(area, painter.font())
        if pointed_at is not None:
            painter.fillRect(marks[pointed_at].area, QColor(colours.hover))
        self._paint_grid(painter, plot, metrics, colours)
        for column, mark in zip(self.columns, marks, strict=True):
            self._paint_column(painter, column, mark.area, colours)
        self._paint_labels(painter, area, plot, metrics, colours)
        painter.restore()

    def _words(self, column: Column) -> str:
        """Such as "20–24 years: 12 faces (8 female, 4 male)"."""
        words = translate("Statistics", "{name}: {count}").format(
            name=column.name, count=self.count_words(column.total)
        )
        if len(self.series) == 1:
            return words
        pairs = zip(self.series, column.values, strict=True)
        parts = ", ".join(f"{whole(value)} {series.name}" for series, value in pairs if value)
        return f"{words} ({parts})" if parts else words

    @property
    def _ticks(self) -> tuple[int, ...]:
        return nice_ticks(max((column.total for column in self.columns), default=0))

    def _plot(self, area: QRectF, metrics: QFontMetricsF) -> QRectF:
        """Where the columns stand, without what is written around them."""
        left = max(metrics.horizontalAdvance(whole(tick)) for tick in self._ticks) + GAP_PX
        above = metrics.height() * (2 if len(self.series) > 1 else 0.5)
        below = 2 * metrics.height() + 1.5 * GAP_PX
        return area.adjusted(left, above, 0, -below)

    def _paint_legend(
        self, painter: QPainter, area: QRectF, metrics: QFontMetricsF, colours: Colours
    ) -> None:
        height = metrics.height()
        x = area.left()
        for series in self.series:
            square = QRectF(x, area.top() + 0.2 * height, 0.6 * height, 0.6 * height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(getattr(colours, series.colour)))
            painter.drawRoundedRect(square, ROUNDING_PX, ROUNDING_PX)
            painter.setPen(QColor(colours.text))
            painter.drawText(
                QPointF(square.right() + GAP_PX, area.top() + metrics.ascent()), series.name
            )
            x = square.right() + 4 * GAP_PX + metrics.horizontalAdvance(series.name)

    def _paint_grid(
        self, painter: QPainter, plot: QRectF, metrics: QFontMetricsF, colours: Colours
    ) -> None:
        for tick in self._ticks:
            y = plot.bottom() - plot.height() * tick / self._ticks[-1]
            painter.setPen(QPen(QColor(colours.border if tick else colours.control_border), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            text = whole(tick)
            x = plot.left() - GAP_PX - metrics.horizontalAdvance(text)
            painter.setPen(QColor(colours.muted_text))
            painter.drawText(QPointF(x, y + metrics.capHeight() / 2), text)

    def _paint_column(
        self, painter: QPainter, column: Column, place: QRectF, colours: Colours
    ) -> None:
        """The series of one column, from the ground up, round at the top."""
        width = min(place.width() * COLUMN_SHARE, MAX_COLUMN_PX)
        height = place.height() * column.total / self._ticks[-1]
        left = place.center().x() - width / 2
        outline = QPainterPath()
        whole = QRectF(left, place.bottom() - height, width, height + ROUNDING_PX)
        outline.addRoundedRect(whole, ROUNDING_PX, ROUNDING_PX)
        ground = QPainterPath()
        ground.addRect(place)
        outline &= ground
        painter.setPen(Qt.PenStyle.NoPen)
        for part, colour in self._parts(column, place):
            piece = QPainterPath()
            piece.addRect(QRectF(left, part.top(), width, part.height()))
            painter.fillPath(outline & piece, QColor(getattr(colours, colour)))

    def _parts(self, column: Column, place: QRectF) -> Iterator[tuple[QRectF, str]]:
        bottom = place.bottom()
        for series, value in zip(self.series, column.values, strict=True):
            height = place.height() * value / self._ticks[-1]
            if value:
                gap = PART_GAP_PX if bottom < place.bottom() else 0.0
                part = QRectF(place.left(), bottom - height, place.width(), max(1.0, height - gap))
                yield part, series.colour
            bottom -= height

    def _paint_labels(
        self,
        painter: QPainter,
        area: QRectF,
        plot: QRectF,
        metrics: QFontMetricsF,
        colours: Colours,
    ) -> None:
        """As many labels as there is room for, each below its column, and the axis's title."""
        marks = self.marks(area, painter.font())
        widest = max((metrics.horizontalAdvance(one.label) for one in self.columns), default=0)
        room = plot.width() / max(1, len(self.columns))
        every = max(1, -(-int(widest + GAP_PX) // max(1, int(room))))
        baseline = plot.bottom() + GAP_PX / 2 + metrics.ascent()
        painter.setPen(QColor(colours.muted_text))
        for column, mark in list(zip(self.columns, marks, strict=True))[::every]:
            x = mark.area.center().x() - metrics.horizontalAdvance(column.label) / 2
            painter.drawText(QPointF(x, baseline), column.label)
        x = plot.center().x() - metrics.horizontalAdvance(self.axis_title) / 2
        painter.drawText(QPointF(x, area.bottom() - metrics.descent()), self.axis_title)
