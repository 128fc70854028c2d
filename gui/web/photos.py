"""The tab for photos: files and pasted pictures in, faces in a table out."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock

from core.api import PhotoError, PhotoResult, Settings, Visage
from core.sources.endings import is_video
from core.sources.photo import load_photo
from core.types import Image
from gui.web import answers
from gui.web.uploads import discard
from gui.web.words import Words

MAX_PHOTOS = 30
SHOWN_SIDE_PX = 1280


class SharedLabeller:
    """Answers all sessions, one photo at a time; photos leave nothing behind in it.

    The model that was asked for last stays loaded.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._wish: tuple[str, bool] | None = None
        self._visage: Visage | None = None

    def label(self, photo: Path | Image, model: str, is_thorough: bool) -> PhotoResult:
        """The faces of a photo; a sentence where it cannot be read."""
        with self._lock:
            visage = self._opened(model, is_thorough)
            try:
                return visage.photo(photo)
            except PhotoError as error:
                return PhotoResult(photo if isinstance(photo, Path) else None, error=str(error))

    def close(self) -> None:
        """Release the model."""
        with self._lock:
            self._close()

    def _opened(self, model: str, is_thorough: bool) -> Visage:
        if self._visage is None or self._wish != (model, is_thorough):
            self._close()
            self._visage = Visage(model, Settings(is_thorough=is_thorough))
            self._wish = model, is_thorough
        return self._visage

    def _close(self) -> None:
        if self._visage is not None:
            self._visage.close()
            self._visage = None


def label_files(
    labeller: SharedLabeller,
    files: Sequence[Path],
    model: str,
    is_thorough: bool,
    words: Words,
) -> str:
    """The answer to uploaded files, which are removed, whatever happens."""

    def answer() -> str:
        named = [
            (path.name, labeller.label(path, model, is_thorough)) for path in files[:MAX_PHOTOS]
        ]
        pictures = [
            _figure(name, result, _shown(path, result, words), words)
            for path, (name, result) in zip(files, named, strict=False)
        ]
        if len(files) > MAX_PHOTOS:
            pictures.append(answers.sentence(words["too_many"].format(count=MAX_PHOTOS)))
        return "".join([answers.photo_table(named, words), *pictures, answers.downloads(named)])

    try:
        return answers.or_sentence(answer, words)
    finally:
        discard(files)


def label_pixels(
    labeller: SharedLabeller,
    pixels: Image | PhotoError,
    model: str,
    is_thorough: bool,
    words: Words,
) -> str:
    """The answer to a pasted picture, or to one that could not be read."""

    def answer() -> str:
        if isinstance(pixels, PhotoError):
            raise pixels
        result = labeller.label(pixels, model, is_thorough)
        named = [(words["pasted"], result)]
        shown = answers.picture(pixels, result.faces, words["pasted"], words)
        figure = _figure(words["pasted"], result, shown, words)
        return "".join([answers.photo_table(named, words), figure, answers.downloads(named)])

    return answers.or_sentence(answer, words)


def _figure(name: str, result: PhotoResult, shown: str, words: Words) -> str:
    told = [words.said(text) for text in (result.error, result.note) if text]
    if result.error is None and not result.faces:
        told.insert(0, words["no_face"])
    if result.error is not None and is_video(Path(name)):
        told.append(words["video_tab"])
    sentence = answers.sentence(f"{name}: {' '.join(told)}") if told else ""
    return f"<figure>{shown}{sentence}</figure>"


def _shown(path: Path, result: PhotoResult, words: Words) -> str:
    if result.error is not None:
        return ""
    photo = load_photo(path, SHOWN_SIDE_PX)
    faces = [replace(face, box=face.box.scaled(1 / photo.scale)) for face in result.faces]
    return answers.picture(photo.image, faces, path.name, words)
