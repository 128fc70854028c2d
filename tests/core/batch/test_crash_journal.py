"""A photo that ends the program is known at the next start, and no other is blamed."""

import faulthandler
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core import paths
from core.batch.crash_journal import CrashJournal, JournalledReader, forget_crashed
from core.batch.outcome import PhotoFailure
from core.batch.photo_reader import Reading
from core.batch.record import WaitingPhoto
from core.batch.store import BatchStore
from tests.core.batch.builders import RECIPE

CRASHING = """
import ctypes, faulthandler, os, signal, sys, threading, time
from pathlib import Path
from core.batch.crash_journal import CrashJournal, JournalledReader
from core.batch.record import WaitingPhoto

class CrashingReader:
    def read(self, photo):
        time.sleep(0.2 if photo.id == 2 else 60)
        exec(sys.argv[2])

journal = CrashJournal(Path(sys.argv[1]))
for number in (1, 2, 3):
    reader = JournalledReader(CrashingReader(), journal)
    photo = WaitingPhoto(number, Path(sys.argv[3], f"{number}.jpg"), 100, 5)
    threading.Thread(target=reader.read, args=(photo,)).start()
time.sleep(60)
"""
CRASH = "faulthandler._sigsegv()"
CRASH_OF_A_DECODER = """
from core.sources.time_limit import TimeLimit, call_within
call_within(TimeLimit(60), faulthandler._sigsegv)
"""
CRASH_OF_A_LIBRARY = """
library, thread = ctypes.CDLL(None), ctypes.c_ulong()
abort = ctypes.cast(library.abort, ctypes.c_void_p)
library.pthread_create(ctypes.byref(thread), None, abort, None)
time.sleep(60)
"""
KILL = "os.kill(os.getpid(), signal.SIGKILL)"


class IdleReader:
    """Counts what it read."""

    def __init__(self) -> None:
        self.read_ids: list[int] = []
        self.is_closed = False

    def read(self, photo: WaitingPhoto) -> Reading | None:
        self.read_ids.append(photo.id)
        return PhotoFailure(photo.id, "read")

    def close(self) -> None:
        self.is_closed = True


ALBUM = "/album"
DEEP = "/\udcff\N{FAMILY}\u00fc" * 2000
"""Longer than any path that can be opened, and each letter takes up to twelve in JSON."""


def photo(number: int, mtime_ns: int = 5, album: str = ALBUM) -> WaitingPhoto:
    return WaitingPhoto(number, Path(album, f"{number}.jpg"), 100, mtime_ns)


def end_badly(folder: Path, how: str, album: str = ALBUM) -> int:
    """The exit code of a program in which photo 2 of three does something while it is read."""
    command = [sys.executable, "-c", CRASHING, str(folder), how, album]
    return subprocess.run(
        command, cwd=paths.install_dir(), capture_output=True, check=False
    ).returncode


def known(folder: Path, album: str = ALBUM) -> list[int]:
    journal = CrashJournal(folder)
    return [number for number in (1, 2, 3, 4) if journal.knows(photo(number, album=album))]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[BatchStore]:
    with BatchStore.open(tmp_path / "jobs.sqlite") as opened:
        yield opened


needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")


@needs_signals
@pytest.mark.parametrize("how", [CRASH, CRASH_OF_A_DECODER])
def test_the_photo_that_crashed_is_blamed_and_no_other(tmp_path: Path, how: str) -> None:
    assert end_badly(tmp_path, how) == -signal.SIGSEGV
    assert known(tmp_path) == [2]
    assert known(tmp_path) == [2], "it is remembered for good"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["crashed-photos.json"]


@needs_signals
def test_a_path_of_any_length_is_remembered_and_no_notes_tell_it(tmp_path: Path) -> None:
    assert end_badly(tmp_path, CRASH, DEEP) == -signal.SIGSEGV
    assert known(tmp_path, DEEP) == [2]
    assert "jpg" not in (tmp_path / "crashed-photos.json").read_text()


