import gc
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

from core.batch.export.csv_file import COLUMNS
from core.batch.export.workbook import write_workbook
from core.batch.record import LabelledPhoto, PhotoFacts, PhotoState
from core.errors import ExportError
from tests.core.batch.builders import RECIPE

openpyxl = pytest.importorskip("openpyxl")


def sheets(path: Path) -> list[list[tuple[Any, ...]]]:
    """The values of every sheet, as another program reads them."""
    workbook = openpyxl.load_workbook(path)
    return [list(sheet.iter_rows(values_only=True)) for sheet in workbook.worksheets]


def named(*names: str) -> list[LabelledPhoto]:
    return [LabelledPhoto(PhotoFacts(1, Path(name), PhotoState.DONE)) for name in names]


def test_numbers_are_numbers_and_missing_values_are_empty(
    photos: list[LabelledPhoto], tmp_path: Path
) -> None:
    write_workbook(photos, tmp_path / "out.xlsx")
    ((header, woman, man, sea, bad),) = sheets(tmp_path / "out.xlsx")
    assert header == COLUMNS
    assert woman[COLUMNS.index("age")] == 30
    assert man[COLUMNS.index("age_low")] is None
    known = {name for name, value in zip(COLUMNS, sea, strict=True) if value is not None}
    assert known == {"path", "labelled_by"}
    assert sea[COLUMNS.index("labelled_by")] == RECIPE.labelled_by
    assert woman[COLUMNS.index("box_by")] == "detector"
    assert bad[COLUMNS.index("error")] == "bad.jpg is empty."


@pytest.mark.parametrize(
    "name", ["/a/=1+1.jpg", "https://example.org/a.jpg", "/家族.jpg", "/a\x01b.jpg"]
)
def test_texts_stay_texts(name: str, tmp_path: Path) -> None:
    write_workbook(named(name), tmp_path / "out.xlsx", name_of=lambda _path: name)
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx").active["A2"]
    assert cell.data_type in ("s", "inlineStr")
    assert cell.hyperlink is None
    assert cell.value == name.replace("\x01", "_x0001_")


def test_a_name_that_is_no_unicode_is_shown_as_well_as_it_can_be(tmp_path: Path) -> None:
    write_workbook(named(os.fsdecode(b"/caf\xe9.jpg")), tmp_path / "out.xlsx")
    ((_, row),) = sheets(tmp_path / "out.xlsx")
    assert row[0] == "/caf?.jpg"


def test_rows_beyond_a_sheet_go_to_the_next_one(tmp_path: Path) -> None:
    names = [f"/{number}.jpg" for number in range(5)]
    write_workbook(named(*names), tmp_path / "out.xlsx", max_rows=3)
    pages = sheets(tmp_path / "out.xlsx")
    assert [len(page) for page in pages] == [3, 3, 2]
    assert [row[0] for page in pages for row in page[1:]] == names
    assert all(page[0] == COLUMNS for page in pages)


def test_no_rows_are_a_workbook_with_a_header(tmp_path: Path) -> None:
    write_workbook([], tmp_path / "out.xlsx")
    assert sheets(tmp_path / "out.xlsx") == [[COLUMNS]]


def test_no_place_is_needed_but_beside_the_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    write_workbook(named("/a.jpg"), tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == [tmp_path / "out.xlsx"]


@pytest.mark.skipif(os.name == "nt", reason="limits of Unix")
# XlsxWriter leaves its own files to the garbage collector when it fails.
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.parametrize("limit_bytes", [100, 1_000, 6_000])
def test_a_disk_that_fills_up_at_any_moment_is_one_sentence(
    tmp_path: Path, limit_bytes: int
) -> None:
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limits[1]))
    try:
        with pytest.raises(ExportError, match="File too large"):
            write_workbook(named(*map(str, range(1000))), tmp_path / "out.xlsx")
        gc.collect()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="could not be written"):
        write_workbook([], tmp_path / "gone" / "out.xlsx")
