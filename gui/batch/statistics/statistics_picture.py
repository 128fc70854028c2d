"""The statistics of a job as one picture, in a PNG or an SVG file."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from core.batch.export.whole_file import whole_file
from core.batch.statistics import JobStatistics
from core.errors import ExportError
from gui.batch.statistics.charts.chart import Chart
from gui.batch.statistics.statistics_charts import (
    age_chart,
    faces_per_photo_chart,
    gender_chart,
    main_figures,
)
from gui.theme import Colours, load_colours

SIZE = QSize(1200, 860)
MARGIN_PX = 48
TEXT_PX = 16
FOOT_PX = 36
PNG_SCALE = 2
"""Px of a PNG file per px of the drawing: sharp in print."""


@dataclass(frozen=True, slots=True)
class StatisticsPicture:
    """What the picture shows, always in light colours: it is meant for paper and mail.

    Attributes:
        title: such as the job's name.
        words: what is said at the foot, such as which model it was.
        font_family: of all texts.
    """

    statistics: JobStatistics
    title: str
    words: str
    font_family: str

    def write(self, path: Path) -> str | None:
        """Write a PNG or, if the suffix says so, an SVG file; a sentence if that failed.

        It may be called in any thread.
        """
        data = self._as_svg() if path.suffix.lower() == ".svg" else self._as_png()
        try:
            with whole_file(path) as stream:
                stream.write(data)
        except ExportError as error:
            return str(error)
        return None

    def _as_svg(self) -> bytes:
        buffer = QBuffer()
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(SIZE)
        generator.setViewBox(QRectF(QPointF(), SIZE))
        generator.setTitle(self.title)
        painter = QPainter(generator)
        self._paint(painter)
        painter.end()
        return bytes(buffer.data().data())

    def _as_png(self) -> bytes:
        picture = QImage(SIZE * PNG_SCALE, QImage.Format.Format_RGB32)
        painter = QPainter(picture)
        painter.scale(PNG_SCALE, PNG_SCALE)
        self._paint(painter)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, b"png").write(picture)
        return bytes(buffer.data().data())

    def _paint(self, painter: QPainter) -> None:
        colours = load_colours(Qt.ColorScheme.Light)
        page = QRectF(QPointF(), SIZE)
        painter.fillRect(page, QColor(colours.surface))
        inner = page.adjusted(MARGIN_PX, MARGIN_PX, -MARGIN_PX, -MARGIN_PX)
        self._write(painter, inner.topLeft(), self.title, 26, colours.text, inner.width())
        figures = "   ·   ".join(f"{number} {words}" for number, words in self._figures())
        below = inner.topLeft() + QPointF(0, 44)
        self._write(painter, below, figures, TEXT_PX, colours.muted_text, inner.width())
        foot = QPointF(inner.left(), page.bottom() - FOOT_PX)
        self._write(painter, foot, self.words, TEXT_PX, colours.muted_text, inner.width())
        upper = QRectF(inner.left(), inner.top() + 92, inner.width(), 360)
        half = (inner.width() - MARGIN_PX) / 2
        lower = QRectF(
            inner.left(), upper.bottom() + 32, half, inner.bottom() - upper.bottom() - 32
        )
        self._paint_chart(painter, age_chart(self.statistics), upper, colours)
        self._paint_chart(painter, gender_chart(self.statistics), lower, colours)
        other = lower.translated(half + MARGIN_PX, 0)
        self._paint_chart(painter, faces_per_photo_chart(self.statistics), other, colours)

    def _figures(self) -> tuple[tuple[str, str], ...]:
        return main_figures(self.statistics)

    def _paint_chart(self, painter: QPainter, chart: Chart, area: QRectF, colours: Colours) -> None:
        self._write(painter, area.topLeft(), chart.title, 20, colours.text, area.width())
        painter.setFont(self._font(TEXT_PX))
        chart.paint(painter, area.adjusted(0, 40, 0, 0), colours)

    def _write(
        self, painter: QPainter, corner: QPointF, text: str, size_px: int, colour: str, width: float
    ) -> None:
        """One line of text below `corner`, cut at its end if it is too long."""
        font = self._font(size_px)
        font.setBold(size_px > TEXT_PX)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        short = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        painter.drawText(corner + QPointF(0, metrics.ascent()), short)

    def _font(self, size_px: int) -> QFont:
        font = QFont(self.font_family)
        font.setPixelSize(size_px)
        return font
