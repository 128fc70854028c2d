"""What the window asks of core, imported only when it is asked.

These parts bring OpenCV and ONNX Runtime with them, and the window must be on the
screen before: so they are called in other threads only. Tests put in others.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from core.settings import EngineChoice, Settings

if TYPE_CHECKING:
    from core.adapting.folder_fit import FolderFit
    from core.adapting.learning import Learnt
    from core.batch.drawn_face import FaceDrawer
    from core.batch.job import BatchJob
    from core.batch.job_control import JobControl
    from core.batch.recipe import Recipe
    from core.batch.record import Job, PhotoFacts
    from core.batch.store import BatchStore
    from core.estimation.model_folder import ModelFolder
    from core.pipeline import FramePipeline
    from core.recording.recorder import Recorded, Recorder
    from core.sources.camera_list import CameraInfo
    from core.sources.frame_source import FrameSource, SourceKind
    from core.sources.photo import Photo

    MakeRecorder: TypeAlias = Callable[
        [Path, SourceKind, float | None, Callable[[Recorded], None]], Recorder
    ]
    Learn: TypeAlias = Callable[
        [Path, int, str, Callable[[int, int], None], Callable[[], bool]], Learnt | None
    ]
    MeasureFolder: TypeAlias = Callable[
        [Path, int, Callable[[int, int], None], Callable[[], bool]], FolderFit | None
    ]
    PullModel: TypeAlias = Callable[
        [str, Callable[[int, int], None], Callable[[], bool]], ModelFolder
    ]


def _make_source(word: str, settings: Settings) -> "FrameSource":
    from core.sources.source_choice import make_source

    return make_source(word, settings.camera_resolution, is_thorough=settings.is_thorough)


def _make_pipeline(kind: "SourceKind", model: str | None, settings: Settings) -> "FramePipeline":
    from core.assembly import make_pipeline
    from core.estimation.model_folder import is_installed

    # A model that was chosen once may be gone: the default one stands in, and the window names it.
    return make_pipeline(kind, model if model and is_installed(model) else None, settings)


def _make_comparing_pipeline(
    model: str | None, second_model: str, settings: Settings
) -> "FramePipeline":
    from core.assembly import make_comparing_pipeline

    return make_comparing_pipeline(model, second_model, settings)


def _make_recipe(model: str | None, settings: Settings) -> "Recipe":
    from core.assembly import make_recipe
    from core.estimation.model_folder import is_installed

    chosen = model if model and is_installed(model) else None
    return make_recipe(chosen, settings)


def _make_batch_job(
    store: "BatchStore", job: "Job", control: "JobControl", engine: EngineChoice
) -> "BatchJob":
    from core.assembly import make_batch_job

    return make_batch_job(store, job, control, engine)


def _make_face_drawer(recipe: "Recipe", engine: EngineChoice) -> "FaceDrawer":
    from core.assembly import make_face_drawer

    return make_face_drawer(recipe, engine)


def _jobs_path() -> Path:
    from core.batch.database import default_path

    return default_path()


def _find_photos(paths: Iterable[Path]) -> Iterator[Path]:
    from core.batch.scan import find_photos

    return find_photos(paths)


def _load_photo(facts: "PhotoFacts", max_side_px: int) -> "Photo":
    from core.batch.picture import load_picture

    return load_picture(facts, max_side_px)


def _make_recorder(
    target: Path,
    kind: "SourceKind",
    frame_rate_hz: float | None,
    on_end: "Callable[[Recorded], None]",
) -> "Recorder":
    from core.recording.recorder import Recorder

    return Recorder(target, kind, frame_rate_hz, on_end)


def _list_cameras() -> "tuple[CameraInfo, ...]":
    from core.sources.camera_list import list_cameras

    return list_cameras()


def _find_models() -> "tuple[ModelFolder, ...]":
    from core.estimation.model_folder import find_model, find_models

    models = find_models()
    if not models:
        return ()
    default = find_model()
    return default, *(model for model in models if model != default)


def _pull_model(
    repo: str, show_progress: Callable[[int, int], None], is_stopped: Callable[[], bool]
) -> "ModelFolder":
    from core.hub.pull import pull

    return pull(repo, show_progress, is_stopped)


def _learn(
    jobs_path: Path,
    job_id: int,
    name: str,
    tell: Callable[[int, int], None],
    is_stopped: Callable[[], bool],
) -> "Learnt | None":
    from core.adapting.corrected_faces import JobChoice
    from core.adapting.learning import learn
    from core.batch.database import Database

    with Database(jobs_path) as database:
        return learn([JobChoice(database, job_id)], name, tell, is_stopped)


def _measure_folder(
    jobs_path: Path,
    job_id: int,
    tell: Callable[[int, int], None],
    is_stopped: Callable[[], bool],
) -> "FolderFit | None":
    from core.adapting.corrected_faces import JobChoice
    from core.adapting.folder_fit import measure_fit
    from core.batch.database import Database

    with Database(jobs_path) as database:
        return measure_fit(JobChoice(database, job_id), tell, is_stopped)


@dataclass(frozen=True, slots=True)
class CoreParts:
    """The functions of core that the window uses.

    Attributes:
        make_source: the source for a word: sample, camera:N, or a path.
        make_pipeline: a pipeline for frames of a kind of source.
        make_comparing_pipeline: a pipeline for streams in which a second model answers, too.
        make_recipe: how a batch is labelled.
        make_batch_job: a run of a job.
        make_face_drawer: what estimates faces that a user draws into photos of a batch.
        jobs_path: where the jobs are stored.
        find_photos: the photos among files and in folders.
        load_photo: a photo, or the frame that stands for a video, as it was labelled, its longer
            side reduced to so many px.
        make_recorder: what records a session into a file; see core/recording.
        list_cameras: the cameras by name; slow.
        find_models: the installed models with their cards, the default one first.
        learn: learns from a job's corrections and installs a model, if it is better.
        measure_folder: says how well a job's folder fits what the model learnt from.
        pull_model: downloads a model and installs it: the only part that uses the network.
    """

    make_source: "Callable[[str, Settings], FrameSource]" = _make_source
    make_pipeline: "Callable[[SourceKind, str | None, Settings], FramePipeline]" = _make_pipeline
    make_comparing_pipeline: "Callable[[str | None, str, Settings], FramePipeline]" = (
        _make_comparing_pipeline
    )
    make_recipe: "Callable[[str | None, Settings], Recipe]" = _make_recipe
    make_batch_job: "Callable[[BatchStore, Job, JobControl, EngineChoice], BatchJob]" = (
        _make_batch_job
    )
    make_face_drawer: "Callable[[Recipe, EngineChoice], FaceDrawer]" = _make_face_drawer
    jobs_path: Callable[[], Path] = _jobs_path
    find_photos: Callable[[Iterable[Path]], Iterator[Path]] = _find_photos
    load_photo: "Callable[[PhotoFacts, int], Photo]" = _load_photo
    make_recorder: "MakeRecorder" = _make_recorder
    list_cameras: "Callable[[], tuple[CameraInfo, ...]]" = _list_cameras
    find_models: "Callable[[], tuple[ModelFolder, ...]]" = _find_models
    learn: "Learn" = _learn
    measure_folder: "MeasureFolder" = _measure_folder
    pull_model: "PullModel" = _pull_model
