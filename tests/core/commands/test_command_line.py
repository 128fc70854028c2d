from argparse import Namespace
from importlib.metadata import version
from pathlib import Path

import pytest

from core.batch.export.xmp.sidecar_name import SidecarName
from core.commands import benchmark, label, label_cluster, models, self_check
from core.commands.command_line import make_parser, parse_arguments, run_command
from core.commands.label import LabelOptions
from core.commands.label_cluster import ClusterOptions
from core.settings import EngineChoice


def test_no_word_means_the_window() -> None:
    arguments = parse_arguments([])
    assert (arguments.command, arguments.source, arguments.model) == (None, None, None)


def test_a_source_and_a_model_are_for_the_window_too() -> None:
    arguments = parse_arguments(["--source", "camera:1", "--model", "tiny"])
    assert (arguments.command, arguments.source, arguments.model) == (None, "camera:1", "tiny")


def test_what_is_no_command_but_a_file_or_folder_is_for_the_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Ma démo ü").mkdir()
    arguments = parse_arguments(["--engine", "onnx", "Ma démo ü", "/gone/one.jpg"])
    assert (arguments.command, arguments.engine) == (None, EngineChoice.ONNX)
    assert arguments.paths == ["Ma démo ü", "/gone/one.jpg"]


def test_a_command_is_a_command_even_beside_a_file_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "models").mkdir()
    assert parse_arguments(["models"]).command == "models"
    assert parse_arguments(["./models"]).command is None


