from collections.abc import Sequence
from pathlib import Path

import pytest

from core.assembly import make_pipeline
from core.errors import DataError
from core.settings import Settings
from core.sources.frame_source import SourceKind
from core.types import Box, Face, Frame, FrameResult, Gender
from tests.fakes import make_frame
from tests.training.made_up_faces import write_chips
from training.data.chip import read_chips
from training.data.street import Head, StreetFrame
from training.measuring.street_check import check_street, match, street_scenes, street_table, told

UTKFACE = Path(__file__).parents[4] / "shared" / "data" / "UTKFace"


def box(left: float) -> Box:
    return Box(left, 0, left + 50, 50)


def head(walker: int, left: float, is_seen: bool = True) -> Head:
    return Head(walker, box(left), is_seen)


def face(track_id: int, left: float, gender: Gender | None = None) -> Face:
    return Face(box(left), 0.9, track_id=track_id, gender=gender)


class Recital:
    """Stands for a pipeline: says of each frame what it was told to say."""

    def __init__(self, *answers: Sequence[Face]) -> None:
        self._answers = iter(answers)
        self.is_held = False

    def process(self, frame: Frame) -> FrameResult:
        return FrameResult(frame, tuple(next(self._answers)))


def scene(*frames: Sequence[Head]) -> list[StreetFrame]:
    return [StreetFrame(make_frame(index=n, time_s=n / 25), tuple(h)) for n, h in enumerate(frames)]


def test_each_face_belongs_to_the_head_that_it_overlaps_most() -> None:
    heads = [head(0, 0), head(1, 30), head(2, 200)]
    pairs = match(heads, [face(7, 26), face(8, 5), face(9, 400)])
    assert {(h.walker, f.track_id) for h, f in pairs} == {(0, 8), (1, 7)}


def test_a_person_well_followed_has_one_track_and_one_gender() -> None:
    frames = [[head(0, 10 * n)] for n in range(4)]
    answers = [[face(1, 10 * n, Gender.MALE)] for n in range(4)]
    check = check_street(Recital(*answers), [scene(*frames)])  # type: ignore[arg-type]
    assert (check.people, check.covered_share, check.tracks_per_person) == (1, 1.0, 1.0)
    assert (check.switch_count, check.flip_count, check.mixed_tracks, check.false_tracks) == (
        0,
        0,
        0,
        0,
    )
    assert "faces with a track: 100.0%, of 1 people" in street_table(check)


def test_all_that_can_go_wrong_is_counted() -> None:
    frames = [
        [head(0, 0), head(1, 100)],
        [head(0, 0), head(1, 100)],
        [head(0, 0), head(1, 100)],
        [head(0, 0), head(1, 100)],
    ]
    answers = [
        [face(1, 0, Gender.MALE), face(2, 100, Gender.FEMALE)],
        [face(1, 0, Gender.UNSURE), face(9, 500)],  # 1 of 2 covered, a false track
        [face(3, 0, Gender.FEMALE), face(1, 100, Gender.FEMALE)],  # a new track, a stolen one
        [face(3, 0), face(1, 100)],
    ]
    check = check_street(Recital(*answers), [scene(*frames)])  # type: ignore[arg-type]
    assert check.people == 2
    assert check.covered_share == 7 / 8
    assert check.tracks_per_person == 2.0
    assert check.switch_count == 2
    assert check.mixed_tracks == 1
    assert check.flip_count == 1
    assert check.false_share == 1 / 8
    assert check.false_tracks == 1


def test_a_hidden_face_need_not_be_found_and_is_not_false() -> None:
    frames = [[head(0, 0)], [head(0, 0, is_seen=False)], [head(0, 0, is_seen=False)]]
    answers: list[list[Face]] = [[face(1, 0)], [face(1, 0)], []]
    check = check_street(Recital(*answers), [scene(*frames)])  # type: ignore[arg-type]
    assert (check.covered_share, check.false_share) == (1.0, 0.0)


def test_the_people_of_two_scenes_are_not_the_same() -> None:
    answers = [[face(1, 0)], [face(1, 0)]]
    scenes = [scene([head(0, 0)]), scene([head(0, 0)])]
    check = check_street(Recital(*answers), scenes)  # type: ignore[arg-type]
    assert (check.people, check.tracks_per_person, check.mixed_tracks) == (2, 1.0, 0)


def test_too_few_people_are_said(tmp_path: Path) -> None:
    chips = read_chips(write_chips(tmp_path / "UTKFace", 4))
    with pytest.raises(DataError, match="A street needs 8 grown people"):
        next(street_scenes(chips, 1))


@pytest.mark.utkface
@pytest.mark.slow
@pytest.mark.skipif(not UTKFACE.is_dir(), reason="no UTKFace chips in ../shared/data")
def test_the_people_of_a_street_are_seen_and_keep_their_tracks() -> None:
    """Of three scenes 98 % of the faces had a track, 1.2 tracks a person."""
    pipeline = make_pipeline(SourceKind.VIDEO, None, Settings())
    check = check_street(pipeline, street_scenes(read_chips(UTKFACE), 1))
    pipeline.close()
    assert check.covered_share > 0.9
    assert check.tracks_per_person <= 1.6
    assert check.mixed_tracks <= 2
    assert check.false_share < 0.03


def test_how_far_it_is_is_told_frame_by_frame() -> None:
    done: list[tuple[int, int]] = []
    scenes = told([scene([head(0, 0)], []), scene([])], 2, lambda *now: done.append(now))
    check_street(Recital([], [], []), scenes)  # type: ignore[arg-type]
    assert done == [(1, 500), (2, 500), (3, 500)]
