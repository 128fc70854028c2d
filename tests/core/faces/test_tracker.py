import math
from collections.abc import Sequence

import numpy as np
import pytest

from core.faces.rejections import MAX_WAIT_S
from core.faces.tracker import (
    MAX_LOOKS_PER_FRAME,
    MAX_MISSING_S,
    MAX_VAIN_S,
    FaceTracker,
    Track,
    View,
)
from core.types import Detection
from tests.fakes import make_detection


class Stream:
    """A tracker fed with frames a thirtieth of a second apart; it counts second looks."""

    def __init__(self) -> None:
        self.tracker = FaceTracker(min_score=0.5)
        self.time_s = 0.0
        self.looks: list[float] = []
        self.confirms = True

    def show(self, *detections: Detection) -> tuple[Track, ...]:
        self.time_s += 1 / 30
        return self.tracker.update(View(detections), self.time_s, self._confirm)

    def show_for(self, seconds: float, *detections: Detection) -> tuple[Track, ...]:
        tracks: tuple[Track, ...] = ()
        for _ in range(round(seconds * 30)):
            tracks = self.show(*detections)
        return tracks

    def _confirm(self, detection: Detection) -> Detection | None:
        self.looks.append(detection.box.left)
        return detection if self.confirms else None


def ids(tracks: Sequence[Track]) -> list[int]:
    return [track.track_id for track in tracks]


def test_a_face_keeps_its_number() -> None:
    stream = Stream()
    assert [track.is_looked_at for track in stream.show(make_detection(left=97))] == [True]
    for step in range(60):
        tracks = stream.show(make_detection(left=100 + 3 * step))
    assert ids(tracks) == [1]
    assert len(stream.looks) == 1
    assert not tracks[0].is_looked_at


def test_each_face_has_its_own_number() -> None:
    stream = Stream()
    stream.show(make_detection(100), make_detection(300))
    tracks = stream.show(make_detection(300), make_detection(100), make_detection(500))
    assert {round(t.detection.box.left): t.track_id for t in tracks} == {100: 1, 300: 2, 500: 3}


def test_a_blink_of_the_detector_does_not_hide_the_face() -> None:
    stream = Stream()
    stream.show_for(0.5, make_detection())
    assert stream.show_for(0.1)[0].is_visible


def test_a_face_survives_a_short_miss_under_its_number() -> None:
    stream = Stream()
    stream.show_for(0.5, make_detection())
    tracks = stream.show_for(0.4)
    assert ids(tracks) == [1]
    assert not tracks[0].is_visible
    tracks = stream.show(make_detection(left=110))
    assert ids(tracks) == [1]
    assert tracks[0].is_visible
    assert stream.looks == [100, 110]


def test_a_face_that_left_is_dropped_and_returns_under_a_new_number() -> None:
    stream = Stream()
    stream.show(make_detection())
    assert stream.show_for(MAX_MISSING_S + 0.1) == ()
    assert ids(stream.show(make_detection())) == [2]


def test_a_face_that_was_hidden_gets_its_number_back_where_it_should_be_by_then() -> None:
    stream = Stream()
    for step in range(30):
        stream.show(make_detection(left=100 + 8 * step))
    assert stream.show_for(1.0)[0].is_visible is False
    tracks = stream.show(make_detection(left=100 + 8 * 60))
    assert ids(tracks) == [1]
    assert tracks[0].is_visible
    assert tracks[0].is_looked_at


def test_after_a_cut_a_face_in_the_same_place_is_somebody_else() -> None:
    stream = Stream()
    stream.show_for(0.5, make_detection())
    cut = View([make_detection()], is_cut=True)
    tracks = stream.tracker.update(cut, stream.time_s + 1 / 30, confirm=lambda face: face)
    assert ids(tracks) == [2]
    stream.confirms = False
    stream.show_for(0.5)
    assert ids(stream.show(make_detection())) == [2]


def test_after_a_cut_what_was_refused_before_is_looked_at_at_once() -> None:
    stream = Stream()
    stream.confirms = False
    stream.show_for(5.0, make_detection())
    cut = View([make_detection()], is_cut=True)
    assert ids(stream.tracker.update(cut, stream.time_s + 1 / 30, confirm=lambda face: face)) == [1]


def test_another_face_far_from_where_the_hidden_one_should_be_is_new() -> None:
    stream = Stream()
    for step in range(30):
        stream.show(make_detection(left=100 + 8 * step))
    stream.show_for(0.5)
    assert ids(stream.show(make_detection(left=20))) == [1, 2]


