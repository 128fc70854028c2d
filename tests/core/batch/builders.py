"""Jobs, photos and faces for tests, without a model or a detector."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from core.batch.content_lookup import ContentLookup
from core.batch.database import Database
from core.batch.job import BatchJob
from core.batch.job_control import JobControl
from core.batch.job_progress import JobProgress, VideosInHand
from core.batch.outcome import Outcome, PhotoAnswer, PhotoFailure
from core.batch.photo_reader import PhotoReader
from core.batch.recipe import Recipe
from core.batch.record import Job, LabelledPhoto
from core.batch.row_query import labelled_photos
from core.batch.scan import FoundPhoto
from core.batch.store import BatchStore
from core.batch.video_reader import VideoReader
from core.estimation.predictor import Predictor
from core.faces.tracker import View
from core.live_pipeline import LivePipeline
from core.photo_labelling import FaceFinder
from core.settings import Settings
from core.types import Box, Detection, Estimate, Face, Gender, Image
from tests.fakes import FunctionEngine, make_detection, red_and_blue
from tests.model_folders import INPUT_SIZE_PX, make_card

RECIPE = Recipe.make(make_card(), Settings())
OTHER_RECIPE = replace(RECIPE, model_name="other")


class ColourDetector:
    """One face in the middle of every picture that is not dark; counts its looks."""

    def __init__(self) -> None:
        self.look_count = 0

    def detect_photo(self, image: Image) -> tuple[Detection, ...]:
        self.look_count += 1
        if image.max() < 10:
            return ()
        height, width = image.shape[:2]
        return (make_detection(left=width / 4, top=height / 4, side=min(width, height) / 2),)

    def detect_frame(self, image: Image, time_s: float) -> View:
        return View(self.detect_photo(image))

    def second_look(self, image: Image, detection: Detection) -> Detection:
        return detection


def write_photo(
    path: Path, colour: tuple[int, int, int] = (100, 0, 0), size: tuple[int, int] = (64, 48)
) -> Path:
    """A plain photo, whose face is as old as its red and as female as its blue."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Pillow.new("RGB", size, colour).save(path)
    return path


def write_film(path: Path, colours: Sequence[tuple[int, int, int]]) -> Path:
    """A video of 25 frames a second, each of one colour; see `write_photo`."""
    return write_frames(path, [np.full((48, 64, 3), colour, np.uint8) for colour in colours])


def write_frames(path: Path, frames: Sequence[Image]) -> Path:
    """A video of 25 frames a second, of 64 × 48 px."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # FFV1 keeps colours as they are.
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"FFV1"), 25.0, (64, 48))
    assert writer.isOpened()
    for frame in frames:
        writer.write(frame[..., ::-1])
    writer.release()
    return path


def write_album(folder: Path, count: int) -> list[Path]:
    """Photos of different ages: number n is 2 n years old in a PNG, which keeps its colour."""
    return [write_photo(folder / f"{n:03}.png", (2 * n + 20, 0, 0)) for n in range(count)]


def make_predictor(engine: FunctionEngine | None = None) -> Predictor:
    return Predictor(make_card(), engine or FunctionEngine(red_and_blue))


def make_run(
    store: BatchStore,
    job: Job,
    control: JobControl | None = None,
    engine: FunctionEngine | None = None,
    make_detector: Callable[[], ColourDetector] = ColourDetector,
    worker_count: int = 2,
) -> BatchJob:
    """A run of `job` with readers that find one face per photo."""
    text = job.recipe.to_text()
    control = control or JobControl()
    predictor = make_predictor(engine)
    in_hand = VideosInHand()
    settings = job.recipe.settings()

    def make_pipeline() -> LivePipeline:
        return LivePipeline(make_detector(), predictor, settings, is_hurried=False)

    video_reader = VideoReader(make_pipeline, control, in_hand)

    def make_reader() -> PhotoReader:
        lookup = ContentLookup(store.database.path, text)
        finder = FaceFinder(make_detector(), INPUT_SIZE_PX, min_face_px=8)
        return PhotoReader(finder, lookup, predictor, video_reader, control, flip_average=False)

    return BatchJob(
        store,
        job,
        make_reader,
        predictor,
        control,
        in_hand,
        worker_count=worker_count,
        flip_average=False,
    )


def run_job(
    store: BatchStore, roots: Sequence[Path], recipe: Recipe = RECIPE
) -> tuple[Job, list[JobProgress]]:
    job = store.create_job("job", roots, recipe)
    return job, list(make_run(store, job).run())


def photos_of(store: BatchStore, job: Job) -> list[LabelledPhoto]:
    return list(labelled_photos(store.database, job.id))


def make_face(
    age_years: float | None = 30.0,
    female_probability: float | None = 0.9,
    gender: Gender | None = Gender.FEMALE,
    box: Box = Box(10, 20, 50, 60),  # noqa: B008  a frozen value
) -> tuple[Detection, Face]:
    detection = make_detection(box.left, box.top, box.width)
    low = None if age_years is None else age_years - 5
    high = None if age_years is None else age_years + 5
    estimate = Estimate(age_years, low, high, female_probability)
    return detection, Face(box, 0.95, estimate, gender=gender)


def fill_job(
    store: BatchStore,
    answers: Mapping[str, Sequence[tuple[Detection, Face]] | str | None],
    recipe: Recipe = RECIPE,
    compared_with: int | None = None,
) -> Job:
    """A job whose photos have these faces, failed with this sentence, or (None) still wait."""
    job = store.create_job("filled", [Path("/album")], recipe, compared_with=compared_with)
    store.add_findings(job.id, [FoundPhoto(Path("/album", name), 10, 20) for name in answers])
    store.end_scan(job.id)
    outcomes: list[Outcome] = []
    for photo in store.waiting_photos(job.id, 0, len(answers)):
        answer = answers[photo.path.name]
        if isinstance(answer, str):
            outcomes.append(PhotoFailure(photo.id, answer))
        elif answer is not None:
            digest = os.fsencode(photo.path.name).ljust(32)
            outcomes.append(PhotoAnswer(photo.id, digest, 100, 80, answer))
    store.store_outcomes(recipe.to_text(), outcomes)
    return store.job(job.id)


def open_store(path: Path) -> Iterator[BatchStore]:
    with BatchStore(Database(path)) as store:
        yield store


def plain_chips(count: int) -> NDArray[np.uint8]:
    return np.zeros((count, INPUT_SIZE_PX, INPUT_SIZE_PX, 3), np.uint8)