@needs_signals
def test_a_program_that_is_killed_blames_no_photo(tmp_path: Path) -> None:
    for _ in range(2):
        assert end_badly(tmp_path, KILL) == -signal.SIGKILL
    assert known(tmp_path) == []


@needs_signals
def test_a_crash_in_a_thread_of_a_library_blames_what_was_read_the_second_time(
    tmp_path: Path,
) -> None:
    assert end_badly(tmp_path, CRASH_OF_A_LIBRARY) == -signal.SIGABRT
    assert known(tmp_path) == []
    assert end_badly(tmp_path, CRASH_OF_A_LIBRARY) == -signal.SIGABRT
    assert known(tmp_path) == [1, 2, 3]


@needs_signals
def test_what_crashed_is_passed_over_until_it_changes_or_is_forgotten(
    tmp_path: Path, store: BatchStore
) -> None:
    end_badly(tmp_path, CRASH)
    reader = IdleReader()
    with closing(JournalledReader(reader, CrashJournal(tmp_path))) as journalled:
        answer = journalled.read(photo(2))
        journalled.read(photo(2, mtime_ns=6))
    assert isinstance(answer, PhotoFailure)
    assert answer.error.startswith("2.jpg is passed over: Visage crashed while it read it.")
    assert len(reader.read_ids) == 1
    forget_crashed(store)
    with closing(JournalledReader(reader, CrashJournal(tmp_path))) as journalled:
        journalled.read(photo(2))
    assert len(reader.read_ids) == 2


@needs_signals
def test_only_the_failed_photos_of_a_job_are_forgotten_with_it(
    tmp_path: Path, store: BatchStore
) -> None:
    end_badly(tmp_path, CRASH)
    job = store.create_job("another", [tmp_path], RECIPE)
    forget_crashed(store, job.id)
    assert known(tmp_path) == [2]


def test_a_journal_that_ends_well_leaves_nothing(tmp_path: Path) -> None:
    was_enabled = faulthandler.is_enabled()
    journal = CrashJournal(tmp_path)
    readers = [JournalledReader(IdleReader(), journal) for _ in range(2)]
    threads = [threading.Thread(target=reader.read, args=(photo(4),)) for reader in readers]
    for thread in threads:
        thread.start()
        thread.join()
    assert len(list(tmp_path.iterdir())) == 2
    for reader in readers:
        reader.close()
    assert list(tmp_path.iterdir()) == []
    assert faulthandler.is_enabled() == was_enabled


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[[1]]", b"\xff", b'[["a", 1, 2, "x"]]', b'[["a", 1e999, 1, 1]]', b"[" * 100_000],
)
def test_a_damaged_memory_blames_nobody(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "crashed-photos.json").write_bytes(content)
    assert known(tmp_path) == []


@pytest.mark.parametrize(
    "note",
    [b"1 5\n", b"1 null\n", b'1 ["a", 1e999, 1]\n', b"1 " + b"[" * 8000, b"x []\n", b"\0" * 99],
)
def test_damaged_notes_of_a_crash_blame_nobody(tmp_path: Path, note: bytes) -> None:
    (tmp_path / "journal-1-0.crash").write_text("Current thread 0x0000000000000001 (most recent")
    (tmp_path / "journal-1-0.reading").write_bytes(note)
    assert known(tmp_path) == []
    assert not list(tmp_path.glob("journal-*"))


def test_without_room_for_a_journal_photos_are_read_all_the_same(tmp_path: Path) -> None:
    reader = IdleReader()
    with closing(JournalledReader(reader, CrashJournal(tmp_path / "gone"))) as journalled:
        journalled.read(photo(1))
    assert reader.read_ids == [1]


@pytest.mark.timing
def test_a_note_costs_little(tmp_path: Path) -> None:
    journal = CrashJournal(tmp_path)
    reader = JournalledReader(IdleReader(), journal)
    begun_s = time.perf_counter()
    for _ in range(200):
        reader.read(photo(1))
    assert time.perf_counter() - begun_s < 0.2, "less than a millisecond a photo"
    reader.close()
