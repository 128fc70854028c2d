"""The line icons, tinted in the colours of the theme and again when it changes."""

from typing import TypeAlias
from weakref import ref

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QLabel

from core import paths
from gui.theme import Theme

IconTarget: TypeAlias = QAction | QAbstractButton | QLabel
ICON_SIZES_PX = (20, 40)
LABEL_ICON_PX = 20


class Icons(QObject):
    """Puts icons on actions, buttons and labels, and keeps them in the theme's colours."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._wearers: list[tuple[ref[IconTarget], str, str]] = []
        theme.changed.connect(self._tint_again)

    def put(self, name: str, target: IconTarget, tint: str = "text") -> None:
        """Show the icon `name` on `target`, in the theme's colour called `tint`."""
        self._wearers = [entry for entry in self._wearers if entry[0]() not in (None, target)]
        self._wearers.append((ref(target), name, tint))
        self._tint(target, name, tint)

    def _tint_again(self) -> None:
        for wearer, name, tint in self._wearers:
            target = wearer()
            if target is not None:
                self._tint(target, name, tint)

    def _tint(self, target: IconTarget, name: str, tint: str) -> None:
        colours = self._theme.colours
        colour: str = getattr(colours, tint)
        if isinstance(target, QLabel):
            ratio = target.devicePixelRatioF()
            pixmap = draw_svg(name, round(LABEL_ICON_PX * ratio), colour)
            pixmap.setDevicePixelRatio(ratio)
            target.setPixmap(pixmap)
            return
        icon = QIcon()
        checked = colours.accent if tint == "text" else colour
        for size_px in ICON_SIZES_PX:
            disabled = draw_svg(name, size_px, colours.disabled_text)
            icon.addPixmap(draw_svg(name, size_px, colour), QIcon.Mode.Normal, QIcon.State.Off)
            icon.addPixmap(draw_svg(name, size_px, checked), QIcon.Mode.Normal, QIcon.State.On)
            icon.addPixmap(disabled, QIcon.Mode.Disabled, QIcon.State.Off)
        target.setIcon(icon)


def make_app_icon() -> QIcon:
    """The icon of the application itself, which has its own colours."""
    icon = QIcon()
    for size_px in (16, 32, 48, 64, 128, 256):
        icon.addPixmap(draw_svg("visage", size_px, ""))
    return icon


def draw_svg(name: str, width_px: int, tint: str) -> QPixmap:
    """The drawing `name` of resources/icons, `currentColor` replaced by `tint`."""
    text = (paths.resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(text.replace("currentColor", tint).encode()))
    size = renderer.defaultSize()
    pixmap = QPixmap(width_px, round(width_px * size.height() / size.width()))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(pixmap.rect()))
    painter.end()
    return pixmap
