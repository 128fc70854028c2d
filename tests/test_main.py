import os
import subprocess
import sys
from pathlib import Path

import pytest

import main
from core.errors import ModelError
from core.paths import sample_photo
from tests.model_folders import make_model_folder

ENTRY = Path(main.__file__)


def test_expected_trouble_is_one_line_and_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(arguments: object) -> int:
        raise ModelError("No model is installed.")

    monkeypatch.setattr(main, "run_command", fail)
    assert main.main(["models"]) == 2
    assert capsys.readouterr().err == "No model is installed.\n"


def test_a_bug_is_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(arguments: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(main, "run_command", fail)
    with pytest.raises(ZeroDivisionError):
        main.main(["models"])


@pytest.mark.parametrize(
    ("stop", "sentence"),
    [(KeyboardInterrupt(), "Stopped."), (KeyboardInterrupt("All is kept."), "All is kept.")],
)
def test_control_c_ends_with_a_sentence_and_without_a_traceback(
    stop: KeyboardInterrupt,
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def interrupt(arguments: object) -> int:
        raise stop

    monkeypatch.setattr(main, "run_command", interrupt)
    assert main.main(["models"]) == 130
    assert capsys.readouterr().err == f"{sentence}\n"


def test_the_exit_code_is_that_of_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main, "run_command", lambda arguments: 1)
    assert main.main(["models"]) == 1


def test_without_a_command_the_window_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []

    def run(
        given: list[str], source: str | None, model: str | None, engine: str, language: str | None
    ) -> int:
        seen.extend([given, source, model, engine, language])
        return 7

    monkeypatch.setattr("gui.app.run", run)
    words = ["--source", "sample", "--engine", "onnx", "--language", "fr"]
    assert main.main(words) == 7
    assert seen == [[], "sample", None, "onnx", "fr"]


def test_files_and_folders_are_opened_in_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def run(given: list[str], *_: object) -> int:
        seen.extend(given)
        return 0

    monkeypatch.setattr("gui.app.run", run)
    assert main.main([str(ENTRY.parent), str(ENTRY)]) == 0
    assert seen == [str(ENTRY.parent), str(ENTRY)]


@pytest.mark.skipif(os.name == "nt", reason="a shell closes the streams")
def test_a_start_without_standard_streams_does_its_work(tmp_path: Path) -> None:
    out = tmp_path / "faces.csv"
    make_model_folder(tmp_path / "Visage" / "models", "toy")
    words = [sys.executable, str(ENTRY), "label", str(sample_photo()), "--csv", str(out)]
    finished = subprocess.run(
        ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *words, "--model", "toy"],
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path)},
        check=False,
    )
    assert finished.returncode == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) == 3


def test_a_reader_that_has_seen_enough_gets_no_traceback() -> None:
    command = [sys.executable, str(ENTRY), "models", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


@pytest.mark.skipif(sys.platform != "linux", reason="the user's models are moved by XDG_DATA_HOME")
def test_a_photo_is_labelled_in_a_pipe_without_a_word_too_many(tmp_path: Path) -> None:
    make_model_folder(tmp_path / "Visage" / "models", "toy")
    finished = subprocess.run(
        [sys.executable, str(ENTRY), "label", str(sample_photo()), "gone.jpg", "--model", "toy"],
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    header, *faces, error, end = finished.stdout.split("\n")
    assert header.startswith("path,face,left,")
    assert [line.split(",")[:2] for line in faces] == [[str(sample_photo()), n] for n in "12"]
    assert error.startswith("gone.jpg,,,,,,,,,,,,")
    assert end == ""
    assert finished.stderr == ""
    assert finished.returncode == 1


def test_a_wrong_model_is_told_before_a_window_opens(
    model_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["--model", "nonesuch"]) == 2
    assert "no model called nonesuch" in capsys.readouterr().err
