"""The chosen row at the side: its photo with the faces, and the corrections of the chosen ones."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from core.batch.correction import correct_ages, correct_genders
from core.batch.database import Database
from core.batch.record import BoxBy, LabelledFace, LabelledPhoto, PhotoState
from core.batch.row_query import RowKey, labelled_photo, table_rows
from core.text import clock_text, one_line
from core.types import Gender
from gui.batch.elided_label import ElidedLabel
from gui.batch.grid.thumbnails import LoadPhoto
from gui.batch.jobs.job_reader import JobReader
from gui.batch.panel.correction_form import CorrectionForm
from gui.batch.panel.photo_preview import PhotoPreview
from gui.batch.table.row_text import other_text, reason_text, time_text
from gui.keyboard import PRESS_KEYS, keep_keys
from gui.language.translation import said, translate
from gui.plain_tip import plain_tip
from gui.theme import Theme

MIN_WIDTH_PX = 330
HINT_FROM_PX = 420
"""In a low panel, the photo needs the room more than the hint does, and the face's number, which
its row has; while a box is drawn in it, more than all words do."""


class FacePanel(QFrame):
    """Shows one row at a time and stores what is corrected in it, or in all chosen ones.

    Args:
        box_actions: what the buttons beside the photo's name do.

    Signals:
        face_clicked: carries the id of a face in the photo.
        corrected: faces were corrected; carries their ids.
        undo_wanted: the newest change of the job is to be taken back.
        changed: another row is shown, or other faces are chosen, or an age is typed.
    """

    face_clicked = Signal(int)
    corrected = Signal(object)
    undo_wanted = Signal()
    changed = Signal()

    def __init__(
        self,
        reader: JobReader,
        load_photo: LoadPhoto,
        theme: Theme,
        box_actions: Sequence[QAction] = (),
    ) -> None:
        super().__init__()
        self.setObjectName("facePanel")
        self._reader = reader
        self._key: RowKey | None = None
        self.preview = PhotoPreview(load_photo, theme)
        self.name_label = ElidedLabel("subheading")
        self.box_buttons = [_button(action) for action in box_actions]
        self.reason_label = QLabel()
        self.reason_label.setObjectName("muted")
        self.reason_label.setTextFormat(Qt.TextFormat.PlainText)
        self.reason_label.setWordWrap(True)
        self.form = CorrectionForm()
        self._has_number_alone = False
        self._words = QWidget()
        self._below = QWidget()
        self._lay_out()
        self.preview.face_clicked.connect(self.face_clicked)
        self.preview.editor.changed.connect(self._share_height)
        self.form.age_corrected.connect(self._correct_ages)
        self.form.gender_corrected.connect(self._correct_genders)
        self.form.undo_wanted.connect(self.undo)
        self.form.age.textChanged.connect(self.changed)
        self.preview.shown.connect(self.changed)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            enter = QShortcut(QKeySequence(key), self.preview)
            enter.setContext(Qt.ShortcutContext.WidgetShortcut)
            enter.activated.connect(self.form.take_focus)
        self.choose_faces(())
        self._show(None, None)

    @property
    def key(self) -> RowKey | None:
        """The key of the row that is shown; None for none."""
        return self._key

    @property
    def shows_photo(self) -> bool:
        """Whether the row is a photo's, not a face's."""
        return self._key is not None and self._key < 0

    def show_key(self, key: RowKey | None) -> None:
        """Show the row of a key; None for none."""
        self._key = key
        if key not in self.form.face_ids:
            self.choose_faces(() if key is None or key < 0 else (key,))
        self.refresh()

    def choose_faces(self, face_ids: Sequence[int]) -> None:
        """Corrections are of all these faces from now on, one of which is shown."""
        self.form.choose(face_ids)
        self._share_height()
        self.changed.emit()

    def refresh(self) -> None:
        """Read the row again."""
        key = self._key
        if key is None:
            self._reader.ask("preview", lambda _: None, lambda _: self._show(None, None))
        else:
            self._reader.ask(
                "preview",
                lambda database: _photo_of(database, key),
                lambda photo: self._show(photo, key),
            )

    def undo(self) -> None:
        """Forget what is typed but not taken; else have the newest change taken back."""
        if self.form.is_typed_in:
            self.form.age.revert()
        else:
            self.undo_wanted.emit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        least_px = max(MIN_WIDTH_PX, self.form.least_width_px)
        return super().minimumSizeHint().expandedTo(QSize(least_px, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._share_height()

    def close_pictures(self) -> None:
        """End the thread of the preview."""
        self.preview.close_pictures()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.preview, 1)
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        heading = QHBoxLayout()
        heading.setContentsMargins(16, 8, 12, 0)
        heading.setSpacing(2)
        heading.addWidget(self.name_label, 1)
        for button in self.box_buttons:
            heading.addWidget(button)
        below.addLayout(heading)
        words = QVBoxLayout(self._words)
        words.setContentsMargins(16, 2, 16, 8)  # the label's own get lost when the colours change
        words.addWidget(self.reason_label)
        below.addWidget(self._words)
        column.addWidget(self._below)
        column.addWidget(self.form)

    def _share_height(self) -> None:
        """Between the photo and the words below it."""
        is_low = self.height() < HINT_FROM_PX
        is_drawn_in = is_low and self.preview.editor.is_active and self.preview.editor.is_new
        self.form.hint_label.setVisible(not is_low)
        has_words = bool(self.reason_label.text())
        self._words.setVisible(has_words and not (is_low and self._has_number_alone))
        self.form.setVisible(bool(self.form.face_ids) and not is_drawn_in)
        self._below.setVisible(bool(self.name_label.text()) and not is_drawn_in)

    def _show(self, photo: LabelledPhoto | None, key: RowKey | None) -> None:
        face = None if photo is None else _face_of(photo, key)
        self.preview.show_photo(photo, None if face is None else face.id)
        if face is not None:
            self.form.show_face(face)
        name = "" if photo is None else one_line(photo.path.name)
        self.name_label.setText(name)
        self.name_label.setToolTip("" if photo is None else plain_tip(str(photo.path)))
        words = "" if photo is None else _words(photo, face)
        self.reason_label.setText(words)
        self._has_number_alone = (
            photo is not None and face is not None and words == _number_words(photo, face)
        )
        has_picture = photo is not None and photo.facts.error is None
        for button in self.box_buttons:
            button.setVisible(has_picture)
        self._share_height()

    def _correct_ages(self, face_ids: Sequence[int], age_years: float | None) -> None:
        self._reader.write(
            lambda database: correct_ages(database, face_ids, age_years),
            lambda _: self.corrected.emit(face_ids),
        )

    def _correct_genders(self, face_ids: Sequence[int], gender: Gender | None) -> None:
        self._reader.write(
            lambda database: correct_genders(database, face_ids, gender),
            lambda _: self.corrected.emit(face_ids),
        )


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setAccessibleName(action.text().replace("&", ""))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    keep_keys(button, PRESS_KEYS)
    return button


def _photo_of(database: Database, key: RowKey) -> LabelledPhoto | None:
    if key < 0:
        return labelled_photo(database, -key)
    rows = table_rows(database, (key,))
    return labelled_photo(database, rows[0].facts.id) if rows else None


def _face_of(photo: LabelledPhoto, key: RowKey | None) -> LabelledFace | None:
    return next((face for face in photo.faces if face.id == key), None)


def _number_words(photo: LabelledPhoto, face: LabelledFace) -> str:
    by_hand = translate("FacePanel", "Face {number} of {count} · its box is by hand")
    plain = translate("FacePanel", "Face {number} of {count}")
    text = by_hand if face.box_by is BoxBy.HAND else plain
    return text.format(number=face.number, count=len(photo.faces))


def _words(photo: LabelledPhoto, face: LabelledFace | None) -> str:
    if photo.facts.error is not None:
        return reason_text(photo.path, photo.facts.error)
    if face is not None:
        words = _number_words(photo, face)
        if other := other_text(face).lower():
            beside = translate("FacePanel", "{face} · the other model: {words}")
            words = beside.format(face=words, words=other.replace(" %", "\u00a0%"))
        if face.span is None:
            return words
        seen = translate("FacePanel", "{face} · seen {time}, best at {frame}")
        frame = clock_text(face.span.frame_s)
        return seen.format(face=words, time=time_text(face), frame=frame)
    if photo.facts.state is PhotoState.WAITING:
        return translate("FacePanel", "Waiting")
    if not photo.faces:
        words = translate("FacePanel", "No face was found.")
        return f"{words} {said(photo.facts.note)}" if photo.facts.note else words
    return ""
