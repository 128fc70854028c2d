"""One export of a job, whatever its format: counted, watched, and stopped when someone asks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from core.adapting.folder_range import LEAST_FACES, FolderRange, range_of_job
from core.batch.comparison import compared_job
from core.batch.database import Database
from core.batch.export.report import ExportReport
from core.batch.export.sorted_copies import SortKey, write_sorted_copies
from core.batch.export.xmp.sidecar_name import SidecarName
from core.batch.face_row import PHOTOS_WITH_FACES
from core.batch.record import LabelledPhoto
from core.batch.row_filter import EVERY_ROW, RowFilter
from core.batch.row_query import labelled_photos
from core.errors import ExportError
from core.label_writing import LabelWriting


class ExportFormat(StrEnum):
    """What an export writes."""

    CSV = "csv"
    WORKBOOK = "xlsx"
    JSON_LINES = "jsonl"
    ANNOTATED_COPIES = "annotated copies"
    SORTED_COPIES = "sorted copies"
    XMP_SIDECARS = "xmp sidecars"
    TRAINING_CHIPS = "training chips"


@dataclass(frozen=True, slots=True)
class ExportTask:
    """What is written of a job, and where.

    Attributes:
        target: a file or a folder, as the format has it; sidecars lie beside their photos.
        hides_faces: in annotated copies; then all faces of a photo are hidden, whatever passes
            the filter.
        sort_key: of sorted copies.
        sidecar_name: which sidecars of a photo are written.
        is_for_excel: begin a CSV with a byte-order mark.
        writing: language and typeface of the labels in annotated copies; English without one.
        fits_ranges: write ranges that hold 8 in 10 in this job, by its corrected ages.
    """

    job_id: int
    format: ExportFormat
    target: Path
    row_filter: RowFilter = EVERY_ROW
    hides_faces: bool = False
    sort_key: SortKey = SortKey.AGE_GROUP
    sidecar_name: SidecarName = SidecarName.AUTO
    is_for_excel: bool = False
    fits_ranges: bool = False
    writing: LabelWriting | None = None

    @property
    def takes_whole_photos(self) -> bool:
        """Whether a photo with one face that passes is written with all of its faces."""
        is_hiding = self.format is ExportFormat.ANNOTATED_COPIES and self.hides_faces
        return is_hiding or self.format is ExportFormat.XMP_SIDECARS


@dataclass(frozen=True, slots=True)
class ExportCounts:
    """How many photos have a row that passes a filter, and how many faces pass.

    Attributes:
        videos: how many of the photos are videos.
    """

    photos: int
    faces: int
    videos: int = 0


def export_counts(
    database: Database, job_id: int, row_filter: RowFilter = EVERY_ROW
) -> ExportCounts:
    """What an export would be given."""
    condition, values = row_filter.to_sql()
    row = database.row(
        "SELECT count(DISTINCT photo.id), count(face.id), "
        "count(DISTINCT CASE WHEN photo.is_video THEN photo.id END) "
        f"FROM {PHOTOS_WITH_FACES} WHERE photo.job_id = ? AND {condition}",
        (job_id, *values),
    )
    return ExportCounts(*row) if row else ExportCounts(0, 0)


def run_export(
    database: Database,
    task: ExportTask,
    report: ExportReport,
    tell: Callable[[int], None],
    is_stopped: Callable[[], bool],
) -> None:
    """Write everything, or as much as there is time for.

    Args:
        report: filled on the way; after an error or a stop it says what was done, which stays.
            A single file is written whole or not at all.
        tell: called with the number of photos that were begun.
        is_stopped: asked before each photo.

    Raises:
        ExportError: if the target cannot be written, or there are too few corrected ages to fit
            ranges by.
        StoreError: if the job cannot be read.
    """
    try:
        is_compared = compared_job(database, task.job_id) is not None
        photos = _watched(database, task, tell, is_stopped)
        _write(photos, task, report, is_compared=is_compared)
    except _StoppedError:
        report.is_stopped = True


class _StoppedError(Exception):
    """Ends the export that takes the photos; a file that it was writing is dropped."""


def _watched(
    database: Database,
    task: ExportTask,
    tell: Callable[[int], None],
    is_stopped: Callable[[], bool],
) -> Iterator[LabelledPhoto]:
    fitted = _fitted_range(database, task.job_id) if task.fits_ranges else None
    photos = labelled_photos(
        database, task.job_id, task.row_filter, whole_photos=task.takes_whole_photos
    )
    for number, photo in enumerate(photos, 1):
        if is_stopped():
            raise _StoppedError
        tell(number)
        yield photo if fitted is None else fitted.fitted_photo(photo)


def _fitted_range(database: Database, job_id: int) -> FolderRange:
    fitted = range_of_job(database, job_id)
    if fitted is None:
        raise ExportError(f"Ranges are fitted from {LEAST_FACES} corrected ages on.")
    return fitted


def _write(
    photos: Iterator[LabelledPhoto], task: ExportTask, report: ExportReport, *, is_compared: bool
) -> None:
    match task.format:
        case ExportFormat.CSV | ExportFormat.WORKBOOK | ExportFormat.JSON_LINES:
            _write_file(photos, task, is_compared=is_compared)
            report.written_count = 1
        case ExportFormat.ANNOTATED_COPIES:
            from core.annotator import Annotator
            from core.batch.export.annotated_copies import write_annotated_copies

            annotator = Annotator(writing=task.writing, hides_faces=task.hides_faces)
            write_annotated_copies(photos, task.target, annotator, report)
        case ExportFormat.SORTED_COPIES:
            write_sorted_copies(photos, task.target, task.sort_key, report)
        case ExportFormat.XMP_SIDECARS:
            from core.batch.export.xmp.sidecar import write_xmp_sidecars

            write_xmp_sidecars(photos, report, task.sidecar_name)
        case ExportFormat.TRAINING_CHIPS:
            from core.batch.export.training_chips import write_training_chips

            write_training_chips(photos, task.target, report=report)


def _write_file(photos: Iterator[LabelledPhoto], task: ExportTask, *, is_compared: bool) -> None:
    from core.batch.export.csv_file import write_csv
    from core.batch.export.json_lines import write_json_lines
    from core.batch.export.workbook import write_workbook

    match task.format:
        case ExportFormat.CSV:
            for_excel = task.is_for_excel
            write_csv(photos, task.target, is_for_excel=for_excel, is_compared=is_compared)
        case ExportFormat.WORKBOOK:
            write_workbook(photos, task.target, is_compared=is_compared)
        case _:
            write_json_lines(photos, task.target)
