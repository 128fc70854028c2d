"""A camera: its newest picture, whatever happens to its plug."""

import logging
from collections.abc import Callable
from threading import Event, Lock, Thread
from time import perf_counter
from typing import TypeAlias

from core.errors import SourceError, SourceInterruptedError
from core.sources.camera_list import CameraInfo, list_cameras
from core.sources.frame_source import FrameSource, SourceKind
from core.sources.latest_slot import LatestSlot
from core.sources.opencv_capture import Capture, Resolution, open_camera
from core.types import Frame, Image

_log = logging.getLogger(__name__)

CaptureFactory: TypeAlias = Callable[[int, Resolution], Capture | None]
CameraLister: TypeAlias = Callable[[], tuple[CameraInfo, ...]]

_FIRST_PICTURE_ATTEMPTS = 3
_RETRY_INTERVAL_S = 0.5
_ANSWER_TIMEOUT_S = 10.0
_JOIN_TIMEOUT_S = 5.0


class CameraSource(FrameSource):
    """Keeps the contract of `FrameSource`.

    `index` of the frames counts what the camera gave: a gap tells of dropped frames.
    """

    def __init__(
        self,
        index: int,
        name: str | None = None,
        resolution: Resolution = Resolution(),  # noqa: B008 (it is frozen)
        *,
        make_capture: CaptureFactory = open_camera,
        list_cameras: CameraLister = list_cameras,
        retry_interval_s: float = _RETRY_INTERVAL_S,
        answer_timeout_s: float = _ANSWER_TIMEOUT_S,
    ) -> None:
        """Describe the camera; `open` looks for it.

        Args:
            index: the system's number for it.
            name: as `list_cameras` gives it; a camera that comes back under another number is
                found again by its name, unless another of that name was there from the start.
            resolution: the size to ask for.
            make_capture: opens a camera; None if it cannot.
            list_cameras: the cameras that are plugged in.
            retry_interval_s: how long to wait between attempts to get a lost camera back.
            answer_timeout_s: how long its driver may take for the first picture.
        """
        self._index = index
        self._name = name
        self._resolution = resolution
        self._make_capture = make_capture
        self._list_cameras = list_cameras
        self._retry_interval_s = retry_interval_s
        self._answer_timeout_s = answer_timeout_s
        self._lock = Lock()
        self._grabber: _Grabber | None = None
        self._others: frozenset[int] = frozenset()

    @property
    def kind(self) -> SourceKind:
        return SourceKind.CAMERA

    @property
    def title(self) -> str:
        return self._name or f"Camera {self._index}"

    @property
    def frame_rate_hz(self) -> float | None:
        return self._grabber.frame_rate_hz if self._grabber else None

    @property
    def duration_s(self) -> float | None:
        return None

    @property
    def is_seekable(self) -> bool:
        return False

    def open(self) -> None:
        with self._lock:
            if self._grabber is not None:
                return
            self._others = self._others_of_its_name()
            grabber = _Grabber(self._connect, self._retry_interval_s, self.title)
            if not grabber.start(self._answer_timeout_s):
                raise grabber.error or SourceError(self._could_not_open(grabber.has_answered))
            self._grabber = grabber

    def read(self, timeout_s: float = 1.0) -> Frame | None:
        grabber = self._grabber
        if grabber is None:
            return None
        frame = grabber.slot.take(timeout_s)
        if frame is not None:
            return frame
        if grabber.error is not None:
            raise grabber.error
        if grabber.slot.is_closed:
            return None
        raise SourceInterruptedError(
            f"{self.title} gives no picture. Is it still plugged in? Trying again …"
        )

    def seek(self, time_s: float) -> None:
        raise SourceError(f"{self.title} is live: there is nothing to seek in.")

    def close(self) -> None:
        with self._lock:
            grabber, self._grabber = self._grabber, None
            if grabber is not None:
                grabber.stop()

    def _connect(self) -> Capture | None:
        return self._make_capture(self._current_index(), self._resolution)

    def _current_index(self) -> int:
        """The camera's number now: a camera that is plugged in again may get another one."""
        indexes = [index for index in self._indexes_of_its_name() if index not in self._others]
        return self._index if self._index in indexes or not indexes else indexes[0]

    def _others_of_its_name(self) -> frozenset[int]:
        """The numbers of other cameras of this name; none if this one is not there itself."""
        indexes = frozenset(self._indexes_of_its_name())
        return indexes - {self._index} if self._index in indexes else frozenset()

    def _indexes_of_its_name(self) -> list[int]:
        if self._name is None:
            return []
        return [camera.index for camera in self._list_cameras() if camera.name == self._name]

    def _could_not_open(self, has_answered: bool) -> str:
        if not has_answered:
            return f"{self.title} does not answer. Unplug it, plug it in again, then try again."
        cameras = self._list_cameras()
        if not cameras:
            return f"{self.title} could not be opened: no camera was found. Is it plugged in?"
        if self._name is None and self._index not in [camera.index for camera in cameras]:
            known = ", ".join(f"{camera.index} ({camera.name})" for camera in cameras)
            return f"There is no camera {self._index}. There is: {known}."
        return f"{self.title} could not be opened. Is another program using it?"


