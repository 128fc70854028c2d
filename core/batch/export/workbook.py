"""Results as an Excel workbook; the columns are those of the CSV."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from core.batch.export.csv_file import TEXT_COLUMNS, Row, csv_rows
from core.batch.export.unfinished import unfinished_folder
from core.batch.export.whole_file import whole_file
from core.batch.record import LabelledPhoto
from core.errors import ExportError

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

MAX_ROWS = 1_048_576
"""Of one sheet, with its header: Excel's own limit."""

_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_WIDTHS = {
    "path": 48,
    "error": 48,
    "note": 48,
    "labelled_by": 32,
    "other_labelled_by": 32,
    "detection_score": 14,
    "female_probability": 16,
}


def write_workbook(
    photos: Iterable[LabelledPhoto],
    target: Path,
    name_of: Callable[[Path], str] = str,
    max_rows: int = MAX_ROWS,
    *,
    is_compared: bool = False,
) -> None:
    """Write photos to the file `target`; rows beyond what a sheet holds go to the next one.

    Texts are stored as texts: none is ever taken for a formula or a link. The arguments are those
    of `write_csv`.

    Raises:
        ExportError: if the file cannot be written.
    """
    rows = csv_rows(photos, name_of, is_compared=is_compared)
    header = next(rows)
    # Where there is place for the workbook, there is place for what becomes it.
    place = unfinished_folder(target.resolve().parent)
    with whole_file(target) as stream, place as folder, _trouble_in_words(target):
        stream.write(_packed(header, rows, folder, max_rows))


@contextmanager
def _trouble_in_words(target: Path) -> Iterator[None]:
    from xlsxwriter.exceptions import XlsxFileError  # type: ignore[import-untyped]

    try:
        yield
    except XlsxFileError as error:
        cause = error.__context__
        reason = cause.strerror if isinstance(cause, OSError) else error
        raise ExportError(f"{target} could not be written ({reason}).") from error


def _packed(header: Row, rows: Iterator[Row], folder: str, max_rows: int) -> memoryview:
    """The workbook, a few MB for 100,000 rows: a ZIP that finds the disk full cannot be closed."""
    from xlsxwriter.workbook import Workbook

    packed = BytesIO()
    with Workbook(packed, {**_OPTIONS, "tmpdir": folder}) as workbook:
        _write_sheet(workbook, header, islice(rows, max_rows - 1))
        for row in rows:
            _write_sheet(workbook, header, chain([row], islice(rows, max_rows - 2)))
    return packed.getbuffer()


def _write_sheet(workbook: "Workbook", header: Row, rows: Iterable[Row]) -> None:
    """Every sheet has the header."""
    number = len(workbook.worksheets()) + 1
    sheet = workbook.add_worksheet("Faces" if number == 1 else f"Faces {number}")
    bold = workbook.add_format({"bold": True})
    for column, name in enumerate(header):
        sheet.set_column(column, column, _WIDTHS.get(name, 10))
        sheet.write_string(0, column, name, bold)
    sheet.freeze_panes(1, 0)
    line = 0
    for line, row in enumerate(rows, 1):
        _write_row(sheet, line, header, row)
    sheet.autofilter(0, 0, line, len(header) - 1)


def _write_row(sheet: "Worksheet", line: int, header: Row, row: Row) -> None:
    for column, (name, field) in enumerate(zip(header, row, strict=True)):
        if field and name in TEXT_COLUMNS:
            sheet.write_string(line, column, field)
        elif field:
            sheet.write_number(line, column, float(field))
