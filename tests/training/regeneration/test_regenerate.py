"""The plan of the published model, read, and run whole on a few made-up faces."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import DataError
from core.estimation.model_card import read_card
from tests.training.made_up_faces import write_chips
from tests.training.made_up_tfjs import make_tfjs_weights, write_tfjs_model
from training.__main__ import main
from training.architectures.tfjs_weights import convert_face_weights
from training.commands.options import make_config
from training.commands.parser import make_parser
from training.learning import inheritance
from training.learning.configs import TrainConfig
from training.regeneration.plan import PLANS_DIR, Places, Plan, Stage, read_plan, stage_command

ROOT = Path(__file__).parents[3]
PLACES = Places([Path("UTKFace"), Path("AAF")], Path("files"), Path("runs/all"))


@pytest.mark.parametrize("path", sorted(PLANS_DIR.glob("*.toml")), ids=lambda path: path.stem)
def test_each_stage_of_each_plan_is_a_command_that_is_understood(path: Path) -> None:
    plan = read_plan(path, path.stem)
    for stage in plan.stages:
        options = make_parser().parse_args(stage_command(plan, stage, PLACES))
        assert (options.name, options.command) == (path.stem, stage.command)
        assert set(options.data) <= set(PLACES.data)
        assert options.run == PLACES.runs_dir / stage.run
        if stage.command == "train":
            options.teachers = None  # there are no such runs here
            assert make_config(options).name == path.stem


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("efficientnet_b2", "models/efficientnet_b2"),
        ("efficientnet_b1", "docs/models/cards/b1-160"),
        ("vgg16", "docs/models/cards/vgg16-112"),
        ("resnet50", "docs/models/cards/resnet50-64"),
    ],
)
def test_the_last_stage_of_a_plan_is_the_command_on_the_card(name: str, kept: str) -> None:
    def config(words: list[str]) -> TrainConfig:
        options = make_parser().parse_args(words)
        assert options.teachers == ["visage"]
        options.teachers = None  # their folder has another path from here
        return replace(make_config(options), weights="those of the stage before")

    plan = read_plan(PLANS_DIR / f"{name}.toml", name)
    noted = read_card(ROOT / kept).training_command.split()[3:]
    assert config(stage_command(plan, plan.stages[-1], PLACES)) == config(noted)


def test_a_stage_names_earlier_ones_files_and_published_models() -> None:
    first = Stage("train", "first", {"weights": "face.npz", "epochs": 9})
    options = {"weights": "first", "teachers": ["first", "mobilenet_v2"], "keep-last": True}
    second = Stage("train", "second", options)
    mean = Stage("average", "mean", {"runs": ["second", "first"], "size": 160})
    plan = Plan("visage", (first, second, mean))
    places = replace(PLACES, data=[Path("UTKFace")])
    words = [" ".join(stage_command(plan, stage, places, epochs=2)) for stage in plan.stages]
    common = "visage --data UTKFace --run runs/all"
    assert words == [
        f"train {common}/first --weights files/face.npz --epochs 2",
        f"train {common}/second --weights runs/all/first/best.weights.h5 "
        "--teachers runs/all/first mobilenet_v2 --keep-last --epochs 2",
        f"average {common}/mean --size 160 runs/all/second runs/all/first",
    ]


def test_a_stage_learns_from_some_of_the_collections() -> None:
    some = Stage("train", "some", {"collections": ["AAF"]})
    none_such = Stage("train", "none-such", {"collections": ["AAF", "FFHQ", "FairFace"]})
    plan = Plan("visage", (some, none_such))
    assert stage_command(plan, some, PLACES) == [
        *("train", "visage", "--data", "AAF", "--run", "runs/all/some"),
    ]
    with pytest.raises(DataError, match="wants FFHQ and FairFace, which --data does not name"):
        stage_command(plan, none_such, PLACES)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "cannot be understood"),
        ("stages = []", "needs stages"),
        ('[[stages]]\nweights = "none"', "cannot be understood"),
        ('[[stages]]\nrun = "a"\n[[stages]]\nrun = "a"', "a run of its own"),
        ('[[stages]]\nrun = "a"\ncommand = "publish"', "there is no stage 'publish'"),
    ],
)
def test_a_plan_that_makes_no_sense_is_a_sentence(text: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(text)
    with pytest.raises(DataError, match=sentence):
        read_plan(tmp_path / "plan.toml", "visage")
    with pytest.raises(DataError, match=r"There is no plan nowhere.toml. There are plans for plan"):
        read_plan(tmp_path / "nowhere.toml", "visage")


def test_files_that_a_later_stage_lacks_are_named_before_the_first_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    command = ["regenerate", "visage", "--data", "UTKFace", "AAF", "--weights", "first"]
    way_out = "name the folder of the first weights with --weights DIR.\n"
    both = "hse_faceres.npz and hse_faceres_deep.npz"
    assert main(command) == 1
    assert capsys.readouterr() == ("", f"There is no folder first with {both}: {way_out}")
    Path("first").mkdir()
    Path("first/hse_faceres.npz").touch()
    assert main(command) == 1
    assert capsys.readouterr() == ("", f"first holds no hse_faceres_deep.npz: {way_out}")


@pytest.mark.slow
def test_one_command_goes_the_whole_way_to_the_published_model_and_on_after_a_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    # The published teacher learnt from another UTKFace than this one of made-up faces.
    monkeypatch.setattr(inheritance, "_check_model", lambda *_: None)
    write_chips(Path("UTKFace"), 60)
    write_chips(Path("AAF"), 60)
    for seed, name in enumerate(("hse_faceres.npz", "hse_faceres_deep.npz")):
        convert_face_weights(write_tfjs_model(make_tfjs_weights(seed), Path("tfjs")), Path(name))
    command = ["regenerate", "visage", "--data", "UTKFace", "AAF", "--epochs", "1"]
    assert main([*command, "--stages", "1"]) == 0
    assert main(command) == 0
    said = capsys.readouterr().out
    assert "runs/regenerate-visage/first is finished" in said
    assert said.endswith("Next: python -m training publish runs/regenerate-visage/both-mean\n")
    card = read_card(Path("runs/regenerate-visage/both-mean/model"))
    parts = {name: of["part"] for name, of in card.figures["measured_on"].items()}
    assert parts == {"UTKFace": "test", "AAF": "test"}
    assert card.training_command.startswith("python -m training average visage")
