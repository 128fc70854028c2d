"""The only place that joins concrete classes into a pipeline.

What is heavy (OpenCV, ONNX Runtime, TensorFlow) is imported where it is joined, so that a
window which imports this file appears at once.
"""

import logging
import os
from typing import TYPE_CHECKING

from core.errors import ModelError
from core.estimation.gpu import may_have_tensorflow_gpu
from core.estimation.model_card import KERAS_FILE, ONNX_FILE
from core.estimation.model_folder import ModelFolder, find_model
from core.heap import share_arenas
from core.settings import EngineChoice, Settings
from core.sources.frame_source import SourceKind

if TYPE_CHECKING:
    from core.batch.drawn_face import FaceDrawer
    from core.batch.job import BatchJob
    from core.batch.job_control import JobControl
    from core.batch.job_progress import VideosInHand
    from core.batch.recipe import Recipe
    from core.batch.record import Job
    from core.batch.store import BatchStore
    from core.batch.video_reader import VideoReader
    from core.cluster.part_labeller import PartLabeller
    from core.estimation.engine import Engine
    from core.estimation.predictor import Predictor
    from core.faces.detector import FaceDetector
    from core.faces.live_detector import LiveFaceDetector
    from core.faces.turned_search import TurnedSearch
    from core.photo_labelling import FaceFinder, PhotoLabeller, StillPipeline
    from core.pipeline import FramePipeline

logger = logging.getLogger(__name__)

_LOOK_ADVANTAGE = 0.12
"""Looks, at their best scale, must be surer than the least score of a stream's faces by so much."""

_LEAST_LIVE_FACE_PX = 20
"""Smaller faces of a stream are too blurred to be followed, whatever is wanted of photos."""


def make_predictor(model_name: str | None, settings: Settings) -> "Predictor":
    """Load a model, the default one if `model_name` is None, on the engine of `settings`.

    It answers soon rather than cheaply: see `make_batch_predictor`.

    Raises:
        ModelError: if there is no such model, or it cannot be loaded or run.
    """
    return _make_predictor(model_name, settings, None)


def make_batch_predictor(model_name: str | None, settings: Settings) -> "Predictor":
    """The same for many threads that call it at once: each answers on its own processor.

    Raises:
        ModelError: as `make_predictor`.
    """
    return _make_predictor(model_name, settings, 1)


def _make_predictor(
    model_name: str | None, settings: Settings, thread_count: int | None
) -> "Predictor":
    from core.estimation.predictor import Predictor

    folder = find_model(model_name)
    return Predictor(folder.card, _make_engine(folder, settings.engine, thread_count))


def make_pipeline(kind: SourceKind, model_name: str | None, settings: Settings) -> "FramePipeline":
    """A pipeline for sources of `kind`.

    Raises:
        ModelError: as `make_predictor`.
    """
    if kind is SourceKind.PHOTO:
        return make_still_pipeline(model_name, settings)
    from core.live_pipeline import LivePipeline

    share_arenas()
    predictor = make_predictor(model_name, settings)
    return LivePipeline(make_live_detector(settings), predictor, settings)


def make_comparing_pipeline(
    model_name: str | None, second_name: str, settings: Settings
) -> "FramePipeline":
    """A pipeline for streams in which a second model answers beside the first.

    Raises:
        ModelError: as `make_predictor`.
    """
    from core.live_pipeline import LivePipeline

    share_arenas()
    predictor = make_predictor(model_name, settings)
    second = make_predictor(second_name, settings)
    return LivePipeline(make_live_detector(settings), predictor, settings, second=second)


def make_still_pipeline(model_name: str | None, settings: Settings) -> "StillPipeline":
    """A pipeline for photos.

    Raises:
        ModelError: as `make_predictor`.
    """
    from core.photo_labelling import StillPipeline

    share_arenas()
    predictor = make_predictor(model_name, settings)
    finder = make_face_finder(settings, predictor.card.input_size_px)
    return StillPipeline(finder, predictor, settings)


def make_photo_labeller(model_name: str | None, settings: Settings) -> "PhotoLabeller":
    """What labels photo files.

    Raises:
        ModelError: as `make_predictor`.
    """
    from core.photo_labelling import PhotoLabeller

    return PhotoLabeller(make_still_pipeline(model_name, settings), settings.is_thorough)