@pytest.mark.parametrize(
    "words",
    ["--model tiny label a", "label a --model tiny", "--model tiny web", "web --model tiny"],
)
def test_a_model_counts_before_and_after_the_command(words: str) -> None:
    assert parse_arguments(words.split()).model == "tiny"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--source sample label a", "--source does not go with label"),
        ("--engine onnx web", "--engine does not go with web"),
        ("--model tiny jobs", "--model does not go with jobs"),
        ("learn a --measure --name b", "--name names the model that --measure does not make"),
        (
            "label a --photos-per-file 9",
            "--photos-per-file is of the rows that --cluster writes",
        ),
        (
            "benchmark --batch a --frames 9",
            "--frames does not go with --batch, which labels photos",
        ),
    ],
)
def test_an_option_that_a_command_has_no_use_for_is_not_dropped_without_a_word(
    words: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parse_arguments(words.split())
    assert capsys.readouterr().err.endswith(f"error: {sentence}\n")


def test_it_says_which_version_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_info:
        parse_arguments(["--version"])
    assert exit_info.value.code == 0
    assert capsys.readouterr().out == f"Visage {version('visage')}\n"


@pytest.mark.parametrize(
    "words",
    [
        ["label"],
        ["lable", "photo.jpg"],
        ["x" * 300],
        ["--source", "sample", "/photos/one.jpg"],
        ["label", "a", "--engine", "abacus"],
        ["label", "a", "--workers", "0"],
        ["label", "a", "--blur"],
        ["label", "a", "--sidecar-name", "both"],
        ["benchmark", "--frames", "0"],
        ["benchmark", "--frames", "many"],
    ],
)
def test_wrong_use_ends_with_code_2_and_says_what_is_right(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_info:
        parse_arguments(words)
    assert exit_info.value.code == 2
    assert "usage: main.py" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("label a --workers 0", "--workers must be a whole number of 1 or more, not 0."),
        ("label a --workers -3", "--workers must be a whole number of 1 or more, not -3."),
        ("label a --min-face 5", "--min-face must be a whole number from 8 to 4096, not 5."),
        ("label a --min-face 9e9", "--min-face must be a whole number from 8 to 4096, not 9e9."),
        ("benchmark --frames many", "--frames must be a whole number of 1 or more, not many."),
        ("label a --engine abacus", "--engine must be auto, keras or onnx, not abacus."),
        (
            "label a --xmp --sidecar-name long",
            "--sidecar-name must be auto, full, short or both, not long.",
        ),
        ("--engine abacus", "--engine must be auto, keras or onnx, not abacus."),
    ],
)
def test_a_value_that_makes_no_sense_is_answered_with_a_sentence(
    words: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parse_arguments(words.split())
    assert capsys.readouterr().err.endswith(f"error: {sentence}\n")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ([""], "PATH"),
        (["--source", ""], "--source"),
        (["label", ""], "PATH"),
        (["label", "", "--cluster", "local", "--out", "faces"], "PATH"),
        (["label", "a", "--cluster", "local", "--out", ""], "--out"),
        (["label", "a", "--csv", ""], "--csv"),
        (["label", "a", "--jsonl", ""], "--jsonl"),
        (["label", "a", "--xlsx", ""], "--xlsx"),
        (["label", "a", "--annotated", ""], "--annotated"),
        (["learn", ""], "JOB"),
        (["learn", "a", "--name", ""], "--name"),
        (["benchmark", "--batch", ""], "--batch"),
    ],
)
def test_an_empty_name_is_not_the_folder_where_the_command_is_run(
    words: list[str], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        parse_arguments(words)
    assert capsys.readouterr().err.endswith(f"error: {name} must not be empty.\n")


def test_help_names_every_command() -> None:
    text = make_parser().format_help()
    assert all(word in text for word in ("label", "models", "benchmark", "self-check", "--source"))


class RecordedRun:
    """Stands for a command's `run`, and keeps what it was called with."""

    def __init__(self) -> None:
        self.words: tuple[object, ...] = ()
        self.options: dict[str, object] = {}

    def __call__(self, *words: object, **options: object) -> int:
        self.words, self.options = words, options
        return 1


def test_label_is_given_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    run = RecordedRun()
    monkeypatch.setattr(label, "run", run)
    words = (
        "label a.jpg b/ --csv out.csv --jsonl out.jsonl --xlsx out.xlsx --xmp --sidecar-name both "
        "--annotated copies "
        "--blur --workers 3 --resume --min-face 40 --thorough --model tiny --engine onnx"
    )
    assert run_command(parse_arguments(words.split())) == 1
    options = LabelOptions(
        paths=("a.jpg", "b/"),
        csv_path=Path("out.csv"),
        jsonl_path=Path("out.jsonl"),
        xlsx_path=Path("out.xlsx"),
        writes_xmp=True,
        sidecar_name=SidecarName.BOTH,
        annotated_dir=Path("copies"),
        hides_faces=True,
        worker_count=3,
        resumes=True,
        min_face_px=40,
        is_thorough=True,
        model_name="tiny",
        engine=EngineChoice.ONNX,
    )
    assert run.words == (options,)


def test_label_needs_only_a_path(monkeypatch: pytest.MonkeyPatch) -> None:
    run = RecordedRun()
    monkeypatch.setattr(label, "run", run)
    run_command(parse_arguments(["label", "a.jpg"]))
    assert run.words == (LabelOptions(paths=("a.jpg",)),)


def test_a_cluster_is_given_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[ClusterOptions] = []
    monkeypatch.setattr(label_cluster, "run", given.append)
    words = (
        "label s3://a/b --cluster ray://head:10001 --out gs://c --photos-per-file 64 --workers 8"
    )
    run_command(parse_arguments([*words.split(), "--resume", "--thorough"]))
    assert given == [
        ClusterOptions(
            source="s3://a/b",
            cluster="ray://head:10001",
            out="gs://c",
            worker_count=8,
            photos_per_part=64,
            is_thorough=True,
        )
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--cluster local", "belong together"),
        ("--out faces", "belong together"),
        ("--cluster head:1 --out faces", "must be local or ray://HOST:PORT"),
        ("--cluster ray://head --out faces", "must be local or ray://HOST:PORT"),
        ("--cluster ray://:1 --out faces", "must be local or ray://HOST:PORT"),
        ("other --cluster local --out faces", "one folder, file or URL at a time"),
        ("--cluster local --out faces --csv a.csv", "--csv does not go with --cluster"),
        ("--cluster local --out faces --retry-crashed", "--retry-crashed does not go with"),
    ],
)
def test_what_a_cluster_does_not_do_is_said(
    words: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        parse_arguments(["label", "photos", *words.split()])
    assert sentence in capsys.readouterr().err


def test_benchmark_is_given_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    run = RecordedRun()
    monkeypatch.setattr(benchmark, "run", run)
    words = ["--engine", "keras", "benchmark", "--json", "--frames", "50"]
    assert run_command(parse_arguments(words)) == 1
    assert run.words == (None, EngineChoice.KERAS, 50)
    assert run.options == {"as_json": True}


def test_benchmark_of_a_batch_is_given_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    run = RecordedRun()
    monkeypatch.setattr(benchmark, "run_batch", run)
    assert run_command(parse_arguments(["benchmark", "--batch", "album", "--json"])) == 1
    assert run.words == (Path("album"), None, EngineChoice.AUTO)
    assert run.options == {"as_json": True}


def test_self_check_needs_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    run = RecordedRun()
    monkeypatch.setattr(self_check, "run", run)
    assert run_command(parse_arguments(["self-check"])) == 1
    assert run.words == ()


def test_models_is_given_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    run = RecordedRun()
    monkeypatch.setattr(models, "run", run)
    assert run_command(parse_arguments(["models", "--json"])) == 1
    assert run.options == {"as_json": True}


def test_a_command_without_a_file_is_a_bug() -> None:
    with pytest.raises(ValueError, match="unknown command"):
        run_command(Namespace(command="dance"))
