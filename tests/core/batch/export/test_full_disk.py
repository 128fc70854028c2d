"""A disk that fills up, or may only be read, while results are written."""

import errno
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from core.annotator import Annotator
from core.batch.export.annotated_copies import write_annotated_copies
from core.batch.export.csv_file import write_csv
from core.batch.export.json_lines import write_json_lines
from core.batch.export.sorted_copies import SortKey, write_sorted_copies
from core.batch.export.training_chips import write_training_chips
from core.batch.export.workbook import write_workbook
from core.batch.export.xmp.sidecar import write_xmp_sidecars
from core.batch.record import LabelledPhoto
from core.batch.store import BatchStore
from core.errors import ExportError
from tests.core.batch.builders import RECIPE, make_run, photos_of, write_photo

Photos = Sequence[LabelledPhoto]
Write = Callable[[Photos, Path], object]

FILES: dict[str, Write] = {
    "faces.csv": lambda photos, folder: write_csv(photos, folder / "faces.csv", str),
    "faces.jsonl": lambda photos, folder: write_json_lines(photos, folder / "faces.jsonl", str),
    "faces.xlsx": lambda photos, folder: write_workbook(photos, folder / "faces.xlsx", str),
}
COPIES: dict[str, Write] = {
    "annotated": lambda photos, folder: write_annotated_copies(photos, folder, Annotator()),
    "sorted": lambda photos, folder: write_sorted_copies(photos, folder, SortKey.GENDER),
    "chips": write_training_chips,
}


@pytest.fixture
def photos(store: BatchStore, tmp_path: Path) -> list[LabelledPhoto]:
    for number in range(3):
        write_photo(tmp_path / "album" / f"{number}.png", (20 + number, 0, 0), (320, 240))
    job = store.create_job("job", [tmp_path / "album"], RECIPE)
    list(make_run(store, job).run())
    return photos_of(store, job)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def fail_from(number: int, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the files from this number on, counted from 0, not reach the disk."""
    calls = iter(range(1000))

    def fsync(_handle: int) -> None:
        if next(calls) >= number:
            raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fsync)


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_finds_no_place_is_a_sentence_and_the_older_one_stays(
    photos: Photos, out: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: int
) -> None:
    (out / name).write_text("older")
    fail_from(0, code, monkeypatch)
    with pytest.raises(ExportError, match=os.strerror(code)):
        FILES[name](photos, out)
    assert files_below(out) == [out / name]
    assert (out / name).read_text() == "older"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
@pytest.mark.parametrize("name", COPIES)
def test_copies_that_find_no_place_are_a_sentence_and_those_before_stay(
    photos: Photos, out: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: int
) -> None:
    fail_from(1, code, monkeypatch)
    with pytest.raises(ExportError, match=os.strerror(code)):
        COPIES[name](photos, out)
    (copy,) = files_below(out)
    assert copy.stat().st_size > 0
    assert not copy.name.endswith(".part")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
def test_sidecars_that_find_no_place_are_reported_and_leave_the_photos_alone(
    photos: Photos, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    before = {path: path.read_bytes() for path in files_below(tmp_path / "album")}
    fail_from(1, code, monkeypatch)
    report = write_xmp_sidecars(photos)
    assert [path.name for path, _ in report.failures] == ["1.png", "2.png"]
    assert all(os.strerror(code) in sentence for _, sentence in report.failures)
    after = {path: path.read_bytes() for path in files_below(tmp_path / "album")}
    assert {path: after[path] for path in before} == before
    assert len(after) == len(before) + 1
