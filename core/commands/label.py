"""`main.py label`: photos and videos in, one CSV row per face out, and whatever else was asked for.

It runs the same jobs as the window, in a store of its own, so that what was killed can be
resumed and what is unchanged is not labelled twice.
"""

import io
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from core.annotator import Annotator
from core.assembly import make_batch_job, make_recipe
from core.batch.crash_journal import forget_crashed
from core.batch.database import command_line_path
from core.batch.export.annotated_copies import write_annotated_copies
from core.batch.export.csv_file import Row, csv_rows, write_csv, write_rows
from core.batch.export.json_lines import write_json_lines
from core.batch.export.report import ExportReport
from core.batch.export.whole_file import check_target
from core.batch.export.workbook import write_workbook
from core.batch.export.xmp.sidecar import write_xmp_sidecars
from core.batch.export.xmp.sidecar_name import SidecarName
from core.batch.job_control import JobControl
from core.batch.job_progress import JobProgress, VideoPlace
from core.batch.record import Job, LabelledPhoto
from core.batch.row_query import labelled_photos
from core.batch.store import BatchStore
from core.commands.control_c import control_c_cancels
from core.commands.given_name import GivenNames
from core.commands.progress_line import ProgressLine
from core.commands.standard_streams import drop_output
from core.errors import ExportError, SourceError
from core.settings import EngineChoice, Settings
from core.sources.endings import KEPT_SUFFIXES
from core.sources.file_check import display_name
from core.text import clock_text, one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelOptions:
    """What `main.py label` was asked for.

    Attributes:
        paths: files and folders, as the user wrote them.
        csv_path: CSV goes there; without any output, to standard output.
        annotated_dir: annotated copies go there.
        hides_faces: in the annotated copies.
        resumes: go on with the newest job of the same paths, model and settings, if something is
            left to do in it; a new job looks for new photos, and takes the answers of old ones.
        retries_crashed: read photos, too, that ended Visage before.
        worker_count: reading threads; None for what is fastest.
    """

    paths: tuple[str, ...]
    csv_path: Path | None = None
    jsonl_path: Path | None = None
    xlsx_path: Path | None = None
    writes_xmp: bool = False
    sidecar_name: SidecarName = SidecarName.AUTO
    annotated_dir: Path | None = None
    hides_faces: bool = False
    resumes: bool = False
    asks_anew: bool = False
    retries_crashed: bool = False
    worker_count: int | None = None
    min_face_px: int = 10
    is_thorough: bool = False
    model_name: str | None = None
    engine: EngineChoice = EngineChoice.AUTO

    @property
    def file_paths(self) -> tuple[Path, ...]:
        """The files that will be written."""
        given = (self.csv_path, self.jsonl_path, self.xlsx_path)
        return tuple(path for path in given if path is not None)

    @property
    def prints_csv(self) -> bool:
        return not (self.file_paths or self.writes_xmp or self.annotated_dir)


def run(options: LabelOptions) -> int:
    """Label photos and videos, and those in folders, in the order given.

    Returns:
        0 if all were read and written, 1 if some were not.

    Raises:
        ModelError: if the model cannot be used.
        SettingsError: if a value makes no sense.
        StoreError: if the answers cannot be kept, or were deleted meanwhile.
        ExportError: if a file cannot be written, or would take the place of a photo.
        SourceError: if a name is empty.
        KeyboardInterrupt: after Ctrl+C; it says what is kept and how to go on.
    """
    settings = Settings(
        min_face_px=options.min_face_px, is_thorough=options.is_thorough, engine=options.engine
    )
    recipe = make_recipe(options.model_name, settings)
    _check_names(options)
    roots = [Path(path) for path in options.paths]
    with BatchStore.open(command_line_path()) as store:
        job = store.unfinished_job_of(roots, recipe) if options.resumes else None
        if job is None:
            title = ", ".join(options.paths)
            job = store.create_job(title, roots, recipe, is_anew=options.asks_anew)
        if options.retries_crashed:
            forget_crashed(store)
        store.retry_failed(job.id)
        try:
            _label(store, job, options)
            # Another run may finish and forget this job: what is written is one state of it.
            with store.database.snapshot():
                store.job(job.id)
                report = _export(store, job, options)
                is_whole = _tell_trouble(store, job, report)
        except KeyboardInterrupt as stop:
            raise KeyboardInterrupt(_stopped_text(store, job)) from stop
        store.delete_replaced(job)
    return 0 if is_whole else 1


def _check_names(options: LabelOptions) -> None:
    """Make sure that every name means something, and every file can be written without harm."""
    if "" in options.paths:
        raise SourceError("An empty name is no photo. Name photos, videos or folders.")
    for path in options.file_paths:
        check_target(path)
        _check_no_photo(path, options)
    if len({path.resolve() for path in options.file_paths}) < len(options.file_paths):
        raise ExportError("Two outputs cannot go into one file; give each a name of its own.")


