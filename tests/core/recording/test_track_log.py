from dataclasses import replace

import pytest

from core.recording.track_log import TrackLog, TrackSpan
from core.types import Estimate, Face, FrameResult, Gender
from tests.fakes import make_frame
from tests.live_fakes import make_face


def result(time_s: float, *faces: Face) -> FrameResult:
    return FrameResult(make_frame(time_s=time_s), faces)


def person(track: int, age_years: float = 30.0) -> Face:
    return make_face(age_years, track_id=track)


def spans_of(log: TrackLog, *results: FrameResult) -> list[TrackSpan]:
    return [span for each in results for span in log.add(each)] + list(log.end_second())


def test_each_track_has_a_span_for_each_second() -> None:
    log = TrackLog()
    times_s = [0.0, 0.4, 0.8, 1.2, 1.6]
    spans = spans_of(log, *(result(time_s, person(1), person(2)) for time_s in times_s))
    assert [(span.track, span.from_s, span.to_s, span.frame_count) for span in spans] == [
        (1, 0.0, 0.8, 3),
        (2, 0.0, 0.8, 3),
        (1, 1.2, 1.6, 2),
        (2, 1.2, 1.6, 2),
    ]


def test_a_span_holds_the_mean_of_what_was_shown() -> None:
    log = TrackLog()
    unknown = make_face(estimate=None, gender=None, track_id=1)
    unsure = make_face(50.0, 0.5, gender=Gender.UNSURE, track_id=1)
    spans_of(log, result(0.1, unknown), result(0.2, person(1, 30)), result(0.3, person(1, 40)))
    log.add(result(0.4, unsure))
    (track,) = log.tracks
    assert track.age_years == pytest.approx(40)
    assert track.age_low_years == pytest.approx(34)
    assert track.female_probability == pytest.approx((0.96 * 2 + 0.5) / 3)
    assert track.gender is Gender.FEMALE
    assert track.frame_count == 4
    assert track.face_height_px == 80


def test_a_track_is_doubtful_where_its_faces_are_on_average() -> None:
    log = TrackLog()
    qualities = [None, 0.7, 0.4, 0.5]
    for number, quality in enumerate(qualities):
        log.add(result(0.1 * number, replace(person(1), quality=quality)))
        log.add(result(0.1 * number + 0.05, replace(person(2), quality=0.9)))
    doubtful, sure = log.tracks
    assert doubtful.face_quality == pytest.approx(1.6 / 3)
    assert doubtful.is_doubtful
    assert not sure.is_doubtful


def test_after_a_jump_in_time_the_same_number_is_another_track() -> None:
    log = TrackLog()
    spans_of(log, result(8.0, person(1)), result(8.1, person(1), person(2)))
    spans_of(log, result(3.0, person(1, 70)))
    spans_of(log, result(30.0, person(1, 80)))
    assert [(span.track, span.age_years) for span in log.tracks] == [
        (1, 30),
        (2, 30),
        (3, 70),
        (4, 80),
    ]


def test_a_model_without_an_age_leaves_it_out() -> None:
    log = TrackLog()
    log.add(result(0.0, make_face(estimate=Estimate(female_probability=0.9), track_id=1)))
    (track,) = log.tracks
    assert track.age_years is None
    assert track.female_probability == pytest.approx(0.9)
