"""Records what a live session shows: a thread that draws, encodes and writes."""

from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Condition, Thread

from core.annotator import Annotator
from core.batch.export.free_name import free_path
from core.errors import VisageError
from core.label_contents import LabelContents
from core.label_writing import LabelWriting
from core.recording.session_tables import SECOND, TRACK, SessionTables
from core.recording.steady_pace import SteadyPace
from core.recording.track_log import TrackLog, TrackSpan
from core.recording.video_recording import SUFFIX, VideoRecording
from core.sources.frame_source import SourceKind
from core.types import FrameResult

CAMERA_RATE_HZ = 15.0
DEFAULT_RATE_HZ = 30.0
MAX_WAITING = 8
"""So many frames may wait to be encoded."""
_OWN_ERROR = "The recording ended early, by an error in Visage."


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a recording.

    Attributes:
        paths: the files, the video first where there is one.
        duration_s: length of the video, or of the time that the tables tell of.
        frame_count: frames that were seen and written.
        lost_count: frames of a camera for which the computer was too slow.
        tracks: who was seen.
        error: the sentence that says why it ended early; None if it did not.
    """

    paths: tuple[Path, ...]
    duration_s: float
    frame_count: int
    lost_count: int
    tracks: tuple[TrackSpan, ...]
    error: str | None = None


class Recorder:
    """Takes results from one thread and writes them in another.

    Of a video every frame is written: whoever gives it waits where the encoder is slower. A
    camera does not wait: frames that come too fast are lost, and the time stays right.

    Attributes:
        hides_faces: blur the faces of the frames that are put from now on.
        label_contents: what the video says beside each face; the tables hold all.
        label_writing: in what language and typeface it says so.
    """

    def __init__(
        self,
        target: Path,
        kind: SourceKind,
        frame_rate_hz: float | None,
        on_end: Callable[[Recorded], None],
        *,
        hides_faces: bool = False,
    ) -> None:
        """Begin.

        Args:
            target: a file that ends with `.webm` for video and tables, anything else for tables
                alone. The tables stand beside it; they never take another file's place.
            frame_rate_hz: a video's own.
            on_end: called from the recorder's thread with what became of it.
        """
        self.hides_faces = hides_faces
        self.label_contents = LabelContents()
        self.label_writing = LabelWriting()
        self._target = target
        self._is_camera = kind is SourceKind.CAMERA
        rate_hz = CAMERA_RATE_HZ if self._is_camera else frame_rate_hz or DEFAULT_RATE_HZ
        self._video = VideoRecording(target, rate_hz) if target.suffix.lower() == SUFFIX else None
        self._pace = SteadyPace(rate_hz)
        self._tables = tuple(
            free_path(target.parent, f"{target.stem}{suffix}") for suffix in (".csv", ".jsonl")
        )
        self._log = TrackLog()
        self._on_end = on_end
        self._changed = Condition()
        self._waiting: deque[tuple[FrameResult, bool]] = deque()
        self._is_stopping = False
        self._has_ended = False
        self._first_s: float | None = None
        self._span_s = 0.0
        self._frame_count = self._lost_count = 0
        self._thread = Thread(target=self._run, name="recorder")
        self._thread.start()

    @property
    def span_s(self) -> float:
        """Seconds of the source from the first frame to the newest."""
        return self._span_s

    @property
    def has_ended(self) -> bool:
        """Whether nothing more is written."""
        return self._has_ended

    def put(self, result: FrameResult) -> None:
        """Record a result."""
        with self._changed:
            if self._is_camera and len(self._waiting) >= MAX_WAITING:
                self._lost_count += 1
                return
            self._changed.wait_for(lambda: len(self._waiting) < MAX_WAITING or self._is_over)
            if not self._is_over:
                self._waiting.append((result, self.hides_faces))
                self._changed.notify_all()

    def stop(self) -> None:
        """Write what waits and finish the files; returns at once."""
        with self._changed:
            self._is_stopping = True
            self._changed.notify_all()

    def finish_within(self, time_s: float) -> None:
        """As `stop`, but what waits longer than so long gets into the tables alone."""
        if self._video is not None:
            self._video.end_within(time_s)
        self.stop()

    def join(self) -> None:
        """Wait until the files are finished; after `stop`."""
        self._thread.join()

    @property
    def _is_over(self) -> bool:
        return self._is_stopping or self._has_ended

    def _run(self) -> None:
        error: str | None = _OWN_ERROR
        try:
            self._record()
            error = None
        except VisageError as trouble:
            error = str(trouble)
        finally:
            with self._changed:
                self._has_ended = True
                self._waiting.clear()
                self._changed.notify_all()
            self._on_end(self._recorded(error))

    def _record(self) -> None:
        with ExitStack() as stack:
            tables = stack.enter_context(SessionTables(*self._tables))
            if self._video is not None:
                stack.enter_context(self._video)
            while (item := self._next()) is not None:
                result, hides_faces = item
                tables.write(SECOND, self._log.add(result))
                if self._video is not None:
                    self._write_frame(self._video, result, hides_faces)
                self._note(result)
            tables.write(SECOND, self._log.end_second())
            tables.write(TRACK, self._log.tracks)

    def _next(self) -> tuple[FrameResult, bool] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._is_stopping)
            if not self._waiting:
                return None
            item = self._waiting.popleft()
            self._changed.notify_all()
            return item

    def _write_frame(self, video: VideoRecording, result: FrameResult, hides_faces: bool) -> None:
        times = self._pace.times(result.frame.time_s) if self._is_camera else 1
        if times and not video.is_over():
            annotator = Annotator(writing=self.label_writing, hides_faces=hides_faces)
            faces = map(self.label_contents.of, result.faces)
            video.write(annotator.annotate(result.frame.image, faces), times)

    def _note(self, result: FrameResult) -> None:
        time_s = result.frame.time_s
        self._first_s = time_s if self._first_s is None else min(self._first_s, time_s)
        self._span_s = max(self._span_s, time_s - self._first_s)
        self._frame_count += 1

    def _recorded(self, error: str | None) -> Recorded:
        videos = () if self._video is None else (self._target,)
        return Recorded(
            paths=(*videos, *self._tables),
            duration_s=self._span_s if self._video is None else self._video.duration_s,
            frame_count=self._frame_count,
            lost_count=self._lost_count,
            tracks=self._log.tracks,
            error=error,
        )
