"""The live worker: one thread that opens a source, builds a pipeline and puts frames through it."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from threading import Condition, Event, Thread
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.errors import PhotoError, SourceError, SourceInterruptedError, VisageError
from core.heap import give_back
from core.sources.file_check import is_folder
from core.sources.latest_slot import LatestSlot
from core.sources.pacer import Pacer
from gui.core_parts import CoreParts
from gui.language.translation import said
from gui.language.words import bug_sentence
from gui.live.live_request import LiveInfo, LiveRequest, LiveResult
from gui.live.photos_beside import photos_beside

if TYPE_CHECKING:
    from core.pipeline import FramePipeline
    from core.recording.recorder import Recorder
    from core.recording.track_log import TrackLog, TrackSpan
    from core.sources.frame_source import FrameSource, SourceKind
    from core.types import Frame, FrameResult

RELEASE_TIMEOUT_S = 10.0
SHORT_WAIT_S = 1.0
"""So long a new source waits for the last one to be let go: a camera for a camera, others for any,
lest two models are held for long."""


class LiveWorker(QObject):
    """Runs one request from start to stop; another request needs another worker.

    All signals come from the worker's thread and must be connected as queued.

    Signals:
        started: everything is open; carries a LiveInfo.
        result_ready: the slot was empty and now holds a LiveResult.
        interrupted: no pictures for now; carries the sentence. The worker keeps trying.
        ended: a video is over; it waits for a seek.
        failed: the worker gave up; carries the sentence.
        finished: the last thing that a worker says, however it ended.
    """

    started = Signal(object)
    result_ready = Signal()
    interrupted = Signal(str)
    ended = Signal()
    failed = Signal(str)
    finished = Signal()

    def __init__(
        self, request: LiveRequest, parts: CoreParts, previous: "LiveWorker | None" = None
    ) -> None:
        """Describe the work.

        Args:
            previous: a worker that may still hold the source; it is given time to let go.
        """
        super().__init__()
        self.slot: LatestSlot[LiveResult] = LatestSlot()
        self.released = Event()
        self.recorder: Recorder | None = None
        self.log: TrackLog | None = request.log
        self._request = request
        self._parts = parts
        self._previous = previous
        self._changed = Condition()
        self._is_stopping = False
        self._is_paused = False
        self._is_at_end = False
        self._speed = 1.0
        self._is_looping = False
        self._wanted_time_s: float | None = None
        self._wanted_photo: int | None = None
        self._last_index: int | None = None
        self._lost_frames = 0
        self._pacer = Pacer()
        self._thread = Thread(target=self._run, name="live worker")

    @property
    def is_at_end(self) -> bool:
        """Whether the video is over and nobody has gone back: `ended` may be heard too late."""
        return self._is_at_end

    @property
    def tracks(self) -> "tuple[TrackSpan, ...]":
        """Who was seen in a video; to be asked once it is over."""
        return () if self.log is None else self.log.tracks

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ask the worker to end; returns at once."""
        with self._changed:
            self._is_stopping = True
            self._changed.notify_all()
        self._pacer.stop()

    def join(self, timeout_s: float | None = None) -> bool:
        """Wait for the thread; whether it ended in time."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def pause(self) -> None:
        with self._changed:
            self._is_paused = True
        self._pacer.pause()

    def resume(self) -> None:
        with self._changed:
            self._is_paused = False
            self._changed.notify_all()
        self._pacer.resume()

    def seek(self, time_s: float) -> None:
        """Show the video from `time_s` on; while paused, that one frame."""
        with self._changed:
            self._wanted_time_s = time_s
            self._is_at_end = False
            self._changed.notify_all()
        self._pacer.restart()

    def set_speed(self, speed: float) -> None:
        """Play a video so many times as fast, from the next frame on."""
        self._speed = speed
        self._pacer.restart()

    def set_looping(self, is_looping: bool) -> None:
        """At its end, begin the video again."""
        self._is_looping = is_looping

    def show_photo(self, index: int) -> None:
        """Show another of the photos."""
        with self._changed:
            self._wanted_photo = index
            self._changed.notify_all()

    def _run(self) -> None:
        try:
            self._wait_for_previous()
            self._work()
        except VisageError as error:
            self._tell_failure(said(str(error)))
        except Exception:
            self._tell_failure(bug_sentence())
            raise  # threading.excepthook logs it and shows the crash dialog
        finally:
            self.released.set()
            give_back()
            self.finished.emit()

    def _tell_failure(self, sentence: str) -> None:
        if not self._is_stopping:
            self.failed.emit(sentence)

    def _wait_for_previous(self) -> None:
        if self._previous is not None:
            wait_s = RELEASE_TIMEOUT_S if self._request.is_camera else SHORT_WAIT_S
            self._previous.released.wait(wait_s)
            self._previous = None

    def _work(self) -> None:
        word = self._request.word
        source = self._parts.make_source(word, self._request.settings)
        if source.kind != "photo":
            self._play(source)
        else:
            self._browse(self._photos_in(word) if is_folder(Path(word)) else photos_beside(word))

    def _photos_in(self, folder: str) -> list[str]:
        photos = [str(path) for path in self._parts.find_photos([Path(folder)])]
        if not photos:
            raise SourceError(self.tr("There is no photo in {folder}.").format(folder=folder))
        return photos

    def _make_pipeline(self, kind: "SourceKind") -> "FramePipeline":
        request = self._request
        if request.second_model is not None and kind != "photo":
            return self._parts.make_comparing_pipeline(
                request.model, request.second_model, request.settings
            )
        return self._parts.make_pipeline(kind, request.model, request.settings)

    def _tell_started(
        self,
        source: "FrameSource",
        pipeline: "FramePipeline",
        photo_count: int = 0,
        photo_index: int = 0,
    ) -> None:
        predictor = pipeline.predictor
        second_title = self._request.second_title if not photo_count else ""
        titles = said(predictor.card.title), said(second_title)
        self.started.emit(
            LiveInfo(
                kind=source.kind,
                title=source.title,
                duration_s=source.duration_s,
                is_seekable=source.is_seekable,
                photo_count=photo_count,
                model_title=" | ".join(title for title in titles if title),
                engine=predictor.engine.name,
                device=predictor.engine.device,
                photo_index=photo_index,
                frame_rate_hz=source.frame_rate_hz,
            )
        )

    def _tell_result(self, result: LiveResult) -> None:
        if self.slot.put(result):
            self.result_ready.emit()

    # Cameras and videos

    def _play(self, source: "FrameSource") -> None:
        from core.recording.track_log import TrackLog

        with source, closing(self._make_pipeline(source.kind)) as pipeline:
            self.log = self.log or TrackLog()
            if source.is_seekable:
                self._begin_at(self._request)
            self._tell_started(source, pipeline)
            while self._wait_while_held(source):
                self._obey_seek(source)
                frame = self._next_frame(source)
                if frame is not None:
                    self._show(source, frame, pipeline)
                elif not self._wait_for_seek(source):
                    return

    def _begin_at(self, request: LiveRequest) -> None:
        if request.time_s:
            self.seek(request.time_s)
        if request.is_paused:
            self.pause()

    def _wait_while_held(self, source: "FrameSource") -> bool:
        """Hold a paused camera here (a video is held by its pacer); False when stopping."""
        with self._changed:
            if source.kind == "camera" and self._is_paused:
                self._changed.wait_for(lambda: self._is_stopping or not self._is_paused)
                self._last_index = None  # what came while paused was not dropped
            return not self._is_stopping

    def _obey_seek(self, source: "FrameSource") -> None:
        with self._changed:
            time_s, self._wanted_time_s = self._wanted_time_s, None
        if time_s is not None:
            source.seek(time_s)
            self._pacer.restart()

    def _wait_for_seek(self, source: "FrameSource") -> bool:
        """At the end: wait for someone to go back; False if that cannot be, or when stopping."""
        if self._is_stopping or not source.is_seekable:
            return False
        if self._is_looping:
            self.seek(0.0)
            return True
        with self._changed:
            self._is_at_end = self._wanted_time_s is None
        self.ended.emit()
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopping or self._wanted_time_s is not None)
            return not self._is_stopping

    def _next_frame(self, source: "FrameSource") -> "Frame | None":
        while not self._is_stopping:
            try:
                return source.read()
            except SourceInterruptedError as error:
                self.interrupted.emit(said(str(error)))
        return None

    def _show(self, source: "FrameSource", frame: "Frame", pipeline: "FramePipeline") -> None:
        began_s = perf_counter()
        pipeline.is_held = self._is_paused
        result = pipeline.process(frame)
        process_ms = (perf_counter() - began_s) * 1000
        if source.kind == "video":
            self._pacer.wait(frame.time_s / self._speed)
        # A seek while the frame was looked at makes it a frame of the old place.
        if self._is_stopping or self._wanted_time_s is not None:
            self._last_index = None
            return
        if self._last_index is not None:
            self._lost_frames += max(0, frame.index - self._last_index - 1)
        self._last_index = frame.index
        self._remember(result)
        dropped = self._lost_frames + self.slot.dropped_count
        self._tell_result(LiveResult(result, source.title, process_ms, dropped))

    def _remember(self, result: "FrameResult") -> None:
        """Note who is seen, and record it if that is wanted."""
        if self.log is not None:
            self.log.add(result)
        recorder = self.recorder
        if recorder is not None:
            recorder.put(result)

    # Photos

    def _browse(self, words: Sequence[str]) -> None:
        first = self._first_photo(words)
        source = self._parts.make_source(words[first], self._request.settings)
        with closing(self._make_pipeline(source.kind)) as pipeline:
            self._tell_started(source, pipeline, len(words), first)
            index: int | None = first
            while index is not None:
                self._tell_result(self._photo_result(words[index], index, pipeline))
                index = self._wait_for_photo()

    def _first_photo(self, words: Sequence[str]) -> int:
        wanted, word = self._request.photo_index, self._request.word
        if wanted is None:
            return words.index(word) if word in words else 0
        return min(wanted, len(words) - 1)

    def _photo_result(self, word: str, index: int, pipeline: "FramePipeline") -> LiveResult:
        try:
            with self._parts.make_source(word, self._request.settings) as source:
                frame = source.read()
                if frame is None:
                    text = self.tr("{name} holds no picture.")
                    raise PhotoError(text.format(name=source.title))
                began_s = perf_counter()
                result = pipeline.process(frame)
                process_ms = (perf_counter() - began_s) * 1000
                return LiveResult(result, source.title, process_ms, photo_index=index)
        except SourceError as error:
            return LiveResult(None, Path(word).name, photo_index=index, error=said(str(error)))

    def _wait_for_photo(self) -> int | None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopping or self._wanted_photo is not None)
            index, self._wanted_photo = self._wanted_photo, None
            return None if self._is_stopping else index
