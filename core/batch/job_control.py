"""The buttons of a running job."""

from threading import Condition


class JobControl:
    """Pauses, resumes and cancels a job from any thread."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._is_paused = False
        self._is_cancelled = False

    @property
    def is_paused(self) -> bool:
        return self._is_paused

    @property
    def is_cancelled(self) -> bool:
        return self._is_cancelled

    def pause(self) -> None:
        """Start no more photos. Those that are being read are finished and kept."""
        self._set(is_paused=True)

    def resume(self) -> None:
        """Go on after a pause."""
        self._set(is_paused=False)

    def cancel(self) -> None:
        """End the run; what is done is kept, and a later run goes on from there."""
        with self._changed:
            self._is_cancelled = True
            self._changed.notify_all()

    def wait_while_paused(self) -> None:
        """Come back when the job goes on or is cancelled."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_cancelled or not self._is_paused)

    def _set(self, *, is_paused: bool) -> None:
        with self._changed:
            self._is_paused = is_paused
            self._changed.notify_all()
