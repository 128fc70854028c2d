"""The way to the batch view, which is made when it is first needed.

What it is made of needs NumPy and the store: it is imported in a thread, once the window is on
the screen.
"""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from core.errors import StoreError
from core.sources.file_check import is_there
from gui.background import BackgroundCall
from gui.batch.batch_actions import BatchActions
from gui.batch.batch_chip import BatchChip
from gui.choices.model_picker import ModelMenu
from gui.core_parts import CoreParts
from gui.icons import Icons
from gui.preferences import Preferences
from gui.theme import Theme

if TYPE_CHECKING:
    from core.batch.database import Database
    from core.batch.record import Job
    from gui.batch.batch_view import BatchView
    from gui.batch.jobs.job_list import JobSummary

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")


class BatchDoor(QObject):
    """Makes the batch view as a page of `views`, and looks for a job that was left unfinished.

    Attributes:
        actions: what can be done with a batch; their menu is there before the view is.
        chip: says how far the batch is, for the tool bar.

    Signals:
        made: the view is there from now on.
        unfinished_found: carries the JobSummary of the newest job, which is not finished.
        recent_found: carries the newest Jobs, the newest first.
        finished_unseen: a batch came to its end while something else was looked at; carries a
            sentence.
    """

    made = Signal()
    unfinished_found = Signal(object)
    recent_found = Signal(object)
    finished_unseen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        parts: CoreParts,
        preferences: Preferences,
        models: ModelMenu,
        views: QStackedWidget,
        window: QWidget,
    ) -> None:
        super().__init__(views)
        self._theme = theme
        self._icons = icons
        self._parts = parts
        self._preferences = preferences
        self._models = models
        self._views = views
        self.actions = BatchActions(window, icons)
        self.chip = BatchChip(icons)
        views.currentChanged.connect(self._clear_seen)
        self._view: BatchView | None = None
        self._search = BackgroundCall(self._find_unfinished, self)
        self._search.done.connect(self._tell_unfinished)
        self._listing = BackgroundCall(self._find_recent, self)
        self._listing.done.connect(self.recent_found)

    @property
    def view(self) -> "BatchView":
        """The batch view; made now if it is not there yet."""
        if self._view is None:
            from gui.batch.batch_view import BatchView

            self._view = BatchView(
                self._theme,
                self._icons,
                self._parts,
                self._preferences,
                self.actions,
                self._models,
            )
            self._views.addWidget(self._view)
            self._view.header.shown.connect(self._tell_progress)
            self._view.finished.connect(self._tell_end)
            self.made.emit()
        return self._view

    @property
    def is_open(self) -> bool:
        """Whether the batch view is what the window shows."""
        return self._view is not None and self._views.currentWidget() is self._view

    @property
    def job(self) -> "Job | None":
        """The job that is open; None if none is."""
        return None if self._view is None else self._view.session.job

    @property
    def is_active(self) -> bool:
        """Whether a job runs, be it paused, or is being made."""
        return self._view is not None and self._view.session.is_active

    def look(self) -> None:
        """Import what the view needs, and look for an unfinished job."""
        self._search.start()

    def list_recent(self) -> None:
        """Look which batches are the newest."""
        self._listing.start()

    def stop(self) -> None:
        """Stop what runs; returns at once."""
        if self._view is not None:
            self._view.stop()

    def join(self) -> None:
        """Wait for every thread."""
        self._search.join()
        self._listing.join()
        if self._view is not None:
            self._view.join()

    def _tell_progress(self) -> None:
        view, job = self.view, self.job
        if job is None:
            self.chip.clear()
        elif view.session.is_active:
            is_paused = view.header.is_paused
            self.chip.show_progress(job.title, view.header.percent, is_paused=is_paused)
        elif self.chip.percent is not None:
            self.chip.clear()

    def _tell_end(self, sentence: str) -> None:
        """Say that the batch is done, to whoever looks at something else."""
        job = self.job
        if job is not None and not self.is_open:
            self.chip.show_end(job.title)
            self.finished_unseen.emit(sentence)

    def _clear_seen(self) -> None:
        """An end that was seen need not be told any more."""
        if self.is_open and self.chip.percent is None:
            self.chip.clear()

    def _find_unfinished(self) -> "JobSummary | None":
        from gui.batch.batch_view import BatchView  # noqa: F401  ready when it is needed
        from gui.batch.jobs.job_list import read_unfinished

        return self._read(read_unfinished)

    def _find_recent(self) -> "tuple[Job, ...]":
        from gui.batch.jobs.job_list import read_newest

        return self._read(read_newest) or ()

    def _read(self, read: "Callable[[Database], Answer]") -> "Answer | None":
        """What the store says; None where there is none."""
        from core.batch.database import Database

        path = self._parts.jobs_path()
        if not is_there(path):
            return None
        try:
            with Database(path) as database:
                return read(database)
        except StoreError as error:
            logger.warning("%s", error)
            return None

    def _tell_unfinished(self, summary: "JobSummary | None") -> None:
        self.list_recent()
        if summary is not None:
            self.unfinished_found.emit(summary)
