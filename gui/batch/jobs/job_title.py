"""Asks what a job is to be called."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QWidget

from core.batch.record import Job
from core.batch.store import BatchStore
from core.text import is_blank, one_line
from gui.batch.jobs.job_reader import JobReader
from gui.language.translation import translate

MAX_LETTERS = 200
WIDTH_PX = 400
"""A title is a sentence, rather than a word."""


def ask_title(job: Job, reader: JobReader, then: Callable[[Job], None], parent: QWidget) -> None:
    """Rename a job if the user wants; `then` gets it with its new name."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(translate("JobTitle", "Rename the batch"))
    dialog.setLabelText(translate("JobTitle", "Name of the batch"))
    dialog.setTextValue(one_line(job.title))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def rename(text: str) -> None:
        title = one_line(text.strip())[:MAX_LETTERS]
        if not is_blank(title):
            reader.write(lambda database: BatchStore(database).rename_job(job.id, title), then)

    dialog.resize(WIDTH_PX, dialog.sizeHint().height())
    dialog.textValueSelected.connect(rename)
    dialog.open()
