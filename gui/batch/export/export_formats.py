"""What an export can write, in the words of the dialog."""

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from core.batch.export.export_task import ExportFormat, ExportTask
from core.batch.export.report import ExportReport


class TargetKind(Enum):
    """What is chosen to write to."""

    FILE = auto()
    FOLDER = auto()
    BESIDE_PHOTOS = auto()


@dataclass(frozen=True, slots=True)
class FormatWords:
    """One format.

    Attributes:
        name: of the target that is proposed; a file's suffix is the format's.
        written: one thing that it writes, such as "copy"; and several.
    """

    format: ExportFormat
    title: str
    explanation: str
    target_kind: TargetKind
    name: str
    written: tuple[str, str] = ("file", "files")


FORMATS = (
    FormatWords(
        ExportFormat.CSV,
        "&Table (CSV)",
        "One row for each face, for any spreadsheet or program.",
        TargetKind.FILE,
        "faces.csv",
    ),
    FormatWords(
        ExportFormat.WORKBOOK,
        "E&xcel workbook",
        "The table as an .xlsx file, its columns ready to be filtered.",
        TargetKind.FILE,
        "faces.xlsx",
    ),
    FormatWords(
        ExportFormat.JSON_LINES,
        "&JSON Lines",
        "One line for each photo with all that is known of its faces, for programs.",
        TargetKind.FILE,
        "faces.jsonl",
    ),
    FormatWords(
        ExportFormat.XMP_SIDECARS,
        "XMP &sidecars",
        "A small file beside each photo with all of its faces, for digiKam, darktable and others. "
        "What a sidecar holds already stays.",
        TargetKind.BESIDE_PHOTOS,
        "",
        ("sidecar", "sidecars"),
    ),
    FormatWords(
        ExportFormat.ANNOTATED_COPIES,
        "&Annotated copies",
        "A JPEG of each photo with boxes and labels, without the photo's other data.",
        TargetKind.FOLDER,
        "annotated photos",
        ("copy", "copies"),
    ),
    FormatWords(
        ExportFormat.SORTED_COPIES,
        "S&orted copies",
        "The photos as they are, copied into a folder for each age group or gender.",
        TargetKind.FOLDER,
        "sorted photos",
        ("copy", "copies"),
    ),
    FormatWords(
        ExportFormat.TRAINING_CHIPS,
        "Trainin&g chips",
        "Each face upright, 200 × 200 pixels, named as in UTKFace: to train a model on. "
        "Faces without an age or a sure gender are left out.",
        TargetKind.FOLDER,
        "training chips",
        ("chip", "chips"),
    ),
)


def result_text(task: ExportTask, report: ExportReport, trouble: str | None) -> str:
    """What became of an export, in a sentence or two."""
    words = next(one for one in FORMATS if one.format is task.format)
    if words.target_kind is TargetKind.FILE:
        return _file_text(task.target, report, trouble)
    one, several = words.written
    done = f"{report.written_count:,} {one if report.written_count == 1 else several}"
    verb = "was" if report.written_count == 1 else "were"
    place = "" if words.target_kind is TargetKind.BESIDE_PHOTOS else f" to {task.target}"
    if trouble is not None:
        kept = f" {done} {verb} written before and {_stay(report)}." if report.written_count else ""
        return trouble + kept
    if report.is_stopped:
        return f"Stopped. {done} {verb} written{place}."
    written = f"{done} {verb} written{place}." if report.written_count else "Nothing was written."
    return written + _present_text(report, words)


def _file_text(target: Path, report: ExportReport, trouble: str | None) -> str:
    if trouble is not None:
        return trouble
    return "Stopped. Nothing was written." if report.is_stopped else f"{target} was written."


def _present_text(report: ExportReport, words: FormatWords) -> str:
    one, several = words.written
    count = report.present_count
    if not count:
        return ""
    return (
        f" 1 {one} was there already."
        if count == 1
        else f" {count:,} {several} were there already."
    )


def _stay(report: ExportReport) -> str:
    return "stays" if report.written_count == 1 else "stay"


def failures_title(report: ExportReport) -> str:
    """The line above the photos that gave no file."""
    count = len(report.failures)
    return "1 photo was left out:" if count == 1 else f"{count:,} photos were left out:"
