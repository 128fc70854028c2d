from pathlib import Path

import cv2
import numpy as np
import pytest

from core import paths
from core.errors import ModelError
from core.faces.detector import FaceDetector
from core.faces.live_detector import LEAST_SHARE, LiveFaceDetector
from core.faces.tracker import VISIBLE_FOR_S, FaceTracker
from core.settings import DetectionRange
from core.types import Box, Detection, Image
from tests.core.faces.portraits import Place, is_at, picture_of
from tests.fakes import FakeDetector, make_image

SIZE = (1280, 720)
FAR_FACE: Place = (950.0, 400.0, 28.0)
NEAR_FACE: Place = (400.0, 350.0, 320.0)


@pytest.fixture(scope="module")
def landmark_detector() -> FaceDetector:
    return FaceDetector()


@pytest.fixture
def detector(landmark_detector: FaceDetector) -> LiveFaceDetector:
    return LiveFaceDetector(landmark_detector)


def heights(detector: LiveFaceDetector, picture: Image, time_s: float) -> list[float]:
    return sorted(face.box.height for face in detector.detect_frame(picture, time_s).detections)


@pytest.mark.parametrize(
    ("detection_range", "seen"),
    [
        (DetectionRange.NEAR, [NEAR_FACE]),
        (DetectionRange.FAR, [FAR_FACE, NEAR_FACE]),
        (DetectionRange.AUTO, [FAR_FACE, NEAR_FACE]),
    ],
)
def test_the_setting_decides_which_view_is_looked_at(
    portrait: Image, own_face: Detection, detection_range: DetectionRange, seen: list[Place]
) -> None:
    detector = LiveFaceDetector(FakeDetector(), detection_range)
    picture = picture_of(portrait, own_face, SIZE, NEAR_FACE, FAR_FACE)
    for time_s in (0.0, 0.03):  # only `AUTO` looks at the second frame otherwise
        view = detector.detect_frame(picture, time_s)
        if time_s == 0 or detection_range is not DetectionRange.AUTO:
            faces = sorted(view.detections, key=lambda face: face.box.height)
            assert len(faces) == len(seen)
            assert all(map(is_at, faces, seen))


def test_a_narrow_view_says_below_which_height_it_sees_nothing(
    detector: LiveFaceDetector, portrait: Image, own_face: Detection
) -> None:
    picture = picture_of(portrait, own_face, SIZE, NEAR_FACE, FAR_FACE)
    wide, narrow = (detector.detect_frame(picture, time_s) for time_s in (0.0, 0.03))
    assert (wide.least_face_px, len(wide.detections)) == (0, 2)
    assert narrow.least_face_px == LEAST_SHARE * 1280
    assert [is_at(face, NEAR_FACE) for face in narrow.detections] == [True]


def test_a_far_face_is_seen_again_before_the_tracker_gives_it_up(
    detector: LiveFaceDetector, portrait: Image, own_face: Detection
) -> None:
    picture = picture_of(portrait, own_face, SIZE, FAR_FACE)
    times_s = [frame / 30 for frame in range(30)]
    seen_s = [time_s for time_s in times_s if heights(detector, picture, time_s)]
    assert seen_s[0] == 0
    assert np.diff(seen_s) == pytest.approx(0.1)
    assert np.diff(seen_s).max() < VISIBLE_FOR_S


def test_without_far_faces_wide_views_are_rare(
    detector: LiveFaceDetector, portrait: Image, own_face: Detection
) -> None:
    picture = picture_of(portrait, own_face, SIZE, NEAR_FACE)
    views = [detector.detect_frame(picture, frame / 30) for frame in range(30)]
    assert [view.least_face_px for view in views].count(0) == 5
    assert all(len(view.detections) == 1 for view in views)


def test_after_a_cut_the_view_is_wide_at_once(
    detector: LiveFaceDetector, portrait: Image, own_face: Detection
) -> None:
    dark = make_image((20, 20, 20), size=SIZE)
    assert heights(detector, dark, 0.0) == []
    picture = picture_of(portrait, own_face, SIZE, FAR_FACE)
    assert heights(detector, dark, 0.03) == []
    assert len(heights(detector, picture, 0.06)) == 1


@pytest.mark.parametrize(
    ("brighter_by", "is_cut"), [(-28, False), (28, False), (32, True), (-32, True)]
)
def test_a_cut_changes_pixels_by_more_than_a_light_does(
    landmark_detector: FaceDetector, brighter_by: int, is_cut: bool
) -> None:
    detector = LiveFaceDetector(landmark_detector)
    levels = (100, 100, 100 + brighter_by)
    pictures = (make_image((level, level, level), size=SIZE) for level in levels)
    views = [detector.detect_frame(picture, n / 30) for n, picture in enumerate(pictures)]
    assert [view.least_face_px == 0 for view in views] == [True, False, is_cut]


