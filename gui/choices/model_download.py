"""Gets a model from the Hub, in a thread."""

from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.errors import VisageError
from gui.background import BackgroundCall
from gui.core_parts import CoreParts

if TYPE_CHECKING:
    from core.estimation.model_folder import ModelFolder

BYTES_PER_MB = 1e6


class ModelDownload(QObject):
    """One download at a time.

    Signals:
        progressed: megabytes that came, and those that will in all.
        done: the ModelCard of a model that is installed now.
        failed: the sentence that says why there is none.
        ended: another one may begin.
    """

    progressed = Signal(float, float)
    done = Signal(object)
    failed = Signal(str)
    ended = Signal()

    def __init__(self, parts: CoreParts, parent: QObject) -> None:
        super().__init__(parent)
        self.is_active = False
        self._pull = parts.pull_model
        self._repo = ""
        self._is_stopped = Event()
        self._call: BackgroundCall[ModelFolder | str] = BackgroundCall(self._get, self)
        self._call.done.connect(self._tell)

    def start(self, repo: str) -> None:
        """Get the model that lies at USER/NAME on the Hub."""
        if not self.is_active:
            self._repo = repo
            self._is_stopped.clear()
            self.is_active = True
            self._call.join()
            self._call.start()

    def stop(self) -> None:
        """End it; nothing of it is kept."""
        self._is_stopped.set()

    def join(self) -> None:
        """Wait for the thread."""
        self._call.join()

    def _get(self) -> "ModelFolder | str":
        try:
            return self._pull(self._repo, self._show_progress, self._is_stopped.is_set)
        except VisageError as error:
            return str(error)

    def _show_progress(self, came: int, in_all: int) -> None:
        self.progressed.emit(came / BYTES_PER_MB, in_all / BYTES_PER_MB)

    def _tell(self, answer: "ModelFolder | str") -> None:
        self.is_active = False
        if isinstance(answer, str):
            self.failed.emit(answer)
        else:
            self.done.emit(answer.card)
        self.ended.emit()
