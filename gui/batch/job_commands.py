"""What can be done with jobs: begun, gone on with, looked at again, compared, opened."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.batch.record import Job
from gui.batch.jobs.batch_session import BatchSession, BatchState
from gui.batch.jobs.batch_worker import BatchRequest, job_title
from gui.batch.jobs.job_header import JobHeader
from gui.language.translation import said
from gui.messages.message_strip import MessageStrip
from gui.preferences import Preferences

if TYPE_CHECKING:
    from core.estimation.model_card import ModelCard


class JobCommands(QObject):
    """Tells the session what to run; a job that gives way to another one is named.

    Signals:
        was_begun: a new job begins; until it is there, none is shown.
        show_wanted: the user chose a job: it is to be seen.
    """

    was_begun = Signal()
    show_wanted = Signal()

    def __init__(
        self,
        session: BatchSession,
        header: JobHeader,
        strip: MessageStrip,
        preferences: Preferences,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._header = header
        self._strip = strip
        self._preferences = preferences

    def start(self, roots: Sequence[Path]) -> None:
        """Label files and folders in a new job."""
        preferences = self._preferences
        self._tell_interruption()
        self._session.start(
            BatchRequest(
                roots=tuple(roots),
                model=preferences.model,
                settings=preferences.settings,
            )
        )
        self.was_begun.emit()
        self._header.show_title(job_title(tuple(roots)), roots)

    def offer_to_start_again(self) -> None:
        """Another model was chosen: the open job keeps its own."""
        job = self._session.job
        if job is not None:
            self._strip.show_notice(
                self.tr("The next photos are labelled with this model."),
                (self.tr("Label in a new batch"), partial(self.start, job.roots)),
            )

    def go_on(self, job: Job, *, retries_failed: bool = False) -> None:
        """Do what is left of an earlier job."""
        self._strip.clear()
        self._header.show_title(job.title, job.roots)
        self._session.start(
            BatchRequest(
                job_id=job.id, settings=self._preferences.settings, retries_failed=retries_failed
            )
        )

    def go_on_here(self, *, retries_failed: bool = False) -> None:
        """Do what is left of the open job."""
        if self._session.job is not None:
            self.go_on(self._session.job, retries_failed=retries_failed)

    def label_again_here(self) -> None:
        """Look at every photo of the open job again, with the model and the settings of now."""
        job, preferences = self._session.job, self._preferences
        if job is None:
            return
        is_compared = job.compared_with is not None  # with another model than that of now, maybe
        self._strip.clear()
        self._session.start(
            BatchRequest(
                job_id=job.id,
                model=job.recipe.model_name if is_compared else preferences.model,
                settings=preferences.settings,
                asks_anew=True,
            )
        )

    def compare_with(self, card: "ModelCard") -> None:
        """Let another model look at the photos of the open job, in a job of its own beside it."""
        job = self._session.job
        if job is None:
            return
        self._tell_interruption()
        title = f"{job.title} · {said(card.title)}"
        self._session.start(
            BatchRequest(
                roots=job.roots,
                model=card.name,
                settings=job.recipe.settings(self._preferences.settings.engine),
                title=title,
                compared_with=job.id,
            )
        )
        self.was_begun.emit()
        self._header.show_title(title, job.roots)

    def toggle_pause(self) -> None:
        """Pause what runs, or go on."""
        if self._session.state is BatchState.PAUSED:
            self._session.resume()
        else:
            self._session.pause()

    def open(self, job: Job) -> None:
        """Show an earlier job, as it stands."""
        open_job = self._session.job
        if open_job is None or open_job.id != job.id:
            self._tell_interruption()
            self._session.open(job)
        self.show_wanted.emit()

    def _tell_interruption(self) -> None:
        """A job that gives way to another one is named: it can go on later."""
        job = self._session.job
        if job is None or not self._session.is_active:
            self._strip.clear()
            return
        self._strip.show_notice(
            self.tr("“{title}” was stopped. It is kept under Earlier batches.").format(
                title=job.title
            ),
            (self.tr("Go on with it instead"), partial(self.go_on, job)),
        )
