"""The frames of a video at even steps, read ahead in a thread of its own."""

import math
from collections.abc import Callable, Iterator
from contextlib import suppress
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import TypeAlias

from core.closing import Closing
from core.errors import SourceError
from core.sources.time_limit import TimeLimit, announce
from core.sources.video_file import VideoFileSource
from core.types import Frame

TICK_S = 0.1
_FRAMES_AHEAD = 2
_LIMIT_S = 60.0
"""A decoder that gives no frame for so long is given up; native code cannot be stopped."""

_JOIN_S = 0.5

_Item: TypeAlias = Frame | Exception | None


class VideoSampler(Closing):
    """Decodes while whoever takes the frames looks at them; close it.

    Args:
        source: opened, read and closed by the thread.
        interval_s: from one frame to the next, at least; 0 for every frame. The times of frames
            decide alone, so that a video is sampled alike in any container.
        limit_s: so long a single frame may take.
    """

    def __init__(
        self, source: VideoFileSource, interval_s: float, limit_s: float = _LIMIT_S
    ) -> None:
        self._source = source
        self._interval_s = interval_s
        self._limit_s = limit_s
        self._announced = announce.get()
        self._items: Queue[_Item] = Queue(_FRAMES_AHEAD)
        self._is_closing = Event()
        self._thread = Thread(target=self._run, name="sample-video", daemon=True)

    def frames(self, is_cancelled: Callable[[], bool]) -> Iterator[Frame]:
        """The frames in order, until the video ends or, soon after, `is_cancelled` says so.

        Raises:
            SourceError: if it cannot be read, breaks off, or gives no frame any more.
        """
        self._thread.start()
        limit = TimeLimit(self._limit_s)
        while not is_cancelled():
            try:
                item = self._items.get(timeout=TICK_S)
            except Empty:
                self._check(limit)
                continue
            if isinstance(item, Exception):
                raise item
            if item is None:
                return
            yield item
            limit = TimeLimit(self._limit_s)

    def close(self) -> None:
        """End the thread; one that hangs in native code is left, and keeps no program running."""
        self._is_closing.set()
        if self._thread.is_alive():
            self._thread.join(_JOIN_S)

    def _check(self, limit: TimeLimit) -> None:
        try:
            limit.check()
        except TimeoutError:
            raise SourceError(
                f"{self._source.title} gave no picture for {self._limit_s:.0f} seconds "
                "and was given up."
            ) from None

    def _run(self) -> None:
        try:
            with self._announced(), self._source:
                next_s = -math.inf
                while not self._is_closing.is_set():
                    self._source.skip_to(next_s)
                    frame = self._source.read()
                    self._give(frame)
                    if frame is None:
                        return
                    next_s = frame.time_s + self._interval_s
        except Exception as error:
            self._give(error)

    def _give(self, item: _Item) -> None:
        is_given = False
        while not (is_given or self._is_closing.is_set()):
            with suppress(Full):
                self._items.put(item, timeout=TICK_S)
                is_given = True