def test_a_lost_face_needs_a_look_to_come_back() -> None:
    stream = Stream()
    stream.show_for(0.5, make_detection())
    stream.show_for(0.5)
    stream.confirms = False
    (track,) = stream.show(make_detection(left=104))
    assert not track.is_visible


def test_of_two_tracks_the_one_that_knows_where_its_face_is_gets_it() -> None:
    """A person who was hidden here must not take the track of one who walks by."""
    stream = Stream()
    stream.show_for(0.5, make_detection(left=300))
    stream.show_for(0.8)
    for step in range(20):
        tracks = stream.show(make_detection(left=60 + 8 * step))
    assert {t.track_id: t.is_visible for t in tracks} == {1: False, 2: True}
    for step in range(20, 40):
        tracks = stream.show(make_detection(left=60 + 8 * step))
    assert [t.track_id for t in tracks if t.is_visible] == [2]


@pytest.mark.parametrize(("left", "is_passer"), [(294, True), (302, False)])
def test_a_face_between_two_tracks_goes_to_the_likelier_one(left: float, is_passer: bool) -> None:
    """One stood at 300 and blinks, another passes and should be at 282 by now.

    Both places are nearer to where the first may be by now, but it may be in a larger area.
    """
    stream = Stream()
    for step in range(36):
        standing = [make_detection(left=300)] if step < 30 else []
        stream.show(*standing, make_detection(left=66 + 6 * step))
    places = {
        track.track_id: track.detection.box.left for track in stream.show(make_detection(left))
    }
    assert places[2] == pytest.approx(left if is_passer else 282, abs=1)
    assert places[1] == pytest.approx(300 if is_passer else left, abs=2)


@pytest.mark.parametrize(("missing_s", "track_id"), [(1.9, 1), (2.1, 2)])
def test_a_face_is_waited_for_during_two_seconds(missing_s: float, track_id: int) -> None:
    stream = Stream()
    stream.show_for(0.5, make_detection())
    stream.show_for(missing_s)
    assert [t.track_id for t in stream.show(make_detection()) if t.is_visible] == [track_id]


@pytest.mark.parametrize(("missed_frames", "is_visible"), [(7, True), (8, False)])
def test_a_missed_face_is_shown_for_a_quarter_of_a_second(
    missed_frames: int, is_visible: bool
) -> None:
    stream = Stream()
    stream.show_for(0.5, make_detection())
    (track,) = stream.show_for(missed_frames / 30)
    assert track.is_visible is is_visible


@pytest.mark.parametrize(("vain_s", "is_visible"), [(0.95, True), (1.05, False)])
def test_looks_in_vain_end_a_track_after_a_second(vain_s: float, is_visible: bool) -> None:
    stream = Stream()
    stream.show(make_detection())
    begun_s = stream.time_s
    for looked_s in (begun_s, begun_s + vain_s):
        stream.tracker.note_look(1, None, looked_s)
    stream.confirms = False
    assert stream.show(make_detection())[0].is_visible is is_visible


@pytest.mark.parametrize(("jump_px", "needs_look"), [(29, False), (34, True)])
def test_a_face_that_jumps_by_two_fifths_of_its_size_is_looked_at(
    jump_px: float, needs_look: bool
) -> None:
    stream = Stream()
    stream.show_for(1.0, make_detection(left=100))
    stream.show(make_detection(left=100 + jump_px))
    assert stream.looks == ([100, 100 + jump_px] if needs_look else [100])


@pytest.mark.parametrize(("share", "is_followed"), [(0.9, True), (0.8, False)])
def test_a_face_little_smaller_than_a_view_surely_shows_is_followed_in_it(
    share: float, is_followed: bool
) -> None:
    tracker = FaceTracker(min_score=0.5)
    face, moved = make_detection(left=300, side=80), make_detection(left=310, side=80)
    tracker.update(View([face]), 0.0, confirm=lambda face: face)
    (track,) = tracker.update(View([moved], 80 / share), 0.04, confirm=lambda _: None)
    assert (track.detection.box.left > 302) is is_followed


@pytest.mark.parametrize(("apart_px", "count"), [(36, 1), (44, 2)])
def test_faces_that_share_half_of_their_boxes_are_one(apart_px: float, count: int) -> None:
    tracks = Stream().show(make_detection(left=100), make_detection(left=100 + apart_px))
    assert len(tracks) == count


def test_a_face_that_goes_fast_is_followed_from_its_second_detection_on() -> None:
    """Who crosses the picture goes six sizes a second, and is seen every tenth of it."""
    stream = Stream()
    for step in range(10):
        tracks = stream.show(make_detection(left=100 + 6 * 80 * step / 10))
        stream.show()
        stream.show()
    assert ids(tracks) == [1]
    assert len(stream.looks) == 1


