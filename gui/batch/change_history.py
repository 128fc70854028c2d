"""What was changed by hand, of whichever kind, is taken back one by one, the newest first."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.batch.correction import newest_correction, undo_correction
from core.batch.database import Database
from core.batch.leaving_out import LeftOut, leave_out, put_back
from core.batch.row_query import RowKey, first_key
from gui.batch.jobs.job_reader import JobReader

_LEFT_OUT: defaultdict[tuple[Path, int], list[LeftOut]] = defaultdict(list)
"""What was left out of each store's jobs, the newest last. It is touched in a reader's thread
alone, as the store is, and outlives the window, which is made anew in another language."""


class ChangeHistory(QObject):
    """The one history of a job's changes.

    Corrections and boxes lie in the store; what was left out is kept until Visage is closed.

    Signals:
        left_out: photos were taken out of the job; carries how many.
        undone: a change was taken back; carries the key of a row in which it was.
        changed: there may be something to take back now, or nothing any more.
    """

    left_out = Signal(int)
    undone = Signal(object)
    changed = Signal()

    def __init__(self, reader: JobReader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._job_id: int | None = None
        self._can_undo = False

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return self._can_undo

    def show_job(self, job_id: int | None) -> None:
        """Changes are of this job from now on."""
        self._job_id = job_id
        self._know(False)
        self._look()

    def note(self) -> None:
        """Something is being changed, and can be taken back."""
        self._know(True)
        self._look()

    def leave_out(self, photo_ids: Sequence[int]) -> None:
        """Take photos out of the job."""
        job_id = self._job_id
        if job_id is None:
            return

        def change(database: Database) -> int:
            left_out = leave_out(database, job_id, photo_ids)
            self._left_out_of(job_id).append(left_out)
            return len(left_out.photo_ids)

        self._reader.write(change, self.left_out.emit)
        self.note()

    def undo(self) -> None:
        """Take the newest change back."""
        job_id = self._job_id
        if job_id is not None:
            self._reader.write(lambda database: self._take_back(database, job_id), self._tell)
            self._look()

    def _left_out_of(self, job_id: int) -> list[LeftOut]:
        return _LEFT_OUT[self._reader.database_path, job_id]

    def _take_back(self, database: Database, job_id: int) -> RowKey | None:
        left_out = self._left_out_of(job_id)
        if not left_out or newest_correction(database, job_id) > left_out[-1].newest_correction:
            return undo_correction(database, job_id)
        newest = left_out.pop()
        put_back(database, newest)
        return first_key(database, newest.photo_ids[0])

    def _tell(self, key: RowKey | None) -> None:
        if key is not None:
            self.undone.emit(key)

    def _look(self) -> None:
        job_id = self._job_id
        if job_id is not None:
            self._reader.ask(
                "changes",
                lambda database: (
                    bool(self._left_out_of(job_id)) or newest_correction(database, job_id) > 0
                ),
                self._know,
            )

    def _know(self, can_undo: bool) -> None:
        if can_undo != self._can_undo:
            self._can_undo = can_undo
            self.changed.emit()