class _Grabber:
    """The thread of a camera: opens it, puts each picture into the slot, reconnects when lost."""

    def __init__(
        self, connect: Callable[[], Capture | None], retry_interval_s: float, title: str
    ) -> None:
        self.slot: LatestSlot[Frame] = LatestSlot()
        self.error: Exception | None = None
        self.frame_rate_hz: float | None = None
        self._capture: Capture | None = None
        self._answered = Event()
        self._connect = connect
        self._retry_interval_s = retry_interval_s
        self._title = title
        self._stopped = Event()
        self._started_s = perf_counter()
        self._frame_count = 0
        # A driver that never answers must not keep the program alive.
        self._thread = Thread(target=self._run, name=f"grab {title}", daemon=True)

    @property
    def has_answered(self) -> bool:
        """Whether the driver opened the camera or refused; it may also keep silent."""
        return self._answered.is_set()

    def start(self, timeout_s: float) -> bool:
        """Open the camera; whether it gave a picture in time. If not, it is let go."""
        self._thread.start()
        self._answered.wait(timeout_s)
        if self._frame_count:
            return True
        self.stop(_JOIN_TIMEOUT_S if self.has_answered else 0.0)
        return False

    def stop(self, timeout_s: float = _JOIN_TIMEOUT_S) -> None:
        self._stopped.set()
        self.slot.close()
        self._thread.join(timeout_s)
        if self._thread.is_alive():
            _log.error("%s does not answer; its thread is left behind.", self._title)

    def _run(self) -> None:
        try:
            self._open()
            while not self._stopped.is_set():
                image = self._capture.read() if self._capture else None
                if image is not None:
                    self._put(image)
                else:
                    self._reconnect()
        except Exception as error:
            self.error = error
        finally:
            self._release()
            self.slot.close()
            self._answered.set()

    def _open(self) -> None:
        self._capture = self._connect()
        # A camera in use by another program often opens, and then gives no picture.
        image = _first_picture(self._capture) if self._capture else None
        if self._capture is None or image is None:
            self._stopped.set()
            return
        self.frame_rate_hz = self._capture.frame_rate_hz
        self._put(image)
        self._answered.set()

    def _put(self, image: Image) -> None:
        self.slot.put(Frame(image, self._frame_count, perf_counter() - self._started_s))
        self._frame_count += 1

    def _reconnect(self) -> None:
        if self._capture is not None:
            _log.warning("%s gives no picture; reconnecting.", self._title)
        self._release()
        self._stopped.wait(self._retry_interval_s)
        if not self._stopped.is_set():
            self._capture = self._connect()

    def _release(self) -> None:
        if self._capture is not None:
            self._capture.release()
            self._capture = None


def _first_picture(capture: Capture) -> Image | None:
    pictures = (capture.read() for _ in range(_FIRST_PICTURE_ATTEMPTS))
    return next((picture for picture in pictures if picture is not None), None)
