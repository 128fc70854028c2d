"""`main.py self-check`: does everything work on this computer, in this build?"""

import importlib.util
import json
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from core import paths
from core.assembly import make_batch_job, make_pipeline, make_recipe
from core.commands.window_probe import measure_window
from core.errors import VisageError
from core.estimation.model_card import KERAS_FILE, read_card
from core.estimation.model_folder import candidate_folders, find_models
from core.settings import EngineChoice, Settings
from core.shown_age import shown_age
from core.sources.frame_source import SourceKind
from core.types import Estimate, Face, Frame

logger = logging.getLogger(__name__)

SAMPLE_FACE_COUNT = 2
PLAUSIBLE_AGES_YEARS = (10, 95)
"""The sample shows two adults; a broken model answers far outside."""

CLIP_FRAMES = 90
"""The first three seconds of the sample clip, in which both faces are seen."""

RECORDED_FRAMES = 30

AWKWARD_FOLDER = "Ma démo ü 写真"

Check = Callable[[], str]


def run() -> int:
    """Print one line per check; 0 if all passed, else 1."""
    results = [_passes(name, check) for name, check in _checks()]
    return 0 if all(results) else 1


def _checks() -> Iterator[tuple[str, Check]]:
    """Every check by name; each gives a fact, or raises."""
    yield "resources", check_resources
    yield "models", check_model_folders
    for model in find_models():
        for engine in _usable_engines(tuple(model.card.sha256)):
            yield (
                f"model {model.card.name} on {engine}",
                partial(check_model, model.card.name, engine),
            )
    yield "clip", check_clip
    yield "recording", check_recording
    yield "job", check_job
    if not _is_space():
        yield "window", check_window
    yield "user's folder", check_user_folder
    yield "Hub", check_hub


def _is_space() -> bool:
    """Whether this serves the page alone, and brings nothing to open a window with."""
    return (
        importlib.util.find_spec("PySide6") is None
        and importlib.util.find_spec("gradio") is not None
    )


def _passes(name: str, check: Check) -> bool:
    try:
        print(f"ok    {name}: {check()}", flush=True)
        return True
    except VisageError as error:
        print(f"FAIL  {name}: {error}", flush=True)
    except Exception as error:
        logger.exception("The check %s met a bug.", name)
        print(f"FAIL  {name}: {type(error).__name__}: {error}", flush=True)
    return False


def check_hub() -> str:
    """A model could be got; nobody is asked."""
    from core.hub.connection import client_version

    return f"{client_version()}, not asked"


def check_resources() -> str:
    """The files that the app reads at run time are there and whole."""
    files = [paths.sample_clip(), paths.sample_photo()]
    files += [
        paths.face_detector_dir() / f"face_detection_{name}"
        for name in ("short_range.onnx", "yunet_n.onnx")
    ]
    missing = [str(file) for file in files if not file.is_file()]
    if missing:
        raise VisageError(f"missing: {', '.join(missing)}")
    icons = sorted((paths.resources_dir() / "icons").glob("*.svg"))
    styles = sorted((paths.resources_dir() / "style").glob("*.json"))
    for icon in icons:
        ElementTree.parse(icon)
    for style in styles:
        json.loads(style.read_text(encoding="utf-8"))
    catalogues = [paths.translations_dir() / f"visage_{code}.ts" for code in paths.languages()]
    for catalogue in catalogues:
        ElementTree.parse(catalogue)
    if not icons or not styles or not catalogues:
        raise VisageError(f"no icons, styles or translations in {paths.resources_dir()}")
    spoken = " and ".join(paths.languages())
    return f"sample, face detectors, {len(icons)} icons, {spoken} in {paths.install_dir()}"


def check_model_folders() -> str:
    """Every folder with a card can be read, every file that is used is the one published."""
    folders = list(candidate_folders())
    if not folders:
        raise VisageError("no model is installed")
    for folder in folders:
        read_card(folder)
    models = find_models()
    for model in models:
        for name in model.card.sha256:
            if name != KERAS_FILE or _has_tensorflow():
                model.verify_file(name)
    return ", ".join(model.card.name for model in models)


def check_model(model_name: str, engine: EngineChoice) -> str:
    """The whole way from the sample photo to plausible labels."""
    from core.sources.photo import read_photo

    photo = read_photo(paths.sample_photo())
    with closing(make_pipeline(SourceKind.PHOTO, model_name, Settings(engine=engine))) as pipeline:
        faces = pipeline.process(Frame(photo.image, 0, 0.0, photo.scale)).faces
        device = pipeline.predictor.engine.device
    if len(faces) != SAMPLE_FACE_COUNT:
        raise VisageError(f"{len(faces)} faces found on the sample, not {SAMPLE_FACE_COUNT}")
    for face in faces:
        _check_plausible(face)
    return f"{' and '.join(map(_words, faces))} on {device}"


