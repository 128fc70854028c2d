"""The batch worker: one thread that runs one job from where it stands to its end."""

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QObject, Signal

from core.batch.crash_journal import forget_crashed
from core.batch.job_control import JobControl
from core.batch.record import Job
from core.batch.store import BatchStore
from core.errors import VisageError
from core.heap import give_back
from core.settings import Settings
from core.thread_priority import lower_priority
from gui.core_parts import CoreParts
from gui.language.translation import said, translate
from gui.language.words import bug_sentence, whole


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """What is to be labelled, and how.

    Attributes:
        roots: files and folders for a new job; without any, an earlier job goes on.
        job_id: the earlier job; it keeps the model and the settings that it was begun with.
        model: a model's name; None for the default.
        retries_failed: read the photos again that could not be read.
        asks_anew: look at every photo of an earlier job again, with the model and the settings of
            now; corrections by hand stay.
        title: of a new job; empty for one that is made of the roots.
        compared_with: the job beside whose answers those of a new one are shown.
    """

    roots: tuple[Path, ...] = ()
    job_id: int | None = None
    model: str | None = None
    settings: Settings = field(default_factory=Settings)
    retries_failed: bool = False
    asks_anew: bool = False
    title: str = ""
    compared_with: int | None = None


class BatchWorker(QObject):
    """Runs one request; `control` pauses and cancels it.

    All signals come from the worker's thread and must be connected as queued.

    Signals:
        opened: the job is in the store; carries the Job.
        progressed: carries a JobProgress; what it counts is stored.
        failed: the worker gave up; carries the sentence. What is done is kept.
        finished: the last thing that a worker says, however it ended.
    """

    opened = Signal(object)
    progressed = Signal(object)
    failed = Signal(str)
    finished = Signal()

    def __init__(self, request: BatchRequest, parts: CoreParts) -> None:
        super().__init__()
        self.control = JobControl()
        self._request = request
        self._parts = parts
        self._thread = Thread(target=self._run, name="batch worker")

    def start(self) -> None:
        self._thread.start()

    def join(self) -> None:
        """Wait for the thread; cancel it before."""
        self._thread.join()

    def _run(self) -> None:
        lower_priority()
        try:
            with BatchStore.open(self._parts.jobs_path()) as store:
                job = self._job(store)
                self.opened.emit(job)
                self._label(store, job)
        except VisageError as error:
            self.failed.emit(said(str(error)))
        except Exception:
            self.failed.emit(bug_sentence())
            raise  # threading.excepthook logs it and shows the crash dialog
        finally:
            give_back()
            self.finished.emit()

    def _job(self, store: BatchStore) -> Job:
        request = self._request
        if request.job_id is not None:
            if request.retries_failed:
                forget_crashed(store, request.job_id)
                store.retry_failed(request.job_id)
            if request.asks_anew:
                recipe = self._parts.make_recipe(request.model, request.settings)
                store.ask_anew(request.job_id, recipe)
            return store.job(request.job_id)
        recipe = self._parts.make_recipe(request.model, request.settings)
        title = request.title or job_title(request.roots)
        return store.create_job(title, request.roots, recipe, compared_with=request.compared_with)

    def _label(self, store: BatchStore, job: Job) -> None:
        engine = self._request.settings.engine
        batch = self._parts.make_batch_job(store, job, self.control, engine)
        with closing(batch), closing(batch.run()) as told:
            for progress in told:
                self.progressed.emit(progress)


def job_title(roots: tuple[Path, ...]) -> str:
    """ "Holiday", or "Holiday and 3 more"."""
    name = roots[0].name or str(roots[0])
    if len(roots) == 1:
        return name
    text = translate("BatchWorker", "{name} and {count} more")
    return text.format(name=name, count=whole(len(roots) - 1))
