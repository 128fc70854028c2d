"""A whole run on made-up faces: train, kill, resume, evaluate, publish."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from types import SimpleNamespace

import keras
import numpy as np
import pytest

from core import paths
from core.errors import DataError, ModelError, VisageError
from core.estimation.keras_engine import KerasEngine
from core.estimation.model_card import read_card, write_card
from core.estimation.model_folder import find_model
from core.estimation.onnx_engine import OnnxEngine
from tests.training.made_up_faces import write_chips
from tests.training.tiny_model import TINY
from training.__main__ import main
from training.architectures.heads import YEAR_BINS, age_output, gender_output
from training.architectures.transfer import BACKBONE
from training.data.augmentation import CAMERA, REPORT
from training.data.labelled_data import Data, Part
from training.learning.averaging import average_runs
from training.learning.compilation import compile_phase
from training.learning.configs import Preset, Schedule, TrainConfig
from training.learning.losses import AgeLoss, LabelDistribution
from training.learning.presets import DISTRIBUTION, find_config
from training.learning.run_dir import Epoch, RunDir
from training.learning.train import finished_model, train
from training.publishing.model_file import save_model
from training.publishing.model_folder import build_model_folder, check_files, publish

OUTPUTS = ("age_output", "gender_output")


def make_small_model(input_size_px: int) -> keras.Model:
    """Few weights, and all that a run must restore: batch norm, dropout, two outputs."""
    inputs = keras.Input((input_size_px, input_size_px, 3))
    x = keras.layers.Rescaling(1 / 255)(inputs)
    x = keras.layers.Conv2D(8, 3, strides=4, activation="relu")(x)
    x = keras.layers.BatchNormalization()(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dropout(0.3)(x)
    age = keras.layers.Dense(1, name="age_output", dtype="float32")(x)
    gender = keras.layers.Dense(1, "sigmoid", name="gender_output", dtype="float32")(x)
    return keras.Model(inputs, {"age_output": age, "gender_output": gender})


def make_small_transfer_model(input_size_px: int) -> keras.Model:
    """The same on a backbone, and with an age distribution."""
    x = inputs = keras.Input((input_size_px, input_size_px, 3))
    x = keras.layers.Rescaling(1 / 255)(x)
    x = keras.layers.Conv2D(8, 3, strides=4, activation="relu")(x)
    backbone = keras.Model(inputs, keras.layers.BatchNormalization()(x), name=BACKBONE)
    image = keras.Input((input_size_px, input_size_px, 3))
    x = keras.layers.GlobalAveragePooling2D()(backbone(image))
    x = keras.layers.Dropout(0.3)(keras.layers.BatchNormalization()(x))
    outputs = {"age_output": age_output(x, YEAR_BINS), "gender_output": gender_output(x)}
    return keras.Model(image, outputs)


SMALL = replace(
    find_config("age_gender_cnn", Preset.REPORT),
    augmentation=CAMERA,
    make_model=make_small_model,
    input_size_px=32,
    batch_size=8,
    epochs=3,
    learning_rate=1e-3,
    ema_momentum=0.9,
    precision="mixed_bfloat16",
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Data:
    root = tmp_path_factory.mktemp("data")
    return Data([write_chips(root / "UTKFace", 120)], root / "cache")


def run_of(path: Path, config: TrainConfig, data: Data) -> RunDir:
    run = RunDir(path)
    run.start({**config.described(), "split": data.split.digest})
    train(config, data, run)
    return run


@pytest.mark.slow
def test_a_run_in_two_goes_ends_where_one_go_ends(data: Data, tmp_path: Path) -> None:
    whole = run_of(tmp_path / "whole", SMALL, data)
    run_of(tmp_path / "parts", replace(SMALL, epochs=1), data)
    parts = run_of(tmp_path / "parts", SMALL, data)
    assert [e.figures for e in whole.read_history()] == [e.figures for e in parts.read_history()]
    images = data.images[:4][:, :32, :32].astype(np.float32)
    first, second = (finished_model(SMALL, run).predict_on_batch(images) for run in (whole, parts))
    assert all(np.array_equal(first[name], second[name]) for name in OUTPUTS)


TWO_PHASES = replace(
    SMALL,
    make_model=make_small_transfer_model,
    age=DISTRIBUTION,
    age_loss=AgeLoss.LABEL_DISTRIBUTION,
    schedule=Schedule.COSINE,
    weight_decay=0.01,
    head_epochs=2,
    epochs=4,
    settle_batches=3,
    rare_age_draws=0.5,
    rare_age_weight=0.5,
)


@pytest.mark.slow
def test_a_run_in_two_phases_killed_within_each_and_between_ends_where_it_would_have_ended(
    data: Data, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run_of(tmp_path / "whole", TWO_PHASES, data)
    for epochs_before in (1, 2, 3):
        with monkeypatch.context() as patch:
            patch.setattr(RunDir, "log", killed_after(epochs_before))
            with pytest.raises(KilledError):
                run_of(tmp_path / "parts", TWO_PHASES, data)
    parts = run_of(tmp_path / "parts", TWO_PHASES, data)
    assert [e.figures for e in whole.read_history()] == [e.figures for e in parts.read_history()]


def test_more_cores_make_the_same_batches(
    data: Data, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = run_of(tmp_path / "one", TINY, data)
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    many = run_of(tmp_path / "many", TINY, data)
    assert [e.figures for e in one.read_history()] == [e.figures for e in many.read_history()]


class KilledError(Exception):
    """Stands for a kill right after an epoch was saved."""


def killed_after(epoch_count: int) -> Callable[[RunDir, str], None]:
    def log(run: RunDir, line: str) -> None:
        if line.startswith(f"epoch {epoch_count}/"):
            raise KilledError

    return log


def test_training_goes_on_from_the_weights_and_keeps_their_average_beside(
    data: Data, tmp_path: Path
) -> None:
    config = replace(SMALL, epochs=1)
    run = run_of(tmp_path / "run", config, data)
    last = config.make_model(config.input_size_px)
    compile_phase(last, config, 0, 1)
    run.restore(last, 1)
    average = finished_model(config, run)
    kernels = [model.get_layer("age_output").get_weights()[0] for model in (last, average)]
    assert not np.allclose(*kernels)


def test_a_kill_between_two_files_leaves_a_run_that_resumes(data: Data, tmp_path: Path) -> None:
    run = run_of(tmp_path / "run", replace(SMALL, epochs=2), data)
    history = run.read_history()
    # The next checkpoint was written, its history was not yet, and the older one still stands.
    (run.path / "checkpoint-003.weights.h5").write_bytes(b"written just before the kill")
    (run.path / "part.weights.h5").write_bytes(b"half")
    resumed = run_of(tmp_path / "run", SMALL, data)
    assert [e.figures for e in resumed.read_history()][:2] == [e.figures for e in history]
    assert len(resumed.read_history()) == 3


def test_a_run_refuses_other_settings_in_a_sentence(data: Data, tmp_path: Path) -> None:
    run_of(tmp_path / "run", replace(SMALL, epochs=1), data)
    with pytest.raises(DataError, match=r"other data:\n  seed: 42, now 43\nName"):
        run_of(tmp_path / "run", replace(SMALL, seed=43), data)


def test_a_loss_that_is_no_number_stops_the_run_in_a_sentence(data: Data, tmp_path: Path) -> None:
    with pytest.raises(VisageError, match="no number any more"):
        run_of(tmp_path / "run", replace(SMALL, learning_rate=1e30), data)


def test_too_few_chips_are_a_sentence(data: Data, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="too few"):
        run_of(tmp_path / "run", replace(SMALL, batch_size=1000), data)


def test_a_model_folder_is_published_only_when_it_was_measured(data: Data, tmp_path: Path) -> None:
    run = run_of(tmp_path / "run", replace(SMALL, epochs=1), data)
    model = finished_model(SMALL, run)
    card = build_model_folder(SMALL, model, data, "the command", run.model_dir)
    assert card.age is not None
    assert card.age.range is not None
    assert str(len(data.indices(Part.TRAIN))) in card.training_data
    models_dir = tmp_path / "models"
    models_dir.mkdir()
    with pytest.raises(DataError, match="never evaluated"):
        publish(run.model_dir, models_dir)
    write_card(replace(card, figures={"age_mae": 12.0}), run.model_dir)
    assert publish(run.model_dir, models_dir) == models_dir / "age_gender_cnn"
    assert read_card(models_dir / "age_gender_cnn").figures == {"age_mae": 12.0}


def test_both_files_of_a_model_folder_must_say_the_same(data: Data, tmp_path: Path) -> None:
    run = run_of(tmp_path / "run", replace(SMALL, epochs=1), data)
    folder = tmp_path / "model"
    build_model_folder(SMALL, finished_model(SMALL, run), data, "the command", folder)
    images = data.images[:3][:, :32, :32].astype(np.float32)
    expected = KerasEngine(folder / "model.keras").run(images)
    actual = OnnxEngine(folder / "model.onnx").run(images)
    assert all(np.abs(expected[name] - actual[name]).max() < 1e-3 for name in OUTPUTS)
    keras.utils.set_random_seed(99)
    make_small_model(32).save(folder / "model.keras")
    with pytest.raises(ModelError, match="differs from the Keras model"):
        check_files(folder, 32)


UTKFACE = paths.install_dir().parent / "shared" / "data" / "UTKFace"


@pytest.fixture(params=["made up", pytest.param("UTKFace", marks=pytest.mark.utkface)])
def two_hundred_chips(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder of 200 chips: made-up faces, and real ones where they are at hand."""
    folder = tmp_path / "UTKFace"
    if request.param == "made up":
        return write_chips(folder, 200)
    if not UTKFACE.is_dir():
        pytest.skip("the UTKFace chips are not here")
    folder.mkdir()
    for chip in sorted(UTKFACE.iterdir())[::107]:
        (folder / chip.name).symlink_to(chip)
    return folder


