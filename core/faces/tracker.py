"""One track per face: the same number for the same face from frame to frame."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from core.faces.overlap import intersection_over_smaller
from core.faces.rejections import Rejections
from core.faces.steadiness import DetectionFilter
from core.types import Detection

MAX_MISSING_S = 0.5
"""A face that was not found for longer has left."""

VISIBLE_FOR_S = 0.12
"""A face that was not found for so long is still shown: the detector blinks."""

MAX_LOOKS_PER_FRAME = 2
"""A second look takes about as long as two detections in a frame; the rest waits."""

MAX_VAIN_S = 1.0
"""A track whose looks have been in vain for so long follows a false box."""

_MIN_AFFINITY = 0.1
_MAX_SIZE_RATIO = 1.5
"""A detection so much higher, or lower, than the face was at its last look is not followed: in a
whole frame detectors are off by up to a half, and false boxes are two to six times the face."""

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
        is_looked_at: whether it is where a second look in this very frame found it.
    """

    track_id: int
    detection: Detection
    is_visible: bool
    is_looked_at: bool


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
        tried again later, ever more rarely, at most a second after the last time. One that turns
        out to be a track's own face, roughly seen, is where that track goes on.

        Args:
            time_s: later than that of the frame before.
            confirm: the second look: the refined detection of a face, or None.
        """
        new = self._follow(detections, time_s)
        self._confirm(new, time_s, confirm)
        self._faces = [face for face in self._faces if face.missing_s(time_s) <= MAX_MISSING_S]
        return tuple(face.track(time_s) for face in self._faces)

    def note_look(self, track_id: int, found: Detection | None, time_s: float) -> None:
        """Take in what a second look at a track found; too long in vain, and it is dropped."""
        face = next(face for face in self._faces if face.track_id == track_id)
        face.note_look(found, time_s)
        if face.vain_s(time_s) >= MAX_VAIN_S:
            self._faces.remove(face)

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
            found = confirm(candidate)
            known = self._track_of(found) if found else None
            if found is None or (known and known.missing_s(time_s) == 0):
                self._rejections.add(candidate, time_s)
                continue
            self._rejections.forget(candidate)
            if known:
                known.see_closely(found, time_s)
            else:
                self._last_id += 1
                self._faces.append(_TrackedFace(self._last_id, found, time_s))

    def _track_of(self, detection: Detection) -> "_TrackedFace | None":
        """The track that has this face already."""
        for face in self._faces:
            if intersection_over_smaller(face.detection.box, detection.box) > _MAX_OVERLAP:
                return face
        return None


class _TrackedFace:
    """What the tracker remembers of one face."""

    def __init__(self, track_id: int, detection: Detection, time_s: float) -> None:
        self.detection = detection
        self.track_id = track_id
        self._filter = DetectionFilter(detection, time_s)
        self._seen_s = self._seen_closely_s = time_s
        self._looked_height_px = detection.box.height
        self._vain_since_s = math.inf

    def see(self, detection: Detection, time_s: float) -> None:
        self.detection = self._filter.filter(detection, time_s)
        self._seen_s = time_s

    def see_closely(self, found: Detection, time_s: float) -> None:
        """Take in what a second look found in a frame in which `see` did not."""
        self.see(found, time_s)
        self.note_look(found, time_s)
        self._seen_closely_s = time_s

    def note_look(self, found: Detection | None, time_s: float) -> None:
        if found is None:
            self._vain_since_s = min(self._vain_since_s, time_s)
        else:
            self._vain_since_s = math.inf
            self._looked_height_px = found.box.height

    def vain_s(self, time_s: float) -> float:
        """For how long looks have been in vain."""
        return max(0.0, time_s - self._vain_since_s)

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

    def affinities(self, detections: Sequence[Detection], time_s: float) -> list[float]:
        """How much each detection is this face, 0-1."""
        expected = self.expected(time_s)
        return [
            _affinity(expected, detection) if self._could_be(detection) else 0.0
            for detection in detections
        ]

    def track(self, time_s: float) -> Track:
        missing_s = self.missing_s(time_s)
        return Track(
            track_id=self.track_id,
            detection=self.expected(time_s),
            is_visible=missing_s <= VISIBLE_FOR_S,
            is_looked_at=time_s == self._seen_closely_s,
        )

    def _could_be(self, detection: Detection) -> bool:
        ratio = detection.box.height / self._looked_height_px
        return 1 / _MAX_SIZE_RATIO <= ratio <= _MAX_SIZE_RATIO


def _best_pairs(
    faces: Sequence[_TrackedFace], detections: Sequence[Detection], time_s: float
) -> Iterator[tuple[_TrackedFace, Detection]]:
    """Tracks with their detections, most alike first, each at most once."""
    if not faces or not detections:
        return
    affinities = np.array([face.affinities(detections, time_s) for face in faces])
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