def make_recipe(model_name: str | None, settings: Settings) -> "Recipe":
    """How a batch is labelled with a model, the default one if `model_name` is None.

    Raises:
        ModelError: if there is no such model.
    """
    from core.batch.recipe import Recipe

    return Recipe.make(find_model(model_name).card, settings)


def make_batch_job(
    store: "BatchStore",
    job: "Job",
    control: "JobControl",
    engine: EngineChoice = EngineChoice.AUTO,
    worker_count: int | None = None,
) -> "BatchJob":
    """A run of a job by its own recipe; close it.

    If the model or Visage's own way was changed since the job was begun, it is begun anew.

    Args:
        worker_count: threads that read, and as many that estimate; None for what is fastest.

    Raises:
        ModelError: if the job's model cannot be used.
    """
    from core.batch.content_lookup import ContentLookup
    from core.batch.crash_journal import CrashJournal, JournalledReader
    from core.batch.job import BatchJob
    from core.batch.job_progress import VideosInHand
    from core.batch.photo_reader import PhotoReader
    from core.batch.recipe import Recipe

    share_arenas()
    recipe = job.recipe
    settings = recipe.settings(engine)
    card = find_model(recipe.model_name).card
    current = Recipe.make(card, settings)
    if current != recipe:  # one job never mixes the answers of two recipes
        store.ask_anew(job.id, current)
    current_job = store.job(job.id)
    journal = CrashJournal(store.database.path.parent)
    finder = make_face_finder(settings, card.input_size_px)
    predictor = make_batch_predictor(recipe.model_name, settings)
    in_hand = VideosInHand()
    video_reader = _make_video_reader(predictor, settings, control, in_hand)

    def make_reader() -> JournalledReader:
        lookup = ContentLookup(
            store.database.path, current_job.recipe.to_text(), current_job.first_answering_job
        )
        reader = PhotoReader(
            finder, lookup, predictor, video_reader, control, is_thorough=settings.is_thorough
        )
        return JournalledReader(reader, journal)

    return BatchJob(
        store,
        current_job,
        make_reader,
        predictor,
        control,
        in_hand,
        worker_count=worker_count or default_worker_count(),
    )


def make_part_labeller(
    recipe: "Recipe", source: str, engine: EngineChoice = EngineChoice.AUTO
) -> "PartLabeller":
    """What labels parts of a cluster's work by `recipe`; close it.

    Args:
        source: where the photos lie, a URL or an absolute path.

    Raises:
        ModelError: if the model cannot be used, or answers otherwise here.
        StorageError: if no library reads such a source.
    """
    from core.batch.job_control import JobControl
    from core.batch.job_progress import VideosInHand
    from core.batch.photo_reader import PhotoReader
    from core.cluster.part_labeller import (
        FETCHING_THREADS,
        READING_THREADS,
        NothingKnown,
        PartLabeller,
    )
    from core.cluster.storage import Storage

    share_arenas()
    settings = recipe.settings(engine)
    if make_recipe(recipe.model_name, settings) != recipe:
        raise ModelError(
            f"A worker of the cluster has another version of Visage or of the model "
            f"“{recipe.model_name}”. Install the same everywhere."
        )
    storage = Storage(source)
    predictor = make_batch_predictor(recipe.model_name, settings)
    finder = make_face_finder(settings, predictor.card.input_size_px)
    control = JobControl()
    video_reader = _make_video_reader(predictor, settings, control, VideosInHand())
    readers = [
        PhotoReader(
            finder,
            NothingKnown(),
            predictor,
            video_reader,
            control,
            is_thorough=settings.is_thorough,
        )
        for _ in range(READING_THREADS if storage.is_local else FETCHING_THREADS)
    ]
    return PartLabeller(readers, predictor, storage, recipe)


def _make_video_reader(
    predictor: "Predictor", settings: Settings, control: "JobControl", in_hand: "VideosInHand"
) -> "VideoReader":
    from core.batch.video_reader import VideoReader
    from core.live_pipeline import LivePipeline

    def make_pipeline() -> LivePipeline:
        return LivePipeline(make_live_detector(settings), predictor, settings, is_hurried=False)

    return VideoReader(make_pipeline, control, in_hand)


