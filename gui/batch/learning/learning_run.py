"""Learns from a batch's corrections, or measures how it fits, in a thread."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.errors import VisageError
from gui.background import BackgroundCall
from gui.core_parts import CoreParts

if TYPE_CHECKING:
    from core.adapting.folder_fit import FolderFit
    from core.adapting.learning import Learnt


class LearningRun(QObject):
    """One thing at a time.

    Signals:
        progressed: how many faces are done, and how many there are.
        learnt: a `Learnt`.
        measured: a `FolderFit`.
        stopped: it was stopped before its end; whether what was read is kept.
        failed: the sentence that says why it came to nothing.
    """

    progressed = Signal(int, int)
    learnt = Signal(object)
    measured = Signal(object)
    stopped = Signal(bool)
    failed = Signal(str)

    def __init__(self, parts: CoreParts, path: Path, job_id: int, parent: QObject) -> None:
        super().__init__(parent)
        self.is_active = False
        self._parts = parts
        self._path = path
        self._job_id = job_id
        self._is_stopped = Event()
        self._work: Callable[[], Learnt | FolderFit | None] = self._measure
        self._name = ""
        self._call: BackgroundCall[Learnt | FolderFit | str | None] = BackgroundCall(
            self._run, self
        )
        self._call.done.connect(self._tell)

    def learn(self, name: str) -> None:
        """Learn, and install what is better under this name."""
        self._name = name
        self._start(self._learn)

    def measure(self) -> None:
        """Measure how the batch's pictures and ranges fit what the model learnt from."""
        self._start(self._measure)

    def stop(self) -> None:
        """End it; of learning, what was read is kept."""
        self._is_stopped.set()

    def join(self) -> None:
        """Wait for the thread."""
        self._call.join()

    def _start(self, work: "Callable[[], Learnt | FolderFit | None]") -> None:
        if not self.is_active:
            self._work = work
            self.is_active = True
            self._is_stopped.clear()
            self._call.join()
            self._call.start()

    def _learn(self) -> "Learnt | None":
        return self._parts.learn(
            self._path, self._job_id, self._name, self.progressed.emit, self._is_stopped.is_set
        )

    def _measure(self) -> "FolderFit | None":
        return self._parts.measure_folder(
            self._path, self._job_id, self.progressed.emit, self._is_stopped.is_set
        )

    def _run(self) -> "Learnt | FolderFit | str | None":
        try:
            return self._work()
        except VisageError as error:
            return str(error)

    def _tell(self, answer: "Learnt | FolderFit | str | None") -> None:
        self.is_active = False
        if answer is None:
            self.stopped.emit(self._work == self._learn)
        elif isinstance(answer, str):
            self.failed.emit(answer)
        elif self._work == self._learn:
            self.learnt.emit(answer)
        else:
            self.measured.emit(answer)