def scene(seed: int) -> Image:
    """A picture of large soft spots, another one for each number."""
    spots = np.random.default_rng(seed).integers(0, 200, (5, 8, 3), np.uint8)
    return np.asarray(cv2.resize(spots, SIZE, interpolation=cv2.INTER_CUBIC), np.uint8)


BLACK = make_image((6, 6, 6), size=SIZE)
FLASH = np.clip(scene(1).astype(np.int16) + 70, 0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    ("frames", "is_cut"),
    [
        ([scene(1), scene(1), scene(2), scene(2)], [False, False, True, False]),
        ([scene(1), FLASH, scene(1)], [False, False, False]),
        ([scene(1), BLACK, BLACK, scene(1)], [False, False, False, False]),
        ([scene(1), BLACK, scene(2)], [False, False, True]),
        ([scene(1), scene(1) // 4], [False, False]),
    ],
    ids=["a cut", "a flash", "a covered lens", "a fade through black", "a lamp goes out"],
)
def test_a_cut_is_told_from_a_change_of_light(
    landmark_detector: FaceDetector, frames: list[Image], is_cut: list[bool]
) -> None:
    detector = LiveFaceDetector(landmark_detector)
    views = [detector.detect_frame(frame, n / 30) for n, frame in enumerate(frames)]
    assert [view.is_cut for view in views] == is_cut


@pytest.mark.parametrize(("apart_s", "is_cut"), [(0.38, True), (0.42, False)])
def test_a_camera_that_pans_between_rare_frames_makes_no_cut(
    landmark_detector: FaceDetector, apart_s: float, is_cut: bool
) -> None:
    """Videos in a batch are looked at every fifth of a second, or a frame later."""
    detector = LiveFaceDetector(landmark_detector)
    views = [detector.detect_frame(scene(n), 50 + n * apart_s) for n in range(3)]
    assert [view.is_cut for view in views] == [False, is_cut, is_cut]


def like_the_first(share: float, contrast: float = 60.0) -> Image:
    """A bright mixture of two scenes."""
    mixed = share * scene(1) + (1 - share) * scene(2).astype(np.float64)
    spread = (mixed - mixed.mean()) / mixed.std()
    return np.asarray(np.clip(160 + contrast * spread, 0, 255), np.uint8)


@pytest.mark.parametrize(
    ("next_frame", "is_cut"),
    [
        pytest.param(like_the_first(0.26), True, id="less alike"),
        pytest.param(like_the_first(0.31), False, id="more alike"),
        pytest.param(like_the_first(0.0, contrast=6.0), True, id="a scene in fog"),
        pytest.param(like_the_first(0.0, contrast=4.5), False, id="fog alone"),
    ],
)
def test_a_cut_leads_to_a_scene_that_is_hardly_alike(
    landmark_detector: FaceDetector, next_frame: Image, is_cut: bool
) -> None:
    detector = LiveFaceDetector(landmark_detector)
    detector.detect_frame(scene(1), 0.0)
    assert detector.detect_frame(next_frame, 1 / 30).is_cut is is_cut


def test_going_back_in_time_goes_on(
    detector: LiveFaceDetector, portrait: Image, own_face: Detection
) -> None:
    picture = picture_of(portrait, own_face, SIZE, FAR_FACE)
    for time_s in (50.0, 3.0):
        assert len(heights(detector, picture, time_s)) == 1


@pytest.mark.parametrize("face_px", [30, 60, 300, 480])
def test_a_candidate_stands_where_its_second_look_finds_it(
    detector: LiveFaceDetector, portrait: Image, own_face: Detection, face_px: float
) -> None:
    place = (640.0, 360.0, face_px)
    picture = picture_of(portrait, own_face, SIZE, place)
    (candidate,) = detector.detect_frame(picture, 0.0).detections
    face = detector.second_look(picture, candidate)
    assert face is not None
    assert is_at(face, place)
    assert candidate.box.height == pytest.approx(face.box.height, rel=0.2)
    assert candidate.box.centre == pytest.approx(face.box.centre, abs=0.1 * face_px)


def test_the_landmarks_are_those_of_blaze_face(
    detector: LiveFaceDetector,
    landmark_detector: FaceDetector,
    portrait: Image,
    own_face: Detection,
) -> None:
    picture = picture_of(portrait, own_face, SIZE, NEAR_FACE)
    (candidate,) = detector.detect_frame(picture, 0.0).detections
    face, of_blaze_face = (d.second_look(picture, candidate) for d in (detector, landmark_detector))
    assert face is not None
    assert of_blaze_face is not None
    assert face.landmarks == pytest.approx(of_blaze_face.landmarks, abs=0.02 * NEAR_FACE[2])
    assert np.abs(face.landmarks[4:] - candidate.landmarks[4:]).max() > 0.02 * NEAR_FACE[2]


def test_a_face_that_blaze_face_does_not_see_keeps_its_landmarks(
    portrait: Image, own_face: Detection
) -> None:
    blind = FakeDetector()
    blind.confirms = False
    detector = LiveFaceDetector(blind)
    picture = picture_of(portrait, own_face, SIZE, NEAR_FACE)
    (candidate,) = detector.detect_frame(picture, 0.0).detections
    face = detector.second_look(picture, candidate)
    assert face is not None
    assert face.landmarks == pytest.approx(candidate.landmarks, abs=0.06 * NEAR_FACE[2])


def test_a_candidate_that_is_no_face_fails_before_blaze_face_is_asked() -> None:
    trusting = FakeDetector()
    clouds = np.random.default_rng(3).uniform(20, 235, (6, 8, 3))
    picture = np.asarray(cv2.resize(clouds, SIZE, interpolation=cv2.INTER_LINEAR), np.uint8)
    candidate = Detection(Box(300, 200, 360, 260), 0.6, np.zeros((6, 2), np.float32))
    assert LiveFaceDetector(trusting).second_look(picture, candidate) is None
    assert trusting.second_look_count == 0


def test_a_higher_score_asks_for_surer_faces(portrait: Image, own_face: Detection) -> None:
    picture = picture_of(portrait, own_face, SIZE, NEAR_FACE)
    blurred = np.asarray(cv2.GaussianBlur(picture, (0, 0), 25), np.uint8)
    (candidate,) = LiveFaceDetector(FakeDetector()).detect_frame(picture, 0.0).detections
    looks = [
        LiveFaceDetector(FakeDetector(), min_score=min_score).second_look(blurred, candidate)
        for min_score in (0.5, 0.7)
    ]
    assert [look is not None for look in looks] == [True, False]


def test_an_unsure_candidate_is_reported_to_continue_a_track(
    portrait: Image, own_face: Detection
) -> None:
    picture = picture_of(portrait, own_face, SIZE, NEAR_FACE)
    detector = LiveFaceDetector(FakeDetector(), min_score=0.99)
    assert max(face.score for face in detector.detect_frame(picture, 0.0).detections) < 0.99


def test_a_look_is_at_the_picture_that_it_is_asked_about(
    detector: LiveFaceDetector, portrait: Image, own_face: Detection
) -> None:
    picture = picture_of(portrait, own_face, SIZE, NEAR_FACE)
    (candidate,) = detector.detect_frame(picture, 0.0).detections
    assert detector.second_look(make_image((90, 90, 90), size=SIZE), candidate) is None


def test_faces_lower_than_wanted_are_not_reported(portrait: Image, own_face: Detection) -> None:
    picture = picture_of(portrait, own_face, SIZE, NEAR_FACE, FAR_FACE)
    detector = LiveFaceDetector(FakeDetector(), min_face_px=100)
    assert len(heights(detector, picture, 0.0)) == 1
    far = picture_of(portrait, own_face, SIZE, FAR_FACE)
    (candidate,) = LiveFaceDetector(FakeDetector()).detect_frame(far, 0.0).detections
    assert detector.second_look(far, candidate) is None


def test_eight_medium_faces_are_followed(
    detector: LiveFaceDetector, portrait: Image, own_face: Detection
) -> None:
    places = [(170.0 + 310 * n, 190.0 + 340 * row, 150.0) for row in (0, 1) for n in range(4)]
    picture = picture_of(portrait, own_face, SIZE, *places)
    tracker = FaceTracker(min_score=0.5)
    for frame in range(20):
        time_s = frame / 30
        tracks = tracker.update(
            detector.detect_frame(picture, time_s),
            time_s,
            confirm=lambda face: detector.second_look(picture, face),
        )
    assert len(tracks) == 8
    assert all(track.is_visible for track in tracks)


def test_a_missing_file_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "face_detector_dir", lambda: tmp_path)
    with pytest.raises(ModelError, match="cannot be loaded"):
        LiveFaceDetector(FakeDetector())