def make_face_drawer(recipe: "Recipe", engine: EngineChoice = EngineChoice.AUTO) -> "FaceDrawer":
    """What estimates faces that a person draws into photos of a batch.

    Raises:
        ModelError: if the batch's model cannot be used, or answers otherwise by now: one batch
            never mixes the answers of two.
    """
    from core.batch.drawn_face import FaceDrawer

    settings = recipe.settings(engine)
    if not make_recipe(recipe.model_name, settings).estimates_like(recipe):
        raise ModelError(
            "This batch was labelled by another version of Visage or of its model. "
            "Label it again, then draw faces."
        )
    predictor = make_predictor(recipe.model_name, settings)
    return FaceDrawer(predictor, make_second_look(), settings)


def default_worker_count() -> int:
    """One thread more than there are processors: some wait for a file or for Python's lock."""
    return (os.cpu_count() or 1) + 1


def make_face_finder(settings: Settings, chip_size_px: int) -> "FaceFinder":
    """What finds the faces of photos and crops them, as `settings` want it."""
    from core.photo_labelling import FaceFinder

    return FaceFinder(make_photo_search(settings), chip_size_px, settings.min_face_px)


def make_photo_search(settings: Settings) -> "TurnedSearch":
    """What finds the faces of photos, whatever their size and however the photo lies."""
    from core.faces.photo_judge import CANDIDATE_SCORE
    from core.faces.photo_search import PhotoSearch
    from core.faces.turned_search import TurnedSearch
    from core.faces.yunet import YuNet

    yunet = YuNet(CANDIDATE_SCORE)
    look = make_second_look()
    ordinary = PhotoSearch(yunet, look)
    if not settings.is_thorough:
        return TurnedSearch(ordinary)
    return TurnedSearch(PhotoSearch(yunet, look, is_thorough=True), beside=ordinary)


def make_second_look() -> "FaceDetector":
    """What confirms and places the faces of photos."""
    from core.faces.detector import FaceDetector
    from core.faces.photo_judge import LOOK_SCORE

    return FaceDetector(LOOK_SCORE, min_face_px=1)


def make_live_detector(settings: Settings) -> "LiveFaceDetector":
    """What finds the faces of streams, as `settings` want it."""
    from core.faces.detector import FaceDetector
    from core.faces.live_detector import LiveFaceDetector

    min_face_px = max(settings.min_face_px, _LEAST_LIVE_FACE_PX)
    return LiveFaceDetector(
        FaceDetector(min(settings.min_detection_score + _LOOK_ADVANTAGE, 0.95), min_face_px),
        settings.detection_range,
        settings.min_detection_score,
        min_face_px,
    )


def _make_engine(folder: ModelFolder, choice: EngineChoice, thread_count: int | None) -> "Engine":
    if choice is EngineChoice.KERAS:
        return _make_keras_engine(folder)
    if choice is EngineChoice.AUTO and may_have_tensorflow_gpu():
        engine = _make_keras_engine_on_gpu(folder)
        if engine is not None:
            return engine
    from core.estimation.onnx_engine import LIVE_THREADS, OnnxEngine

    return OnnxEngine(folder.verify_file(ONNX_FILE), thread_count or LIVE_THREADS)


def _make_keras_engine(folder: ModelFolder) -> "Engine":
    try:
        from core.estimation.keras_engine import KerasEngine
    except ImportError as error:
        raise ModelError(
            "The Keras engine needs TensorFlow, which is not installed. "
            "Choose the ONNX engine, or install Visage with its extra `gpu`."
        ) from error
    return KerasEngine(folder.verify_file(KERAS_FILE))


def _make_keras_engine_on_gpu(folder: ModelFolder) -> "Engine | None":
    """None where TensorFlow sees no GPU after all, or the model has no usable Keras file."""
    try:
        from core.estimation.keras_engine import visible_gpu

        return _make_keras_engine(folder) if visible_gpu() else None
    except (ImportError, ModelError) as error:
        logger.warning("%s The ONNX engine is used instead.", error)
        return None
