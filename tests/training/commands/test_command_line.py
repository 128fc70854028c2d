"""What the command line refuses before anything runs."""

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import DataError
from core.estimation.model_card import write_card
from tests.model_folders import make_card
from tests.training.made_up_faces import write_chips
from tests.training.tiny_model import TINY
from training.__main__ import main
from training.commands.options import make_config
from training.commands.parser import make_parser
from training.data.array_file import create_array
from training.learning.run_dir import RunDir


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("train age_cnn --data x --batch 0", "'0' is not a whole number from 1 on"),
        ("train age_cnn --data x --size -5", "'-5' is not a whole number from 16 to 1024"),
        ("train age_cnn --data x --size 0", "'0' is not a whole number from 16 to 1024"),
        ("train age_cnn --data x --size 1.5", "'1.5' is not a whole number"),
        ("train age_cnn --data x --rate nan", "'nan' is not a number over 0"),
        ("train age_cnn --data x --rate inf", "'inf' is not a number over 0"),
        ("train age_cnn --data x --epochs 0", "'0' is not a whole number from 1 on"),
        ("train age_cnn --data x --freeze -1", "'-1' is not a whole number from 0 on"),
        ("train age_cnn --data x --seed -1", "'-1' is not a whole number from 0 on"),
        ("train age_cnn --data x --crops 2", "'2' is not a share from 0 to 1"),
        ("train age_cnn --data x --balance nan", "'nan' is not a share from 0 to 1"),
        ("train age_cnn --data x --expectation -1", "'-1' is not a number from 0 on"),
        ("train vgg16 --data x --weights=", "argument --weights: it is empty"),
        ("benchmark age_cnn --data x --steps 0", "'0' is not a whole number from 1 on"),
        ("paste --data x --out y --count -3", "'-3' is not a whole number from 1 on"),
        ("paste --data x --out y --picture 0x0", "the sides of a picture are 16 to 10000 px"),
        ("paste --data x --out y --picture large", "a size is written like 640x480"),
        ("check-crop visage --data x --count -1", "'-1' is not a whole number from 1 on"),
    ],
)
def test_a_number_that_makes_no_sense_is_a_sentence(
    command: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(command.split())
    assert stopped.value.code == 2
    assert sentence in capsys.readouterr().err


def test_pictures_too_small_for_the_faces_are_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_chips(Path("UTKFace"), 3)
    options = "--out out --count 2 --own-size --picture 100x600"
    arguments = ["paste", "--data", "UTKFace", *options.split()]
    assert main(arguments) == 1
    assert "Pictures of 100 x 600 px have no room for 200 px faces" in capsys.readouterr().err


def test_what_cannot_be_written_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_chips(Path("UTKFace"), 3)
    Path("out").write_text("a file, where a folder is meant to be")
    assert main(["audit", "--data", "UTKFace", "--out", "out"]) == 1
    assert capsys.readouterr().err == "out cannot be read or written: File exists.\n"


def test_a_size_that_is_too_small_is_a_sentence_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_chips(Path("UTKFace"), 3)
    words = "train gender_cnn --size 64 --precision float32 --data UTKFace --run run"
    assert main(words.split()) == 1
    assert capsys.readouterr().err == "gender_cnn needs a larger --size than 64.\n"
    assert not Path("run").exists()


def test_of_a_librarys_long_report_only_the_first_line_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_options: object) -> None:
        raise OSError("Can't write data\nmajor: 1\nminor: 2")

    monkeypatch.setattr("training.__main__.run", fail)
    assert main(["train", "age_cnn", "--data", "x"]) == 1
    assert capsys.readouterr().err == "A file failed: Can't write data.\n"


def test_a_full_disk_is_noticed_before_a_cache_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", refuse)
    with pytest.raises(DataError, match=r"needs 1 MB for pictures and has"):
        create_array(tmp_path / "cache" / "chips.npy", int, (100_000,))
    assert not list((tmp_path / "cache").iterdir())


def test_the_place_of_a_new_array_is_taken_on_the_disk(tmp_path: Path) -> None:
    array = create_array(tmp_path / "chips.npy", int, (100_000,))
    assert not array.any()
    assert (tmp_path / "chips.npy").stat().st_blocks * 512 >= array.nbytes


