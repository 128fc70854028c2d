"""Results as CSV: UTF-8, one row per face, the columns that `main.py label` promises."""

import codecs
import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from core.batch.export.whole_file import whole_file
from core.batch.record import LabelledFace, LabelledPhoto
from core.doubt import written_quality
from core.text import printable
from core.types import Estimate, FaceSpan

COLUMNS = (
    "path",
    "face",
    "left",
    "top",
    "right",
    "bottom",
    "detection_score",
    "age",
    "age_low",
    "age_high",
    "female_probability",
    "gender",
    "face_quality",
    "doubtful",
    "error",
    "note",
    "labelled_by",
    "box_by",
    "from_s",
    "to_s",
    "frame_s",
)

OTHER_COLUMNS = (
    "other_age",
    "other_age_low",
    "other_age_high",
    "other_female_probability",
    "other_gender",
    "years_apart",
    "other_labelled_by",
)
"""What a job adds that is compared with another."""

TEXT_COLUMNS = frozenset(
    {
        "path",
        "gender",
        "doubtful",
        "error",
        "note",
        "labelled_by",
        "box_by",
        "other_gender",
        "other_labelled_by",
    }
)
"""The others hold numbers."""

Row = tuple[str, ...]


class TextSink(Protocol):
    """What takes text, such as an open file."""

    def write(self, text: str, /) -> object: ...


_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_QUOTED = frozenset(";\t\r")


def write_csv(
    photos: Iterable[LabelledPhoto],
    target: Path,
    name_of: Callable[[Path], str] = str,
    *,
    is_for_excel: bool = False,
    is_compared: bool = False,
) -> None:
    """Write photos to the file `target`.

    Args:
        name_of: how a path is written in the column `path`.
        is_compared: add `OTHER_COLUMNS`.
        is_for_excel: begin with a byte-order mark, without which Excel takes UTF-8 for the
            system's old encoding.

    Raises:
        ExportError: if the file cannot be written.
    """
    with whole_file(target) as stream:
        text = codecs.getwriter("utf-8-sig" if is_for_excel else "utf-8")(stream)
        write_rows(text, csv_rows(photos, name_of, is_compared=is_compared))


def csv_rows(
    photos: Iterable[LabelledPhoto],
    name_of: Callable[[Path], str] = str,
    *,
    is_compared: bool = False,
) -> Iterator[Row]:
    """The header, then the rows of every photo."""
    yield columns(is_compared=is_compared)
    for photo in photos:
        yield from rows_of(name_of(photo.path), photo, is_compared=is_compared)


def columns(*, is_compared: bool) -> Row:
    """The header of a job, compared with another or not."""
    return (*COLUMNS, *OTHER_COLUMNS) if is_compared else COLUMNS


def write_rows(stream: TextSink, rows: Iterable[Row]) -> None:
    """Write CSV rows (RFC 4180, but with the line ends of Unix)."""
    minimal = csv.writer(stream, lineterminator="\n")
    quoting = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for row in rows:
        # Python 3.11 leaves a carriage return unquoted, which no reader takes back; tabs and
        # semicolons part fields in some countries' spreadsheets.
        writer = quoting if any(_QUOTED & set(field) for field in row) else minimal
        writer.writerow(row)


def rows_of(name: str, photo: LabelledPhoto, *, is_compared: bool = False) -> list[Row]:
    """The rows of one photo: one per face, or one with empty face fields.

    A corrected age or gender stands in the place of the estimated one, then without a range;
    `female_probability` is always the model's own. Bytes of a name that are not Unicode are "?".
    The last three columns are those of a person in a video, who was seen from one second to another
    and whose box is of the frame at `frame_s`.

    Args:
        is_compared: append `OTHER_COLUMNS`: what the other model says, and by how many years this
            one is above it, whatever was corrected.
    """
    rows = _rows_of(name, photo)
    if not is_compared:
        return rows
    by = neutralised_text(photo.other_labelled_by)
    faces: Sequence[LabelledFace | None] = photo.faces if photo.facts.error is None else ()
    return [
        (*row, *_other_fields(face), by) for row, face in zip(rows, faces or [None], strict=True)
    ]


def _rows_of(name: str, photo: LabelledPhoto) -> list[Row]:
    name = neutralised_name(printable(name))
    by = neutralised_text(photo.labelled_by)
    if photo.facts.error is not None:
        return [_row(name, by, error=neutralised_text(photo.facts.error))]
    note = neutralised_text(photo.facts.note or "")
    rows = [
        _row(name, by, *_face_fields(face), note=note, box_by=face.box_by.value, span=face.span)
        for face in photo.faces
    ]
    return rows or [_row(name, by, note=note)]


def neutralised_name(name: str) -> str:
    """A file name that no spreadsheet takes for a formula, and that still leads to the file."""
    return f"./{name}" if name.startswith(_FORMULA_STARTS) else name


def neutralised_text(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _row(
    name: str,
    labelled_by: str,
    *face_fields: str,
    error: str = "",
    note: str = "",
    box_by: str = "",
    span: FaceSpan | None = None,
) -> Row:
    empty_fields = ("",) * (len(COLUMNS) - 8 - len(face_fields))
    times_s = (None,) * 3 if span is None else (span.from_s, span.to_s, span.frame_s)
    seconds = (_decimal(time_s, 2) for time_s in times_s)
    return (name, *face_fields, *empty_fields, error, note, labelled_by, box_by, *seconds)


def _face_fields(face: LabelledFace) -> Row:
    shown = face.shown
    box = shown.box
    estimate = shown.estimate or Estimate()
    return (
        str(face.number),
        *(f"{edge_px:.1f}" for edge_px in (box.left, box.top, box.right, box.bottom)),
        f"{shown.score:.3f}",
        _decimal(estimate.age_years, 1),
        _decimal(estimate.age_low_years, 1),
        _decimal(estimate.age_high_years, 1),
        _decimal(face.female_probability, 4),
        shown.gender.value if shown.gender else "",
        _decimal(written_quality(shown.quality), 3),
        "yes" if face.is_doubtful else "",
    )


def _other_fields(face: LabelledFace | None) -> Row:
    """Of `OTHER_COLUMNS`, all but the last; empty where the other model was not given the face."""
    if face is None or face.face.other is None:
        return ("",) * (len(OTHER_COLUMNS) - 1)
    estimate, gender = face.face.other.estimate, face.face.other.gender
    return (
        _decimal(estimate.age_years, 1),
        _decimal(estimate.age_low_years, 1),
        _decimal(estimate.age_high_years, 1),
        _decimal(estimate.female_probability, 4),
        gender.value if gender else "",
        _decimal(face.face.years_apart, 1),
    )


def _decimal(value: float | None, places: int) -> str:
    return "" if value is None else f"{value:.{places}f}"
