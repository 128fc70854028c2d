"""Copies of the photos, sorted into folders by who is on them."""

import filecmp
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import partial
from pathlib import Path

from core.batch.export.change_check import check_unchanged
from core.batch.export.free_name import FreeNames
from core.batch.export.report import ExportReport
from core.batch.export.whole_file import make_folder, whole_file
from core.batch.record import LabelledFace, LabelledPhoto, PhotoState
from core.errors import PhotoError
from core.shown_age import shown_age
from core.sources.file_check import display_name, open_file

NO_FACE = "no face"
UNKNOWN = "unknown"
GROUP_YEARS = 10
_CHUNK_BYTES = 1 << 20


class SortKey(StrEnum):
    """By what photos are sorted."""

    AGE_GROUP = "age group"
    GENDER = "gender"


def write_sorted_copies(
    photos: Iterable[LabelledPhoto],
    folder: Path,
    key: SortKey,
    report: ExportReport | None = None,
) -> ExportReport:
    """Copy every photo that was read, byte for byte, into a folder for each kind of its faces.

    A photo with a child and a grown-up lies in both of their folders. Videos are left out: with
    many people in them, they would fill a disk. One that is gone or was
    changed since is reported and the others follow; a copy that is there already is not made again.

    Args:
        report: filled on the way, for whoever wants to know after an error too.

    Raises:
        ExportError: if `folder` cannot be written; what was copied stays.
    """
    make_folder(folder)
    report = report or ExportReport()
    names = FreeNames()
    for photo in photos:
        if photo.facts.state is not PhotoState.DONE or photo.facts.is_video:
            continue
        try:
            for group in dict.fromkeys(_groups(photo, key)):
                make_folder(folder / group)
                _write_copy(photo, folder / group, names, report)
        except PhotoError as error:
            report.failures.append((photo.path, str(error)))
    return report


def _write_copy(photo: LabelledPhoto, folder: Path, names: FreeNames, report: ExportReport) -> None:
    path = names.claim(folder, photo.path.name, partial(_is_same, photo.path))
    if path is None:
        check_unchanged(photo.facts)
        report.present_count += 1
        return
    with whole_file(path) as stream:
        stream.writelines(_chunks(photo.path))
        check_unchanged(photo.facts)
    report.written_count += 1


def _is_same(source: Path, copy: Path) -> bool:
    try:
        return filecmp.cmp(source, copy, shallow=False)
    except OSError:
        return False


def age_group(age_years: float) -> str:
    """The ten years of an age as it is shown; they sort well as text, such as "20-29"."""
    first = shown_age(age_years) // GROUP_YEARS * GROUP_YEARS
    return f"{first:02}-{first + GROUP_YEARS - 1:02}"


def _groups(photo: LabelledPhoto, key: SortKey) -> Iterable[str]:
    if not photo.faces:
        return [NO_FACE]
    return [_group(face, key) for face in photo.faces]


def _group(face: LabelledFace, key: SortKey) -> str:
    if key is SortKey.GENDER:
        return UNKNOWN if face.gender is None else face.gender.value
    return UNKNOWN if face.age_years is None else age_group(face.age_years)


def _chunks(source: Path) -> Iterator[bytes]:
    """The bytes of a photo.

    Raises:
        PhotoError: if it is gone or cannot be read to its end.
    """
    try:
        with open_file(source, PhotoError) as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                yield chunk
    except OSError as error:
        name = display_name(source)
        raise PhotoError(f"{name} could not be read to its end ({error.strerror}).") from error