@pytest.mark.parametrize(
    ("command", "goes_on"),
    [("hub pull somebody/faces", False), ("train age_cnn --data x", True)],
)
def test_ctrl_c_promises_to_go_on_only_where_it_does(
    command: str,
    goes_on: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def stop(_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("training.__main__.run", stop)
    assert main(command.split()) == 130
    told = capsys.readouterr().err
    assert told.startswith("\nStopped.")
    assert ("goes on from the last finished epoch" in told) is goes_on


def test_no_more_layers_are_frozen_than_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    def train_it(words: str) -> str:
        assert main(f"train {words} --data nowhere".split()) == 1
        return capsys.readouterr().err

    vgg16 = "vgg16 --preset report --weights none --size 32"
    assert train_it(f"{vgg16} --freeze 20") == (
        "The backbone of vgg16 has 19 layers: --freeze takes no more than that.\n"
    )
    assert train_it(f"{vgg16} --freeze 19").startswith("There is no folder or archive nowhere.")
    assert train_it("visage --weights none --freeze 1") == (
        "visage has no backbone to freeze: --freeze is not for it.\n"
    )
    assert not list(tmp_path.iterdir())


def test_more_layers_than_there_are_stand_still_in_the_reports_preset() -> None:
    options = make_parser().parse_args(
        ["train", "vgg16", "--preset", "report", "--data", "UTKFace"]
    )
    assert make_config(options).frozen_layers == 99, "the report's, whatever the backbone"


@pytest.mark.parametrize(
    ("name", "weights", "sentence"),
    [
        ("visage", "nowhere.npz", "There is no file nowhere.npz. visage starts from the file of"),
        ("visage", "text", "text does not hold weights of visage: it is another network's file"),
        ("vgg16", "nowhere.h5", "There is no file nowhere.h5. --weights takes imagenet, none, or"),
        ("vgg16", "other.weights.h5", "other.weights.h5 does not hold weights of vgg16: it is"),
        ("vgg16", "run/best.weights.h5", "There is no file run/best.weights.h5."),
    ],
)
def test_wrong_weights_are_a_sentence_before_anything_is_read_or_made(
    name: str,
    weights: str,
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    write_chips(Path("UTKFace"), 3)
    Path("text").write_text("a text")
    TINY.build().save_weights("other.weights.h5")
    RunDir(Path("run")).start(TINY.described())
    before = set(tmp_path.rglob("*"))
    words = f"train {name} --weights {weights} --data UTKFace --run new --size 64"
    assert main(words.split()) == 1
    assert capsys.readouterr().err.startswith(sentence)
    assert set(tmp_path.rglob("*")) == before


def test_a_teacher_that_is_no_teacher_is_a_sentence_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_card(replace(make_card("other"), gender=False), make_folder("other"))
    words = "train age_gender_cnn --teachers other --data UTKFace --run run --precision float32"
    assert main(words.split()) == 1
    assert capsys.readouterr().err.startswith("The model in other cannot teach age_gender_cnn")
    assert not Path("run").exists()


def make_folder(name: str) -> Path:
    Path(name).mkdir(parents=True)
    return Path(name)


TRAIN = "train age_cnn --preset report --size 64 --precision float32 --data UTKFace --run"


def test_of_two_trainings_in_one_folder_the_second_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_chips(Path("UTKFace"), 20)
    with RunDir(Path("runs/a")).held():
        assert main([*TRAIN.split(), "runs/a"]) == 1
    assert capsys.readouterr().err == (
        "Another training is at runs/a. Wait for it, or name another folder with --run.\n"
    )
    assert [file.name for file in Path("runs/a").iterdir()] == ["run.lock"]


@pytest.mark.parametrize("folder", ["models/age_cnn", "models"])
@pytest.mark.parametrize("command", [TRAIN, "average age_cnn runs/a --data UTKFace --run"])
def test_a_folder_of_published_models_is_no_run(
    folder: str,
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    write_card(make_card("age_cnn"), make_folder("models/age_cnn"))
    assert main([*command.split(), folder]) == 1
    assert capsys.readouterr().err == (
        f"{folder} holds models, not a run. Name another folder with --run.\n"
    )
    assert [file.name for file in Path("models").rglob("*")] == ["age_cnn", "card.json"]


@pytest.mark.parametrize(("epochs", "head_epochs"), [(1, 0), (2, 1), (3, 2), (9, 2)])
def test_however_few_the_epochs_the_whole_network_learns_in_the_last(
    epochs: int, head_epochs: int
) -> None:
    words = ["train", "mobilenet_v2", "--data", "UTKFace", "--epochs", str(epochs)]
    assert make_config(make_parser().parse_args(words)).head_epochs == head_epochs
