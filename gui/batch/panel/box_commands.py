"""Boxes by hand: faces of the previewed photo are added, deleted and redrawn, and stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median

from PySide6.QtCore import QObject, Signal

from core.batch.box_correction import (
    MIN_SIDE_PX,
    add_face,
    bring_back_faces,
    check_box,
    redraw_face,
    remove_faces,
)
from core.batch.database import Database
from core.batch.record import LabelledPhoto, PhotoFacts
from core.batch.row_query import RowKey, first_key
from core.batch.store import BatchStore
from core.errors import BoxError
from core.types import Box
from gui.batch.jobs.job_reader import JobReader
from gui.batch.panel.face_drawing import FaceDrawing, MakeFaceDrawer
from gui.batch.panel.photo_preview import PhotoPreview
from gui.language.translation import said


@dataclass(frozen=True, slots=True)
class _Request:
    """A box that was drawn: of a face, or of one that was missed."""

    facts: PhotoFacts
    face_id: int | None


class BoxCommands(QObject):
    """What can be done with the faces of the photo in a preview, besides correcting them.

    Signals:
        changed: there are other faces; carries the key of the row to point out, or None.
        told: what was done; carries the sentence.
        failed: nothing was changed; carries the sentence.
    """

    changed = Signal(object)
    told = Signal(str)
    failed = Signal(str)

    def __init__(
        self, preview: PhotoPreview, reader: JobReader, make_drawer: MakeFaceDrawer
    ) -> None:
        super().__init__(preview)
        self._preview = preview
        self._editor = preview.editor
        self._reader = reader
        self._drawing = FaceDrawing(make_drawer, self)
        self._job_id: int | None = None
        self._editor.taken.connect(self._take)
        self._editor.removal_wanted.connect(self._remove_shown)
        self._drawing.done.connect(self._store)
        reader.failed.connect(self._editor.end)

    def show_job(self, job_id: int | None) -> None:
        """The photos are of this job from now on."""
        if job_id != self._job_id:
            self._job_id = job_id
            self._drawing.release()

    def add(self) -> None:
        """Let a missed face be drawn; faces of one photo are often as large as each other."""
        faces = () if self._preview.photo is None else self._preview.photo.faces
        sides = [max(face.face.box.width, face.face.box.height) for face in faces]
        self._editor.begin_new(median(sides) if sides else None, MIN_SIDE_PX)

    def redraw(self) -> None:
        """Let the box of the shown face be changed."""
        self._editor.begin_redrawing()

    def remove(self, face_ids: Sequence[int]) -> None:
        """Delete faces that are none."""
        if face_ids:
            self._reader.write(
                partial(_remove, face_ids=face_ids),
                lambda key: self._tell_removed(len(face_ids), key),
            )

    def bring_back(self) -> None:
        """Show the deleted faces of the photo again."""
        photo = self._preview.photo
        if photo is not None:
            photo_id = photo.facts.id
            self._reader.write(
                lambda database: bring_back_faces(database, [photo_id]), self._tell_back
            )

    def join(self) -> None:
        """Wait for the thread."""
        self._drawing.join()

    def _remove_shown(self) -> None:
        face = self._preview.face
        if face is not None:
            self.remove([face.id])

    def _take(self, box: Box) -> None:
        """What can be no face is told at once; the rest is estimated."""
        photo, job_id = self._preview.photo, self._job_id
        face = None if self._editor.is_new else self._preview.face
        if photo is None or job_id is None:
            self._editor.end()
            return
        request = _Request(photo.facts, None if face is None else face.id)
        try:
            check_box(box, photo.facts.width_px, photo.facts.height_px, _others(photo, request))
        except BoxError as error:
            self._refuse(said(str(error)))
            return
        self._reader.ask(
            "recipe",
            lambda database: BatchStore(database).job(job_id).recipe,
            lambda recipe: self._drawing.draw(request, recipe, request.facts, box),
        )

    def _store(self, request: _Request, answer: object) -> None:
        if isinstance(answer, str):
            self._refuse(answer)
            return
        assert isinstance(answer, tuple)
        face_id = request.face_id
        change = (
            partial(add_face, photo_id=request.facts.id)
            if face_id is None
            else partial(redraw_face, face_id=face_id)
        )
        detection, face = answer
        self._reader.write(
            lambda database: change(database, detection=detection, face=face),
            lambda new_id: self._tell_drawn(request, new_id),
        )

    def _tell_drawn(self, request: _Request, face_id: int) -> None:
        photo = self._preview.photo
        if photo is not None and photo.facts.id == request.facts.id:
            self._editor.end()
            self.changed.emit(face_id)
        else:
            self.changed.emit(None)

    def _tell_removed(self, count: int, key: RowKey) -> None:
        self.changed.emit(key)
        self.told.emit(self.tr("%Ln face(s) were deleted.", "", count))

    def _tell_back(self, face_ids: Sequence[int]) -> None:
        if face_ids:
            self.changed.emit(face_ids[-1])
            self.told.emit(self.tr("%Ln deleted face(s) are back.", "", len(face_ids)))
        else:
            self.failed.emit(self.tr("No face of this photo was deleted."))

    def _refuse(self, sentence: str) -> None:
        self._editor.resume()
        self.failed.emit(sentence)


def _others(photo: LabelledPhoto, request: _Request) -> list[Box]:
    return [face.face.box for face in photo.faces if face.id != request.face_id]


def _remove(database: Database, face_ids: Sequence[int]) -> RowKey:
    """Delete faces; the key of a row of their photo."""
    return first_key(database, remove_faces(database, face_ids)[0])
