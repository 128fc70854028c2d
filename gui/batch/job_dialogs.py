"""The dialogs about jobs: their list, a job's title, what it left out, export and learning."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from core.batch.row_filter import RowFilter
from core.batch.scan import SkippedFile
from core.batch.store import BatchStore
from gui.batch.export.export_dialog import ExportDialog
from gui.batch.jobs.batch_session import BatchSession
from gui.batch.jobs.job_reader import JobReader
from gui.batch.jobs.job_title import ask_title
from gui.batch.jobs.jobs_dialog import JobsDialog
from gui.batch.jobs.model_words import TitleOf
from gui.batch.jobs.skipped_dialog import SkippedDialog
from gui.batch.learning.learning_dialog import LearningDialog
from gui.core_parts import CoreParts


class JobDialogs(QObject):
    """Opens them for the open job, above its page.

    Args:
        read_filter: gives what the page shows now.
        title_of: gives the titles of models.

    Signals:
        job_chosen: carries the job that the user picked from the list.
        job_deleted: carries the id of one that is no more.
        list_closed: the user looked through the earlier jobs, and may have deleted some.
        model_learnt: a model was learnt from corrections, and may be installed now.
    """

    job_chosen = Signal(object)
    job_deleted = Signal(int)
    list_closed = Signal()
    model_learnt = Signal()

    def __init__(
        self,
        parts: CoreParts,
        session: BatchSession,
        reader: JobReader,
        read_filter: Callable[[], RowFilter],
        title_of: TitleOf,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._parts = parts
        self._session = session
        self._reader = reader
        self._read_filter = read_filter
        self._title_of = title_of
        self._page = page
        self.exporting: ExportDialog | None = None
        self.learning: LearningDialog | None = None

    def show_jobs(self) -> None:
        """List the earlier jobs."""
        dialog = JobsDialog(self._reader, self._title_of, self._page.window())
        dialog.job_chosen.connect(self.job_chosen)
        dialog.job_deleted.connect(self.job_deleted)
        dialog.job_renamed.connect(self._session.rename)
        dialog.finished.connect(self.list_closed)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def ask_title(self) -> None:
        """Ask what the open job is to be called."""
        job = self._session.job
        if job is not None:
            ask_title(job, self._reader, self._session.rename, self._page)

    def export(self) -> None:
        """Ask what to write of this job, and write it."""
        job = self._session.job
        if job is not None:
            if self.exporting is not None:
                self.exporting.deleteLater()
            path = self._reader.database_path
            self.exporting = ExportDialog(path, job, self._read_filter(), self._page.window())
            self.exporting.open()

    def learn(self) -> None:
        """Offer to learn from the corrections of this job."""
        job = self._session.job
        if job is not None:
            if self.learning is not None:
                self.learning.join()
                self.learning.deleteLater()
            path = self._reader.database_path
            self.learning = LearningDialog(self._parts, path, job, self._page.window())
            self.learning.run.learnt.connect(self.model_learnt)
            self.learning.open()

    def show_skipped(self) -> None:
        """List what was left out of the open job, and why."""
        job = self._session.job
        if job is not None:
            self._reader.ask(
                "skipped",
                lambda database: BatchStore(database).skipped(job.id),
                lambda skipped: self._list_skipped(skipped, job.roots),
            )

    def join(self) -> None:
        """Wait for what is written and learnt."""
        if self.exporting is not None:
            self.exporting.join()
        if self.learning is not None:
            self.learning.join()

    def _list_skipped(self, skipped: Sequence[SkippedFile], roots: Sequence[Path]) -> None:
        dialog = SkippedDialog(skipped, roots, self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
