"""One track per face: the same number for the same face from frame to frame.

A face is followed as long as detections come where a filter of constant velocity expects them. One
that was hidden for a moment, or that left and comes back, gets its own track again, if a second
look confirms that there is a face. A sure detection begins a track; an unsure one continues it
(as in Zhang et al., "ByteTrack", 2022).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from core.faces.motion import Motion
from core.faces.overlap import intersection_over_smaller
from core.faces.rejections import Rejections
from core.faces.steadiness import DetectionFilter
from core.types import Detection

MAX_MISSING_S = 2.0
"""A face that was not found for longer has left."""

VISIBLE_FOR_S = 0.25
"""A face that was not found for so long is still shown, where it should be: detectors blink, and
do not see small faces in every frame. After that it is lost until a look confirms it."""

MAX_LOOKS_PER_FRAME = 2
"""A second look takes about as long as a frame's detection; the rest waits."""

MAX_VAIN_S = 1.0
"""A track whose looks have been in vain for so long follows a false box, or a head turned away."""

_GATE = 9.0
"""Squared Mahalanobis distance beyond which a detection is another face: of true ones, 3 % are."""

_EDGE_SHARE = 0.85
"""Share of a view's least height from which on it may show a face: detections vary."""

_MAX_OVERLAP = 0.5
"""Share of the smaller box from which on a new face is one that has a track already."""

