"""How well the live pipeline follows the people of a made-up street."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from time import perf_counter

import numpy as np

from core.errors import DataError
from core.pipeline import FramePipeline
from core.types import Face, Gender
from training.data.chip import Chip
from training.data.pasted import read_chip
from training.data.street import (
    FRAMES_PER_S,
    SCENE_S,
    WALKER_COUNT,
    Head,
    StreetFrame,
    street_frames,
)

GROWN_YEARS = 18
MIN_OVERLAP = 0.3
"""Intersection over union with a head from which on a face is that person's."""


@dataclass(frozen=True, slots=True)
class StreetCheck:
    """What was seen of a street's people.

    Attributes:
        people: who had a track at all.
        covered_share: of all faces of all frames that could be seen, those with a track, 0-1.
        tracks_per_person: over those people.
        switch_count: how often another track than the last one followed a person.
        mixed_tracks: tracks that were on more than one person.
        flip_count: how often a person was shown as the other gender than before.
        false_share: of all faces shown, those where no head is, 0-1.
        false_tracks: tracks that were never on a person.
        mean_ms: of the pipeline, for one frame.
    """

    people: int
    covered_share: float
    tracks_per_person: float
    switch_count: int
    mixed_tracks: int
    flip_count: int
    false_share: float
    false_tracks: int
    mean_ms: float


@dataclass(slots=True)
class _Person:
    """What was shown of one person."""

    tracks: list[int] = field(default_factory=list)
    genders: list[Gender] = field(default_factory=list)

    def note(self, face: Face) -> None:
        if face.track_id is not None and face.track_id not in self.tracks[-1:]:
            self.tracks.append(face.track_id)
        is_sure = face.gender in {Gender.FEMALE, Gender.MALE}
        if face.gender is not None and is_sure and face.gender not in self.genders[-1:]:
            self.genders.append(face.gender)


class _Tally:
    """What is counted, over all scenes; people and tracks are told apart by scene and number."""

    def __init__(self) -> None:
        self.people: dict[tuple[int, int], _Person] = defaultdict(_Person)
        self.tracks: set[tuple[int, int]] = set()
        self.seen = self.covered = self.shown = self.false = self.frames = 0
        self.seconds = 0.0

    def note(self, scene: int, heads: Sequence[Head], faces: Sequence[Face]) -> None:
        """One frame: each face belongs to the head that it overlaps most, each to one."""
        pairs = match(heads, faces)
        self.seen += sum(head.is_seen for head in heads)
        self.covered += sum(head.is_seen for head, _ in pairs)
        self.shown += len(faces)
        self.false += len(faces) - len(pairs)
        self.tracks |= {(scene, face.track_id) for face in faces if face.track_id is not None}
        for head, face in pairs:
            if head.is_seen:
                self.people[scene, head.walker].note(face)


def street_scenes(chips: Sequence[Chip], scene_count: int) -> Iterator[Iterator[StreetFrame]]:
    """Scenes of grown people, drawn evenly; the same each time.

    Raises:
        DataError: if there are too few chips of grown people, or one cannot be read.
    """
    grown = [chip for chip in chips if (chip.age_years or 0) >= GROWN_YEARS]
    if len(grown) < WALKER_COUNT:
        raise DataError(f"A street needs {WALKER_COUNT} grown people; there are {len(grown)}.")
    for seed in range(scene_count):
        drawn = np.random.default_rng(seed).choice(len(grown), WALKER_COUNT, replace=False)
        yield street_frames([read_chip(grown[index].path) for index in drawn], seed)


def told(
    scenes: Iterable[Iterable[StreetFrame]],
    scene_count: int,
    progress: Callable[[int, int], None],
) -> Iterator[Iterator[StreetFrame]]:
    """The same scenes; `progress` is told how many of how many frames are done."""
    done, frame_count = count(1), scene_count * round(SCENE_S * FRAMES_PER_S)

    def told_frames(frames: Iterable[StreetFrame]) -> Iterator[StreetFrame]:
        for frame in frames:
            yield frame
            progress(next(done), frame_count)

    return map(told_frames, scenes)


def check_street(pipeline: FramePipeline, scenes: Iterable[Iterable[StreetFrame]]) -> StreetCheck:
    """Show one scene after the other to a live pipeline and count."""
    tally = _Tally()
    for scene, frames in enumerate(scenes):
        for shown in frames:
            start_s = perf_counter()
            result = pipeline.process(shown.frame)
            tally.seconds += perf_counter() - start_s
            tally.frames += 1
            tally.note(scene, shown.heads, result.faces)
    return _summary(tally)


def street_table(check: StreetCheck) -> str:
    """The figures as lines of text."""
    return "\n".join(
        [
            f"faces with a track: {check.covered_share:.1%}, of {check.people} people",
            f"tracks a person: {check.tracks_per_person:.2f}; switches: {check.switch_count}; "
            f"tracks on several people: {check.mixed_tracks}",
            f"changes of gender: {check.flip_count}",
            f"shown where no head is: {check.false_share:.1%}; "
            f"tracks that were never on a person: {check.false_tracks}",
            f"{check.mean_ms:.1f} ms a frame",
        ]
    )


def match(heads: Sequence[Head], faces: Sequence[Face]) -> list[tuple[Head, Face]]:
    """Heads with their faces, most alike first, each at most once."""
    overlaps = sorted(
        (
            (head.box.intersection_over_union(face.box), row, column)
            for row, head in enumerate(heads)
            for column, face in enumerate(faces)
        ),
        reverse=True,
    )
    rows: set[int] = set()
    columns: set[int] = set()
    pairs = []
    for overlap, row, column in overlaps:
        if overlap >= MIN_OVERLAP and row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            pairs.append((heads[row], faces[column]))
    return pairs


def _summary(tally: _Tally) -> StreetCheck:
    people = tally.people.values()
    followed = Counter(
        (scene, track)
        for (scene, _), person in tally.people.items()
        for track in set(person.tracks)
    )
    return StreetCheck(
        people=len(people),
        covered_share=tally.covered / max(tally.seen, 1),
        tracks_per_person=sum(len(set(p.tracks)) for p in people) / max(len(people), 1),
        switch_count=sum(max(len(person.tracks) - 1, 0) for person in people),
        mixed_tracks=sum(count > 1 for count in followed.values()),
        flip_count=sum(max(len(person.genders) - 1, 0) for person in people),
        false_share=tally.false / max(tally.shown, 1),
        false_tracks=len(tally.tracks - set(followed)),
        mean_ms=1000 * tally.seconds / max(tally.frames, 1),
    )
