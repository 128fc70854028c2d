"""Colours and sizes: light or dark as the system says, switched while the app runs."""

import json
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from core import paths


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one theme, as `#rrggbb`; the fields of resources/style/*.json."""

    window: str
    surface: str
    stage: str
    hover: str
    pressed: str
    border: str
    control_border: str
    text: str
    muted_text: str
    disabled_text: str
    accent: str
    accent_hover: str
    accent_text: str
    accent_soft: str
    notice: str
    notice_text: str
    trouble: str
    trouble_text: str
    female: str
    male: str
    unsure: str


def load_colours(scheme: Qt.ColorScheme) -> Colours:
    """The colours for a colour scheme; light where the system does not say."""
    return Colours(**json.loads(_style_file(scheme, "{}.json").read_text(encoding="utf-8")))


def _style_file(scheme: Qt.ColorScheme, pattern: str) -> Path:
    """One of the two files of resources/style that differ in light and dark."""
    name = "dark" if scheme == Qt.ColorScheme.Dark else "light"
    return paths.resources_dir() / "style" / pattern.format(name)


class ColourScheme(StrEnum):
    """What the user wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


_QT_SCHEMES = {
    ColourScheme.SYSTEM: Qt.ColorScheme.Unknown,
    ColourScheme.LIGHT: Qt.ColorScheme.Light,
    ColourScheme.DARK: Qt.ColorScheme.Dark,
}


class Theme(QObject):
    """Dresses the application, and follows the system's colour scheme until told otherwise.

    Signals:
        changed: the colours are others now; icons must be tinted again.
    """

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._font_pt = app.font().pointSizeF()
        self._style_text = (paths.resources_dir() / "style" / "visage.qss").read_text("utf-8")
        app.setStyle("Fusion")
        self._choice = ColourScheme.SYSTEM
        self.apply(app.styleHints().colorScheme())
        app.styleHints().colorSchemeChanged.connect(self.follow_system)

    def choose(self, choice: ColourScheme) -> None:
        """Use these colours from now on."""
        if choice is self._choice:
            return
        self._choice = choice
        hints = self._app.styleHints()
        hints.setColorScheme(_QT_SCHEMES[choice])  # the desktop's own dialogs and title bars
        is_system = choice is ColourScheme.SYSTEM
        self.apply(hints.colorScheme() if is_system else _QT_SCHEMES[choice])

    def follow_system(self, scheme: Qt.ColorScheme) -> None:
        """The system's colour scheme is another now."""
        if self._choice is ColourScheme.SYSTEM:
            self.apply(scheme)

    def apply(self, scheme: Qt.ColorScheme) -> None:
        """Dress the whole application in the colours of `scheme`."""
        self.colours = load_colours(scheme)
        self._app.setPalette(_make_palette(self.colours))
        tick = _style_file(scheme, "tick-{}.svg")
        self._app.setStyleSheet(self._make_style_sheet(tick))
        self.changed.emit()

    def _make_style_sheet(self, tick: Path) -> str:
        colours = {field.name: getattr(self.colours, field.name) for field in fields(Colours)}
        sizes = {
            "heading_pt": round(self._font_pt * 1.6, 1),
            "subheading_pt": round(self._font_pt * 1.2, 1),
            "caption_pt": round(self._font_pt * 0.9, 1),
        }
        return Template(self._style_text).substitute(colours, tick=tick.as_posix(), **sizes)


def choose_font(app: QApplication) -> None:
    """Keep the system's font, but never smaller than can be read."""
    font = QFont(app.font())
    font.setPointSizeF(max(10.0, font.pointSizeF()))
    app.setFont(font)


def _make_palette(colours: Colours) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: colours.window,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.hover,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.Button: colours.surface,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.ToolTipBase: colours.surface,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.muted_text,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.accent_text,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.Accent: colours.accent,
    }
    palette = QPalette()
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.disabled_text))
    return palette