def check_clip() -> str:
    """The default model labels the faces of the sample clip, frame by frame."""
    from core.sources.video_file import VideoFileSource

    labelled = 0
    pipeline = make_pipeline(SourceKind.VIDEO, None, Settings())
    with closing(pipeline), VideoFileSource(paths.sample_clip()) as clip:
        for frame in islice(iter(clip.read, None), CLIP_FRAMES):
            faces = pipeline.process(frame).faces
            labelled = max(labelled, sum(face.estimate is not None for face in faces))
    if labelled != SAMPLE_FACE_COUNT:
        raise VisageError(f"{labelled} faces labelled in the clip, not {SAMPLE_FACE_COUNT}")
    return f"{labelled} faces labelled in {CLIP_FRAMES} frames"


def check_recording() -> str:
    """A second of the sample clip is recorded, and every frame read again."""
    from core.recording import vp9_encoder
    from core.recording.video_recording import SUFFIX, VideoRecording
    from core.sources.video_file import VideoFileSource

    with TemporaryDirectory() as temporary:
        path = Path(temporary) / f"{AWKWARD_FOLDER}{SUFFIX}"
        with VideoFileSource(paths.sample_clip()) as clip, VideoRecording(path, 30.0) as recording:
            for frame in islice(iter(clip.read, None), RECORDED_FRAMES):
                recording.write(frame.image)
        with VideoFileSource(path) as recorded:
            frame_count = sum(1 for _ in iter(recorded.read, None))
    if frame_count != RECORDED_FRAMES:
        raise VisageError(f"{frame_count} of {RECORDED_FRAMES} frames were recorded")
    return f"{frame_count} frames in {'VP9' if vp9_encoder.is_available() else 'VP8'}"


def check_job() -> str:
    """A job labels a photo in a folder with an awkward name, and stores the answer."""
    from core.batch.job_control import JobControl
    from core.batch.store import BatchStore

    with TemporaryDirectory() as temporary:
        folder = Path(temporary) / AWKWARD_FOLDER
        folder.mkdir()
        shutil.copy(paths.sample_photo(), folder)
        with BatchStore.open(folder / "jobs.sqlite") as store:
            job = store.create_job(AWKWARD_FOLDER, [folder], make_recipe(None, Settings()))
            with closing(make_batch_job(store, job, JobControl())) as batch:
                for _ in batch.run():
                    pass
            counts = store.counts(job.id)
    if (counts.done, counts.faces) != (1, SAMPLE_FACE_COUNT):
        raise VisageError(f"{counts.done} photos with {counts.faces} faces were stored")
    return f"{counts.faces} faces stored and read again"


def check_window() -> str:
    """The window opens on the sample and shows a face."""
    timings = measure_window(off_screen=True)
    window_ms, overlay_ms = timings["window_ms"], timings["first_overlay_ms"]
    return f"open after {window_ms:.0f} ms, a face after {overlay_ms:.0f} ms"


def check_user_folder() -> str:
    """The user's own data can be written, whoever installed Visage."""
    folder = paths.data_dir()
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    if not os.access(existing, os.W_OK):
        raise VisageError(f"{existing} cannot be written")
    return f"own models in {paths.user_models_dir()}, log in {paths.log_dir()}"


def _usable_engines(files: tuple[str, ...]) -> list[EngineChoice]:
    if KERAS_FILE in files and _has_tensorflow():
        return [EngineChoice.ONNX, EngineChoice.KERAS]
    return [EngineChoice.ONNX]


def _has_tensorflow() -> bool:
    """Never in the installed app, whose models come without their Keras files."""
    return importlib.util.find_spec("tensorflow") is not None


def _check_plausible(face: Face) -> None:
    age_years = (face.estimate or Estimate()).age_years
    low, high = PLAUSIBLE_AGES_YEARS
    if age_years is not None and not low <= age_years <= high:
        raise VisageError(f"an adult of the sample is labelled {shown_age(age_years)} years")


def _words(face: Face) -> str:
    estimate = face.estimate or Estimate()
    age = "" if estimate.age_years is None else f" {shown_age(estimate.age_years)}"
    return f"{face.gender or 'face'}{age}"