Confirm = Callable[[Detection], Detection | None]


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What a look at a frame showed.

    Attributes:
        detections: the candidates.
        least_face_px: it says nothing of faces lower than this.
        is_cut: another scene begins: whoever was seen before is not here.
    """

    detections: Sequence[Detection]
    least_face_px: float = 0.0
    is_cut: bool = False


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
    """Follows faces through the frames of one stream. Make a new one when the stream jumps.

    Args:
        min_score: a detection of lower confidence begins no track, 0-1.
    """

    def __init__(self, min_score: float) -> None:
        self._min_score = min_score
        self._faces: list[_TrackedFace] = []
        self._rejections = Rejections()
        self._last_id = 0

    def update(
        self,
        view: View,
        time_s: float,
        confirm: Confirm,
        max_looks: int | None = MAX_LOOKS_PER_FRAME,
    ) -> tuple[Track, ...]:
        """Take in the candidates of one frame and give all tracks, oldest first.

        Only candidates without a track are confirmed, a few per frame; one that was refused is
        tried again later, ever more rarely, at most a second after the last time.

        Args:
            time_s: later than that of the frame before.
            confirm: the second look: the refined detection of a face, or None.
            max_looks: so many candidates are confirmed in this frame; None for all.
        """
        if view.is_cut:
            self._faces, self._rejections = [], Rejections()
        new = self._follow(view, time_s)
        sure = [detection for detection in new if detection.score >= self._min_score]
        self._confirm(self._rejections.due(sure, time_s)[:max_looks], time_s, confirm)
        self._faces = [face for face in self._faces if face.missing_s(time_s) <= MAX_MISSING_S]
        return tuple(face.track(time_s) for face in self._faces)

    def note_look(self, track_id: int, found: Detection | None, time_s: float) -> None:
        """Take in what a second look at a track found; too long in vain, and its face is lost."""
        face = next(face for face in self._faces if face.track_id == track_id)
        face.note_look(found, time_s)

    def _follow(self, view: View, time_s: float) -> list[Detection]:
        """Give each track in view its detection; the rest is new."""
        free = list(view.detections)
        least_px = _EDGE_SHARE * view.least_face_px
        in_view = [
            face
            for face in self._faces
            if not face.is_lost(time_s) and face.detection.box.height >= least_px
        ]
        for face, detection in _best_pairs(in_view, view.detections, time_s):
            face.see(detection, time_s)
            free = [other for other in free if other is not detection]
        return free

    def _confirm(self, candidates: Sequence[Detection], time_s: float, confirm: Confirm) -> None:
        for candidate in candidates:
            found = confirm(candidate)
            known = self._track_of(found, time_s) if found else None
            if found is None or (known and known.missing_s(time_s) == 0):
                self._rejections.add(candidate, time_s)
                continue
            if known:
                known.see_closely(found, time_s)
            else:
                self._last_id += 1
                self._faces.append(_TrackedFace(self._last_id, found, time_s))

    def _track_of(self, found: Detection, time_s: float) -> "_TrackedFace | None":
        """The track that has this face already, or that lost it."""
        for face in self._faces:
            is_same = intersection_over_smaller(face.detection.box, found.box) > _MAX_OVERLAP
            if is_same and not face.is_lost(time_s):
                return face
        missed = [face for face in self._faces if face.missing_s(time_s) > 0]
        return next((face for face, _ in _best_pairs(missed, [found], time_s)), None)


class _TrackedFace:
    """What the tracker remembers of one face."""

    def __init__(self, track_id: int, detection: Detection, time_s: float) -> None:
        self.detection = detection
        self.track_id = track_id
        self._filter = DetectionFilter(detection, time_s)
        self._motion = Motion(detection.box, time_s)
        self._seen_s = self._seen_closely_s = time_s
        self._vain_since_s: float | None = None
        self._is_denied = False

    def see(self, detection: Detection, time_s: float) -> None:
        self.detection = self._filter.filter(detection, time_s)
        self._motion.see(detection.box, time_s)
        self._seen_s = time_s

    def see_closely(self, found: Detection, time_s: float) -> None:
        """Take in what a second look found in a frame in which `see` did not."""
        self.see(found, time_s)
        self._seen_closely_s = time_s
        self._vain_since_s = None
        self._is_denied = False

    def note_look(self, found: Detection | None, time_s: float) -> None:
        if found is None:
            self._vain_since_s = time_s if self._vain_since_s is None else self._vain_since_s
            self._is_denied = time_s - self._vain_since_s >= MAX_VAIN_S
        elif self.missing_s(time_s) > 0:
            self.see_closely(found, time_s)
        else:
            self._vain_since_s = None

    def missing_s(self, time_s: float) -> float:
        return time_s - self._seen_s

    def is_lost(self, time_s: float) -> bool:
        return self.missing_s(time_s) > VISIBLE_FOR_S or self._is_denied

    def distance(self, detection: Detection, time_s: float) -> float:
        """How unlikely a detection is this face: see `Motion.distance`."""
        return self._motion.distance(detection.box, time_s)

    def spread(self, time_s: float) -> float:
        """In how large an area the face may be: see `Motion.spread`."""
        return self._motion.spread(time_s)

    def track(self, time_s: float) -> Track:
        return Track(
            track_id=self.track_id,
            detection=self._expected(time_s),
            is_visible=not self.is_lost(time_s),
            is_looked_at=time_s == self._seen_closely_s,
        )

    def _expected(self, time_s: float) -> Detection:
        """Where the face should be by now if it went on as before."""
        if self.missing_s(time_s) == 0:
            return self.detection
        dx, dy = self._motion.moved_px(time_s)
        return Detection(
            box=self.detection.box.moved(dx, dy),
            score=self.detection.score,
            landmarks=self.detection.landmarks + np.array([dx, dy], np.float32),
        )


def _best_pairs(
    faces: Sequence[_TrackedFace], detections: Sequence[Detection], time_s: float
) -> Iterator[tuple[_TrackedFace, Detection]]:
    """Tracks with their detections, the likeliest first, each at most once."""
    distances = [[face.distance(detection, time_s) for detection in detections] for face in faces]
    # Of two tracks at the same distance, the one that knew better where to look: the likelihood of
    # a normal distribution has its variance in it.
    ranked = sorted(
        (distance + face.spread(time_s), row, column)
        for row, face in enumerate(faces)
        for column, distance in enumerate(distances[row])
        if distance <= _GATE
    )
    rows: set[int] = set()
    columns: set[int] = set()
    for _, row, column in ranked:
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            yield faces[row], detections[column]
