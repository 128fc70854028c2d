"""The page of what a model says of pictures from outside and of chips, as the report shows it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2

from core.annotator import Annotator
from core.errors import VisageError
from core.estimation.predictor import Predictor
from core.face_label import label_text
from core.pipeline import FramePipeline
from core.sources.file_check import display_name
from core.sources.photo import read_photo
from core.types import Face, Frame, Image
from training.data.chip import Chip
from training.data.chip_cache import resize_chips
from training.measuring.evaluate import predict_part
from training.pages.faces_shown import face_pictures, random_faces
from training.pages.page import Page, Picture

_SHOWN_PX = 900


def predictions_page(title: str) -> Page:
    """A page that is still empty."""
    page = Page(f"{title}: predictions")
    page.text("An estimate of how old a face looks, not of who a person is.")
    return page


def add_photos(page: Page, pipeline: FramePipeline, paths: Sequence[Path]) -> list[str]:
    """Show photos with their faces, found and cropped as the app does it.

    Returns:
        A sentence for each that cannot be shown; the page has it, too.
    """
    page.heading("Pictures from outside")
    shown, refused = [], []
    for path in paths:
        try:
            shown.append(_shown(pipeline, path))
        except VisageError as error:
            refused.append(str(error))
            page.text(f"`{display_name(path)}`: {error}")
    page.pictures(shown, width_px=480)
    return refused


def add_chips(
    page: Page, predictor: Predictor, chips: Sequence[Chip], images: Any, seed: int
) -> None:
    """Show chips of the data, drawn by a seed: their labels above, the model's answer below.

    Args:
        images: of the chips, (N, 200, 200, 3).
    """
    page.heading("Chips of the data")
    page.text(f"Drawn at random, seed {seed}. Above each face its label, below it the answer.")
    indices = random_faces(len(chips), seed)
    drawn, pictures = [chips[index] for index in indices], images[indices]
    resized = resize_chips(pictures, predictor.card.input_size_px)
    said = predict_part(predictor, drawn, resized, flip_average=True)
    page.pictures(face_pictures([said], pictures, range(len(drawn))))


def _shown(pipeline: FramePipeline, path: Path) -> Picture:
    photo = read_photo(path)
    faces = pipeline.process(Frame(photo.image, 0, 0.0, photo.scale, photo.note)).faces
    words = f"{_words(faces)}. {photo.note}" if photo.note else _words(faces)
    return Picture(_smaller(Annotator().annotate(photo.image, faces)), display_name(path), words)


def _words(faces: Sequence[Face]) -> str:
    return "; ".join(label_text(face) or "no estimate" for face in faces) or "no face"


def _smaller(image: Image) -> Image:
    """No larger than a page shows it."""

    scale = _SHOWN_PX / max(image.shape[:2])
    if scale >= 1:
        return image
    size = round(image.shape[1] * scale), round(image.shape[0] * scale)
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA).astype("uint8", copy=False)
