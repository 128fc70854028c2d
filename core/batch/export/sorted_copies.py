"""Copies of the photos, sorted into folders by who is on them."""

import shutil
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from core.batch.export.free_name import free_path
from core.batch.export.report import ExportReport
from core.batch.export.whole_file import make_folder, whole_file
from core.batch.record import LabelledFace, LabelledPhoto, PhotoState

NO_FACE = "no face"
UNKNOWN = "unknown"
GROUP_YEARS = 10


class SortKey(StrEnum):
    """By what photos are sorted."""

    AGE_GROUP = "age group"
    GENDER = "gender"


def write_sorted_copies(
    photos: Iterable[LabelledPhoto], folder: Path, key: SortKey
) -> ExportReport:
    """Copy every photo that was read, byte for byte, into a folder for each kind of its faces.

    A photo with a child and a grown-up lies in both of their folders.

    Raises:
        ExportError: if `folder` cannot be written; what was copied stays.
    """
    make_folder(folder)
    report = ExportReport()
    for photo in photos:
        if photo.facts.state is not PhotoState.DONE:
            continue
        for group in dict.fromkeys(_groups(photo, key)):
            make_folder(folder / group)
            target = free_path(folder / group, photo.path.name)
            _copy(photo.path, target, report)
    return report


def age_group(age_years: float) -> str:
    """Ten years that sort well as text, such as "20-29"."""
    first = int(age_years) // GROUP_YEARS * GROUP_YEARS
    return f"{first:02}-{first + GROUP_YEARS - 1:02}"


def _groups(photo: LabelledPhoto, key: SortKey) -> Iterable[str]:
    if not photo.faces:
        return [NO_FACE]
    return [_group(face, key) for face in photo.faces]


def _group(face: LabelledFace, key: SortKey) -> str:
    if key is SortKey.GENDER:
        return UNKNOWN if face.gender is None else face.gender.value
    return UNKNOWN if face.age_years is None else age_group(face.age_years)


def _copy(source: Path, target: Path, report: ExportReport) -> None:
    try:
        original = source.open("rb")
    except OSError as error:
        reason = f"{source.name} could not be read ({error.strerror})."
        report.failures.append((source, reason))
        return
    with original, whole_file(target) as stream:
        shutil.copyfileobj(original, stream, 1 << 20)
    report.written_count += 1
