"""One track per face: the same number for the same face from frame to frame."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from core.faces.overlap import intersection_over_smaller, overlaps_any
from core.faces.rejections import Rejections
from core.faces.steadiness import DetectionFilter
from core.types import Detection

MAX_MISSING_S = 0.5
"""A face that was not found for longer has left."""

VISIBLE_FOR_S = 0.12
"""A face that was not found for so long is still shown: the detector blinks."""

MAX_LOOKS_PER_FRAME = 2
"""A second look takes about as long as two detections in a frame; the rest waits."""

_MIN_AFFINITY = 0.1
_LANDMARK_REACH = 0.8
"""Mean distance of landmarks, in sizes of the face, from which on detections are not alike."""

_MAX_OVERLAP = 0.5
"""Share of the smaller box from which on a new face is one that has a track already."""

Confirm = Callable[[Detection], Detection | None]


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """One face as it is known now.

    Attributes:
        track_id: from 1; never used twice by one tracker.
        detection: where the face is, steadied.
        is_visible: whether to show it: found in this frame, or missed for an instant only.
        is_new: whether it was confirmed in this very frame.
    """

    track_id: int
    detection: Detection
    is_visible: bool
    is_new: bool


class FaceTracker:
    """Follows faces through the frames of one stream. Make a new one when the stream jumps."""

    def __init__(self) -> None:
        self._faces: list[_TrackedFace] = []
        self._rejections = Rejections()
        self._last_id = 0

    def update(
        self, detections: Sequence[Detection], time_s: float, confirm: Confirm
    ) -> tuple[Track, ...]:
        """Take in the candidates of one frame and give all tracks, oldest first.

        Only candidates without a track are confirmed, a few per frame; one that was refused is
        tried again later, ever more rarely, at most a second after the last time.

        Args:
            time_s: later than that of the frame before.
            confirm: the second look: the refined detection of a face, or None.
        """
        new = self._follow(detections, time_s)
        self._confirm(new, time_s, confirm)
        self._faces = [face for face in self._faces if face.missing_s(time_s) <= MAX_MISSING_S]
        return tuple(face.track(time_s) for face in self._faces)

    def _follow(self, detections: Sequence[Detection], time_s: float) -> list[Detection]:
        """Give each track its detection; the rest is new."""
        free = list(detections)
        for face, detection in _best_pairs(self._faces, detections, time_s):
            face.see(detection, time_s)
            free = [other for other in free if other is not detection]
        return free

    def _confirm(self, candidates: Sequence[Detection], time_s: float, confirm: Confirm) -> None:
        due = self._rejections.due(candidates, time_s)
        for candidate in due[:MAX_LOOKS_PER_FRAME]:
            face = confirm(candidate)
            if face is None or self._has_track(face):
                self._rejections.add(candidate, time_s)
            else:
                self._rejections.forget(candidate)
                self._last_id += 1
                self._faces.append(_TrackedFace(self._last_id, face, time_s))

    def _has_track(self, detection: Detection) -> bool:
        tracked = (face.detection for face in self._faces)
        return overlaps_any(detection, tracked, _MAX_OVERLAP, intersection_over_smaller)


class _TrackedFace:
    """What the tracker remembers of one face."""

    def __init__(self, track_id: int, detection: Detection, time_s: float) -> None:
        self.detection = detection
        self._track_id = track_id
        self._filter = DetectionFilter(detection, time_s)
        self._confirmed_s = time_s
        self._seen_s = time_s

    def see(self, detection: Detection, time_s: float) -> None:
        self.detection = self._filter.filter(detection, time_s)
        self._seen_s = time_s

    def missing_s(self, time_s: float) -> float:
        return time_s - self._seen_s

    def expected(self, time_s: float) -> Detection:
        """Where the face should be by now if it went on as before."""
        elapsed_s = min(self.missing_s(time_s), VISIBLE_FOR_S)
        if elapsed_s == 0:
            return self.detection
        dx, dy = (speed * elapsed_s for speed in self._filter.velocity_px_per_s)
        return Detection(
            box=self.detection.box.moved(dx, dy),
            score=self.detection.score,
            landmarks=self.detection.landmarks + np.array([dx, dy], np.float32),
        )

    def track(self, time_s: float) -> Track:
        missing_s = self.missing_s(time_s)
        return Track(
            track_id=self._track_id,
            detection=self.expected(time_s),
            is_visible=missing_s <= VISIBLE_FOR_S,
            is_new=time_s == self._confirmed_s,
        )


def _best_pairs(
    faces: Sequence[_TrackedFace], detections: Sequence[Detection], time_s: float
) -> Iterator[tuple[_TrackedFace, Detection]]:
    """Tracks with their detections, most alike first, each at most once."""
    if not faces or not detections:
        return
    affinities = np.array(
        [
            [_affinity(expected, detection) for detection in detections]
            for expected in (face.expected(time_s) for face in faces)
        ]
    )
    while affinities.max() >= _MIN_AFFINITY:
        row, column = divmod(int(affinities.argmax()), len(detections))
        yield faces[row], detections[column]
        affinities[row, :] = affinities[:, column] = -1.0


def _affinity(expected: Detection, detection: Detection) -> float:
    """How much two detections are one face, 0-1: mean of box overlap and landmark nearness."""
    reach_px = _LANDMARK_REACH * max(expected.box.height, 1.0)
    if math.dist(expected.box.centre, detection.box.centre) > 2 * reach_px:
        return 0.0
    distances = np.hypot(*(expected.landmarks - detection.landmarks).T)
    nearness = max(0.0, 1.0 - float(distances.sum()) / (len(distances) * reach_px))
    return (expected.box.intersection_over_union(detection.box) + nearness) / 2
