"""One photo with its faces, the chosen one pointed out."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.batch.record import LabelledFace, LabelledPhoto
from core.types import Face
from gui.batch.grid.thumbnails import LoadPhoto, ThumbnailCache, file_facts
from gui.picture.box_editor import BoxEditor
from gui.picture.box_painter import paint_box
from gui.picture.face_painter import FacePainter
from gui.picture.frame_canvas import view_box
from gui.picture.zoom import Zoom
from gui.theme import Theme

PREVIEW_PX = 2400
MAX_PREVIEWS = 5
PLAIN_HEIGHT_PX = 720
"""In a picture of this height, lines and letters are as large as on the screen."""
WORDS_FROM_PX = 160
"""In a lower one, the words beside a face would cover it; they stand below, too."""

CLICK_PX = 5
"""A press that moves farther moves the picture, and chooses no face."""


class PhotoPreview(QWidget):
    """Decodes in a thread; meanwhile the words say what comes. It can be zoomed into.

    What has the focus there walks from face to face by the arrows, and `editor` draws boxes.

    Signals:
        face_clicked: carries the id of a face.
        left: Esc was pressed.
        shown: another photo or face is, or its picture came.
    """

    face_clicked = Signal(int)
    left = Signal()
    shown = Signal()

    def __init__(self, load_photo: LoadPhoto, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pictures = ThumbnailCache(load_photo, self, MAX_PREVIEWS)
        self._pictures.ready.connect(self._show_ready)
        self._photo: LabelledPhoto | None = None
        self._face_id: int | None = None
        self._picture: QImage | None = None
        self._pressed_at: QPointF | None = None
        self.zoom = Zoom(self)
        self.editor = BoxEditor(self, self.zoom)
        self.editor.left.connect(self.left)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(48)
        self.setAccessibleName(self.tr("The chosen photo with its faces"))

    @property
    def has_picture(self) -> bool:
        """Whether the photo is on the screen."""
        return self._picture is not None and not self._picture.isNull()

    @property
    def photo(self) -> LabelledPhoto | None:
        """What is shown, or comes; None for nothing."""
        return self._photo

    @property
    def face(self) -> LabelledFace | None:
        """The face that is pointed out; None for none."""
        faces = () if self._photo is None else self._photo.faces
        return next((face for face in faces if face.id == self._face_id), None)

    def show_photo(self, photo: LabelledPhoto | None, face_id: int | None = None) -> None:
        """Show another photo, or none, and point out one of its faces.

        Of a video, the frame that stands for this face.
        """
        photo = None if photo is None else photo.picture_of(face_id)
        before = self._photo
        if photo is None or before is None or photo.facts != before.facts:
            self.editor.end()
        if photo is None or before is None or file_facts(photo.facts) != file_facts(before.facts):
            self.zoom.fit()
        self._photo = photo
        self._face_id = face_id
        self._picture = None
        if photo is not None:
            self._picture = self._pictures.picture(photo.facts.id, photo.facts, None, PREVIEW_PX)
        self.zoom.set_picture_size(QSize() if self._picture is None else self._picture.size())
        self._offer_box()
        self.update()
        self.shown.emit()

    def drawn(self) -> QImage | None:
        """The photo with all of its faces drawn in, for the clipboard; None while there is none."""
        photo, picture = self._photo, self._picture
        if photo is None or picture is None or picture.isNull():
            return None
        drawn = picture.convertToFormat(QImage.Format.Format_RGB32)
        area = QRectF(drawn.rect())
        to_view = area.width() / photo.facts.width_px
        faces = [face.shown for face in photo.faces]
        boxes = [view_box(face.box, area, to_view, False) for face in faces]
        scale = max(1.0, drawn.height() / PLAIN_HEIGHT_PX)
        font = QFont(self.font())
        font.setPixelSize(round(15 * scale))
        painter = QPainter(drawn)
        FacePainter(font, scale).paint(painter, faces, boxes, area)
        painter.end()
        return drawn

    def close_pictures(self) -> None:
        """End the thread."""
        self._pictures.close()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(360, 300)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.colours.stage))
        if self._photo is None or self._picture is None or self._picture.isNull():
            painter.setPen(QColor(self._theme.colours.muted_text))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(24, 4, -24, -4), flags, self._words())
        else:
            self._paint_photo(painter, self._picture, self._photo.faces)
            accent = QColor(self._theme.colours.accent)
            paint_box(painter, self.editor, accent, QRectF(self.rect()), self._hint())
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The arrows choose a face at the side, Esc leaves; all else is for the page."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif step is not None and self._photo is not None and self._photo.faces:
            ids = [face.id for face in self._photo.faces]
            here = ids.index(self._face_id) if self._face_id in ids else min(-step, 0)
            self.face_clicked.emit(ids[(here + step) % len(ids)])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._pressed_at = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click on a face chooses it; the smallest one where they overlap."""
        pressed_at, self._pressed_at = self._pressed_at, None
        if pressed_at is None or (event.position() - pressed_at).manhattanLength() > CLICK_PX:
            return
        hit = [face for face, box in self._boxes() if box.contains(event.position())]
        if hit:
            self.face_clicked.emit(min(hit, key=lambda face: face.face.box.area).id)

    def _offer_box(self) -> None:
        """Only what is on the screen can be drawn in."""
        size, face = QSize(), self.face
        if self._photo is not None and self.has_picture:
            size = QSize(self._photo.facts.width_px, self._photo.facts.height_px)
        self.editor.offer(size, None if face is None else face.face.box)

    def _hint(self) -> str:
        if self.editor.is_waiting:
            return self.tr("Estimating…")
        keys = self.tr("Arrows move it, Shift and arrows resize it, Enter takes it, Esc leaves it.")
        drag = self.tr("Drag a box around the face.")
        return f"{drag} {keys}" if self.editor.is_new else keys

    def _words(self) -> str:
        if self._photo is None:
            return self.tr("Choose a row to see its photo.")
        if self._picture is None:
            return self.tr("Opening the photo…")
        if self._photo.facts.error is not None:
            return self.tr("There is no picture to show.")
        return self.tr(
            "The photo cannot be shown as it was labelled. Was it moved, deleted or changed?"
        )

    def _paint_photo(
        self, painter: QPainter, picture: QImage, labelled: Sequence[LabelledFace]
    ) -> None:
        area = self.zoom.area
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(area, picture)
        boxes = [box for _, box in self._boxes()]
        faces = [self._face_to_paint(one) for one in labelled]
        shown = area & QRectF(self.rect())
        painter.setClipRect(shown)
        FacePainter(self.font()).paint(painter, faces, boxes, shown.adjusted(4, 4, -4, -4))
        for face, box in self._boxes():
            if face.id == self._face_id:
                self._point_out(painter, box)

    def _face_to_paint(self, labelled: LabelledFace) -> Face:
        """Only the chosen face has its words, as soon as one is chosen."""
        if self._face_id in (None, labelled.id) and self.height() >= WORDS_FROM_PX:
            return labelled.shown
        return replace(labelled.shown, estimate=None)

    def _point_out(self, painter: QPainter, box: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.colours.accent), 3))
        painter.drawRoundedRect(box.adjusted(-5, -5, 5, 5), 8, 8)

    def _boxes(self) -> list[tuple[LabelledFace, QRectF]]:
        photo, picture = self._photo, self._picture
        if photo is None or picture is None or picture.isNull() or not photo.facts.width_px:
            return []
        area = self.zoom.area
        to_view = area.width() / photo.facts.width_px
        return [(face, view_box(face.face.box, area, to_view, False)) for face in photo.faces]

    def _show_ready(self, photo_id: int) -> None:
        if self._photo is not None and self._photo.facts.id == photo_id:
            self.show_photo(self._photo, self._face_id)
