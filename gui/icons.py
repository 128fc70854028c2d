"""The line icons, tinted in the colours of the theme and again when it changes."""

from dataclasses import dataclass
from typing import TypeAlias
from weakref import ref

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QLabel

from core import paths
from gui.theme import Colours, Theme

IconTarget: TypeAlias = QAction | QAbstractButton | QLabel
ICON_SIZES_PX = (20, 40)


@dataclass(frozen=True, slots=True)
class _Wearer:
    """Who wears which icon."""

    target: ref[IconTarget]
    name: str
    tint: str
    label_size_px: int


class Icons(QObject):
    """Puts icons on actions, buttons and labels, and keeps them in the theme's colours.

    Args:
        parent: the window that wears them: no one is dressed once it is gone.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(theme if parent is None else parent)
        self._theme = theme
        self._wearers: list[_Wearer] = []
        theme.changed.connect(self._dress_all)

    def put(
        self, name: str, target: IconTarget, tint: str = "text", label_size_px: int = 20
    ) -> None:
        """Show the icon `name` on `target`, in the theme's colour called `tint`.

        Args:
            label_size_px: how large a label shows it; others choose for themselves.
        """
        wearer = _Wearer(ref(target), name, tint, label_size_px)
        if wearer in self._wearers:
            return  # a running batch says how far it is many times a second
        others = [other for other in self._wearers if other.target() not in (None, target)]
        self._wearers = [*others, wearer]
        self._dress(wearer)

    def _dress_all(self) -> None:
        for wearer in self._wearers:
            self._dress(wearer)

    def _dress(self, wearer: _Wearer) -> None:
        target = wearer.target()
        colours = self._theme.colours
        if isinstance(target, QLabel):
            tint: str = getattr(colours, wearer.tint)
            target.setPixmap(draw_sharp(wearer.name, wearer.label_size_px, tint, target))
        elif target is not None:
            target.setIcon(make_icon(wearer.name, colours, wearer.tint))


def make_icon(name: str, colours: Colours, tint: str = "text") -> QIcon:
    """The icon `name`; accented where it is checked, pale where it is disabled."""
    plain: str = getattr(colours, tint)
    looks = (
        (QIcon.Mode.Normal, QIcon.State.Off, plain),
        (QIcon.Mode.Normal, QIcon.State.On, colours.accent if tint == "text" else plain),
        (QIcon.Mode.Disabled, QIcon.State.Off, colours.disabled_text),
    )
    icon = QIcon()
    for mode, state, colour in looks:
        for size_px in ICON_SIZES_PX:
            icon.addPixmap(draw_svg(name, size_px, colour), mode, state)
    return icon


def make_app_icon() -> QIcon:
    """The icon of the application itself, which has its own colours."""
    icon = QIcon()
    for size_px in (16, 32, 48, 64, 128, 256):
        icon.addPixmap(draw_svg("visage", size_px, ""))
    return icon


def draw_sharp(name: str, width_px: int, tint: str, label: QLabel) -> QPixmap:
    """The drawing `name`, `width_px` wide on the screen of `label`, whatever its resolution."""
    ratio = label.devicePixelRatioF()
    pixmap = draw_svg(name, round(width_px * ratio), tint)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


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
