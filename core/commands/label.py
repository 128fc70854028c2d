"""`main.py label`: photos in, one CSV row per face out."""

import csv
import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TextIO

from core.assembly import make_photo_labeller
from core.errors import ExportError
from core.settings import EngineChoice, Settings
from core.types import Estimate, Face, PhotoResult

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
    "error",
)

Row = tuple[str, ...]


def run(
    paths: Sequence[str], csv_path: Path | None, model_name: str | None, engine: EngineChoice
) -> int:
    """Label photos, and those in folders, in the order given.

    Returns:
        0 if all were read, 1 if some were not.

    Raises:
        ModelError: if the model cannot be used.
        ExportError: if the CSV cannot be written.
    """
    photo_count = failed_count = 0
    with (
        closing(make_photo_labeller(model_name, Settings(engine=engine))) as labeller,
        _csv_stream(csv_path) as stream,
    ):
        write_rows(stream, [COLUMNS])
        for name in _photo_names(paths):
            result = labeller.label(Path(name))
            write_rows(stream, rows_of(name, result))
            photo_count += 1
            failed_count += result.error is not None
            _show_progress(photo_count, failed_count)
    _end_progress(photo_count)
    return 1 if failed_count else 0


def write_rows(stream: TextIO, rows: Iterable[Row]) -> None:
    """Write CSV rows (RFC 4180, but with the line ends of Unix) and hand them on at once."""
    minimal = csv.writer(stream, lineterminator="\n")
    quoting = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for row in rows:
        # Python 3.11 leaves a carriage return unquoted, which no reader takes back.
        writer = quoting if any("\r" in field for field in row) else minimal
        writer.writerow(row)
    stream.flush()


def rows_of(name: str, result: PhotoResult) -> list[Row]:
    """The CSV rows of one photo; faces are numbered from 1, as the window shows them."""
    if result.error is not None:
        return [_row(name, error=result.error)]
    if not result.faces:
        return [_row(name)]
    return [_row(name, *_face_fields(number, face)) for number, face in enumerate(result.faces, 1)]


def _row(name: str, *face_fields: str, error: str = "") -> Row:
    empty_fields = ("",) * (len(COLUMNS) - 2 - len(face_fields))
    return (name, *face_fields, *empty_fields, error)


def _face_fields(number: int, face: Face) -> Row:
    box = face.box
    estimate = face.estimate or Estimate()
    return (
        str(number),
        *(f"{edge_px:.1f}" for edge_px in (box.left, box.top, box.right, box.bottom)),
        f"{face.score:.3f}",
        _decimal(estimate.age_years, 1),
        _decimal(estimate.age_low_years, 1),
        _decimal(estimate.age_high_years, 1),
        _decimal(estimate.female_probability, 4),
        face.gender.value if face.gender else "",
    )


def _decimal(value: float | None, places: int) -> str:
    return "" if value is None else f"{value:.{places}f}"


def _photo_names(paths: Iterable[str]) -> Iterator[str]:
    """Every photo, named as the user named it or its folder."""
    from core.sources.photo import find_photos

    for given in paths:
        folder = Path(given)
        if not folder.is_dir():
            yield given
            continue
        start = given.rstrip(os.sep)
        for photo in find_photos([folder]):
            yield f"{start}{os.sep}{photo.relative_to(folder)}"


@contextmanager
def _csv_stream(path: Path | None) -> Iterator[TextIO]:
    """Where the CSV goes: standard output, or a file that appears only once it is whole."""
    if path is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors=_name_errors(), newline="\n")
        yield sys.stdout
        return
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise ExportError(f"{path} is not a file; the CSV was not written.")
    unfinished = target.with_name(f".visage-{os.getpid()}.csv")
    try:
        with unfinished.open("w", encoding="utf-8", errors=_name_errors(), newline="") as stream:
            yield stream
        unfinished.replace(target)
    except OSError as error:
        raise ExportError(f"{path} could not be written ({error.strerror}).") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _name_errors() -> str:
    """How file names that are not valid Unicode are written: the way the system gave them."""
    return sys.getfilesystemencodeerrors()


def _show_progress(photo_count: int, failed_count: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{_progress(photo_count, failed_count)}", end="", file=sys.stderr, flush=True)


def _progress(photo_count: int, failed_count: int) -> str:
    failures = f", {failed_count} could not be read" if failed_count else ""
    return f"{photo_count} photos labelled{failures}"


def _end_progress(photo_count: int) -> None:
    if photo_count == 0:
        print("No photos were found.", file=sys.stderr)
    elif sys.stderr.isatty():
        print(file=sys.stderr)
