"""From the frames of a stream to their faces: tracks, and estimates within a time budget."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from core.estimation.chip_weight import chip_weight
from core.estimation.estimate_budget import EstimateBudget
from core.estimation.predictor import MAX_BATCH, Predictor
from core.face_quality import face_quality
from core.faces.alignment import align_faces
from core.faces.smoother import EstimateSmoother
from core.faces.tracker import MAX_LOOKS_PER_FRAME, FaceTracker, Track, View
from core.settings import Settings
from core.stage_clock import StageClock
from core.types import (
    Box,
    Detection,
    Estimate,
    Face,
    Frame,
    FrameResult,
    Image,
    OtherAnswer,
)

MAX_GAP_S = 1.0
"""After a longer gap, who stands where somebody stood is not taken for the same person."""


STAGES = "look", "align", "predict", "smooth"
"""What an estimate costs."""

MIN_INSIDE_SHARE = 0.8
"""A face of whose box less lies in the picture is not estimated yet: it is coming in."""


class LiveDetector(Protocol):
    """What a live pipeline needs of a detector: see core/faces/live_detector.py."""

    def detect_frame(self, image: Image, time_s: float) -> View: ...

    def second_look(self, image: Image, detection: Detection) -> Detection | None: ...


@dataclass(slots=True)
class _TrackEstimate:
    """What is known of one track, and when it was last tried to know more."""

    smoother: EstimateSmoother
    second_smoother: EstimateSmoother
    tried_at_s: float = -math.inf
    quality: float | None = None

    def learn(self, estimate: Estimate, look: "Look", time_s: float) -> None:
        """Take in one more estimate of the first model."""
        self.smoother.add(estimate, look.weight, time_s)
        if self.smoother.smoothed is not None:
            self.quality = face_quality(look.detection, self.smoother.smoothed)


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """A face as it was estimated.

    Attributes:
        track_id: as in `Face`.
        detection: where it is, located anew, in px of the frame.
        weight: how much its estimate counts, above 0: see core/estimation/chip_weight.py.
    """

    track_id: int
    detection: Detection
    weight: float


class LivePipeline:
    """Keeps the contract `FramePipeline` for streams.

    Detect, track, then look again at those tracks whose estimate is missing or stale, the oldest
    first and no more than the time budget allows, align and predict them in one batch, then
    smooth. A jump in time, back or by more than `MAX_GAP_S` (the user moved in a video), starts
    all tracks anew.

    Args:
        is_hurried: keep the time budget; else up to `MAX_BATCH` faces of a frame are estimated,
            however long that takes, and no answer depends on how fast the computer is.
        second: another model, which answers beside the first one and is closed with it.

    Attributes:
        looks: the faces that were estimated in the last frame.
        is_held: the next frame stays on the screen: every face in it is confirmed and estimated,
            however long that takes.
    """

    def __init__(
        self,
        detector: LiveDetector,
        predictor: Predictor,
        settings: Settings,
        *,
        is_hurried: bool = True,
        second: Predictor | None = None,
    ) -> None:
        self.looks: Sequence[Look] = ()
        self.is_held = False
        self._detector = detector
        self._predictor = predictor
        self._second = second
        self._settings = settings
        self._is_hurried = is_hurried
        self._tracker = FaceTracker(settings.min_detection_score)
        self._budget = EstimateBudget(settings.estimate_budget_ms, MAX_BATCH)
        self._estimates: dict[int, _TrackEstimate] = {}
        self._last_time_s = -math.inf

    @property
    def predictor(self) -> Predictor:
        return self._predictor

    def process(self, frame: Frame) -> FrameResult:
        clock = StageClock()
        if not 0 < frame.time_s - self._last_time_s <= MAX_GAP_S:
            self._tracker = FaceTracker(self._settings.min_detection_score)
            self._estimates.clear()
        self._last_time_s = frame.time_s
        with clock.stage("detect"):
            view = self._detector.detect_frame(frame.image, frame.time_s)
        with clock.stage("track"):
            tracks = self._track(view, frame)
        self.looks = ()
        due = self._due_tracks(tracks, frame)
        if due:
            self._estimate(due, frame, clock)
        faces = tuple(self._face(track) for track in tracks)
        return FrameResult(frame, faces, clock.timings_ms)

    def close(self) -> None:
        self._predictor.close()
        if self._second is not None:
            self._second.close()

    def _track(self, view: View, frame: Frame) -> list[Track]:
        """The tracks seen in this very frame; what is known of lost tracks is forgotten."""
        tracks = self._tracker.update(
            view,
            frame.time_s,
            confirm=lambda detection: self._detector.second_look(frame.image, detection),
            max_looks=None if self.is_held else MAX_LOOKS_PER_FRAME,
        )
        self._estimates = {
            track.track_id: self._estimates.get(track.track_id)
            or _TrackEstimate(EstimateSmoother(self._settings), EstimateSmoother(self._settings))
            for track in tracks
        }
        return [track for track in tracks if track.is_visible]

    def _due_tracks(self, tracks: Sequence[Track], frame: Frame) -> list[Track]:
        """The tracks to estimate now, the longest waiting first."""
        stale_since_s = frame.time_s - self._settings.estimate_interval_s
        due = [
            track
            for track in tracks
            if self._tried_at_s(track) <= stale_since_s and _is_inside(track.detection, frame.image)
        ]
        count = self._budget.affordable_count if self._is_hurried else MAX_BATCH
        if self.is_held:
            count = len(due)
        return sorted(due, key=self._tried_at_s)[:count]

    def _tried_at_s(self, track: Track) -> float:
        return self._estimates[track.track_id].tried_at_s

    def _estimate(self, tracks: Sequence[Track], frame: Frame, clock: StageClock) -> None:
        with clock.stage("look"):
            looked_at = [(track, self._look_again(frame, track)) for track in tracks]
            faces = [
                (track, face)
                for track, face in looked_at
                if face is not None and _is_inside(face, frame.image)
            ]
        for track in tracks:
            self._estimates[track.track_id].tried_at_s = frame.time_s
        if faces:
            self._estimate_faces(faces, frame, clock)
        self._budget.learn(sum(clock.timings_ms.get(stage, 0.0) for stage in STAGES), len(tracks))

    def _estimate_faces(
        self, faces: Sequence[tuple[Track, Detection]], frame: Frame, clock: StageClock
    ) -> None:
        with clock.stage("align"):
            detections = [face for _, face in faces]
            chips = align_faces(frame.image, detections, self._predictor.card.input_size_px)
        with clock.stage("predict"):
            estimates = self._predictor.predict(chips)
            others = self._ask_second(frame, detections)
        with clock.stage("smooth"):
            self.looks = [
                Look(track.track_id, face, chip_weight(chip, track.detection.box.height))
                for (track, face), chip in zip(faces, chips, strict=True)
            ]
            for look, estimate in zip(self.looks, estimates, strict=True):
                self._estimates[look.track_id].learn(estimate, look, frame.time_s)
            for look, estimate in zip(self.looks, others, strict=False):
                second = self._estimates[look.track_id].second_smoother
                second.add(estimate, look.weight, frame.time_s)

    def _ask_second(self, frame: Frame, detections: Sequence[Detection]) -> Sequence[Estimate]:
        """What the second model says of the same faces; nothing without one."""
        if self._second is None:
            return ()
        chips = align_faces(frame.image, detections, self._second.card.input_size_px)
        return self._second.predict(chips)

    def _look_again(self, frame: Frame, track: Track) -> Detection | None:
        """With landmarks of the detector's best scale: in a whole frame they are rough."""
        if track.is_looked_at:
            return track.detection
        found = self._detector.second_look(frame.image, track.detection)
        self._tracker.note_look(track.track_id, found, frame.time_s)
        return found

    def _face(self, track: Track) -> Face:
        known = self._estimates[track.track_id]
        smoother, second = known.smoother, known.second_smoother
        other = None if second.smoothed is None else OtherAnswer(second.smoothed, second.gender)
        return Face(
            box=track.detection.box,
            score=track.detection.score,
            estimate=smoother.smoothed,
            track_id=track.track_id,
            gender=smoother.gender,
            quality=known.quality,
            other=other,
        )


def _is_inside(face: Detection, image: Image) -> bool:
    """Whether most of a face lies in the picture."""
    height, width = image.shape[:2]
    inside_px = face.box.intersection_area(Box(0, 0, width, height))
    return inside_px >= MIN_INSIDE_SHARE * face.box.area
