"""Parts of a whole, one bar below the other with its count and its share."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from gui.batch.statistics.charts.chart import Mark, Series
from gui.language.translation import translate
from gui.language.words import share, whole
from gui.theme import Colours

GAP_PX = 8.0
BAR_PX = 14.0
ROUNDING_PX = 4.0


@dataclass(frozen=True, slots=True)
class ShareChart:
    """Bars against the whole.

    Attributes:
        parts: what each bar stands for, and its count.
        count_words: what is counted, with the number: "12 faces".
    """

    title: str
    parts: tuple[tuple[Series, int], ...]
    count_words: Callable[[int], str]

    @property
    def values_text(self) -> str:
        return "; ".join(self._words(series, count) for series, count in self.parts)

    def marks(self, area: QRectF, font: QFont) -> tuple[Mark, ...]:
        height = QFontMetricsF(font).height() + BAR_PX + 3 * GAP_PX
        return tuple(
            Mark(
                QRectF(area.left(), area.top() + row * height, area.width(), height),
                self._words(series, count),
            )
            for row, (series, count) in enumerate(self.parts)
        )

    def paint(
        self, painter: QPainter, area: QRectF, colours: Colours, pointed_at: int | None = None
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marks = self.marks(area, painter.font())
        for row, ((series, count), mark) in enumerate(zip(self.parts, marks, strict=True)):
            ground = colours.pressed if row == pointed_at else colours.hover
            self._paint_part(painter, series, count, mark.area, ground, colours)
        painter.restore()

    def _paint_part(
        self,
        painter: QPainter,
        series: Series,
        count: int,
        place: QRectF,
        ground: str,
        colours: Colours,
    ) -> None:
        metrics = QFontMetricsF(painter.font())
        baseline = place.top() + metrics.ascent()
        painter.setPen(QColor(colours.text))
        painter.drawText(QPointF(place.left(), baseline), series.name.capitalize())
        figures = f"{self._percent(count)}  ·  {whole(count)}"
        x = place.right() - metrics.horizontalAdvance(figures)
        painter.setPen(QColor(colours.muted_text))
        painter.drawText(QPointF(x, baseline), figures)
        bar = QRectF(place.left(), baseline + metrics.descent() + GAP_PX / 2, place.width(), BAR_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(bar, ROUNDING_PX, ROUNDING_PX)
        if count:
            bar.setWidth(max(2 * ROUNDING_PX, bar.width() * count / self._whole))
            painter.setBrush(QColor(getattr(colours, series.colour)))
            painter.drawRoundedRect(bar, ROUNDING_PX, ROUNDING_PX)

    @property
    def _whole(self) -> int:
        return max(1, sum(count for _, count in self.parts))

    def _percent(self, count: int) -> str:
        return share(count / self._whole, digits=0)

    def _words(self, series: Series, count: int) -> str:
        """Such as "female: 12 faces, 40 %"."""
        text = translate("Statistics", "{name}: {count}, {share}")
        return text.format(
            name=series.name, count=self.count_words(count), share=self._percent(count)
        )
