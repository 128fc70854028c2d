"""A session as tables, one CSV and one JSON Lines, that are whole up to the last second."""

import csv
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, fields
from pathlib import Path

from core.closing import Closing
from core.doubt import written_quality
from core.errors import ExportError
from core.recording.track_log import TrackSpan

SECOND, TRACK = "second", "track"
"""What a row is of: a track in one second, or all of a track."""
_PLACES = 3


class SessionTables(Closing):
    """Appends rows, and gives each to the system at once: a crash loses none that was written."""

    def __init__(self, csv_path: Path, jsonl_path: Path) -> None:
        """Begin both files.

        Raises:
            ExportError: if that is not possible.
        """
        try:
            self._csv = csv_path.open("x", encoding="utf-8", newline="")
            self._jsonl = jsonl_path.open("x", encoding="utf-8", newline="\n")
        except OSError as error:
            raise _error(csv_path, error) from error
        self._path = csv_path
        self._writer = csv.writer(self._csv)
        self._writer.writerow(["row", *(field.name for field in fields(TrackSpan)), "doubtful"])

    def write(self, kind: str, spans: Iterable[TrackSpan]) -> None:
        """Append one row for each span.

        Raises:
            ExportError: if the disk is full.
        """
        try:
            for span in spans:
                values = {key: _plain(value) for key, value in asdict(span).items()}
                values["face_quality"] = written_quality(span.face_quality)
                cells = ("" if value is None else value for value in values.values())
                self._writer.writerow([kind, *cells, "yes" if span.is_doubtful else ""])
                line = {"row": kind, **values, "is_doubtful": span.is_doubtful}
                self._jsonl.write(json.dumps(line) + "\n")
            self._csv.flush()
            self._jsonl.flush()
        except OSError as error:
            raise _error(self._path, error) from error

    def close(self) -> None:
        for stream in (self._csv, self._jsonl):
            with suppress(OSError):  # what a full disk refuses was told when it was written
                stream.close()


def _plain(value: object) -> object:
    return round(value, _PLACES) if isinstance(value, float) else value


def _error(path: Path, error: OSError) -> ExportError:
    return ExportError(f"{path.name} could not be written: {error.strerror or error}.")
