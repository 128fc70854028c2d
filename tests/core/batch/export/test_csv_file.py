import codecs
import csv
import io
import os
from pathlib import Path

import pytest

from core.batch.export.csv_file import COLUMNS, write_csv
from core.batch.record import LabelledPhoto, PhotoFacts, PhotoState
from core.errors import ExportError
from core.faces.versions import (
    CROP_VERSION,
    QUALITY_VERSION,
    SEARCH_VERSION,
    VIDEO_VERSION,
)
from tests.core.batch.builders import RECIPE


def written(photos: list[LabelledPhoto], target: Path) -> list[dict[str, str]]:
    write_csv(photos, target)
    text = target.read_bytes().decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def photo(name: str, error: str | None = None) -> LabelledPhoto:
    state = PhotoState.DONE if error is None else PhotoState.FAILED
    return LabelledPhoto(PhotoFacts(1, Path(name), state, error))


def test_each_face_is_a_row_and_a_photo_without_one_is_one_too(
    photos: list[LabelledPhoto], tmp_path: Path
) -> None:
    rows = written(photos, tmp_path / "out.csv")
    assert tuple(rows[0]) == COLUMNS
    assert [row["face"] for row in rows] == ["1", "2", "", ""]
    woman = {key: rows[0][key] for key in ("left", "age", "age_low", "age_high", "gender")}
    assert woman == {
        "left": "10.0",
        "age": "30.0",
        "age_low": "25.0",
        "age_high": "35.0",
        "gender": "female",
    }
    assert [row["error"] for row in rows] == ["", "", "", "bad.jpg is empty."]


def test_a_corrected_age_stands_in_the_estimates_place_without_a_range(
    photos: list[LabelledPhoto], tmp_path: Path
) -> None:
    man = written(photos, tmp_path / "out.csv")[1]
    assert (man["age"], man["age_low"], man["age_high"]) == ("41.0", "", "")
    assert (man["female_probability"], man["gender"]) == ("0.1000", "male")


@pytest.mark.parametrize("name", ["=1+1.jpg", "+x.jpg", "-x.jpg", "@x.jpg", "\tx.jpg", "\rx.jpg"])
def test_a_formula_in_a_name_is_neutralised_and_the_name_still_leads_to_the_file(
    name: str, tmp_path: Path
) -> None:
    (row,) = written([photo(name)], tmp_path / "out.csv")
    assert row["path"] == f"./{name}"
    assert Path(row["path"]) == Path(name)


def test_a_formula_in_an_error_is_neutralised(tmp_path: Path) -> None:
    (row,) = written([photo("/a/=1.jpg", "=1.jpg is empty.")], tmp_path / "out.csv")
    assert row["error"] == "'=1.jpg is empty."


@pytest.mark.parametrize("name", ["two\nlines.jpg", 'a "q", b.jpg', "家族 Ελένη.jpg", "a;=1+1.jpg"])
def test_names_of_any_kind_come_back(name: str, tmp_path: Path) -> None:
    (row,) = written([photo(name)], tmp_path / "out.csv")
    assert row["path"] == name


def test_bytes_of_a_name_that_are_no_unicode_are_question_marks(tmp_path: Path) -> None:
    (row,) = written([photo(os.fsdecode(b"/caf\xe9\xff.jpg"))], tmp_path / "out.csv")
    assert row["path"] == "/caf??.jpg"


def test_a_name_that_parts_fields_elsewhere_is_quoted(tmp_path: Path) -> None:
    write_csv([photo("a;=1+1.jpg")], tmp_path / "out.csv")
    assert '"a;=1+1.jpg"' in (tmp_path / "out.csv").read_text()


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="could not be written"):
        write_csv([], tmp_path / "gone" / "out.csv")


def test_every_row_says_which_model_it_was_and_which_version_of_its_answers(
    photos: list[LabelledPhoto], tmp_path: Path
) -> None:
    said = {row["labelled_by"] for row in written(photos, tmp_path / "out.csv")}
    (words,) = said
    versions = f"{SEARCH_VERSION}.{CROP_VERSION}.{QUALITY_VERSION}.{VIDEO_VERSION}"
    assert words == f"{RECIPE.model_name} {RECIPE.model_digest[:8]} (answers {versions})"


def test_a_table_for_excel_begins_with_a_byte_order_mark_and_no_other_does(tmp_path: Path) -> None:
    name = "/photos/été/søster.jpg"
    write_csv([photo(name)], tmp_path / "excel.csv", is_for_excel=True)
    write_csv([photo(name)], tmp_path / "plain.csv")
    excel, plain = ((tmp_path / f"{one}.csv").read_bytes() for one in ("excel", "plain"))
    assert excel == codecs.BOM_UTF8 + plain
    assert name in plain.decode()
