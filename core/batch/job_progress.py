"""How far a job is, how fast it goes, and when it will be done."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock


@dataclass(frozen=True, slots=True)
class VideoPlace:
    """How far a video is that is being read.

    Attributes:
        length_s: None where the file does not say.
    """

    path: Path
    time_s: float
    length_s: float | None

    @property
    def share(self) -> float:
        """How much of it is done, 0-1."""
        return min(self.time_s / self.length_s, 1.0) if self.length_s else 0.0


class VideosInHand:
    """The videos that are being read; every thread may use it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._places: dict[int, VideoPlace] = {}

    @property
    def places(self) -> Sequence[VideoPlace]:
        """How far they are, the one that was begun first at the head."""
        with self._lock:
            return tuple(self._places.values())

    def note(self, video_id: int, place: VideoPlace) -> None:
        """A video is so far now."""
        with self._lock:
            self._places[video_id] = place

    def forget(self, video_id: int) -> None:
        """A video is done, or given up."""
        with self._lock:
            self._places.pop(video_id, None)


@dataclass(frozen=True, slots=True)
class JobProgress:
    """A job at one moment.

    Attributes:
        is_scanning: photos are still being looked for; `total` grows.
        is_paused: nothing more is begun.
        total: photos and videos found.
        done: photos with an answer; `failed` ones are not among them.
        failed: photos that could not be read.
        skipped: what the scan left out.
        faces: found in this job.
        photos_per_s: over the last seconds; None until it is known.
        time_left_s: until all photos are done at this speed; None until it is known, and as long
            as videos wait, which may be of any length.
        videos: how many of all are videos.
        in_hand: the videos that are being read.
    """

    is_scanning: bool = False
    is_paused: bool = False
    total: int = 0
    done: int = 0
    failed: int = 0
    skipped: int = 0
    faces: int = 0
    photos_per_s: float | None = None
    time_left_s: float | None = None
    videos: int = 0
    in_hand: Sequence[VideoPlace] = ()

    @property
    def share(self) -> float:
        """How much is done, 0-1, with the parts of videos that are being read."""
        parts = sum(place.share for place in self.in_hand)
        return min((self.done + self.failed + parts) / self.total, 1.0) if self.total else 0.0


class RateMeter:
    """Photos per second over the last `window_s` seconds, so that it follows the photos' sizes."""

    def __init__(self, window_s: float = 15.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._window_s = window_s
        self._clock = clock
        self._marks: deque[tuple[float, int]] = deque()
        self.restart()

    def restart(self) -> None:
        """Forget what was; after a pause, for instance."""
        self._marks = deque([(self._clock(), 0)])

    def add(self, count: int) -> None:
        """Note that `count` more photos are done."""
        now_s = self._clock()
        self._marks.append((now_s, self._marks[-1][1] + count))
        while len(self._marks) > 2 and self._marks[1][0] <= now_s - self._window_s:
            self._marks.popleft()

    @property
    def photos_per_s(self) -> float | None:
        """None before there is anything to go by."""
        (from_s, before), (to_s, after) = self._marks[0], self._marks[-1]
        if after == before or to_s <= from_s:
            return None
        return (after - before) / (to_s - from_s)
