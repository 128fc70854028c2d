"""What may be dropped on the window, and the highlight that says so."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QMimeDatabase, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.theme import Theme

UNKNOWN_TYPE = "application/octet-stream"


class DropError(Exception):
    """What was dropped is of no use; the text is a sentence for the user."""


def dropped_paths(data: QMimeData) -> tuple[Path, ...]:
    """The files and folders among what is dragged.

    Raises:
        DropError: if nothing among it can be looked at.
    """
    paths = tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    if not paths:
        raise DropError("Only files on this computer can be dropped: a photo, a video, a folder.")
    if not any(map(_may_hold_photos, paths)) and not _is_one_video(paths):
        raise DropError(_why_useless(paths))
    return paths


def is_batch(paths: Sequence[Path]) -> bool:
    """Whether these are photos to be labelled together, not one thing to look at."""
    return len(paths) > 1 or paths[0].is_dir()


def _may_hold_photos(path: Path) -> bool:
    """Whether core should have a look; a type that nobody knows may still be a picture."""
    return path.is_dir() or _family(path) in ("image", UNKNOWN_TYPE)


def _is_one_video(paths: Sequence[Path]) -> bool:
    return len(paths) == 1 and _family(paths[0]) == "video"


def _why_useless(paths: Sequence[Path]) -> str:
    if any(_family(path) == "video" for path in paths):
        return "Videos are watched one at a time: drop a single one."
    if len(paths) == 1:
        return f"{paths[0].name} is neither a photo, a video nor a folder."
    return f"None of these {len(paths)} files is a photo, a video or a folder."


def _family(path: Path) -> str:
    """ "image", "video" and the like; the whole name of the type that nobody knows."""
    name = QMimeDatabase().mimeTypeForFile(str(path)).name()
    return name if name == UNKNOWN_TYPE else name.split("/")[0]


class DropHighlight(QWidget):
    """Covers the window while something useful is dragged over it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self, area: QWidget) -> None:
        """Lie over `area`, which has the same parent or is it."""
        self.setGeometry(area.geometry())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        colours = self._theme.colours
        veil = QColor(colours.accent_soft)
        veil.setAlpha(232)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(QColor(colours.accent), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(16, 16, -16, -16), 12, 12)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 1.6)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "Drop to look for faces")
        painter.end()
