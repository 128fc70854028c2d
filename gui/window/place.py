"""What a window is at, for another window that takes its place."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from gui.live.live_request import LiveRequest
from gui.live.live_session import LiveState

if TYPE_CHECKING:
    from core.batch.record import Job
    from gui.window.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class Place:
    """A source, or a batch that is shown, or one that runs while a source is looked at.

    Attributes:
        request: the source, from where it stands.
        job: the batch.
        is_running: whether the batch is to go on.
    """

    request: LiveRequest | None
    job: "Job | None"
    is_running: bool

    @classmethod
    def of(cls, window: "MainWindow") -> Self:
        """Where `window` is."""
        is_idle = window.session.state is LiveState.IDLE
        job = window.batch.job
        is_running = job is not None and window.batch.view.session.is_active
        return cls(
            request=None if is_idle else window.session.request_from_here,
            job=job if window.batch.is_open or is_running else None,
            is_running=is_running,
        )

    def show_in(self, window: "MainWindow") -> None:
        """Go there."""
        if self.job is not None:
            view = window.batch.view
            view.jobs.go_on(self.job) if self.is_running else view.session.open(self.job)
        if self.request is not None:
            window.session.start(self.request)
        elif self.job is not None:
            window.commands.show_batch.trigger()
