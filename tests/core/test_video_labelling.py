import pytest

from core.estimation.predictor import Predictor
from core.live_pipeline import LivePipeline
from core.settings import Settings
from core.types import Box, Detection, Gender
from core.video_labelling import PeopleLog, SeenPerson, Trail
from tests.fakes import (
    FakeDetector,
    FunctionEngine,
    make_detection,
    make_frame,
    make_image,
    red_and_blue,
)
from tests.model_folders import make_card

WOMAN_OF_30 = (30, 0, 255)
ELSEWHERE = make_detection(left=400)


def people_of(*seen: tuple[float, tuple[Detection, ...]]) -> list[SeenPerson]:
    """Who is found where these are seen at these times."""
    detector = FakeDetector()
    predictor = Predictor(make_card(), FunctionEngine(red_and_blue))
    log = PeopleLog(LivePipeline(detector, predictor, Settings(), is_hurried=False))
    image = make_image((30, 0, 255), size=(640, 480))
    image[::2, ::2, 1] = 200  # what is plain is as sharp at any size
    for index, (time_s, detections) in enumerate(seen):
        detector.detections = detections
        log.add(make_frame(image, index, time_s))
    return list(log.people)


def test_people_come_in_order_of_appearance_with_what_was_seen_of_them() -> None:
    both = (make_detection(), ELSEWHERE)
    times_s = [n / 5 for n in range(20)]
    seen = [(t, both if 1 <= t < 2 else both[1:]) for t in times_s]
    first, second = people_of(*seen)
    assert first.face.box.left == pytest.approx(400)
    assert first.span.from_s == 0
    assert first.span.to_s == pytest.approx(3.8)
    assert second.span.from_s == pytest.approx(1.0)
    assert second.span.to_s == pytest.approx(2.0)
    assert second.face.estimate is not None
    assert second.face.estimate.age_years == pytest.approx(30, abs=1)
    assert second.face.gender is Gender.FEMALE
    assert second.face.quality is not None


def test_the_largest_and_sharpest_frame_stands_for_a_person() -> None:
    sides = [20, 21, 22, 23, 24, 25, 24, 23, 22, 21, 20]
    (person,) = people_of(*((n / 2, (make_detection(side=s),)) for n, s in enumerate(sides)))
    assert person.span.frame_s == 2.5
    assert person.face.box.height == pytest.approx(25, abs=1)
    assert person.detection.box == person.face.box


def test_who_is_away_for_longer_than_a_track_is_kept_counts_anew() -> None:
    here, nobody = (make_detection(),), ()
    times_s = [n / 5 for n in range(40)]
    people = people_of(*((t, nobody if 2 <= t < 5 else here) for t in times_s))
    assert [person.span.from_s for person in people] == [0, pytest.approx(5)]


def test_more_faces_than_a_live_frame_has_time_for_are_all_estimated() -> None:
    crowd = tuple(make_detection(20 + 150 * n, 60 + 300 * row) for row in (0, 1) for n in range(4))
    people = people_of(*((n / 5, crowd) for n in range(6)))
    assert len(people) == 8
    assert {person.face.gender for person in people} == {Gender.FEMALE}


def test_a_trail_knows_a_place_at_about_the_time_it_was_noted() -> None:
    trail = Trail()
    trail.add(1.0, Box(0, 0, 10, 10))
    trail.add(1.2, Box(5, 0, 15, 10))
    trail.add(4.0, Box(50, 0, 60, 10))
    assert trail.at(0.8) == Box(0, 0, 10, 10)
    assert trail.at(1.15) == Box(5, 0, 15, 10)
    assert trail.at(3.9) == Box(50, 0, 60, 10)
    assert [trail.at(time_s) for time_s in (0.5, 2.5, 9, None)] == [None] * 4
    assert Trail().at(1) is None
