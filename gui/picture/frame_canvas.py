"""Paints the analysed frame with the faces found in that very frame, so no box lags its face."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.label_contents import LabelContents
from gui.language.words import decimal
from gui.picture.face_painter import PILL_COLOUR, TEXT_COLOUR, FacePainter, blur_faces
from gui.picture.zoom import Zoom

if TYPE_CHECKING:
    from core.types import Box, Face, FrameResult, Image


def as_qimage(image: "Image") -> QImage:
    """A view of an RGB array as a QImage: nothing is copied; keep the array alive meanwhile."""
    height, width = image.shape[:2]
    # PySide's stub knows only bytes-like data; the buffer of a C-contiguous array is one.
    return QImage(image.data, width, height, image.strides[0], QImage.Format.Format_RGB888)


def as_picture(image: "Image") -> QImage:
    """A copy of an RGB array in the format that is painted fastest (2.5 times at 720p)."""
    return as_qimage(image).convertToFormat(QImage.Format.Format_RGB32)


class FrameCanvas(QWidget):
    """Shows one result, letterboxed, and lets the user zoom into it.

    Signals:
        estimate_painted: a face with its estimate is on the screen for the first time.
    """

    estimate_painted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.tr("Picture with the faces found in it"))
        self._result: FrameResult | None = None
        self._picture = QImage()
        self._is_mirrored = False
        self._is_blurred = False
        self._label_contents = LabelContents()
        self._has_painted_estimate = False
        self.zoom = Zoom(self)

    @property
    def result(self) -> "FrameResult | None":
        """What is on the screen; None when nothing is."""
        return self._result

    @property
    def is_mirrored(self) -> bool:
        return self._is_mirrored

    @property
    def is_blurred(self) -> bool:
        return self._is_blurred

    def show_result(self, result: "FrameResult | None") -> None:
        """Paint `result` from now on; None clears the canvas."""
        self._result = result
        self._picture = QImage() if result is None else as_picture(result.frame.image)
        self.zoom.set_picture_size(self._picture.size())
        self.update()

    def set_mirrored(self, is_mirrored: bool) -> None:
        """Flip the picture left to right; the labels stay readable."""
        self._is_mirrored = is_mirrored
        self.update()

    def set_blurred(self, is_blurred: bool) -> None:
        """Cover the faces, keep their labels."""
        self._is_blurred = is_blurred
        self.update()

    def set_label_contents(self, contents: LabelContents) -> None:
        """Say that much beside each face."""
        self._label_contents = contents
        self.update()

    def labelled(self, result: "FrameResult") -> "FrameResult":
        """A result with as much as shall be said of its faces."""
        return replace(result, faces=tuple(map(self._label_contents.of, result.faces)))

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(960, 540)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if self._result is None:
            return
        painter = QPainter(self)
        area = self.zoom.area
        face_painter = FacePainter(self.font())
        faces = self.labelled(self._result).faces
        paint_faces(
            painter, self._picture, faces, area, face_painter, self._is_mirrored, self._is_blurred
        )
        if self.zoom.factor > 1:
            self._paint_factor(painter)
        painter.end()
        self._note_estimate()

    def _paint_factor(self, painter: QPainter) -> None:
        """Say how near it is, in the upper corner."""
        text = f"{decimal(self.zoom.factor)} ×"
        width = self.fontMetrics().horizontalAdvance(text) + 20
        pill = QRectF(self.width() - width - 12, 12, width, self.fontMetrics().height() + 8)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(PILL_COLOUR)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(TEXT_COLOUR)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)

    def _note_estimate(self) -> None:
        if self._has_painted_estimate or self._result is None:
            return
        if any(face.estimate is not None for face in self._result.faces):
            self._has_painted_estimate = True
            self.estimate_painted.emit()


def paint_faces(
    painter: QPainter,
    picture: QImage,
    faces: "Sequence[Face]",
    area: QRectF,
    face_painter: FacePainter,
    is_mirrored: bool,
    is_blurred: bool,
) -> None:
    """Draw `picture` into `area`, then the faces that were found in it."""
    to_view = area.width() / picture.width()
    painter.save()
    painter.translate(area.topLeft())
    if is_mirrored:
        painter.translate(area.width(), 0)
        painter.scale(-1, 1)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(0, 0, area.width(), area.height()), picture)
    if is_blurred:
        blur_faces(painter, picture, faces, to_view)
    painter.restore()
    shown = area & QRectF(painter.viewport())
    boxes = [view_box(face.box, area, to_view, is_mirrored) for face in faces]
    pairs = [(face, box) for face, box in zip(faces, boxes, strict=True) if box.intersects(shown)]
    painter.save()
    painter.setClipRect(area)
    face_painter.paint(
        painter,
        [face for face, _ in pairs],
        [box for _, box in pairs],
        shown.adjusted(4, 4, -4, -4),
    )
    painter.restore()


def view_box(box: "Box", area: QRectF, to_view: float, is_mirrored: bool) -> QRectF:
    """`box`, in px of the image, as it lies on the screen."""
    view = box.scaled(to_view)
    left = area.width() - view.right if is_mirrored else view.left
    return QRectF(area.left() + left, area.top() + view.top, view.width, view.height)
