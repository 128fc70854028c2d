import csv
import io
import os
import sys
from pathlib import Path

import pytest

from core.commands import label
from core.errors import ExportError
from core.settings import EngineChoice, Settings
from core.types import Box, Estimate, Face, Gender, PhotoResult

HEADER = (
    "path,face,left,top,right,bottom,detection_score,age,age_low,age_high,female_probability,"
    "gender,error"
)
WOMAN = Face(
    Box(10, 20.04, 110.5, 120), 0.98765, Estimate(33.333, 28, 39.96, 0.91), gender=Gender.FEMALE
)
AGELESS = Face(Box(0, 0, 5, 5), 0.5, Estimate(female_probability=0.5), gender=Gender.UNSURE)

ANSWERS: dict[str, PhotoResult] = {
    "woman.jpg": PhotoResult(Path("woman.jpg"), (WOMAN,)),
    "two.jpg": PhotoResult(Path("two.jpg"), (WOMAN, AGELESS)),
    "broken.jpg": PhotoResult(Path("broken.jpg"), error="broken.jpg is empty, said “it”."),
}


class FakeLabeller:
    """Answers by file name; an unknown name is a photo without a face."""

    is_closed = False

    def label(self, path: Path) -> PhotoResult:
        return ANSWERS.get(path.name, PhotoResult(path))

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture(autouse=True)
def labeller(monkeypatch: pytest.MonkeyPatch) -> FakeLabeller:
    labeller = FakeLabeller()

    def make(model_name: str | None, settings: Settings) -> FakeLabeller:
        assert (model_name, settings.engine) == ("tiny", EngineChoice.ONNX)
        return labeller

    monkeypatch.setattr(label, "make_photo_labeller", make)
    return labeller


def run(*paths: str, csv_path: Path | None = None) -> int:
    return label.run(paths, csv_path, "tiny", EngineChoice.ONNX)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_columns_are_those_that_users_were_promised(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("woman.jpg") == 0
    assert capsys.readouterr().out == (
        f"{HEADER}\nwoman.jpg,1,10.0,20.0,110.5,120.0,0.988,33.3,28.0,40.0,0.9100,female,\n"
    )


def test_each_face_is_a_row_numbered_from_one(capsys: pytest.CaptureFixture[str]) -> None:
    run("two.jpg")
    first, second = rows(capsys.readouterr().out)
    assert (first["face"], second["face"]) == ("1", "2")
    assert (second["age"], second["age_low"], second["gender"]) == ("", "", "unsure")


def test_a_photo_without_a_face_is_one_row_with_empty_fields(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("landscape.jpg") == 0
    assert capsys.readouterr().out.splitlines()[1] == "landscape.jpg" + "," * 12


def test_a_photo_that_could_not_be_read_is_a_row_and_the_others_follow(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("broken.jpg", "woman.jpg") == 1
    broken, woman = rows(capsys.readouterr().out)
    assert broken["error"] == "broken.jpg is empty, said “it”."
    assert broken["face"] == broken["left"] == broken["gender"] == ""
    assert woman["error"] == ""


def test_photos_of_a_folder_are_named_as_the_folder_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "album" / "2024").mkdir(parents=True)
    for name in ("b.jpg", "a.jpg", "2024/c.JPG", "notes.txt"):
        (tmp_path / "album" / name).touch()
    run("./album/")
    names = [row["path"] for row in rows(capsys.readouterr().out)]
    assert sorted(names) == ["./album/2024/c.JPG", "./album/a.jpg", "./album/b.jpg"]


def test_a_path_is_written_as_it_was_given(capsys: pytest.CaptureFixture[str]) -> None:
    run("./x/../woman.jpg")
    assert rows(capsys.readouterr().out)[0]["path"] == "./x/../woman.jpg"


@pytest.mark.parametrize(
    "name",
    ["two\nlines.jpg", "old\rmac.jpg", 'a "quote", a comma.jpg', "家族 Ελένη.jpg", "=1+1.jpg"],
)
def test_names_of_any_kind_come_back_from_the_csv(name: str, tmp_path: Path) -> None:
    run(name, csv_path=tmp_path / "ages.csv")
    text = (tmp_path / "ages.csv").read_bytes().decode("utf-8")
    assert [row["path"] for row in rows(text)] == [name]


@pytest.mark.skipif(sys.platform == "win32", reason="names are Unicode there")
def test_a_name_that_is_no_unicode_is_written_byte_by_byte(tmp_path: Path) -> None:
    run(os.fsdecode(b"caf\xe9.jpg"), csv_path=tmp_path / "ages.csv")
    assert b"caf\xe9.jpg," in (tmp_path / "ages.csv").read_bytes()


def test_the_csv_replaces_an_older_one_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "ages.csv"
    target.write_text("old")
    assert run("woman.jpg", csv_path=target) == 0
    assert target.read_text().startswith(HEADER)
    assert list(tmp_path.iterdir()) == [target]


def test_an_older_csv_survives_when_the_run_is_interrupted(
    tmp_path: Path, labeller: FakeLabeller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(path: Path) -> PhotoResult:
        raise KeyboardInterrupt

    monkeypatch.setattr(labeller, "label", interrupt)
    target = tmp_path / "ages.csv"
    target.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        run("woman.jpg", csv_path=target)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_csv_in_a_folder_that_does_not_exist_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="could not be written"):
        run("woman.jpg", csv_path=tmp_path / "gone" / "ages.csv")


def test_a_csv_path_that_is_no_file_is_a_sentence_and_stays(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="is not a file"):
        run("woman.jpg", csv_path=tmp_path)
    assert tmp_path.is_dir()


def test_nothing_but_the_csv_is_said_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    run("woman.jpg")
    assert capsys.readouterr().err == ""


def test_progress_is_shown_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    run("woman.jpg", "broken.jpg")
    assert capsys.readouterr().err.endswith("\r2 photos labelled, 1 could not be read\n")


def test_an_empty_folder_is_said_to_be_empty(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(tmp_path)) == 0
    captured = capsys.readouterr()
    assert captured.out == HEADER + "\n"
    assert captured.err == "No photos were found.\n"


def test_the_model_is_released(labeller: FakeLabeller) -> None:
    run("woman.jpg")
    assert labeller.is_closed
