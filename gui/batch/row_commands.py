"""What can be done with the chosen rows besides correcting them: copied, opened, left out."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from core.batch.database import Database
from core.batch.export.csv_file import columns, rows_of
from core.batch.leaving_out import photos_of_faces
from core.batch.record import LabelledPhoto
from core.batch.row_query import RowKey, table_rows
from gui.batch.change_history import ChangeHistory
from gui.batch.jobs.job_reader import JobReader
from gui.messages.message_box import make_message_box
from gui.picture.picture_keeper import open_folder

MAX_COPIED = 10_000


class RowCommands(QObject):
    """Asks the store about the rows, and acts.

    Args:
        history: takes photos out, and back again.
        chosen: gives the keys of the rows that are chosen now.
        window: below which questions are asked.

    Signals:
        open_wanted: carries the path of a photo to be looked at by itself.
    """

    open_wanted = Signal(object)

    def __init__(
        self,
        reader: JobReader,
        history: ChangeHistory,
        chosen: Callable[[], Sequence[RowKey]],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._reader = reader
        self._history = history
        self._chosen = chosen
        self._window = window

    def copy_rows(self) -> None:
        """Put the chosen rows onto the clipboard, as a spreadsheet takes them."""
        keys = self._chosen()[:MAX_COPIED]
        if keys:
            self._reader.ask("copied rows", partial(_as_table, keys=keys), _put_on_clipboard)

    def open_full_size(self) -> None:
        """Look at the photo of the first chosen row by itself."""
        self._with_path(self.open_wanted.emit)

    def show_in_folder(self) -> None:
        """Open the folder of the first chosen row's photo."""
        self._with_path(lambda path: open_folder(path.parent))

    def leave_out(self) -> None:
        """Ask whether the photos of the chosen rows are to be left out, and take them out."""
        keys = self._chosen()
        if keys:
            self._reader.ask("photos to leave out", partial(_photos, keys=keys), self._ask)

    def _with_path(self, act: Callable[[Path], object]) -> None:
        keys = self._chosen()[:1]

        def act_on(paths: Sequence[Path]) -> None:
            if paths:
                act(paths[0])

        if keys:
            self._reader.ask("path of a row", partial(_paths, keys=keys), act_on)

    def _ask(self, photo_ids: Sequence[int]) -> None:
        question = make_message_box(self._window, self.tr("Leave out?"))
        question.setIcon(QMessageBox.Icon.Question)
        question.setTextFormat(Qt.TextFormat.PlainText)
        text = self.tr("Leave %Ln file(s) out of this batch?", "", len(photo_ids))
        question.setText(text)
        question.setInformativeText(
            self.tr(
                "Ages, genders and corrections are forgotten. Nothing is deleted from the disk."
            )
        )
        agree = question.addButton(self.tr("Leave out"), QMessageBox.ButtonRole.DestructiveRole)
        keep = question.addButton(self.tr("Keep"), QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(keep)
        agree.clicked.connect(lambda: self._history.leave_out(photo_ids))
        question.open()


def _paths(database: Database, keys: Sequence[RowKey]) -> list[Path]:
    return [row.facts.path for row in table_rows(database, keys)]


def _photos(database: Database, keys: Sequence[RowKey]) -> tuple[int, ...]:
    of_faces = photos_of_faces(database, [key for key in keys if key > 0])
    return (*of_faces, *(-key for key in keys if key < 0))


def _as_table(database: Database, keys: Sequence[RowKey]) -> str:
    """The columns of the CSV, parted by tabs."""
    rows = table_rows(database, keys)
    is_compared = any(row.face is not None and row.face.face.other is not None for row in rows)
    lines = ["\t".join(columns(is_compared=is_compared))]
    for row in rows:
        photo = LabelledPhoto(row.facts, () if row.face is None else (row.face,))
        fields_of_row = rows_of(str(row.facts.path), photo, is_compared=is_compared)
        lines += ["\t".join(map(_cell_text, fields)) for fields in fields_of_row]
    return "\n".join(lines) + "\n"


def _cell_text(field: str) -> str:
    """Whatever a file is called: neither another cell nor another row."""
    return " ".join(field.replace("\t", "\n").splitlines())


def _put_on_clipboard(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
