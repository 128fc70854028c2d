"""Charts drawn into a picture, and asked for what is pointed at."""

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.batch.statistics.charts.chart import Chart, Series
from gui.batch.statistics.charts.chart_view import ChartView
from gui.batch.statistics.charts.column_chart import Column, ColumnChart
from gui.batch.statistics.charts.share_chart import ShareChart
from gui.language.words import counted
from gui.theme import Theme, load_colours

AREA = QRectF(0, 0, 400, 240)
COLOURS = load_colours(Qt.ColorScheme.Light)
FEMALE, MALE = Series("female", "female"), Series("male", "male")


def ages(*columns: tuple[int, int]) -> ColumnChart:
    return ColumnChart(
        "Ages",
        (FEMALE, MALE),
        tuple(
            Column(f"{5 * n}–{5 * n + 4}", f"{5 * n}–{5 * n + 4} years", values)
            for n, values in enumerate(columns)
        ),
        "age in years",
        counted.faces,
    )


def drawn(chart: Chart, pointed_at: int | None = None) -> QImage:
    picture = QImage(AREA.size().toSize(), QImage.Format.Format_RGB32)
    picture.fill(QColor(COLOURS.surface))
    painter = QPainter(picture)
    chart.paint(painter, AREA, COLOURS, pointed_at)
    painter.end()
    return picture


def area_of(picture: QImage, colour: str, place: QRectF = AREA) -> int:
    """How many px of a place have exactly this colour."""
    wanted = QColor(colour)
    return sum(
        picture.pixelColor(x, y) == wanted
        for x in range(int(place.left()), int(place.right()))
        for y in range(int(place.top()), int(place.bottom()))
    )


def test_columns_are_as_high_as_their_values_and_stacked_by_colour(qtbot: QtBot) -> None:
    chart = ages((30, 10), (0, 20), (0, 0))
    both, males, nobody = (mark.area for mark in chart.marks(AREA, QFont()))
    picture = drawn(chart)
    assert area_of(picture, COLOURS.female, males) == 0
    assert area_of(picture, COLOURS.male, males) > 0
    share = area_of(picture, COLOURS.female, both) / area_of(picture, COLOURS.male, both)
    assert 2.6 < share < 3.4
    assert area_of(picture, COLOURS.male, nobody) == 0
    x = int(both.center().x())
    assert picture.pixelColor(x, int(both.bottom()) - 8) == QColor(COLOURS.female)


def test_what_is_pointed_at_is_told_in_words_and_brought_out(qtbot: QtBot) -> None:
    chart = ages((3, 1), (0, 1), (0, 0))
    assert [mark.text for mark in chart.marks(AREA, QFont())] == [
        "0–4 years: 4 faces (3 female, 1 male)",
        "5–9 years: 1 face (1 male)",
        "10–14 years: 0 faces",
    ]
    assert chart.values_text == (
        "0–4 years: 4 faces (3 female, 1 male); 5–9 years: 1 face (1 male)"
    )
    assert drawn(chart, pointed_at=1) != drawn(chart)


def test_labels_that_do_not_fit_are_left_out_rather_than_run_together(qtbot: QtBot) -> None:
    many = drawn(ages(*[(1, 1)] * 40))
    few = drawn(ages(*[(1, 1)] * 2))
    below = QRectF(0, AREA.bottom() - 50, AREA.width(), 50)
    assert area_of(few, COLOURS.muted_text, below) > 0
    blank_columns = sum(
        area_of(many, COLOURS.surface, QRectF(x, below.top() + 12, 1, 20)) == 20
        for x in range(int(AREA.width()))
    )
    assert blank_columns > AREA.width() / 4


def test_shares_are_bars_with_count_and_percent(qtbot: QtBot) -> None:
    chart = ShareChart("Genders", ((FEMALE, 30), (MALE, 10)), counted.faces)
    assert chart.values_text == "female: 30 faces, 75 %; male: 10 faces, 25 %"
    picture = drawn(chart)
    assert 2.8 < area_of(picture, COLOURS.female) / area_of(picture, COLOURS.male) < 3.2


def test_a_part_without_anything_has_no_bar(qtbot: QtBot) -> None:
    picture = drawn(ShareChart("Genders", ((FEMALE, 0), (MALE, 0)), counted.faces))
    assert area_of(picture, COLOURS.female) == area_of(picture, COLOURS.male) == 0


def test_pointing_at_a_column_on_the_screen_brings_it_out(theme: Theme, qtbot: QtBot) -> None:
    view = ChartView(theme, height_lines=14)
    qtbot.addWidget(view)
    view.show_chart(ages((3, 1), (0, 1)))
    view.resize(400, 240)
    view.show()
    plain = view.grab().toImage()
    QTest.mouseMove(view, QPoint(150, 100))
    qtbot.waitUntil(lambda: view.grab().toImage() != plain)
    assert view.accessibleName() == "Ages"
    assert "3 female" in view.accessibleDescription()
