"""What was changed by hand is pointed out where it was done, with Undo where there is one."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from core.batch.row_query import RowKey
from gui.batch.change_history import ChangeHistory
from gui.batch.panel.box_commands import BoxCommands
from gui.batch.panel.face_panel import FacePanel
from gui.batch.shared_choice import SharedChoice
from gui.messages.message_strip import MessageStrip


class ChangeNotices(QObject):
    """Follows corrections, boxes, and what is left out.

    Signals:
        faces_changed: faces say something else now; carries their ids.
        rows_changed: there may be other rows, too; carries the keys of those that are pointed out.
    """

    faces_changed = Signal(object)
    rows_changed = Signal(object)

    def __init__(
        self,
        strip: MessageStrip,
        choice: SharedChoice,
        panel: FacePanel,
        boxes: BoxCommands,
        history: ChangeHistory,
    ) -> None:
        super().__init__(strip)
        self._strip = strip
        self._choice = choice
        self._panel = panel
        self._history = history
        self._refusal = ""
        panel.form.age_corrected.connect(history.note)
        panel.form.gender_corrected.connect(history.note)
        panel.corrected.connect(self._tell_corrected)
        panel.undo_wanted.connect(history.undo)
        boxes.changed.connect(history.note)
        boxes.changed.connect(self._tell_changed)
        boxes.told.connect(self._tell_with_undo)
        boxes.failed.connect(self._tell_failure)
        panel.preview.editor.changed.connect(self._forget_refusal)
        history.undone.connect(self._tell_changed)
        history.left_out.connect(self._tell_left_out)

    def copy_picture(self) -> None:
        """Put the photo at the side with its faces onto the clipboard."""
        picture = self._panel.preview.drawn()
        if picture is not None:
            QGuiApplication.clipboard().setImage(picture)
            self._strip.show_notice(self.tr("The photo with its faces is on the clipboard."))

    def _tell_corrected(self, face_ids: Sequence[int]) -> None:
        self._strip.clear()
        self.faces_changed.emit(face_ids)

    def _tell_changed(self, key: RowKey | None) -> None:
        """Nothing changes out of sight."""
        self._strip.clear()
        if key is not None:
            self._choice.choose_key(key)
        self.rows_changed.emit(() if key is None else (key,))

    def _tell_failure(self, sentence: str) -> None:
        self._refusal = sentence if self._panel.preview.editor.is_active else ""
        self._strip.show_trouble(sentence)

    def _forget_refusal(self) -> None:
        """Nothing is said of a box any more that is not drawn any more."""
        if self._refusal and not self._panel.preview.editor.is_active:
            if self._strip.text == self._refusal:
                self._strip.clear()
            self._refusal = ""

    def _tell_left_out(self, count: int) -> None:
        self._choice.follow()
        self.rows_changed.emit(())
        text = self.tr("%Ln file(s) left out. The list of what was left out names them.", "", count)
        self._tell_with_undo(text)

    def _tell_with_undo(self, words: str) -> None:
        self._strip.show_notice(words, (self.tr("Undo"), self._history.undo))
