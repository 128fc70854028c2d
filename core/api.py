"""Visage from Python: the one door whose names and answers are promised.

    >>> from core.api import Visage
    >>> from core.paths import sample_clip, sample_photo
    >>> with Visage() as visage:
    ...     photo = visage.photo(sample_photo())
    >>> len(photo.faces)
    2
    >>> [str(face.gender) for face in photo.faces]
    ['female', 'female']
    >>> all(face.estimate.age_low_years < face.estimate.age_years for face in photo.faces)
    True

Frames of a stream are answered as the window answers them live: faces are followed, and their
estimates grow steadier from frame to frame.

    >>> from itertools import islice
    >>> with Visage() as visage:
    ...     *_, last = islice(visage.frames(sample_clip()), 30)
    >>> sorted(face.track_id for face in last.faces)
    [1, 2]

All that `__all__` names here follows semantic versioning: within one major version nothing is taken
away or changes its meaning. Everything else in `core` may change at any time, and so may the
figures of an estimate, with each better model.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from math import isfinite
from os import PathLike
from pathlib import Path

import numpy as np

from core.assembly import make_photo_labeller, make_pipeline
from core.batch.scan import find_photos
from core.closing import Closing
from core.errors import ModelError, PhotoError, SettingsError, SourceError, VisageError
from core.estimation.model_folder import find_model
from core.photo_labelling import PhotoLabeller
from core.settings import DetectionRange, EngineChoice, Settings
from core.sources.file_check import display_name, is_folder
from core.sources.frame_source import SourceKind
from core.sources.source_choice import make_source
from core.types import Box, Estimate, Face, Frame, FrameResult, Gender, Image, PhotoResult

__all__ = [
    "Box",
    "DetectionRange",
    "EngineChoice",
    "Estimate",
    "Face",
    "Frame",
    "FrameResult",
    "Gender",
    "Image",
    "ModelError",
    "PhotoError",
    "PhotoResult",
    "Settings",
    "SettingsError",
    "SourceError",
    "Visage",
    "VisageError",
]


class Visage(Closing):
    """Finds faces and estimates their age and gender. One thread at a time may use it; close it.

    Args:
        model: a name that `main.py models` lists; None for the default model.
        settings: as in the window; None for its defaults.

    Raises:
        ModelError: if there is no such model.
        TypeError: if `settings` are none.
    """

    def __init__(self, model: str | None = None, settings: Settings | None = None) -> None:
        self._model = find_model(model).card.name
        self._settings = Settings() if settings is None else settings
        if not isinstance(self._settings, Settings):
            raise TypeError(f"Settings are made by Settings(…), not {settings!r}.")
        self._opened_labeller: PhotoLabeller | None = None

    def photo(self, photo: str | PathLike[str] | Image) -> PhotoResult:
        """The faces of a photo, from left to right, boxes in px of its full size.

        Args:
            photo: a file, or pixels: uint8 of shape (H, W, 3), RGB, upright.

        Raises:
            PhotoError: if the file cannot be read.
            ModelError: if the model cannot be run.
            ValueError: if the array holds no picture.
        """
        if isinstance(photo, np.ndarray):
            _check_pixels(photo)
            return self._labeller.label_pixels(photo)
        if photo == "":
            raise PhotoError("An empty name is no photo.")
        result = self._labeller.label(Path(photo))
        if result.error is not None:
            raise PhotoError(result.error)
        return result

    def folder(self, folder: str | PathLike[str]) -> Iterator[PhotoResult]:
        """Each photo in a folder and below, in order of names; nothing is stored.

        A photo that cannot be read is a result with an `error`; files that are no photos are
        passed over, videos too: `frames` follows the faces of one.

        Raises:
            SourceError: if there is no such folder.
            ModelError: if the model cannot be run.
        """
        if folder == "":  # Path takes it for the current one
            raise SourceError("An empty name is no folder.")
        place = Path(folder)
        if not is_folder(place):
            raise SourceError(f"{display_name(place)} is no folder.")
        return map(self._labeller.label, find_photos([place]))

    def frames(
        self,
        source: str | PathLike[str] | Iterable[Frame | Image],
        frame_rate_hz: float = 30.0,
    ) -> Iterator[FrameResult]:
        """The faces of each frame of one stream, boxes in px of the frame, with their tracks.

        Args:
            source: a video file, "sample" or "camera:0"; or frames; or their pixels alone, uint8 of
                shape (H, W, 3), RGB.
            frame_rate_hz: of pixels alone, which know no time; above 0.

        Raises:
            SourceError: if the source cannot be opened or breaks.
            ModelError: if the model cannot be run.
            ValueError: if an array holds no picture, or the rate is none.
        """
        if not (frame_rate_hz > 0 and isfinite(frame_rate_hz)):
            raise ValueError(f"A frame rate is above 0 Hz, not {frame_rate_hz}.")
        with closing(make_pipeline(SourceKind.VIDEO, self._model, self._settings)) as pipeline:
            for frame in self._read(source, frame_rate_hz):
                yield pipeline.process(frame)

    def close(self) -> None:
        """Release the model; the next photo loads it again."""
        if self._opened_labeller is not None:
            self._opened_labeller.close()
            self._opened_labeller = None

    @property
    def _labeller(self) -> PhotoLabeller:
        """Opened by the first photo: whoever only watches streams needs none."""
        if self._opened_labeller is None:
            self._opened_labeller = make_photo_labeller(self._model, self._settings)
        return self._opened_labeller

    def _read(
        self, source: str | PathLike[str] | Iterable[Frame | Image], frame_rate_hz: float
    ) -> Iterator[Frame]:
        if isinstance(source, str | PathLike):
            with make_source(str(source), self._settings.camera_resolution) as opened:
                if opened.kind is SourceKind.PHOTO:
                    raise SourceError(f"{opened.title} is a photo, not a stream of frames.")
                yield from iter(opened.read, None)
            return
        for index, frame in enumerate(source):
            if isinstance(frame, Frame):
                yield frame
            else:
                _check_pixels(frame)
                yield Frame(frame, index, index / frame_rate_hz)


def _check_pixels(pixels: object) -> None:
    told = type(pixels).__name__
    if isinstance(pixels, np.ndarray):
        is_picture = pixels.ndim == 3 and pixels.shape[2] == 3 and pixels.size > 0
        if is_picture and pixels.dtype == np.uint8:
            return
        told = f"{pixels.dtype} of shape {pixels.shape}"
    raise ValueError(f"A picture is a uint8 array of shape (height, width, 3), not {told}.")
