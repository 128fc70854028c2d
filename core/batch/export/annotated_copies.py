"""Copies of the photos with boxes and labels, or with the faces hidden."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path

from PIL import Image as Pillow

from core.annotator import Annotator
from core.batch.export.free_name import FreeNames
from core.batch.export.report import ExportReport
from core.batch.export.whole_file import make_folder, whole_file
from core.batch.picture import load_picture
from core.batch.record import LabelledPhoto, PhotoState
from core.errors import PhotoError
from core.sources.file_check import display_name
from core.text import clock_text
from core.types import Image

MAX_SIDE_PX = 8000
_JPEG_QUALITY = 92


def write_annotated_copies(
    photos: Iterable[LabelledPhoto],
    folder: Path,
    annotator: Annotator,
    report: ExportReport | None = None,
) -> ExportReport:
    """Write a JPEG of every photo that was read into `folder`, upright, without metadata.

    Of a video, each frame that stands for somebody, with those it stands for. Where faces are
    hidden, nothing of the original is left that could show them: no thumbnail and no place; a video
    is reported, as such a frame may show others, too. A photo that is gone or was changed since is
    reported and the others follow; a copy that is there already is not made again.

    Args:
        photos: whole ones where faces are hidden; see `labelled_photos`.
        report: filled on the way, for whoever wants to know after an error too.

    Raises:
        ExportError: if `folder` cannot be written; what was written stays.
    """
    make_folder(folder)
    report = report or ExportReport()
    names = FreeNames()
    for photo in photos:
        if photo.facts.state is not PhotoState.DONE:
            continue
        try:
            for picture in photo.pictures:
                _write_copy(picture, folder, annotator, names, report)
        except PhotoError as error:
            report.failures.append((photo.path, str(error)))
    return report


def _write_copy(
    photo: LabelledPhoto,
    folder: Path,
    annotator: Annotator,
    names: FreeNames,
    report: ExportReport,
) -> None:
    copy = jpeg_bytes(_annotated(photo, annotator), _JPEG_QUALITY)
    path = names.claim(folder, _name(photo), partial(_holds, content=copy))
    if path is None:
        report.present_count += 1
        return
    with whole_file(path) as stream:
        stream.write(copy)
    report.written_count += 1


def _name(photo: LabelledPhoto) -> str:
    """As the photo is called; of a frame, with its time: "clip 0-12.jpg"."""
    if photo.facts.frame_s is None:
        return f"{photo.path.stem}.jpg"
    clock = clock_text(photo.facts.frame_s).replace(":", "-")
    return f"{photo.path.stem} {clock}.jpg"


def jpeg_bytes(image: Image, quality: int) -> bytes:
    """A picture as JPEG, without metadata."""
    buffer = BytesIO()
    Pillow.fromarray(image).save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _annotated(photo: LabelledPhoto, annotator: Annotator) -> Image:
    if photo.facts.is_video and annotator.hides_faces:
        name = display_name(photo.path)
        raise PhotoError(f"{name} is a video: only the faces of photos can all be hidden.")
    picture = load_picture(photo.facts, MAX_SIDE_PX)
    factor = 1 / picture.scale
    faces = (replace(face.shown, box=face.face.box.scaled(factor)) for face in photo.faces)
    return annotator.annotate(picture.image, faces)
