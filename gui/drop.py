"""What may be dropped on the window, and the highlight that says so."""

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
        DropError: if there is none, or one is plainly neither photo, video nor folder.
    """
    paths = tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    if not paths:
        raise DropError("Only files on this computer can be dropped: a photo, a video, a folder.")
    for path in paths:
        if not _may_be_pictures(path):
            raise DropError(f"{path.name} is neither a photo, a video nor a folder.")
    return paths


def _may_be_pictures(path: Path) -> bool:
    """Whether core should have a look; a type that nobody knows may still be a picture."""
    kind = QMimeDatabase().mimeTypeForFile(str(path))
    is_picture = kind.name().split("/")[0] in ("image", "video")
    return path.is_dir() or is_picture or kind.name() == UNKNOWN_TYPE


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