@pytest.mark.slow
def test_one_command_after_another_makes_a_model_that_the_app_finds(
    two_hundred_chips: Path, tmp_path: Path, models_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data = ["--data", str(two_hundred_chips)]
    assert main(["audit", *data, "--out", "audit"]) == 0
    assert Path("audit/audit.csv").is_file()
    assert main(["train", "age_cnn", *data, "--epochs", "2", "--size", "64"]) == 0
    assert main(["evaluate", "age_cnn", *data, "--card", "--json", "figures.json"]) == 0
    assert main(["report", "age_cnn", *data, "--out", "pages"]) == 0
    (run,) = (folder.name for folder in Path("runs").glob("*-age_cnn-tuned"))
    page = Path(f"pages/{run}.html").read_text(encoding="utf-8")
    assert 'aria-label="curve_age_mae"' in page
    assert "At random, seed 0" in page
    photo = str(next(two_hundred_chips.iterdir()))
    assert main(["predict", "age_cnn", photo, *data, "--out", "predicted"]) == 0
    page = Path(f"predicted/{run}.html").read_text(encoding="utf-8")
    assert page.count("<img") == 1 + 16
    assert main(["report", "age_cnn", "--out", "pages"]) == 0
    page = Path(f"pages/{run}.html").read_text(encoding="utf-8")
    assert 'aria-label="curve_age_mae"' in page
    assert "<img" not in page
    assert main(["publish", "age_cnn"]) == 0
    model = find_model("age_cnn")
    assert model.path == paths.models_dir() / "age_cnn"
    assert model.card.figures == json.loads(Path("figures.json").read_text())
    assert model.card.figures_command.startswith("python -m training evaluate age_cnn")
    assert model.card.run.endswith("-age_cnn-tuned")
    assert model.card.training_command.endswith("--data UTKFace --size 64 --epochs 2")
    assert main(["evaluate", "age_cnn", *data, "--split", "all"]) == 0
    assert main(["evaluate", "age_cnn", *data, "--split", "report"]) == 0
    assert main(["evaluate", "age_cnn", *data, "--split", "report", "--card"]) == 1
    assert main(["compare", "--out", "pages"]) == 0
    assert not Path("pages/cards").exists(), "a published model keeps its card itself"
    compared = Path("pages/README.md").read_text(encoding="utf-8")
    assert f"{model.card.figures['age_mae']:.2f}" in compared
    assert "5.81" in compared


@pytest.mark.slow
def test_a_run_on_the_reports_split_is_measured_on_it_alone_and_its_row_outlives_it(
    tmp_path: Path,
    models_root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    data = ["--data", str(write_chips(tmp_path / "UTKFace", 200))]
    train_it = ["train", "age_cnn", *data, "--epochs", "1", "--size", "64", "--split", "report"]
    assert main(train_it) == 0
    run = next(path for path in Path("runs").iterdir() if path.name.endswith("-age_cnn-tuned"))
    assert f"evaluate {run} {' '.join(data)} --split report --card" in capsys.readouterr().out
    assert "split as the report did" in read_card(run / "model").training_data
    assert main(["evaluate", str(run), *data]) == 1
    assert "Its figures are those of --split report" in capsys.readouterr().err
    assert main(["evaluate", str(run), *data, "--split", "report", "--card"]) == 0
    assert read_card(run / "model").figures_command.startswith(
        f"python -m training evaluate {run} --data UTKFace"
    )
    assert main(train_it) == 0
    assert "is finished" in capsys.readouterr().out
    assert read_card(run / "model").figures, "a finished run is left as it is"
    assert main(["compare", "--out", "pages"]) == 0
    shutil.rmtree(run)
    assert main(["compare", "--out", "pages"]) == 0
    compared = Path("pages/README.md").read_text(encoding="utf-8")
    assert "| **on the report's split** |" in compared
    assert f"| `python -m training evaluate {run} --data UTKFace --split report` |" in compared
    page = Path("pages/age_cnn-tuned.html").read_text(encoding="utf-8")
    assert 'aria-label="curve_age_mae"' in page, "the curves outlive the run, too"


@pytest.mark.slow
def test_the_options_shape_the_run_and_stand_in_the_cards_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    options = (
        "--size 64 --epochs 1 --keep-last --balance 0.5 --balance-groups 0.2 --loss cross_entropy "
        "--expectation 0.2 --augment camera"
    )
    write_chips(tmp_path / "UTKFace", 60)
    assert main(f"train age_cnn --data UTKFace --run run {options}".split()) == 0
    config = json.loads(Path("run/config.json").read_text(encoding="utf-8"))
    assert (config["rare_age_draws"], config["rare_group_draws"]) == (0.5, 0.2)
    assert config["age_loss"] == "cross_entropy"
    assert config["label"]["expectation_weight"] == 0.2
    assert config["augmentation"] == asdict(CAMERA)
    assert read_card(Path("run/model")).training_command.endswith(options)


def test_what_is_published_already_is_not_published_again(data: Data, tmp_path: Path) -> None:
    folder = tmp_path / "models" / "age_gender_cnn"
    card = build_model_folder(SMALL, make_small_model(32), data, "the command", folder)
    write_card(replace(card, figures={"age_mae": 12.0}), folder)
    with pytest.raises(DataError, match="published already"):
        publish(folder, tmp_path / "models")


def test_a_run_that_never_learnt_is_begun_anew_with_other_settings(tmp_path: Path) -> None:
    run = RunDir(tmp_path / "run")
    run.start(SMALL.described())
    run.start(replace(SMALL, weights="a file").described())
    assert run.read_config()["weights"] == "a file"


def test_settings_within_a_setting_are_named_too(tmp_path: Path) -> None:
    run, model = RunDir(tmp_path), SMALL.build()
    model.compile("adam")
    run.start({**SMALL.described(), "split": "one"})
    run.save(model, [Epoch({"val_loss": 1.0}, learning_rate=0.1, seconds=1.0)])
    other = replace(SMALL, augmentation=REPORT, label=LabelDistribution(expectation_weight=0.1))
    with pytest.raises(DataError) as refused:
        run.start({**other.described(), "split": "other"})
    first, *changes, last = str(refused.value).splitlines()
    assert first == f"The run {tmp_path} was started with other settings or other data:"
    assert "  label.expectation_weight: 0.0, now 0.1" in changes
    assert "  split: one, now other" in changes
    assert any(change.startswith("  augmentation.") for change in changes)
    assert not any("seed" in change for change in changes)
    assert last == "Name another folder with --run."


def test_a_full_disk_is_noticed_before_weights_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, model = RunDir(tmp_path / "run"), make_small_model(32)
    run.start({})
    model.compile("adam", "mse")
    history = [Epoch({"val_loss": 1.0}, learning_rate=0.1, seconds=1.0)]
    run.save(model, history)
    kept = {file: file.read_bytes() for file in run.path.iterdir()}
    weights_size = run.best_weights_file.stat().st_size
    full = SimpleNamespace(free=weights_size)
    monkeypatch.setattr("training.data.disk_room.shutil.disk_usage", lambda _: full)
    with pytest.raises(DataError, match=r"run needs \d MB for weights and has 0 MB left\.$"):
        run.save(model, [*history, *history])
    with pytest.raises(DataError, match="for weights"):
        run.keep(model)
    with pytest.raises(DataError, match="for a model and has 0 MB left"):
        save_model(model, run.path / "model.keras")
    assert {file: file.read_bytes() for file in run.path.iterdir()} == kept


def test_pictures_too_small_for_a_network_are_a_sentence(data: Data, tmp_path: Path) -> None:
    config = replace(find_config("gender_cnn"), input_size_px=48, precision="float32")
    with pytest.raises(DataError, match=r"^gender_cnn needs a larger --size than 48\.$"):
        train(config, data, RunDir(tmp_path / "run"))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["train", "resnet9000", "--data", "."], "There is no model 'resnet9000'"),
        (["train", "visage", "--preset", "report", "--data", "."], "no preset report"),
        (["train", "age_cnn", "--weights", "none", "--data", "."], "starts from nothing"),
        (["evaluate", "nothing", "--data", "."], "neither a published model"),
        (["train", "age_gender_cnn", "--data", "nowhere"], "There is no folder or archive nowhere"),
        (["compare", "--data", "nowhere"], "Two models can be laid side by side"),
    ],
)
def test_wrong_use_is_a_sentence_and_exit_code_1(
    arguments: list[str],
    sentence: str,
    models_root: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(arguments) == 1
    assert sentence in capsys.readouterr().err


@pytest.mark.slow
def test_a_killed_training_process_goes_on_from_its_last_epoch(tmp_path: Path) -> None:
    chips = str(write_chips(tmp_path / "UTKFace", 60))
    run = tmp_path / "run"
    command = [sys.executable, "-m", "training", "train", "age_gender_cnn", "--data", chips]
    command += ["--preset", "report"]
    command += ["--run", str(run), "--epochs"]
    environment = {**os.environ, "PYTHONPATH": str(paths.install_dir())}
    with subprocess.Popen(
        [*command, "50"], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("epoch 1/"):
                break
        process.send_signal(signal.SIGKILL)
    done = len(RunDir(run).read_history())
    assert done >= 1
    finished = subprocess.run(
        [*command, str(done)], cwd=tmp_path, env=environment, check=False, capture_output=True
    )
    assert finished.returncode == 0, finished.stderr
    assert (run / "model" / "model.onnx").is_file()


def test_the_last_epoch_is_kept_where_it_is_wanted_and_else_the_best(tmp_path: Path) -> None:
    epoch = Epoch({"val_loss": 1.0}, learning_rate=1e-3, seconds=1.0)
    worse = replace(epoch, figures={"val_loss": 2.0})
    run, model = RunDir(tmp_path), SMALL.build()
    compile_phase(model, SMALL, 0, 1)
    run.save(model, [epoch])
    best = run.best_weights_file.stat().st_mtime_ns
    run.save(model, [epoch, worse])
    assert run.best_weights_file.stat().st_mtime_ns == best
    run.save(model, [epoch, worse], keep_last=True)
    assert run.best_weights_file.stat().st_mtime_ns > best


def test_an_average_of_runs_has_the_mean_of_their_best_weights(data: Data, tmp_path: Path) -> None:
    seeds = (1, 2, 3)
    runs = [run_of(tmp_path / str(s), replace(SMALL, epochs=1, seed=s), data) for s in seeds]
    averaged = average_runs(SMALL, runs).get_weights()
    each = [finished_model(SMALL, run).get_weights() for run in runs]
    assert all(
        np.allclose(mean, np.mean(of, axis=0)) for mean, *of in zip(averaged, *each, strict=True)
    )
    assert not np.allclose(averaged[0], each[0][0])
    with pytest.raises(DataError, match=r"There is no file .*elsewhere.best\.weights\.h5\.$"):
        average_runs(SMALL, [*runs, RunDir(tmp_path / "elsewhere")])
    other = replace(SMALL, make_model=make_small_transfer_model)
    with pytest.raises(DataError, match=r"1.best\.weights\.h5 does not hold weights of age_gender"):
        average_runs(other, runs)


@pytest.mark.slow
def test_an_average_of_runs_is_a_model_that_can_be_measured_and_published(
    two_hundred_chips: Path,
    tmp_path: Path,
    models_root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    data = ["--data", str(two_hundred_chips)]
    small = ["age_cnn", *data, "--size", "64"]
    for seed in ("1", "2"):
        run = ["--seed", seed, "--run", f"runs/{seed}"]
        assert main(["train", *small, "--epochs", "1", *run]) == 0
    assert main(["average", *small, "runs/1", "runs/2", "--run", "runs/mean"]) == 0
    assert main(["evaluate", "runs/mean", *data, "--card"]) == 0
    assert main(["publish", "runs/mean"]) == 0
    card = find_model("age_cnn").card
    assert card.run == "mean"
    assert card.training_command == (
        "python -m training average age_cnn runs/1 runs/2 --preset tuned --data UTKFace --size 64"
    )
    config = Path("runs/2/config.json")
    config.write_text(config.read_text().replace('"split": "', '"split": "x'))
    assert main(["average", *small, "runs/1", "runs/2", "--run", "runs/other"]) == 1
    assert "another split" in capsys.readouterr().err
    assert main(["average", *small, "runs/nowhere", "--run", "runs/other"]) == 1
    assert "is not a training run" in capsys.readouterr().err
