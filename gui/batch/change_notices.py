"""What was changed by hand is pointed out where it was done, with Undo where there is one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from core.batch.leaving_out import LeftOut
from core.batch.row_query import RowKey
from gui.batch.panel.box_commands import BoxCommands
from gui.batch.panel.face_panel import FacePanel
from gui.batch.row_commands import RowCommands
from gui.batch.shared_choice import SharedChoice
from gui.messages.message_strip import MessageStrip


class ChangeNotices(QObject):
    """Follows corrections, boxes, and what is left out.

    Signals:
        faces_changed: a face says something else now.
        rows_changed: there may be other rows, too.
    """

    faces_changed = Signal()
    rows_changed = Signal()

    def __init__(
        self,
        strip: MessageStrip,
        choice: SharedChoice,
        panel: FacePanel,
        boxes: BoxCommands,
        commands: RowCommands,
    ) -> None:
        super().__init__(strip)
        self._strip = strip
        self._choice = choice
        self._panel = panel
        self._commands = commands
        panel.corrected.connect(self._tell_corrected)
        panel.undone.connect(self._tell_changed)
        panel.nothing_to_undo.connect(
            lambda: strip.show_notice(self.tr("There is no correction left to take back."))
        )
        boxes.changed.connect(self._tell_changed)
        boxes.told.connect(lambda words: strip.show_notice(words, (self.tr("Undo"), panel.undo)))
        boxes.failed.connect(strip.show_trouble)
        commands.left_out.connect(self._tell_left_out)
        commands.was_put_back.connect(partial(self._tell_changed, None))

    def copy_picture(self) -> None:
        """Put the photo at the side with its faces onto the clipboard."""
        picture = self._panel.preview.drawn()
        if picture is not None:
            QGuiApplication.clipboard().setImage(picture)
            self._strip.show_notice(self.tr("The photo with its faces is on the clipboard."))

    def _tell_corrected(self, _face_ids: Sequence[int]) -> None:
        self._strip.clear()
        self.faces_changed.emit()

    def _tell_changed(self, key: RowKey | None) -> None:
        """Nothing changes out of sight."""
        self._strip.clear()
        if key is not None:
            self._choice.choose_key(key)
        self.rows_changed.emit()

    def _tell_left_out(self, left_out: LeftOut) -> None:
        self.rows_changed.emit()
        text = self.tr(
            "%Ln file(s) left out. The list of what was left out names them.",
            "",
            left_out.photo_count,
        )
        undo = self.tr("Undo"), partial(self._commands.put_back, left_out)
        self._strip.show_notice(text, undo)
