"""One export in a thread of its own."""

from pathlib import Path
from threading import Event, Thread
from time import monotonic

from PySide6.QtCore import QObject, Signal

from core.batch.database import Database
from core.batch.export.export_task import ExportTask, run_export
from core.batch.export.report import ExportReport
from core.errors import VisageError
from gui.language.translation import said
from gui.language.words import bug_sentence

TELL_EVERY_S = 0.05


class ExportRun(QObject):
    """Writes from start to end, or until it is stopped.

    Signals:
        progressed: how many photos were begun.
        ended: the last thing that it says; carries what went wrong, or None. `report` is complete.
    """

    progressed = Signal(int)
    ended = Signal(object)

    def __init__(self, database_path: Path, task: ExportTask, parent: QObject) -> None:
        super().__init__(parent)
        self.task = task
        self.report = ExportReport()
        self._database_path = database_path
        self._stop = Event()
        self._told_s = 0.0
        self._thread = Thread(target=self._run, name="export")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ask it to end after the photo at hand; returns at once."""
        self._stop.set()

    def join(self) -> None:
        """Wait for the thread."""
        self._thread.join()

    def _run(self) -> None:
        trouble: str | None = bug_sentence()
        try:
            with Database(self._database_path) as database:
                run_export(database, self.task, self.report, self._tell, self._stop.is_set)
            trouble = None
        except VisageError as error:
            trouble = said(str(error))
        finally:
            self.ended.emit(trouble)

    def _tell(self, photo_count: int) -> None:
        """Not so often that the window has nothing else to do."""
        now_s = monotonic()
        if now_s - self._told_s >= TELL_EVERY_S:
            self._told_s = now_s
            self.progressed.emit(photo_count)
