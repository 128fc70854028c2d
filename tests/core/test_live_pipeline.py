from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from core.estimation.predictor import Predictor
from core.face_quality import face_quality
from core.live_pipeline import LivePipeline
from core.settings import Settings
from core.types import Detection, FrameResult, Gender
from tests.fakes import (
    FakeDetector,
    FunctionEngine,
    Outputs,
    make_detection,
    make_frame,
    make_image,
    red_and_blue,
)
from tests.model_folders import make_card

Model = Callable[[NDArray[np.float32]], Outputs]

WOMAN_OF_30 = (30, 0, 255)
MAN_OF_60 = (60, 0, 0)

EIGHT_FACES = tuple(
    make_detection(20 + 150 * n, 60 + 300 * row) for row in (0, 1) for n in range(4)
)


class SteppedClock:
    """A clock that stands still until it is moved."""

    now_s = 0.0


class LiveScene:
    """A live pipeline on plain frames, a thirtieth of a second apart."""

    def __init__(
        self,
        *detections: Detection,
        model: Model = red_and_blue,
        settings: Settings | None = None,
    ) -> None:
        self.detector = FakeDetector(*detections)
        self.engine = FunctionEngine(model)
        predictor = Predictor(make_card(), self.engine)
        self.engine.batch_sizes.clear()
        self.pipeline = LivePipeline(self.detector, predictor, settings or Settings())
        self.index = 0

    def step(
        self, colour: tuple[int, int, int] = WOMAN_OF_30, time_s: float | None = None
    ) -> FrameResult:
        self.index += 1
        time_s = self.index / 30 if time_s is None else time_s
        image = make_image(colour, size=(640, 480))
        return self.pipeline.process(make_frame(image, self.index, time_s))

    def steps(self, count: int) -> list[FrameResult]:
        return [self.step() for _ in range(count)]


def test_a_face_is_estimated_in_its_first_confirmed_frame_and_keeps_its_track() -> None:
    scene = LiveScene(make_detection())
    results = scene.steps(5)
    faces = [result.faces[0] for result in results if result.faces]
    assert len(faces) >= 4
    assert len({face.track_id for face in faces}) == 1
    estimate = faces[-1].estimate
    assert estimate is not None
    assert estimate.age_years == pytest.approx(30, abs=0.5)
    assert faces[-1].gender is Gender.FEMALE


def test_a_second_model_answers_beside_the_first_and_is_closed_with_it() -> None:
    scene = LiveScene(make_detection())

    def older(images: NDArray[np.float32]) -> Outputs:
        return {**red_and_blue(images), "age_output": red_and_blue(images)["age_output"] + 10}

    second = FunctionEngine(older)
    predictor = scene.pipeline.predictor
    scene.pipeline = LivePipeline(
        scene.detector, predictor, Settings(), second=Predictor(make_card(), second)
    )
    (face,) = scene.steps(5)[-1].faces
    assert face.other is not None
    assert face.other.estimate.age_years == pytest.approx(40, abs=0.5)
    assert face.other.gender is Gender.FEMALE
    assert face.years_apart == pytest.approx(-10, abs=0.5)
    scene.pipeline.close()
    assert second.is_closed


def test_a_face_of_a_stream_has_the_quality_that_a_photo_of_it_has() -> None:
    scene = LiveScene(make_detection())
    (face,) = scene.steps(5)[-1].faces
    assert face.estimate is not None
    assert face.quality == pytest.approx(face_quality(make_detection(), face.estimate))


def test_boxes_are_those_of_this_very_frame() -> None:
    scene = LiveScene(make_detection(left=100))
    scene.steps(3)
    scene.detector.detections = (make_detection(left=110),)
    assert scene.step().faces[0].box == make_detection(left=110).box


def test_a_face_is_not_estimated_again_before_its_estimate_is_stale() -> None:
    scene = LiveScene(make_detection())
    scene.steps(31)
    assert 4 <= len(scene.engine.batch_sizes) <= 6


def test_only_new_faces_and_those_to_be_estimated_pay_for_a_second_look() -> None:
    scene = LiveScene(make_detection())
    scene.steps(31)
    new, estimates = 3, sum(scene.engine.batch_sizes)
    assert estimates < 8
    assert scene.detector.second_look_count <= new + estimates


def test_a_new_face_is_not_looked_at_again_in_the_frame_that_confirms_it() -> None:
    scene = LiveScene(make_detection())
    while not scene.engine.batch_sizes:
        scene.step()
    assert scene.detector.second_look_count == 1


def test_a_face_is_aligned_from_the_landmarks_of_a_second_look() -> None:
    scene = LiveScene(make_detection(left=40))
    scene.detector.refined = make_detection(left=440)
    image = make_image(MAN_OF_60, size=(640, 480))
    image[:, 320:] = WOMAN_OF_30
    results = [scene.pipeline.process(make_frame(image, n, n / 30)) for n in range(1, 5)]
    (face,) = results[-1].faces
    assert face.estimate is not None
    assert face.estimate.age_years == pytest.approx(30, abs=0.5)


