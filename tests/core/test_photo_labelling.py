import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from core import photo_labelling
from core.errors import PhotoError
from core.estimation.predictor import Predictor
from core.photo_labelling import FaceFinder, PhotoLabeller, StillPipeline
from core.settings import Settings
from core.sources.photo import Photo
from core.types import Box, Detection, Gender, PhotoResult
from tests.fakes import (
    FakeDetector,
    FunctionEngine,
    make_detection,
    make_frame,
    make_image,
    red_and_blue,
)
from tests.model_folders import INPUT_SIZE_PX, make_card

MAN_OF_60 = (60, 0, 0)


def still_pipeline(*detections: Detection, flip_average: bool = True) -> StillPipeline:
    predictor = Predictor(make_card(), FunctionEngine(red_and_blue))
    finder = FaceFinder(FakeDetector(*detections), INPUT_SIZE_PX, min_face_px=10)
    return StillPipeline(finder, predictor, Settings(), flip_average=flip_average)


def test_a_still_picture_gives_every_face_at_once_without_tracks() -> None:
    frame = make_frame(make_image(MAN_OF_60))
    result = still_pipeline(make_detection(20), make_detection(200)).process(frame)
    assert [face.track_id for face in result.faces] == [None, None]
    assert [face.gender for face in result.faces] == [Gender.MALE, Gender.MALE]
    assert [face.box.left for face in result.faces] == [20, 200]


def test_flip_averaging_can_be_turned_off() -> None:
    detection = make_detection(left=120, top=80, side=80)
    image = make_image((0, 0, 0))
    image[:, :160, 0] = 100
    once = still_pipeline(detection, flip_average=False).process(make_frame(image))
    twice = still_pipeline(detection, flip_average=True).process(make_frame(image))
    ages = [result.faces[0].estimate.age_years for result in (once, twice)]  # type: ignore[union-attr]
    assert ages == pytest.approx([100, 50], abs=4)


def test_a_picture_without_a_face_is_an_answer() -> None:
    assert still_pipeline().process(make_frame()).faces == ()


def test_a_photo_alone_says_too_that_it_shows_more_faces_than_are_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(photo_labelling, "MOST_FACES", 2)
    pipeline = still_pipeline(make_detection(20), make_detection(200))
    note = pipeline.process(replace(make_frame(), note="It is dark.")).frame.note
    assert note == "It is dark. It shows 1,000 faces or more, of which the surest are given."


Label = Callable[..., PhotoResult]


@pytest.fixture
def label(monkeypatch: pytest.MonkeyPatch) -> Label:
    """Labels a photo that is given instead of a file; trouble is raised while it is read."""

    def label(photo: Photo | Exception, *detections: Detection) -> PhotoResult:
        @contextmanager
        def read(path: Path, *, is_thorough: bool) -> Iterator[Photo]:
            if isinstance(photo, Exception):
                raise photo
            yield photo

        monkeypatch.setattr(photo_labelling, "open_photo", read)
        return PhotoLabeller(still_pipeline(*detections)).label(Path("photo.jpg"))

    return label


def test_boxes_of_a_reduced_photo_are_given_at_full_size(label: Label) -> None:
    photo = Photo(make_image(), scale=2.5, width_px=800, height_px=600)
    result = label(photo, make_detection(20, 40, side=80))
    assert result.error is None
    assert result.faces[0].box == Box(50, 100, 250, 300)
    assert result.faces[0].estimate is not None


def test_a_photo_that_cannot_be_read_is_a_result_with_a_sentence(label: Label) -> None:
    result = label(PhotoError("photo.jpg is empty."))
    assert (result.faces, result.error) == ((), "photo.jpg is empty.")


def test_a_bug_in_one_photo_is_logged_and_is_a_result(
    label: Label, caplog: pytest.LogCaptureFixture
) -> None:
    result = label(ZeroDivisionError("boom"))
    assert result.error is not None
    assert "ZeroDivisionError" in result.error
    assert caplog.records[0].levelno == logging.ERROR
    assert caplog.records[0].exc_info is not None


def test_the_least_height_of_a_face_counts_in_px_of_the_full_size_photo() -> None:
    detections = make_detection(10, side=30), make_detection(100, side=50)
    finder = FaceFinder(FakeDetector(*detections), INPUT_SIZE_PX, min_face_px=80)
    assert [len(finder.find(make_image(), scale).chips) for scale in (1, 2, 3)] == [0, 1, 2]
