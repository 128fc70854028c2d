"""Who was seen when: one span for each track and second, and one for each whole track."""

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Self

from core.doubt import is_doubtful
from core.live_pipeline import MAX_GAP_S
from core.types import Face, FrameResult, Gender


@dataclass(frozen=True, slots=True)
class TrackSpan:
    """What was seen of one track in some time; the values are means over its frames.

    Attributes:
        track: from 1; never used twice by one log.
        from_s: when it was first seen in this time, in seconds of the source.
        to_s: when it was last seen in it.
        frame_count: in how many frames.
        age_years: as it was shown; None before there is an estimate.
        age_low_years: lower end of the calibrated 80 % range.
        age_high_years: upper end of the calibrated 80 % range.
        gender: the one that was shown most often; None if none was.
        female_probability: 0-1.
        face_height_px: in px of the source's frames.
        face_quality: how far the estimates can be trusted, 0-1: see core/face_quality.py.
    """

    track: int
    from_s: float
    to_s: float
    frame_count: int
    age_years: float | None
    age_low_years: float | None
    age_high_years: float | None
    gender: Gender | None
    female_probability: float | None
    face_height_px: float
    face_quality: float | None = None

    @property
    def is_doubtful(self) -> bool:
        """Whether the estimates can hardly be trusted: see core/doubt.py."""
        return is_doubtful(self.face_quality)


class TrackLog:
    """Sums up the results of one session, in the order in which they come.

    After a jump in time, tracks are counted anew, as `LivePipeline` does.
    """

    def __init__(self) -> None:
        self._second: dict[int, _Tally] = {}
        self._whole: dict[int, _Tally] = {}
        self._last_time_s = -math.inf
        self._offset = 0

    @property
    def tracks(self) -> tuple[TrackSpan, ...]:
        """Every track so far, as a whole."""
        return tuple(tally.span(track) for track, tally in self._whole.items())

    def number_of(self, track_id: int) -> int:
        """What a track of the last result is called here: `TrackSpan.track`."""
        return self._offset + track_id

    def add(self, result: FrameResult) -> tuple[TrackSpan, ...]:
        """Take note of a result; one of the frame that was noted last says nothing new.

        Returns:
            The spans of the second before, if this is the first result of another.
        """
        time_s = result.frame.time_s
        ended: tuple[TrackSpan, ...] = ()
        if math.isfinite(self._last_time_s) and int(time_s) != int(self._last_time_s):
            ended = self.end_second()
        if not 0 < time_s - self._last_time_s <= MAX_GAP_S:
            self._offset = max(self._whole, default=0)
        if time_s == self._last_time_s:
            return ended
        self._last_time_s = time_s
        for face in result.faces:
            if face.track_id is not None:
                self._note(self.number_of(face.track_id), face, time_s)
        return ended

    def end_second(self) -> tuple[TrackSpan, ...]:
        """The spans of the second that was not told yet."""
        spans = tuple(tally.span(track) for track, tally in self._second.items())
        self._second.clear()
        return spans

    def _note(self, track: int, face: Face, time_s: float) -> None:
        for tallies in (self._second, self._whole):
            if track not in tallies:
                tallies[track] = _Tally.begin(time_s)
            tallies[track].add(face, time_s)


@dataclass(slots=True)
class _Mean:
    """A mean that grows."""

    total: float = 0.0
    count: int = 0

    def add(self, value: float | None) -> None:
        if value is not None:
            self.total += value
            self.count += 1

    @property
    def value(self) -> float | None:
        return self.total / self.count if self.count else None


@dataclass(slots=True)
class _Tally:
    """What is summed up of one track."""

    from_s: float
    to_s: float
    frame_count: int = 0
    age: _Mean = field(default_factory=_Mean)
    low: _Mean = field(default_factory=_Mean)
    high: _Mean = field(default_factory=_Mean)
    female: _Mean = field(default_factory=_Mean)
    height: _Mean = field(default_factory=_Mean)
    quality: _Mean = field(default_factory=_Mean)
    genders: Counter[Gender] = field(default_factory=Counter)

    @classmethod
    def begin(cls, time_s: float) -> Self:
        return cls(time_s, time_s)

    def add(self, face: Face, time_s: float) -> None:
        self.to_s = time_s
        self.frame_count += 1
        self.height.add(face.box.height)
        self.quality.add(face.quality)
        if face.estimate is not None:
            self.age.add(face.estimate.age_years)
            self.low.add(face.estimate.age_low_years)
            self.high.add(face.estimate.age_high_years)
            self.female.add(face.estimate.female_probability)
        if face.gender is not None:
            self.genders[face.gender] += 1

    def span(self, track: int) -> TrackSpan:
        return TrackSpan(
            track=track,
            from_s=self.from_s,
            to_s=self.to_s,
            frame_count=self.frame_count,
            age_years=self.age.value,
            age_low_years=self.low.value,
            age_high_years=self.high.value,
            gender=self.genders.most_common(1)[0][0] if self.genders else None,
            female_probability=self.female.value,
            face_height_px=self.height.value or 0.0,
            face_quality=self.quality.value,
        )
