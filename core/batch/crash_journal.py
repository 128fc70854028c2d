"""Knows at the next start which photo ended the program, and passes it over.

A crash in native code leaves no time to write anything. So each reading thread notes beforehand
which photo it is on, and Python's faulthandler writes, at the very crash, which thread it was. A
program that is killed from outside writes nothing, and no photo is blamed. Where a thread of a
library crashed, all photos that were being read are suspected; the second time, they are blamed.
"""

import faulthandler
import hashlib
import io
import json
import os
import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import count
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol, TypeAlias

from core.batch.export.whole_file import whole_file
from core.batch.outcome import PhotoFailure
from core.batch.record import WaitingPhoto
from core.batch.stored_row import path_of
from core.errors import ExportError, StoreError
from core.sources.file_check import display_name
from core.sources.time_limit import announce

if TYPE_CHECKING:
    from core.batch.photo_reader import Reading
    from core.batch.store import BatchStore

_KNOWN_FILE = "crashed-photos.json"
_NOTES_ENDING, _DUMP_ENDING = ".reading", ".crash"
_NOTE_BYTES = 256
"""Room for a thread and an entry; each reader has two rooms."""

_CURRENT_THREAD = re.compile(r"^Current thread 0x([0-9a-f]+)", re.MULTILINE)
_FORGOTTEN_AFTER_S = 7 * 86_400
"""Notes without a crash may belong to a program that is still running."""

_BLAMED, _SUSPECTED = 2, 1

_Entry: TypeAlias = tuple[str, int, int]
"""Hash of the path, size in bytes, last change in ns: a photo that changed is another one."""

_NONSENSE = (ValueError, TypeError, OverflowError, RecursionError)
"""What a damaged file raises that should hold entries."""

_exclusive = threading.Lock()
_numbers = count()


class ClosableReader(Protocol):
    """A reader that holds a detector until it is closed."""

    def read(self, photo: WaitingPhoto) -> "Reading | None": ...

    def close(self) -> None: ...


class CrashJournal:
    """The notes of one program, in a folder of its own data; every thread may use it.

    Crashes of earlier programs are looked for when it is made. It is open while it has readers.
    """

    def __init__(self, folder: Path) -> None:
        self._stem = folder / f"journal-{os.getpid()}-{next(_numbers)}"
        self._reader_count = 0
        self._dump: IO[bytes] | None = None
        self._notes: IO[bytes] | None = None
        self._was_enabled = False
        self._blame = _learnt(folder)

    def knows(self, photo: WaitingPhoto) -> bool:
        """Whether reading this very photo ended the program before."""
        return self._blame.get(_entry(photo), 0) >= _BLAMED

    def add_reader(self) -> int:
        """Open a place for the notes of one more reader; its number."""
        with _exclusive:
            if self._dump is None:
                self._open()
            self._reader_count += 1
            return self._reader_count - 1

    def _open(self) -> None:
        """On a full disk, work goes on without a journal."""
        with suppress(OSError):
            self._notes = self._stem.with_suffix(_NOTES_ENDING).open("wb", buffering=0)
            self._dump = self._stem.with_suffix(_DUMP_ENDING).open("wb")
            self._was_enabled = faulthandler.is_enabled()
            faulthandler.enable(self._dump, all_threads=True)

    def note(self, number: int, photo: WaitingPhoto | None, *, is_helper: bool = False) -> None:
        """Reader `number`, in the calling thread, begins with a photo; None: it has ended.

        Args:
            is_helper: the calling thread is not the reader's own but works for it.
        """
        thread = threading.get_ident() if photo is not None else 0
        text = b"" if photo is None else json.dumps(_entry(photo)).encode()
        with _exclusive:
            if self._notes is not None:
                with suppress(OSError):
                    self._notes.seek((2 * number + is_helper) * _NOTE_BYTES)
                    self._notes.write(b"%x %s\n" % (thread, text))

    def remove_reader(self) -> None:
        """The last reader closes the journal: this program has not crashed."""
        with _exclusive:
            self._reader_count -= 1
            if self._reader_count:
                return
            if self._dump is not None:
                faulthandler.disable()
                if self._was_enabled:
                    _enable_on_standard_error()
            for file, ending in ((self._dump, _DUMP_ENDING), (self._notes, _NOTES_ENDING)):
                if file is not None:
                    file.close()
                    self._stem.with_suffix(ending).unlink(missing_ok=True)
            self._dump = self._notes = None