def test_an_unsure_detection_continues_a_track_and_begins_none() -> None:
    stream = Stream()
    stream.show(make_detection(left=100, score=0.5))
    tracks = stream.show_for(1.0, make_detection(100, score=0.3), make_detection(400, score=0.49))
    assert ids(tracks) == [1]
    assert tracks[0].is_visible
    assert stream.looks == [100]


def test_a_view_says_nothing_of_faces_that_are_too_small_for_it() -> None:
    """A small face does not go on as the large one that passes it."""
    tracker = FaceTracker(min_score=0.5)
    small = make_detection(left=300, side=40)
    tracker.update(View([small]), 0.0, confirm=lambda face: face)
    passing = make_detection(left=310, side=50)
    tracks = tracker.update(View([passing], 50.0), 0.04, confirm=lambda _: None)
    assert [track.detection.box for track in tracks] == [small.box]
    tracks = tracker.update(View([passing], 0.0), 0.08, confirm=lambda _: None)
    assert tracks[0].detection.box.width > 42


def test_a_look_finds_a_face_that_the_frame_missed() -> None:
    stream = Stream()
    stream.show_for(0.5, make_detection(left=100))
    stream.show_for(0.1)
    stream.tracker.note_look(1, make_detection(left=120), stream.time_s)
    (track,) = stream.show()
    assert track.detection.box.left == pytest.approx(120, abs=6)
    assert stream.show_for(0.15)[0].is_visible


def test_a_face_that_a_look_gave_back_starts_afresh_with_looks_in_vain() -> None:
    stream = Stream()
    stream.show_for(0.3, make_detection())
    stream.tracker.note_look(1, None, stream.time_s)
    stream.show_for(0.7 * MAX_VAIN_S)
    stream.show_for(0.4 * MAX_VAIN_S, make_detection())
    stream.tracker.note_look(1, None, stream.time_s)
    assert ids(stream.show(make_detection())) == [1]


def test_a_missed_face_is_expected_to_go_on() -> None:
    stream = Stream()
    for step in range(15):
        stream.show(make_detection(left=100 + 10 * step))
    (track,) = stream.show()
    assert track.detection.box.left == pytest.approx(250, abs=4)
    assert track.detection.landmarks[0, 0] == pytest.approx(
        make_detection(left=250).landmarks[0, 0], abs=4
    )


def test_two_faces_that_cross_keep_their_numbers() -> None:
    """The one in front hides the other for a few frames."""
    stream = Stream()
    for step in range(60):
        right_going = make_detection(left=50 + 8 * step, top=60)
        left_going = make_detection(left=522 - 8 * step, top=90)
        is_hidden = abs(right_going.box.left - left_going.box.left) < 20
        tracks = stream.show(*([right_going] if is_hidden else [right_going, left_going]))
    places = {track.track_id: track.detection.box.left for track in tracks if track.is_visible}
    assert places == {1: pytest.approx(522, abs=4), 2: pytest.approx(50, abs=4)}


def test_the_order_of_detections_does_not_matter() -> None:
    stream = Stream()
    rng = np.random.default_rng(0)
    lefts = [50.0, 140, 230, 320, 410]
    stream.show_for(0.2, *map(make_detection, lefts))
    known = {
        round(t.detection.box.left): t.track_id for t in stream.show(*map(make_detection, lefts))
    }
    for _ in range(30):
        shuffled = rng.permutation(lefts) + rng.normal(0, 3, 5)
        tracks = stream.show(*map(make_detection, shuffled.tolist()))
        assert len(tracks) == 5
        for track in tracks:
            nearest = min(known, key=lambda left: abs(left - track.detection.box.left))
            assert known[nearest] == track.track_id


def test_the_second_look_gives_the_first_detection() -> None:
    refined = make_detection(left=104)
    (track,) = FaceTracker(0.5).update(View([make_detection(100)]), 0.0, confirm=lambda _: refined)
    assert track.detection.box == refined.box


def test_a_false_box_is_never_shown() -> None:
    stream = Stream()
    stream.confirms = False
    assert stream.show_for(5.0, make_detection()) == ()


def test_a_false_box_that_stays_costs_few_second_looks() -> None:
    stream = Stream()
    stream.confirms = False
    stream.show_for(5.0, make_detection())
    assert 5 <= len(stream.looks) <= 9


def test_a_real_face_refused_before_comes_in_after_a_second_at_most() -> None:
    stream = Stream()
    stream.confirms = False
    stream.show_for(5.0, make_detection())
    stream.confirms = True
    assert ids(stream.show_for(MAX_WAIT_S + 1 / 30, make_detection())) == [1]


