"""From the frames of a video to its people: one for each track, with all that is said of a face.

A video is sampled, not read frame by frame: what is followed moves little in a fifth of a second,
and most of the time goes into decoding. The tracks are those of the live pipeline, summed up as a
recorded session is. Somebody who is out of sight for longer than a track is kept counts anew.
"""

from array import array
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from core.face_quality import face_quality
from core.live_pipeline import LivePipeline, Look
from core.recording.track_log import TrackLog, TrackSpan
from core.types import Box, Detection, Estimate, Face, FaceSpan, Frame

SAMPLES_PER_S = 5.0

_SAME_MOMENT_S = 0.3
"""Who was seen so shortly before or after a moment was there at it."""


class Trail:
    """Where a face was, by time."""

    def __init__(self) -> None:
        self._times_s = array("d")
        self._edges_px = array("f")

    def add(self, time_s: float, box: Box) -> None:
        """Note where it is at `time_s`, later than before."""
        self._times_s.append(time_s)
        self._edges_px.extend((box.left, box.top, box.right, box.bottom))

    def at(self, time_s: float | None) -> Box | None:
        """Where it was at about `time_s`; None if it was not seen then."""
        if time_s is None:
            return None
        after = bisect(self._times_s, time_s)
        around = range(max(after - 1, 0), min(after + 1, len(self._times_s)))
        nearest = min(around, key=lambda n: abs(self._times_s[n] - time_s), default=None)
        if nearest is None or abs(self._times_s[nearest] - time_s) > _SAME_MOMENT_S:
            return None
        return Box(*self._edges_px[4 * nearest : 4 * nearest + 4])


@dataclass(frozen=True, slots=True, eq=False)
class SeenPerson:
    """One person of a video.

    Attributes:
        detection: the face in the frame that shows it best, in px of the frame.
        face: the same box, with what is said of the whole track.
    """

    span: FaceSpan
    detection: Detection
    face: Face
    trail: Trail


class PeopleLog:
    """Follows the people of one video, frame by frame.

    Args:
        pipeline: a new one, unhurried; its predictor stays open.
    """

    def __init__(self, pipeline: LivePipeline) -> None:
        self._pipeline = pipeline
        self._log = TrackLog()
        self._trails: dict[int, Trail] = {}
        self._best: dict[int, tuple[Look, float]] = {}

    def add(self, frame: Frame) -> None:
        """Look at the next frame."""
        result = self._pipeline.process(frame)
        self._log.add(result)
        for face in result.faces:
            if face.track_id is not None:
                trail = self._trails.setdefault(self._log.number_of(face.track_id), Trail())
                trail.add(frame.time_s, face.box)
        for look in self._pipeline.looks:
            track = self._log.number_of(look.track_id)
            if track not in self._best or look.weight > self._best[track][0].weight:
                self._best[track] = look, frame.time_s

    @property
    def people(self) -> Sequence[SeenPerson]:
        """Everybody whose face was seen well enough to be estimated, in order of appearance."""
        return [self._person(track) for track in self._log.tracks if track.track in self._best]

    def _person(self, track: TrackSpan) -> SeenPerson:
        look, frame_s = self._best[track.track]
        detection = look.detection
        estimate = Estimate(
            track.age_years,
            track.age_low_years,
            track.age_high_years,
            track.female_probability,
        )
        face = Face(
            detection.box,
            detection.score,
            estimate,
            gender=track.gender,
            quality=face_quality(detection, estimate),
        )
        span = FaceSpan(track.from_s, track.to_s, frame_s)
        return SeenPerson(span, detection, face, self._trails[track.track])
