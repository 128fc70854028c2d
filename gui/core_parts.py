"""What the window asks of core, imported only when it is asked.

These parts bring OpenCV, MediaPipe and ONNX Runtime with them, and the window must be on the
screen before: so they are called in other threads only. Tests put in others.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.settings import Settings

if TYPE_CHECKING:
    from core.estimation.model_folder import ModelFolder
    from core.pipeline import FramePipeline
    from core.sources.camera_list import CameraInfo
    from core.sources.frame_source import FrameSource, SourceKind
    from core.sources.photo import Photo


def _make_source(word: str, settings: Settings) -> "FrameSource":
    from core.sources.source_choice import make_source

    return make_source(word, settings.camera_resolution)


def _make_pipeline(kind: "SourceKind", model: str | None, settings: Settings) -> "FramePipeline":
    from core.assembly import make_pipeline
    from core.estimation.model_folder import is_installed

    # A model that was chosen once may be gone: the default one stands in, and the window names it.
    return make_pipeline(kind, model if model and is_installed(model) else None, settings)


def _find_photos(paths: Iterable[Path]) -> Iterator[Path]:
    from core.sources.photo import find_photos

    return find_photos(paths)


def _load_photo(path: Path, max_side_px: int) -> "Photo":
    from core.sources.photo import load_photo

    return load_photo(path, max_side_px)


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


@dataclass(frozen=True, slots=True)
class CoreParts:
    """The functions of core that the window uses.

    Attributes:
        make_source: the source for a word: sample, camera:N, or a path.
        make_pipeline: a pipeline for frames of a kind of source.
        find_photos: the photos among files and in folders.
        load_photo: a photo, its longer side reduced to so many px.
        list_cameras: the cameras by name; slow.
        find_models: the installed models with their cards, the default one first.
    """

    make_source: "Callable[[str, Settings], FrameSource]" = _make_source
    make_pipeline: "Callable[[SourceKind, str | None, Settings], FramePipeline]" = _make_pipeline
    find_photos: Callable[[Iterable[Path]], Iterator[Path]] = _find_photos
    load_photo: "Callable[[Path, int], Photo]" = _load_photo
    list_cameras: "Callable[[], tuple[CameraInfo, ...]]" = _list_cameras
    find_models: "Callable[[], tuple[ModelFolder, ...]]" = _find_models
