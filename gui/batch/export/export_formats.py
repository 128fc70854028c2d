"""What an export can write, in the words of the dialog."""

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QObject

from core.batch.export.export_task import ExportFormat, ExportTask
from core.batch.export.report import ExportReport
from gui.language.translation import marked, translate


class TargetKind(Enum):
    """What is chosen to write to."""

    FILE = auto()
    FOLDER = auto()
    BESIDE_PHOTOS = auto()


@dataclass(frozen=True, slots=True)
class FormatWords:
    """One format; its texts are translated where they are shown.

    Attributes:
        name: of the target that is proposed; a file's suffix is the format's.
    """

    format: ExportFormat
    title: str
    explanation: str
    target_kind: TargetKind
    name: str


FORMATS = (
    FormatWords(
        ExportFormat.CSV,
        marked("ExportFormats", "&Table (CSV)"),
        marked(
            "ExportFormats",
            "One row for each face, in a video for each person, for any spreadsheet or program.",
        ),
        TargetKind.FILE,
        marked("ExportFormats", "faces.csv"),
    ),
    FormatWords(
        ExportFormat.WORKBOOK,
        marked("ExportFormats", "E&xcel workbook"),
        marked("ExportFormats", "The table as an .xlsx file, its columns ready to be filtered."),
        TargetKind.FILE,
        marked("ExportFormats", "faces.xlsx"),
    ),
    FormatWords(
        ExportFormat.JSON_LINES,
        marked("ExportFormats", "&JSON Lines"),
        marked(
            "ExportFormats",
            "One line for each photo or video with all that is known of its faces, for programs.",
        ),
        TargetKind.FILE,
        marked("ExportFormats", "faces.jsonl"),
    ),
    FormatWords(
        ExportFormat.XMP_SIDECARS,
        marked("ExportFormats", "XMP &sidecars"),
        marked(
            "ExportFormats",
            "A small file beside each photo with all of its faces, for digiKam, darktable and "
            "others. What a sidecar holds already stays. Videos get none.",
        ),
        TargetKind.BESIDE_PHOTOS,
        "",
    ),
    FormatWords(
        ExportFormat.ANNOTATED_COPIES,
        marked("ExportFormats", "&Annotated copies"),
        marked(
            "ExportFormats",
            "A JPEG of each photo with boxes and labels, without the photo's other data; of a "
            "video, of the frame that shows each person best.",
        ),
        TargetKind.FOLDER,
        marked("ExportFormats", "annotated photos"),
    ),
    FormatWords(
        ExportFormat.SORTED_COPIES,
        marked("ExportFormats", "S&orted copies"),
        marked(
            "ExportFormats",
            "The photos as they are, copied into a folder for each age group or gender. Videos are "
            "not copied.",
        ),
        TargetKind.FOLDER,
        marked("ExportFormats", "sorted photos"),
    ),
    FormatWords(
        ExportFormat.TRAINING_CHIPS,
        marked("ExportFormats", "Trainin&g chips"),
        marked(
            "ExportFormats",
            "Each face upright, 200 × 200 pixels, named as in UTKFace: to train a model on. "
            "Faces without an age or a sure gender are left out.",
        ),
        TargetKind.FOLDER,
        marked("ExportFormats", "training chips"),
    ),
)


class _Outcome(QObject):
    """What was written, and what was there already; what is counted depends on the format."""

    def written(self, kind: ExportFormat, count: int) -> str:
        match kind:
            case ExportFormat.XMP_SIDECARS:
                return self.tr("%Ln sidecar(s) were written", "", count)
            case ExportFormat.TRAINING_CHIPS:
                return self.tr("%Ln chip(s) were written", "", count)
        return self.tr("%Ln copies were written", "", count)

    def present(self, kind: ExportFormat, count: int) -> str:
        match kind:
            case ExportFormat.XMP_SIDECARS:
                return self.tr("%Ln sidecar(s) were there already.", "", count)
            case ExportFormat.TRAINING_CHIPS:
                return self.tr("%Ln chip(s) were there already.", "", count)
        return self.tr("%Ln copies were there already.", "", count)

    def left_out(self, count: int) -> str:
        return self.tr("%Ln file(s) were left out:", "", count)


_outcome = _Outcome()


def result_text(task: ExportTask, report: ExportReport, trouble: str | None) -> str:
    """What became of an export, in a sentence or two."""
    words = next(one for one in FORMATS if one.format is task.format)
    if words.target_kind is TargetKind.FILE:
        return _file_text(task.target, report, trouble)
    done = _outcome.written(task.format, report.written_count)
    if trouble is not None:
        kept = translate("ExportFormats", "{done} before; what was written stays.")
        return f"{trouble} {kept.format(done=done)}" if report.written_count else trouble
    if words.target_kind is not TargetKind.BESIDE_PHOTOS:
        place = translate("ExportFormats", "{done} to {folder}")
        done = place.format(done=done, folder=task.target)
    if report.is_stopped:
        return translate("ExportFormats", "Stopped. {done}.").format(done=done)
    written = f"{done}." if report.written_count else _nothing_written()
    if not report.present_count:
        return written
    return f"{written} {_outcome.present(task.format, report.present_count)}"


def _file_text(target: Path, report: ExportReport, trouble: str | None) -> str:
    if trouble is not None:
        return trouble
    if report.is_stopped:
        return translate("ExportFormats", "Stopped. Nothing was written.")
    return translate("ExportFormats", "{path} was written.").format(path=target)


def _nothing_written() -> str:
    return translate("ExportFormats", "Nothing was written.")


def failures_title(report: ExportReport) -> str:
    """The line above the photos that gave no file."""
    return _outcome.left_out(len(report.failures))