def test_a_face_that_a_second_look_misses_keeps_its_estimate_and_gets_no_other() -> None:
    scene = LiveScene(make_detection())
    scene.steps(3)
    scene.detector.confirms = False
    looks, estimates = scene.detector.second_look_count, sum(scene.engine.batch_sizes)
    assert scene.steps(15)[-1].faces[0].estimate is not None
    assert sum(scene.engine.batch_sizes) == estimates
    assert scene.detector.second_look_count == looks + 2  # it waits as after an estimate


def test_a_track_in_which_looks_see_no_face_any_more_is_no_longer_shown() -> None:
    scene = LiveScene(make_detection())
    assert scene.steps(3)[-1].faces
    scene.detector.confirms = False
    assert scene.steps(60)[-1].faces == ()


def test_a_face_that_the_second_look_denies_is_never_shown() -> None:
    scene = LiveScene(make_detection())
    scene.detector.confirms = False
    assert all(result.faces == () for result in scene.steps(5))
    assert scene.engine.batch_sizes == []


def test_every_face_of_a_crowd_is_estimated_in_turn_within_the_budget(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = SteppedClock()
    monkeypatch.setattr("core.stage_clock.perf_counter", lambda: clock.now_s)

    def slow_model(images: NDArray[np.float32]) -> Outputs:
        clock.now_s += 0.0055 * len(images)  # two faces fit into the budget of 12 ms
        return red_and_blue(images)

    scene = LiveScene(*EIGHT_FACES, model=slow_model)
    results = scene.steps(40)
    assert max(scene.engine.batch_sizes) == 2
    assert all(face.estimate is not None for face in results[-1].faces)
    assert len(results[-1].faces) == 8


def test_every_face_of_a_frame_that_stays_is_found_and_estimated_at_once() -> None:
    scene = LiveScene(*EIGHT_FACES)
    scene.pipeline.is_held = True
    faces = scene.step().faces
    assert len(faces) == 8
    assert all(face.estimate is not None for face in faces)


def test_who_has_waited_longest_is_estimated_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where every frame can afford one face, and all of eight are always due, each has its turn."""
    clock = SteppedClock()
    monkeypatch.setattr("core.stage_clock.perf_counter", lambda: clock.now_s)

    def slow_model(images: NDArray[np.float32]) -> Outputs:
        clock.now_s += 0.011 * len(images)
        return red_and_blue(images)

    scene = LiveScene(*EIGHT_FACES, model=slow_model, settings=Settings(estimate_interval_s=0))
    results = scene.steps(13)  # four in which the faces come in, two at a time
    assert set(scene.engine.batch_sizes) == {1}
    assert [face.estimate is not None for face in results[-1].faces] == [True] * 8


def test_a_face_is_estimated_once_most_of_it_is_in_the_picture() -> None:
    scene = LiveScene(make_detection(left=-40))  # half of it
    results = scene.steps(10)
    assert [face.estimate for face in results[-1].faces] == [None]
    scene.detector.detections = (make_detection(left=-14),)
    assert scene.step().faces[0].estimate is not None


def test_a_face_that_a_look_finds_half_outside_is_not_estimated_yet() -> None:
    """Where the frame saw it, most of it was inside."""
    scene = LiveScene(make_detection(left=-14))
    scene.detector.refined = make_detection(left=-45)
    results = scene.steps(10)
    assert [face.estimate for face in results[-1].faces] == [None]
    assert scene.engine.batch_sizes == []


@pytest.mark.parametrize("jump_to_s", [0.01, 60.0])
def test_moving_in_a_video_starts_the_tracks_anew(jump_to_s: float) -> None:
    scene = LiveScene(make_detection())
    for _ in range(10):
        scene.step(WOMAN_OF_30)
    results = [scene.step(MAN_OF_60, time_s=jump_to_s + n / 30) for n in range(5)]
    estimate = results[-1].faces[0].estimate
    assert estimate is not None
    assert estimate.age_years == pytest.approx(60, abs=0.5)
    assert results[-1].faces[0].gender is Gender.MALE


@pytest.mark.parametrize(("gap_s", "is_same"), [(0.9, True), (1.1, False)])
def test_a_stream_that_halts_for_a_second_goes_on_with_who_was_there(
    gap_s: float, is_same: bool
) -> None:
    """As a camera does while the computer is busy; after more, it may be somebody else."""
    scene = LiveScene(make_detection())
    before_s = [n / 30 for n in range(60)]
    for time_s in before_s:
        scene.step(WOMAN_OF_30, time_s=time_s)
    (face,) = scene.step(MAN_OF_60, time_s=before_s[-1] + gap_s).faces
    assert face.estimate is not None
    assert face.estimate.age_years is not None
    assert (face.estimate.age_years < 40) is is_same


def test_what_was_known_of_lost_faces_is_forgotten() -> None:
    scene = LiveScene()
    for n in range(300):
        scene.detector.detections = (make_detection(left=(n * 97) % 500, top=(n * 61) % 380),)
        scene.step()
    assert len(scene.pipeline._estimates) < 100


def test_each_stage_is_timed() -> None:
    scene = LiveScene(make_detection())
    timings_ms = {name: ms for result in scene.steps(3) for name, ms in result.timings_ms.items()}
    assert set(timings_ms) == {"detect", "track", "look", "align", "predict", "smooth"}
    assert all(ms >= 0 for ms in timings_ms.values())


def test_closing_releases_the_engine() -> None:
    scene = LiveScene()
    scene.pipeline.close()
    assert scene.engine.is_closed
