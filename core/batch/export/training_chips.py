"""Aligned chips with their labels in their names, as UTKFace has them: ready to train on.

A name is `age_gender_race_date.jpg.chip.jpg`: gender 0 for male and 1 for female, race 4
(UTKFace's “others”), because nothing here says it, and a date of 17 digits that numbers the
chips.
"""

import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

from core.batch.export.annotated_copies import jpeg_bytes
from core.batch.export.report import ExportReport
from core.batch.export.whole_file import make_folder, whole_file
from core.batch.picture import load_picture
from core.batch.record import LabelledFace, LabelledPhoto
from core.errors import PhotoError
from core.faces.alignment import CHIP_SIZE_PX, align_face
from core.shown_age import shown_age
from core.types import Detection, Gender

MAX_AGE_YEARS = 116
_MAX_SIDE_PX = 4096
_JPEG_QUALITY = 95
_GENDER_DIGITS = {Gender.MALE: 0, Gender.FEMALE: 1}
_RACE_DIGIT = 4


def write_training_chips(
    photos: Iterable[LabelledPhoto],
    folder: Path,
    started_at: datetime | None = None,
    report: ExportReport | None = None,
) -> ExportReport:
    """Write a chip of 200 × 200 px for each face with an age and a gender that is not unsure.

    A person in a video is cut out of the frame that shows the face best.

    Args:
        started_at: the date of the first chip; each next one is a millisecond later.
        report: filled on the way, for whoever wants to know after an error too.

    Raises:
        ExportError: if `folder` cannot be written; what was written stays.
    """
    make_folder(folder)
    report = report or ExportReport()
    dates = _dates(started_at or datetime.now(UTC))
    for photo in chain.from_iterable(photo.pictures for photo in photos):
        faces = [(face, label) for face in photo.faces if (label := _label(face)) is not None]
        if not faces:
            continue
        try:
            picture = load_picture(photo.facts, _MAX_SIDE_PX)
        except PhotoError as error:
            report.failures.append((photo.path, str(error)))
            continue
        for face, label in faces:
            detection = _scaled(face.detection, 1 / picture.scale)
            chip = align_face(picture.image, detection, CHIP_SIZE_PX)
            with whole_file(_next_path(folder, label, dates)) as stream:
                stream.write(jpeg_bytes(chip, _JPEG_QUALITY))
            report.written_count += 1
    return report


def _label(face: LabelledFace) -> str | None:
    """The fields before the date; None for a face that cannot teach."""
    if face.age_years is None or face.gender not in _GENDER_DIGITS:
        return None
    age_years = min(MAX_AGE_YEARS, shown_age(face.age_years))
    return f"{age_years}_{_GENDER_DIGITS[face.gender]}_{_RACE_DIGIT}"


def _dates(moment: datetime) -> Iterator[str]:
    while True:
        yield f"{moment:%Y%m%d%H%M%S}{moment.microsecond // 1000:03}"
        moment += timedelta(milliseconds=1)


def _next_path(folder: Path, label: str, dates: Iterator[str]) -> Path:
    paths = (folder / f"{label}_{date}.jpg.chip.jpg" for date in dates)
    return next(path for path in paths if not os.path.lexists(path))


def _scaled(detection: Detection, factor: float) -> Detection:
    return Detection(detection.box.scaled(factor), detection.score, detection.landmarks * factor)
