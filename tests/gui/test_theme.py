from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QTableWidget, QToolButton
from pytestqt.qtbot import QtBot

from core import paths
from gui.icons import Icons
from gui.theme import Theme, load_colours

SCHEMES = [Qt.ColorScheme.Light, Qt.ColorScheme.Dark]
TEXT_ON_GROUND = [
    *product(("text", "muted_text"), ("window", "surface", "stage", "hover")),
    *product(("disabled_text",), ("window", "surface")),
    ("text", "pressed"),
    ("text", "accent_soft"),
    ("accent_text", "accent"),
    ("accent_text", "accent_hover"),
    ("notice_text", "notice"),
    ("trouble_text", "trouble"),
    ("trouble_text", "surface"),
]
EDGE_ON_GROUND = [*product(("control_border", "accent"), ("window", "surface"))]
BAR_ON_GROUND = [*product(("female", "male", "unsure", "accent"), ("surface", "hover"))]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    levels = [QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF()]
    red, green, blue = (
        level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4 for level in levels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_can_be_read(scheme: Qt.ColorScheme, text: str, ground: str) -> None:
    colours = load_colours(scheme)
    assert contrast(getattr(colours, text), getattr(colours, ground)) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("edge", "ground"), [*EDGE_ON_GROUND, *BAR_ON_GROUND])
def test_edges_of_controls_and_bars_can_be_seen(
    scheme: Qt.ColorScheme, edge: str, ground: str
) -> None:
    colours = load_colours(scheme)
    assert contrast(getattr(colours, edge), getattr(colours, ground)) >= 3.0


def test_an_unknown_colour_scheme_is_light() -> None:
    assert load_colours(Qt.ColorScheme.Unknown) == load_colours(Qt.ColorScheme.Light)


def test_the_theme_follows_the_system_while_the_app_runs(qapp: QApplication, theme: Theme) -> None:
    light = qapp.palette().window().color()
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert qapp.palette().window().color() == QColor(load_colours(Qt.ColorScheme.Dark).window)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert qapp.palette().window().color() == light


def test_an_icon_that_is_put_again_is_not_drawn_again(theme: Theme, qtbot: QtBot) -> None:
    button = QToolButton()
    qtbot.addWidget(button)
    icons = Icons(theme)
    icons.put("pause", button)
    pause = button.icon().cacheKey()
    icons.put("pause", button)
    assert button.icon().cacheKey() == pause
    icons.put("play", button)
    assert button.icon().cacheKey() != pause


def test_icons_take_the_colours_of_the_theme(theme: Theme, qtbot: QtBot) -> None:
    label, button = QLabel(), QToolButton()
    qtbot.addWidget(label)
    qtbot.addWidget(button)
    icons = Icons(theme)
    icons.put("stop", label)
    icons.put("stop", button)
    light = label.pixmap().toImage(), button.icon().pixmap(20).toImage()
    theme.apply(Qt.ColorScheme.Dark)
    assert label.pixmap().toImage() != light[0]
    assert button.icon().pixmap(20).toImage() != light[1]


def test_the_frame_of_a_dialogs_table_is_whole_at_its_corners(theme: Theme, qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    table = QTableWidget(0, 1, dialog)
    table.horizontalHeader().setStretchLastSection(True)
    table.resize(200, 100)
    dialog.resize(220, 120)
    dialog.show()
    table.clearFocus()
    below_the_header = table.grab().copy(0, 0, 6, 6).toImage()
    table.horizontalHeader().hide()
    assert below_the_header == table.grab().copy(0, 0, 6, 6).toImage()


@pytest.mark.parametrize("path", sorted((paths.resources_dir() / "icons").glob("*.svg")))
def test_every_drawing_is_valid(path: object, qapp: QApplication) -> None:
    assert QSvgRenderer(str(path)).isValid()


def test_the_line_icons_share_one_pen() -> None:
    for path in (paths.resources_dir() / "icons").glob("*.svg"):
        if path.stem not in ("visage", "illustration"):
            text = path.read_text(encoding="utf-8")
            assert 'stroke="currentColor" stroke-width="1.75"' in text, path.name