def test_a_face_beside_a_false_box_is_looked_at_at_once() -> None:
    stream = Stream()
    stream.confirms = False
    stream.show_for(1.0, make_detection(100))
    stream.confirms = True
    assert ids(stream.show(make_detection(100), make_detection(300)))[0] == 1
    assert stream.looks[-1] == 300 or 300 in stream.looks


def test_a_crowd_is_looked_at_a_few_faces_a_frame() -> None:
    stream = Stream()
    crowd = [make_detection(left=100 * n) for n in range(8)]
    assert len(stream.show(*crowd)) == MAX_LOOKS_PER_FRAME
    assert len(stream.looks) == MAX_LOOKS_PER_FRAME
    assert len(stream.show_for(0.1, *crowd)) == 8
    assert len(stream.looks) == 8


def test_a_second_candidate_of_a_tracked_face_makes_no_track() -> None:
    stream = Stream()
    nested = make_detection(left=110, top=70, side=50)
    stream.show(make_detection(left=100, top=60, side=80))
    assert ids(stream.show_for(0.5, make_detection(left=100, top=60, side=80), nested)) == [1]


def test_a_box_stands_still_while_the_detector_jitters() -> None:
    rng = np.random.default_rng(3)
    stream = Stream()
    lefts = 100 + rng.normal(0, 0.8, 90)  # a hundredth of the face
    shown = [stream.show(make_detection(left=left))[0].detection.box.left for left in lefts]
    assert np.std(shown[15:]) < 0.5 * np.std(lefts[15:])


def test_a_box_does_not_lag_a_moving_face() -> None:
    stream = Stream()
    for step in range(45):
        left = 100 + 80 * step / 30  # its own size each second
        (track,) = stream.show(make_detection(left=left))
        assert abs(track.detection.box.left - left) < 0.03 * 80


def test_a_face_that_jumps_is_shown_where_it_is() -> None:
    stream = Stream()
    stream.show_for(0.5, make_detection(left=100))
    (track,) = stream.show(make_detection(left=115))
    assert track.detection.box == make_detection(left=115).box


def test_a_face_that_grows_keeps_its_number_and_box() -> None:
    stream = Stream()
    for step in range(60):
        side = 60 * math.exp(step / 40)
        (track,) = stream.show(make_detection(left=300 - side / 2, top=200 - side / 2, side=side))
        assert track.detection.box.width == pytest.approx(side, rel=0.04)
    assert track.track_id == 1


@pytest.mark.parametrize("times", [2, 3, 6])
def test_a_track_does_not_jump_onto_a_false_box_around_its_face(times: float) -> None:
    stream = Stream()
    face = make_detection(left=300, top=200, side=80)
    false = make_detection(340 - 40 * times, 240 - 40 * times, side=80 * times)
    stream.show_for(0.3, face)
    stream.confirms = False
    for step in range(60):  # the face is seen in every other frame only
        tracks = stream.show(*([false] if step % 2 else [face, false]))
        assert [track.detection.box.width for track in tracks] == [pytest.approx(80, abs=1)]
        assert ids(tracks) == [1]


def test_a_face_seen_too_large_is_shown_where_a_look_finds_it() -> None:
    face, rough = make_detection(left=300, side=80), make_detection(left=270, top=30, side=140)
    tracker = FaceTracker(0.5)
    for step in range(30):
        (track,) = tracker.update(View([rough]), step / 30, confirm=lambda _: face)
        assert (track.track_id, track.is_looked_at) == (1, True)
        assert track.detection.box.width == pytest.approx(80)


def test_a_track_ends_once_looks_have_been_in_vain_for_long() -> None:
    stream = Stream()
    (track,) = stream.show(make_detection())
    for found in (None, make_detection(), None):
        stream.tracker.note_look(track.track_id, found, stream.time_s)
        assert ids(stream.show_for(0.9 * MAX_VAIN_S, make_detection())) == [1]
    stream.confirms = False
    stream.show_for(0.2 * MAX_VAIN_S, make_detection())
    stream.tracker.note_look(track.track_id, None, stream.time_s)
    assert not stream.show(make_detection())[0].is_visible
    assert stream.show_for(MAX_MISSING_S, make_detection()) == ()


def test_who_had_turned_away_has_the_same_number_after() -> None:
    """Their head was still taken for a face by the frame, but not by looks."""
    stream = Stream()
    stream.show_for(0.5, make_detection())
    for _ in range(6):
        stream.tracker.note_look(1, None, stream.time_s)
        tracks = stream.show_for(0.25, make_detection(score=0.4))
    assert [track.is_visible for track in tracks] == [False]
    tracks = stream.show(make_detection())
    assert ids(tracks) == [1]
    assert tracks[0].is_visible