class JournalledReader:
    """A reader that notes what it is on, and passes over what ended the program before."""

    def __init__(self, reader: ClosableReader, journal: CrashJournal) -> None:
        self._reader = reader
        self._journal = journal
        self._number = journal.add_reader()

    def read(self, photo: WaitingPhoto) -> "Reading | None":
        if self._journal.knows(photo):
            return PhotoFailure(
                photo.id,
                f"{display_name(photo.path)} is passed over: Visage crashed while it read it. "
                "Look again at failed files, or use label --retry-crashed, to try it once more.",
            )
        token = announce.set(partial(self._noted, photo, is_helper=True))
        try:
            with self._noted(photo):
                return self._reader.read(photo)
        finally:
            announce.reset(token)

    @contextmanager
    def _noted(self, photo: WaitingPhoto, *, is_helper: bool = False) -> Iterator[None]:
        """Inside, the calling thread is on a photo."""
        self._journal.note(self._number, photo, is_helper=is_helper)
        try:
            yield
        finally:
            self._journal.note(self._number, None, is_helper=is_helper)

    def close(self) -> None:
        self._reader.close()
        self._journal.remove_reader()


def forget_crashed(store: "BatchStore", job_id: int | None = None) -> None:
    """Let photos be read again that ended the program: the failed ones of a job, or all.

    Raises:
        StoreError: if that cannot be kept.
    """
    folder = store.database.path.parent
    blame = _learnt(folder)
    kept: dict[_Entry, int] = {}
    if job_id is not None:
        sql = "SELECT path FROM photo WHERE job_id = ? AND state = 'failed'"
        paths = store.database.read(lambda row: path_of(row[0]), sql, (job_id,))
        failed = {_hashed(path) for path in paths}
        kept = {entry: weight for entry, weight in blame.items() if entry[0] not in failed}
    if kept != blame:
        _keep(folder, kept)


def _entry(photo: WaitingPhoto) -> _Entry:
    return _hashed(photo.path), photo.size_bytes, photo.mtime_ns


def _hashed(path: Path) -> str:
    """A path of any length takes one room, and no notes tell the names of photos."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()


def _entry_of(values: Sequence[Any]) -> _Entry:
    """The entry that was written as JSON."""
    hashed, size_bytes, mtime_ns = values
    return str(hashed), int(size_bytes), int(mtime_ns)


def _learnt(folder: Path) -> dict[_Entry, int]:
    """How much blame lies on photos, new crashes included."""
    with _exclusive:
        blame = _known(folder)
        crashes = [
            found for dump in folder.glob(f"journal-*{_DUMP_ENDING}") if (found := _taken(dump))
        ]
        for crash in crashes:
            for entry, weight in crash.items():
                blame[entry] = blame.get(entry, 0) + weight
        if crashes:
            _keep(folder, blame)
        return blame


def _known(folder: Path) -> dict[_Entry, int]:
    """Nothing where the file is damaged: then a photo may crash once more."""
    try:
        rows = json.loads((folder / _KNOWN_FILE).read_text(encoding="utf-8"))
        return {_entry_of(entry): int(weight) for *entry, weight in rows}
    except (OSError, *_NONSENSE):
        return {}


def _keep(folder: Path, blame: dict[_Entry, int]) -> None:
    try:
        with whole_file(folder / _KNOWN_FILE) as stream:
            stream.write(json.dumps([(*entry, n) for entry, n in blame.items()]).encode())
    except ExportError as error:
        raise StoreError(str(error)) from error


def _taken(dump: Path) -> dict[_Entry, int]:
    """What a crash blames; its files are removed. Empty where a program did not crash."""
    notes = dump.with_suffix(_NOTES_ENDING)
    try:
        text = dump.read_text(errors="replace")
        noted = notes.read_bytes()
        is_old = time.time() - notes.stat().st_mtime > _FORGOTTEN_AFTER_S
        if text or is_old:
            # Windows refuses this while the program runs.
            dump.unlink()
            notes.unlink()
    except OSError:
        return {}
    return _blamed(text, noted) if text else {}


def _blamed(text: str, noted: bytes) -> dict[_Entry, int]:
    current = _CURRENT_THREAD.search(text)
    thread = int(current[1], 16) if current else 0
    reading = {}
    for begin in range(0, len(noted), _NOTE_BYTES):
        number, _, entry = noted[begin : begin + _NOTE_BYTES].partition(b"\n")[0].partition(b" ")
        with suppress(*_NONSENSE):
            reading[int(number, 16)] = _entry_of(json.loads(entry))
    if thread in reading:
        return {reading[thread]: _BLAMED}
    return {entry: _SUSPECTED for number, entry in reading.items() if number}


def _enable_on_standard_error() -> None:
    """As Python does where it is asked for tracebacks of crashes."""
    with suppress(AttributeError, RuntimeError, ValueError, io.UnsupportedOperation):
        faulthandler.enable()