def _check_no_photo(path: Path, options: LabelOptions) -> None:
    """`--csv *.jpg` takes the first photo for the name of the table."""
    is_given = path.resolve() in {Path(given).resolve() for given in options.paths}
    if is_given or path.suffix.lower() in KEPT_SUFFIXES:
        raise ExportError(
            f"{path} would be replaced: the word after --csv, --jsonl or --xlsx names a file "
            "that is written, such as faces.csv. Nothing was written."
        )


def _label(store: BatchStore, job: Job, options: LabelOptions) -> None:
    """Label what is not labelled yet.

    Raises:
        KeyboardInterrupt: after Ctrl+C, when everything is closed.
    """
    control = JobControl()
    with control_c_cancels(control):
        batch = make_batch_job(store, job, control, options.engine, options.worker_count)
        with closing(batch), closing(batch.run()) as told:
            show_progress(told)
    if control.is_cancelled:
        raise KeyboardInterrupt


def _stopped_text(store: BatchStore, job: Job) -> str:
    """What Ctrl+C left: what is kept, and how to go on."""
    if not store.job(job.id).is_scanned:
        done = "before all files were found"
    else:
        counts = store.counts(job.id)
        noun = "files" if counts.videos else "photos"
        done = f"with {counts.done} of {counts.photos} {noun} labelled, which are kept"
    return f"Stopped {done}: the same command with --resume goes on from there."


def _export(store: BatchStore, job: Job, options: LabelOptions) -> ExportReport:
    """Write everything that was asked for.

    Returns:
        The photos that sidecars and copies could not be made for.
    """
    name_of = GivenNames.as_typed(options.paths).name_of

    def photos() -> Iterator[LabelledPhoto]:
        return labelled_photos(store.database, job.id)

    if options.csv_path:
        write_csv(photos(), options.csv_path, name_of)
    if options.jsonl_path:
        write_json_lines(photos(), options.jsonl_path, name_of)
    if options.xlsx_path:
        write_workbook(photos(), options.xlsx_path, name_of)
    if options.prints_csv:
        _print_rows(csv_rows(photos(), name_of))
    report = ExportReport()
    if options.writes_xmp:
        report.failures += write_xmp_sidecars(photos(), name=options.sidecar_name).failures
    if options.annotated_dir:
        annotator = Annotator(hides_faces=options.hides_faces)
        copies = write_annotated_copies(photos(), options.annotated_dir, annotator)
        report.failures += copies.failures
    return report


def _print_rows(rows: Iterator[Row]) -> None:
    """Write CSV to standard output.

    Raises:
        ExportError: if it takes nothing any more.
        BrokenPipeError: if whoever read it has seen enough.
    """
    output = _utf8_output()
    try:
        write_rows(output, rows)
        output.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        drop_output()
        raise ExportError(f"The rows could not be printed ({error.strerror}).") from error


def _utf8_output() -> TextIO:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    return sys.stdout


def show_progress(told: Iterator[JobProgress]) -> None:
    """Run the job to its end; a line that is written anew tells a terminal how far it is."""
    with ProgressLine() as line:
        for progress in told:
            line.tell(progress_text(progress))


def progress_text(progress: JobProgress) -> str:
    """One line, such as "120 of 900 photos, 24.0 a second, 1 min left, 2 could not be read"."""
    noun = "files" if progress.videos else "photos"
    if progress.is_scanning:
        return f"{progress.total} {noun} found"
    parts = [f"{progress.done + progress.failed} of {progress.total} {noun}"]
    parts += [_place_text(place) for place in progress.in_hand[:1]]
    if progress.photos_per_s is not None:
        parts.append(f"{progress.photos_per_s:.1f} a second")
    if progress.time_left_s:
        parts.append(f"{_duration(progress.time_left_s)} left")
    if progress.failed:
        parts.append(f"{progress.failed} could not be read")
    return ", ".join(parts)


def _place_text(place: VideoPlace) -> str:
    """How far a video is: "clip.mp4 at 2:05 of 1:01:40"."""
    text = f"{display_name(place.path)} at {clock_text(place.time_s)}"
    return f"{text} of {clock_text(place.length_s)}" if place.length_s else text


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes / 60:.1f} h"


def _tell_trouble(store: BatchStore, job: Job, report: ExportReport) -> bool:
    """Say what went wrong outside the rows; True if nothing did, inside them either."""
    counts = store.counts(job.id)
    skipped = [one for one in store.skipped(job.id) if one.is_trouble or one.path in job.roots]
    if not counts.photos and not skipped:
        print("No photos or videos were found.", file=sys.stderr)
    for one in skipped:
        print(f"{one_line(str(one.path))}: {one.reason}", file=sys.stderr)
    for path, reason in report.failures:
        print(f"{one_line(str(path))}: {reason}", file=sys.stderr)
    if counts.waiting:
        print(
            f"Photos and videos that are still to be labelled: {counts.waiting}. "
            "The same command with --resume goes on from there.",
            file=sys.stderr,
        )
    return not (counts.waiting or counts.failed or skipped or report.failures)
