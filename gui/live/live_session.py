"""What is going on live: one worker at a time, seen from the window's thread."""

from dataclasses import replace
from enum import Enum, auto
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from gui.core_parts import CoreParts
from gui.live.live_request import LiveInfo, LiveRequest, LiveResult
from gui.live.live_worker import LiveWorker
from gui.live.rate_meter import RateMeter

if TYPE_CHECKING:
    from core.recording.recorder import Recorder
    from core.recording.track_log import TrackLog, TrackSpan


class LiveState(Enum):
    """Where the session stands."""

    IDLE = auto()
    LOADING = auto()
    RUNNING = auto()
    PAUSED = auto()
    ENDED = auto()
    FAILED = auto()


SPEEDS = (0.25, 0.5, 1.0, 1.5, 2.0, 4.0)
DEFAULT_RATE_HZ = 30.0
ACTIVE_STATES = (LiveState.RUNNING, LiveState.PAUSED, LiveState.ENDED)
"""The states in which there is a picture."""


class LiveSession(QObject):
    """Starts, pauses and stops; passes on what the worker has to show.

    A worker that is stopped is let go at once: it ends when it can, and whatever it still says
    is not heard. Nothing here waits.

    Signals:
        state_changed: carries the new LiveState.
        result_arrived: carries the newest LiveResult.
        interrupted: carries a sentence; pictures may come back.
        recovered: pictures came back.
        failed: carries a sentence; the session stands at FAILED.
    """

    state_changed = Signal(object)
    result_arrived = Signal(object)
    interrupted = Signal(str)
    recovered = Signal()
    failed = Signal(str)

    def __init__(self, parts: CoreParts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._worker: LiveWorker | None = None
        self._retired: list[LiveWorker] = []
        self._request: LiveRequest | None = None
        self._info: LiveInfo | None = None
        self._state = LiveState.IDLE
        self._is_interrupted = False
        self._photo_index = 0
        self._time_s = 0.0
        self._rate = RateMeter()
        self._speed = 1.0
        self._is_looping = False

    @property
    def state(self) -> LiveState:
        return self._state

    @property
    def request(self) -> LiveRequest | None:
        """What was asked for last; None before anything was."""
        return self._request

    @property
    def info(self) -> LiveInfo | None:
        """What runs; None until it does."""
        return self._info

    @property
    def photo_index(self) -> int:
        """The place of the shown photo among the photos."""
        return self._photo_index

    @property
    def tracks(self) -> "tuple[TrackSpan, ...]":
        """Who was seen in the video that is over."""
        return () if self._worker is None else self._worker.tracks

    @property
    def log(self) -> "TrackLog | None":
        """Who was seen so far; to be taken on once the worker is let go."""
        return None if self._worker is None else self._worker.log

    @property
    def request_from_here(self) -> LiveRequest | None:
        """What was asked for last, to begin where it stands now; None before anything was."""
        if self._request is None:
            return None
        return replace(
            self._request,
            time_s=self._time_s,
            photo_index=self._photo_index,
            is_paused=self._state is LiveState.PAUSED,
        )

    @property
    def speed(self) -> float:
        """How many times as fast as it was taken a video plays."""
        return self._speed

    @property
    def frames_per_second(self) -> float:
        """How many results arrived over the last second."""
        return self._rate.per_second(perf_counter())

    def start(self, request: LiveRequest) -> None:
        """Show something else from now on."""
        self._retire()
        # Also one that was stopped some time ago may still hold the camera.
        previous = self._retired[-1] if self._retired else None
        self._request = request
        self._info = None
        self._photo_index = request.photo_index or 0
        self._time_s = request.time_s
        self._is_interrupted = False
        self._rate = RateMeter()
        self._worker = self._make_worker(request, previous)
        self._worker.set_speed(self._speed)
        self._worker.set_looping(self._is_looping)
        self._go_to(LiveState.LOADING)
        self._worker.start()

    def stop(self) -> None:
        """Go back to the beginning; the worker ends by itself."""
        self._retire()
        self._info = None
        self._go_to(LiveState.IDLE)

    def record(self, recorder: "Recorder | None") -> None:
        """Give every result from now on to `recorder`, too; None ends that."""
        if self._worker is not None:
            self._worker.recorder = recorder

    def look_harder(self) -> None:
        """Look at the photo of now again, for small faces too."""
        request = self.request_from_here
        if request is not None and self._state in ACTIVE_STATES:
            self.start(replace(request, settings=replace(request.settings, is_thorough=True)))

    def pause(self) -> None:
        if self._worker is not None and self._state is LiveState.RUNNING:
            self._worker.pause()
            self._go_to(LiveState.PAUSED)

    def resume(self) -> None:
        if self._worker is not None and self._state is LiveState.PAUSED:
            self._worker.resume()
            self._go_to(LiveState.RUNNING)

    def seek(self, time_s: float) -> None:
        """Go to a place of the video; from its end, play on."""
        if self._worker is None or self._state not in ACTIVE_STATES:
            return
        self._worker.seek(time_s)
        if self._state is LiveState.ENDED:
            self._worker.resume()  # it may have ended while it was paused
            self._go_to(LiveState.RUNNING)

    def step_frame(self, direction: int) -> None:
        """Stand still at the frame before (-1) or after (1) the one that is shown."""
        info = self._info
        if info is not None and info.is_seekable and info.duration_s is not None:
            self.pause()
            period_s = 1 / (info.frame_rate_hz or DEFAULT_RATE_HZ)
            time_s = self._time_s + direction * period_s
            if 0 <= round(time_s, 3) < info.duration_s:
                self._time_s = max(0.0, time_s)  # another step may come before the picture
                self.seek(self._time_s)

    def change_speed(self, direction: int) -> None:
        """Play videos slower (-1) or faster (1) from now on."""
        place = SPEEDS.index(self._speed) + direction
        self._speed = SPEEDS[min(max(place, 0), len(SPEEDS) - 1)]
        if self._worker is not None:
            self._worker.set_speed(self._speed)

    def set_looping(self, is_looping: bool) -> None:
        """Begin videos again at their end, or not."""
        self._is_looping = is_looping
        if self._worker is not None:
            self._worker.set_looping(is_looping)
        if is_looping and self._state is LiveState.ENDED:
            self.seek(0.0)

    def show_photo(self, index: int) -> None:
        """Show another photo, as far as there are any."""
        if self._worker is None or self._info is None or not self._info.photo_count:
            return
        index = min(max(index, 0), self._info.photo_count - 1)
        if index != self._photo_index:
            self._photo_index = index
            self._worker.show_photo(index)

    def join(self) -> None:
        """Wait until every worker that was stopped has ended."""
        for worker in self._retired:
            worker.join()

    def _make_worker(self, request: LiveRequest, previous: LiveWorker | None) -> LiveWorker:
        worker = LiveWorker(request, self._parts, previous)
        queued = Qt.ConnectionType.QueuedConnection
        worker.started.connect(self._note_start, queued)
        worker.result_ready.connect(self._pass_on_newest, queued)
        worker.interrupted.connect(self._note_interruption, queued)
        worker.ended.connect(self._note_end, queued)
        worker.failed.connect(self._note_failure, queued)
        worker.finished.connect(self._forget_finished, queued)
        return worker

    def _retire(self) -> None:
        """Let the worker go; it is kept in memory until it has finished."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.stop()
            self._retired.append(worker)

    def _is_current(self) -> bool:
        """Whether the signal at hand comes from the worker of now, not from one let go."""
        return self._worker is not None and self.sender() is self._worker

    @Slot(object)
    def _note_start(self, info: LiveInfo) -> None:
        if self._is_current():
            self._info = info
            self._photo_index = info.photo_index
            self._go_to(LiveState.RUNNING)
            if self._request is not None and self._request.is_paused and info.is_seekable:
                self.pause()

    @Slot()
    def _pass_on_newest(self) -> None:
        if self._worker is None or not self._is_current():
            return
        result: LiveResult | None = self._worker.slot.take()
        if result is None:
            return
        self._rate.note(perf_counter())
        if result.result is not None:
            self._time_s = result.result.frame.time_s
        if self._is_interrupted:
            self._is_interrupted = False
            self.recovered.emit()
        self.result_arrived.emit(result)

    @Slot(str)
    def _note_interruption(self, sentence: str) -> None:
        if self._is_current() and not self._is_interrupted:
            self._is_interrupted = True
            self.interrupted.emit(sentence)

    @Slot()
    def _note_end(self) -> None:
        if self._worker is not None and self._is_current() and self._worker.is_at_end:
            self._go_to(LiveState.ENDED)

    @Slot(str)
    def _note_failure(self, sentence: str) -> None:
        if self._is_current():
            self._retire()
            self._go_to(LiveState.FAILED)
            self.failed.emit(sentence)

    @Slot()
    def _forget_finished(self) -> None:
        worker = self.sender()
        if not isinstance(worker, LiveWorker):
            return
        worker.join()  # its last breath; afterwards no thread holds it
        if worker is self._worker:
            self._worker = None
            if self._state in ACTIVE_STATES:
                self._go_to(LiveState.ENDED)
        self._retired = [other for other in self._retired if other is not worker]

    def _go_to(self, state: LiveState) -> None:
        self._state = state
        self.state_changed.emit(state)
