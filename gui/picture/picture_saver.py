"""Pictures with their faces drawn in, for a file or the clipboard."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, QSaveFile, Signal
from PySide6.QtGui import QFont, QImage, QImageWriter, QPainter

from gui.language.translation import said, translate
from gui.picture.face_painter import FacePainter
from gui.picture.frame_canvas import as_picture, paint_faces

if TYPE_CHECKING:
    from core.types import FrameResult

PLAIN_HEIGHT_PX = 720
"""In a picture of this height, lines and letters are as large as on the screen."""
JPEG_QUALITY = 92


def draw_picture(result: "FrameResult", font: QFont, is_mirrored: bool, is_blurred: bool) -> QImage:
    """The picture of `result` at its own size, with boxes and labels."""
    plain = as_picture(result.frame.image)
    scale = max(1.0, plain.height() / PLAIN_HEIGHT_PX)
    font = QFont(font)
    font.setPixelSize(round(15 * scale))
    picture = QImage(plain.size(), plain.format())
    painter = QPainter(picture)
    area = QRectF(picture.rect())
    face_painter = FacePainter(font, scale)
    paint_faces(painter, plain, result.faces, area, face_painter, is_mirrored, is_blurred)
    painter.end()
    return picture


def save_picture(picture: QImage, path: Path) -> str | None:
    """Write `picture` as its suffix says, whole or not at all; a sentence if that failed."""
    file = QSaveFile(str(path))
    writer = QImageWriter(file, path.suffix.lstrip(".").encode())
    writer.setQuality(JPEG_QUALITY)
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly):
        return _failure(path, file.errorString())
    if not writer.write(picture):
        return _failure(path, writer.errorString())
    if not file.commit():
        return _failure(path, file.errorString())
    return None


def _failure(path: Path, reason: str) -> str:
    text = translate("PictureSaver", "{name} could not be written: {reason}.")
    return text.format(name=path.name, reason=said(reason))


class PictureSaver(QObject):
    """Draws and writes pictures in threads, so that the window goes on.

    Signals:
        saved: the path of a picture that was written.
        failed: the sentence that says why one was not.
        drawn: a picture for the clipboard.
    """

    saved = Signal(object)
    failed = Signal(str)
    drawn = Signal(QImage)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._threads: list[Thread] = []

    def save(self, draw: Callable[[], QImage], path: Path) -> None:
        """Draw and write one picture."""
        self._start(partial(self._save, draw, path))

    def copy(self, draw: Callable[[], QImage]) -> None:
        """Draw one picture for the clipboard."""
        self._start(lambda: self.drawn.emit(draw()))

    def join(self) -> None:
        """Wait until everything is written."""
        for thread in self._threads:
            thread.join()

    def _start(self, work: Callable[[], None]) -> None:
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = Thread(target=work, name="picture saver")
        self._threads.append(thread)
        thread.start()

    def _save(self, draw: Callable[[], QImage], path: Path) -> None:
        trouble = save_picture(draw(), path)
        if trouble:
            self.failed.emit(trouble)
        else:
            self.saved.emit(path)
