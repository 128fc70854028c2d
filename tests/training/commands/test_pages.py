"""The commands that write pages, on cards without models."""

import re
import shlex
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from core import paths
from core.estimation.model_card import ModelCard, read_card, write_card
from tests.model_folders import make_model_folder
from tests.training.made_up_faces import write_chips
from tests.training.pages.cards import make_card, make_said
from training.__main__ import main
from training.commands.parser import make_parser

DOCS = paths.install_dir() / "docs" / "models"


def write_run(name: str, card: ModelCard) -> str:
    folder = Path("runs") / name / "model"
    folder.mkdir(parents=True)
    write_card(replace(card, run=name), folder)
    return f"runs/{name}"


@pytest.fixture
def elsewhere(tmp_path: Path, models_root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_run_that_is_kept_fills_its_row_and_page_for_good(elsewhere: Path) -> None:
    assert main(["compare", "--out", "pages"]) == 0
    page = Path("pages/age_gender_cnn-tuned.html")
    assert "Not trained here yet" in page.read_text(encoding="utf-8")
    run = write_run("a-run", make_card(make_said()[0]))
    assert main(["compare", "--out", "pages", "--keep", run]) == 0
    assert Path("pages/cards/a-run/card.json").is_file()
    shutil.rmtree("runs")
    assert main(["compare", "--out", "pages"]) == 0
    assert 'aria-label="curve_loss"' in page.read_text(encoding="utf-8")
    assert "| `a-run` |" in Path("pages/README.md").read_text(encoding="utf-8")


def test_a_card_is_kept_by_its_runs_folder_whatever_it_says_of_its_run(elsewhere: Path) -> None:
    for name, said in (("far", "../../../escaped"), ("unnamed", "")):
        card = make_card(make_said()[0], training_command=name)
        run = write_run(name, card)
        write_card(replace(card, run=said), Path(run) / "model")
    assert main(["compare", "--out", "pages", "--keep", "runs/far", "runs/unnamed"]) == 0
    kept = {
        str(file.parent.relative_to("pages/cards")) for file in Path("pages").rglob("card.json")
    }
    assert kept == {"far", "unnamed"}
    assert not (elsewhere.parent / "escaped").exists()
    shutil.rmtree("runs")
    assert main(["compare", "--out", "pages"]) == 0
    compared = Path("pages/README.md").read_text(encoding="utf-8")
    assert "| `far` |" in compared
    assert "| `unnamed` |" in compared


def test_pages_elsewhere_have_the_cards_that_are_kept_in_docs(elsewhere: Path) -> None:
    run = write_run("a-run", make_card(make_said()[0]))
    assert main(["compare", "--keep", run]) == 0
    shutil.rmtree("runs")
    assert main(["compare", "--out", "pages"]) == 0
    assert "| `a-run` |" in Path("pages/README.md").read_text(encoding="utf-8")
    assert not Path("pages/cards").exists(), "it is kept already"


def test_kept_runs_of_one_model_and_one_command_have_a_row_and_a_page_each(
    elsewhere: Path, models_root: Path
) -> None:
    card = make_card(make_said()[0])
    (models_root / card.name).mkdir()
    write_card(replace(card, run="first"), models_root / card.name)
    runs = [write_run(name, card) for name in ("first", "g1 b", "g3")]
    assert main(["compare", "--out", "pages", "--keep", runs[1], "--keep", *runs[2:]]) == 0
    compared = Path("pages/README.md").read_text(encoding="utf-8")
    pages = {"published": "", "g1 b": "-g1 b", "g3": "-g3"}
    for name, ending in pages.items():
        title, page = f"{card.title} ({name})", f"age_gender_cnn-tuned{ending}"
        assert f"**[{title}]({page.replace(' ', '%20')}.md)**" in compared
        assert f"<h1>{title}</h1>" in Path(f"pages/{page}.html").read_text(encoding="utf-8")
    assert f"| {card.title} | the report |" in compared
    index = Path("pages/index.html").read_text(encoding="utf-8")
    assert f'<a href="age_gender_cnn-tuned-g1%20b.html">{card.title} (g1 b)</a>' in index
    assert main(["compare", "--out", "pages", "--keep", runs[0]]) == 0
    assert Path("pages/README.md").read_text(encoding="utf-8") == compared, "it is published"


def test_a_run_that_was_measured_anew_replaces_the_card_that_was_kept_of_it(
    elsewhere: Path,
) -> None:
    run = write_run("k", make_card(make_said()[0]))
    assert main(["compare", "--keep", run]) == 0
    write_card(make_card(make_said(30)[0]), Path(run) / "model")
    assert main(["compare", "--keep", run]) == 0
    assert read_card(Path("docs/models/cards/k")).figures["n"] == 30


def test_no_kept_card_is_lost_to_another_runs_of_one_name(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    card = make_card(make_said()[0])
    run = write_run("k", card)
    assert main(["compare", "--keep", run]) == 0
    write_card(replace(card, training_command="another"), Path(run) / "model")
    assert main(["compare", "--keep", run]) == 1
    assert f"{Path(run)} and {Path('docs/models/cards/k')} are two" in capsys.readouterr().err
    assert read_card(Path("docs/models/cards/k")).training_command == card.training_command
    shutil.copytree(run, "old/k")
    assert main(["compare", "--keep", run, "old/k"]) == 1
    assert capsys.readouterr().err == "Two runs are called k: rename one.\n"


def test_a_published_model_is_not_kept_once_more(
    elsewhere: Path, models_root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (models_root / "visage").mkdir()
    write_card(make_card(make_said()[0], name="visage", run="k"), models_root / "visage")
    assert main(["compare", "--keep", "visage"]) == 1
    assert (
        capsys.readouterr().err == "visage is published and needs no --keep, which is for runs.\n"
    )


def test_a_run_that_was_never_measured_is_not_kept(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = write_run("k", make_card(make_said()[0], figures={}))
    assert main(["compare", "--keep", run]) == 1
    assert "runs/k was never evaluated" in capsys.readouterr().err


def test_two_runs_of_one_model_have_a_report_each(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = [write_run(name, make_card(make_said()[0])) for name in ("one", "two", "three")]
    for run in runs[:2]:
        assert main(["report", run]) == 0
    monkeypatch.chdir(runs[2])
    assert main(["report", ".", "--out", "."]) == 0
    monkeypatch.chdir(elsewhere)
    pages = {path.name for path in Path("runs").rglob("*.html")}
    assert pages == {"one.html", "two.html", "three.html"}


def test_two_runs_of_one_model_have_a_page_of_predictions_each(
    elsewhere: Path, models_root: Path
) -> None:
    Image.new("RGB", (80, 80)).save("photo.png")
    model = make_model_folder(models_root)
    for name in ("one", "two"):
        shutil.copytree(model, f"runs/{name}/model")
        assert main(["predict", f"runs/{name}", "photo.png"]) == 0
    assert {path.name for path in Path("runs/predict").iterdir()} == {"one.html", "two.html"}


def test_the_reports_pair_is_laid_side_by_side_in_one_preset_and_size(elsewhere: Path) -> None:
    card = make_card(make_said()[0])
    b2 = replace(card, name="efficientnet_b2", title="EfficientNetB2", training_command="b2")
    other = replace(card, name="mobilenet_v2", title="MobileNetV2, 160", input_size_px=160)
    same = replace(other, title="MobileNetV2, 64", input_size_px=64, training_command="same")
    runs = [write_run(one.title, one) for one in (b2, other, same)]
    assert main(["compare", "--out", "pages", "--keep", *runs]) == 0
    page = Path("pages/efficientnet_b2-beside-mobilenet_v2.html").read_text(encoding="utf-8")
    assert "<h1>EfficientNetB2 beside MobileNetV2, 64</h1>" in page
    assert '<a href="index.html">All models</a>' in page
    model = Path("pages/efficientnet_b2-tuned.html").read_text(encoding="utf-8")
    assert model.count('<a href="index.html">All models</a>') == 1


def test_two_models_are_laid_side_by_side_and_more_in_a_table(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    card = make_card(make_said()[0])
    names = ["age_gender_cnn", "mobilenet_v2", "visage"]
    cards = [replace(card, name=name, title=name, training_command=name) for name in names]
    runs = [write_run(name, one) for name, one in zip(names, cards, strict=True)]
    assert main(["compare", *runs[:2]]) == 0
    assert Path("runs/compare/age_gender_cnn-beside-mobilenet_v2.html").is_file()
    assert main(["compare", *runs]) == 0
    assert Path("runs/compare/comparison.html").is_file()
    unmeasured = write_run("unmeasured", replace(card, figures={}))
    for some in ([unmeasured], [runs[0], unmeasured]):
        assert main(["compare", *some]) == 1
        assert "was never evaluated" in capsys.readouterr().err


def test_two_runs_of_one_model_are_told_apart_by_their_names(elsewhere: Path) -> None:
    card = make_card(make_said()[0])
    runs = [write_run(name, card) for name in ("one", "two")]
    assert main(["compare", *runs]) == 0
    page = Path("runs/compare/one-beside-two.html").read_text(encoding="utf-8")
    one, two = f"{card.title} (one)", f"{card.title} (two)"
    assert f"<h1>{one} beside {two}</h1>" in page
    assert page.count(one) == page.count(two)
    assert page.count(card.title) == page.count(one) + page.count(two)


def test_of_several_models_none_is_left_out_that_one_command_trained(elsewhere: Path) -> None:
    card = make_card(make_said()[0])
    other = replace(card, name="mobilenet_v2", title="Another")
    runs = [write_run(name, card) for name in ("one", "two")]
    assert main(["compare", *runs, write_run("three", other)]) == 0
    page = Path("runs/compare/comparison.html").read_text(encoding="utf-8")
    for title in (f"{card.title} (one)", f"{card.title} (two)", "Another"):
        assert title in page
    assert "Another (" not in page


def test_runs_of_one_name_are_told_apart_by_their_paths(elsewhere: Path) -> None:
    run = write_run("k", make_card(make_said()[0]))
    shutil.copytree(run, "old/k")
    assert main(["compare", run, "old/k"]) == 0
    page = Path("runs/compare/k-beside-k.html").read_text(encoding="utf-8")
    assert "(runs/k) beside " in page
    assert "(old/k)</h1>" in page


def test_a_model_is_not_laid_beside_itself(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, other = (write_run(name, make_card(make_said()[0])) for name in ("k", "other"))
    for models in ([run, f"{run}/model"], [run, other, f"{run}/model"]):
        assert main(["compare", *models]) == 1
        told = capsys.readouterr().err
        assert told == f"{run} and {run}/model are one and the same model: name it once.\n"


def test_a_table_of_a_few_shows_models_that_are_not_the_reports_and_links_to_no_page(
    elsewhere: Path,
) -> None:
    card = make_card(make_said()[0])
    names = ("mine", "yours", "visage")
    cards = [replace(card, name=name, title=f"Of {name}", training_command=name) for name in names]
    runs = [write_run(name, one) for name, one in zip(names, cards, strict=True)]
    assert main(["compare", *runs]) == 0
    page = Path("runs/compare/comparison.html").read_text(encoding="utf-8")
    for name in names:
        assert f"<td>Of {name}</td>" in page
    assert "<a " not in page
    assert main(["compare", "--keep", *runs[:2], "--out", "pages"]) == 0
    assert "Of yours" in Path("pages/README.md").read_text(encoding="utf-8")
    assert Path("pages/yours-tuned.html").is_file()


@pytest.mark.parametrize("others", [[], ["runs/other"], ["runs/other", "runs/third"]])
def test_a_preset_that_there_is_not_is_a_sentence_that_names_the_card(
    elsewhere: Path, capsys: pytest.CaptureFixture[str], others: list[str]
) -> None:
    card = make_card(make_said()[0])
    for other in others:
        write_run(Path(other).name, card)
    run = write_run("k", replace(card, title="K", training_command="train --preset nonsense"))
    assert main(["compare", run, *others]) == 1
    told = "The card of K (run k) names the preset nonsense. Choose from report, tuned.\n"
    assert capsys.readouterr().err == told
    assert main(["compare", "--keep", run]) == 1
    assert capsys.readouterr().err == told
    assert not Path("docs").exists(), "a card that ends every compare is not kept"


def test_a_few_models_are_compared_without_keeping_another(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = [write_run(name, make_card(make_said()[0])) for name in ("one", "two", "three")]
    assert main(["compare", *runs[:2], "--keep", runs[2]]) == 1
    assert "--keep is for the pages of all models" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["publish", "report", "compare", "hub push --repo me/faces"])
@pytest.mark.parametrize(
    ("collections", "trained", "data"),
    [
        ({}, "", "UTKFace"),
        ({"A": {}, "my faces": {}}, "", "A 'my faces'"),
        ({"A": {}}, "--split report", "A --split report"),
    ],
)
def test_a_run_that_was_never_measured_is_named_with_the_command_that_measures_it(
    elsewhere: Path,
    capsys: pytest.CaptureFixture[str],
    command: str,
    collections: dict[str, Any],
    trained: str,
    data: str,
) -> None:
    card = make_card(make_said()[0], figures={}, collections=collections, training_command=trained)
    assert main([*command.split(), write_run("k", card)]) == 1
    told = f"runs/k was never evaluated: python -m training evaluate runs/k --data {data} --card"
    assert capsys.readouterr().err == f"{told}\n"
    make_parser().parse_args(shlex.split(told)[7:])


def test_a_page_of_figures_measured_anew_has_their_command(elsewhere: Path) -> None:
    write_chips(Path("mini"), 40)
    model = str(DOCS.parents[1] / "models" / "age_cnn")
    assert main(["report", model, "--data", "mini", "--out", "out"]) == 0
    text = re.sub("</?span>", "", Path("out/age_cnn.html").read_text(encoding="utf-8"))
    assert "mini test" in text
    assert f"evaluate {model} --data mini --split test</code>" in text
    assert "--data UTKFace --split test" not in text


def test_predict_wants_photos_or_data(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["predict", "visage"]) == 1
    assert "Name photos, or --data" in capsys.readouterr().err


def test_predict_writes_no_page_where_no_photo_can_be_read(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("text.jpg").write_text("no picture")
    model = str(Path(__file__).parents[3] / "models" / "visage")
    assert main(["predict", model, "gone.jpg", "text.jpg", "--out", "out"]) == 1
    told = capsys.readouterr().err
    assert "gone.jpg" in told
    assert "text.jpg" in told
    assert not Path("out").exists()


def test_audit_names_the_files_that_it_writes(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_chips(Path("UTKFace"), 3)
    assert main(["audit", "--data", "UTKFace", "--out", "out"]) == 0
    assert "audit.jpg" not in capsys.readouterr().out
    write_chips(Path("other/UTKFace"), 3)
    assert main(["audit", "--data", "UTKFace", "other/UTKFace", "--out", "both"]) == 1
    assert capsys.readouterr().err == "Two collections are called UTKFace: rename one.\n"


def test_audit_ends_with_an_error_where_no_chip_can_be_read(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_chips(Path("UTKFace"), 3)
    Path("broken").mkdir()
    Path("broken/40_1_2_20170104165020320.jpg.chip.jpg").write_text("no picture")
    assert main(["audit", "--data", "broken", "UTKFace", "--out", "out"]) == 1
    told = capsys.readouterr()
    assert told.err == "No chip of broken can be read.\n"
    assert "unreadable                   1" in told.out
    assert Path("out/UTKFace/audit.csv").is_file()


@pytest.mark.slow
def test_the_pages_in_docs_are_those_of_the_cards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(DOCS / "cards", tmp_path / "pages" / "cards")
    assert main(["compare", "--out", "pages"]) == 0
    kept = {file.name: file.read_text(encoding="utf-8") for file in DOCS.glob("*.md")}
    made = {file.name: file.read_text(encoding="utf-8") for file in Path("pages").glob("*.md")}
    assert made == kept, "python -m training compare makes them anew"
    assert {file.stem for file in DOCS.glob("*.html")} == {
        "index" if name == "README.md" else Path(name).stem for name in kept
    }
