"""What may be dropped on the window, and how the window takes it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QMimeDatabase, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMainWindow, QWidget

from core.sources.file_check import is_folder
from gui.language.translation import translate
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
        raise DropError(
            translate(
                "Drop", "Only files on this computer can be dropped: a photo, a video, a folder."
            )
        )
    if not any(map(_may_show_faces, paths)):
        raise DropError(_why_useless(paths))
    return paths


def is_batch(paths: Sequence[Path]) -> bool:
    """Whether these are photos and videos to be labelled together, not one thing to look at."""
    return len(paths) > 1 or is_folder(paths[0])


def _may_show_faces(path: Path) -> bool:
    """Whether core should have a look; a type that nobody knows may still be a picture."""
    return is_folder(path) or _family(path) in ("image", "video", UNKNOWN_TYPE)


def _why_useless(paths: Sequence[Path]) -> str:
    if len(paths) == 1:
        text = translate("Drop", "{name} is neither a photo, a video nor a folder.")
        return text.format(name=paths[0].name)
    text = translate("Drop", "None of these {count} files is a photo, a video or a folder.")
    return text.format(count=len(paths))


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
        painter.drawText(
            self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Drop to look for faces")
        )
        painter.end()


class DropTarget(QObject):
    """Lets a window take drops anywhere; what is dropped is looked at, never moved.

    Signals:
        dropped: carries a tuple of paths, something of use among them.
        refused: carries the sentence that says why a drop is of no use.
    """

    dropped = Signal(object)
    refused = Signal(str)

    def __init__(self, window: QMainWindow, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self.highlight = DropHighlight(theme, window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.DragLeave:
            self.highlight.hide()
            return True
        if isinstance(event, QDropEvent) and event.source() is not None:
            event.ignore()  # photos of a batch that are dragged out: here they are already
            return True
        if isinstance(event, QDragMoveEvent):  # a drag that enters is one, too
            # Junk is accepted as well, so that its drop can be answered with a sentence.
            self._accept_copy(event)
            self.highlight.cover(self._window.centralWidget() or self._window)
            return True
        if isinstance(event, QDropEvent):
            self._accept_copy(event)
            self.highlight.hide()
            self._take(event.mimeData())
            return True
        return super().eventFilter(watched, event)

    def _take(self, data: QMimeData) -> None:
        try:
            self.dropped.emit(dropped_paths(data))
        except DropError as error:
            self.refused.emit(str(error))

    @staticmethod
    def _accept_copy(event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
