"""Which job is open, and whether it runs: seen from the window's thread."""

from enum import Enum, auto

from PySide6.QtCore import QObject, Qt, Signal, Slot

from core.batch.job_progress import JobProgress
from core.batch.record import Job
from gui.batch.jobs.batch_worker import BatchRequest, BatchWorker
from gui.core_parts import CoreParts


class BatchState(Enum):
    """Whether the open job runs."""

    RESTING = auto()
    LOADING = auto()
    RUNNING = auto()
    PAUSED = auto()


class BatchSession(QObject):
    """Starts, pauses and cancels one job at a time.

    A worker that is cancelled is let go at once: it ends when it can, and whatever it still says
    is not heard. Nothing here waits.

    Signals:
        state_changed: carries the new BatchState.
        job_opened: carries the Job that is shown from now on.
        progressed: carries a JobProgress of the running job.
        failed: carries a sentence; the job rests and may go on later.
    """

    state_changed = Signal(object)
    job_opened = Signal(object)
    progressed = Signal(object)
    failed = Signal(str)

    def __init__(self, parts: CoreParts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._worker: BatchWorker | None = None
        self._awaited: BatchWorker | None = None
        self._retired: list[BatchWorker] = []
        self._job: Job | None = None
        self._state = BatchState.RESTING

    @property
    def state(self) -> BatchState:
        return self._state

    @property
    def job(self) -> Job | None:
        """The open job; None if there is none, or it is still being made."""
        return self._job

    @property
    def is_active(self) -> bool:
        """Whether a job runs, be it paused."""
        return self._state is not BatchState.RESTING

    def start(self, request: BatchRequest) -> None:
        """Run a new job or an earlier one; one that runs is cancelled and kept."""
        self._retire()
        if self._job is not None and self._job.id != request.job_id:
            self._job = None
        self._worker = self._awaited = self._make_worker(request)
        self._go_to(BatchState.LOADING)
        self._worker.start()

    def open(self, job: Job) -> None:
        """Show an earlier job without running it."""
        self.cancel()
        self._awaited = None
        self._job = job
        self.job_opened.emit(job)

    def rename(self, job: Job) -> None:
        """The open job has another name, be it running or not."""
        if self._job is not None and self._job.id == job.id:
            self._job = job
            self.job_opened.emit(job)

    def close(self) -> None:
        """Show no job any more; one that runs is cancelled and kept."""
        self.cancel()
        self._awaited = None
        self._job = None

    def pause(self) -> None:
        if self._worker is not None and self._state is BatchState.RUNNING:
            self._worker.control.pause()
            self._go_to(BatchState.PAUSED)

    def resume(self) -> None:
        if self._worker is not None and self._state is BatchState.PAUSED:
            self._worker.control.resume()
            self._go_to(BatchState.RUNNING)

    def cancel(self) -> None:
        """Stop at once; what is done is kept, and the job may go on later."""
        if self._retire():
            self._go_to(BatchState.RESTING)

    def join(self) -> None:
        """Wait until every worker that was cancelled has ended."""
        for worker in self._retired:
            worker.join()

    def _make_worker(self, request: BatchRequest) -> BatchWorker:
        worker = BatchWorker(request, self._parts)
        queued = Qt.ConnectionType.QueuedConnection
        worker.opened.connect(self._note_job, queued)
        worker.progressed.connect(self._pass_on, queued)
        worker.failed.connect(self._note_failure, queued)
        worker.finished.connect(self._forget_finished, queued)
        return worker

    def _retire(self) -> bool:
        """Let the worker go, if there is one; it is kept in memory until it has finished."""
        worker, self._worker = self._worker, None
        if worker is None:
            return False
        worker.control.cancel()
        self._retired.append(worker)
        return True

    def _is_current(self) -> bool:
        """Whether the signal at hand comes from the worker of now, not from one let go."""
        return self._worker is not None and self.sender() is self._worker

    @Slot(object)
    def _note_job(self, job: Job) -> None:
        # Also one that was cancelled at once: its job is there, and can go on.
        if self.sender() is self._awaited:
            self._awaited = None
            self._job = job
            self.job_opened.emit(job)

    @Slot(object)
    def _pass_on(self, progress: JobProgress) -> None:
        if self._is_current():
            if self._state is BatchState.LOADING:
                self._go_to(BatchState.RUNNING)
            self.progressed.emit(progress)

    @Slot(str)
    def _note_failure(self, sentence: str) -> None:
        if self._is_current():
            self.cancel()
            self.failed.emit(sentence)

    @Slot()
    def _forget_finished(self) -> None:
        worker = self.sender()
        if not isinstance(worker, BatchWorker):
            return
        worker.join()  # its last breath; afterwards no thread holds it
        self._retired = [other for other in self._retired if other is not worker]
        if worker is self._worker:
            self._worker = None
            self._go_to(BatchState.RESTING)

    def _go_to(self, state: BatchState) -> None:
        self._state = state
        self.state_changed.emit(state)
