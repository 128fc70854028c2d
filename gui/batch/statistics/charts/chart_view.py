"""A chart on the screen, with the values of what is pointed at."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontInfo, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.batch.statistics.charts.chart import Chart
from gui.theme import Theme


class ChartView(QWidget):
    """Shows one chart in the colours of the theme; none at first.

    Args:
        height_lines: how high it is, in lines of text.
    """

    def __init__(self, theme: Theme, height_lines: int) -> None:
        super().__init__()
        self._theme = theme
        self._height_lines = height_lines
        self._chart: Chart | None = None
        self._pointed_at: int | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_chart(self, chart: Chart) -> None:
        """Draw another chart from now on."""
        self._chart = chart
        self._pointed_at = None
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(chart.values_text)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(320, self._height_lines * self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(240, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if self._chart is None:
            return
        painter = QPainter(self)
        painter.setFont(self._chart_font())
        painter.setPen(QColor(self._theme.colours.text))
        self._chart.paint(painter, self._area(), self._theme.colours, self._pointed_at)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        position = event.position()
        self._point_at(position)
        if self._chart is not None and self._pointed_at is not None:
            mark = self._chart.marks(self._area(), self._chart_font())[self._pointed_at]
            QToolTip.showText(event.globalPosition().toPoint(), mark.text, self)
        else:
            QToolTip.hideText()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        self._pointed_at = None
        self.update()

    def _point_at(self, position: QPointF) -> None:
        marks = () if self._chart is None else self._chart.marks(self._area(), self._chart_font())
        found = (number for number, mark in enumerate(marks) if mark.area.contains(position))
        self._pointed_at = next(found, None)
        self.update()

    def _area(self) -> QRectF:
        return QRectF(self.rect())

    def _chart_font(self) -> QFont:
        """The widget's font in px: a file has no points."""
        font = QFont(self.font())
        font.setPixelSize(QFontInfo(font).pixelSize())
        return font
