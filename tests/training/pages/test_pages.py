import base64
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from core.estimation.model_card import AgeOutput, AgeOutputKind, ModelCard
from core.types import Estimate, Image
from tests.training.made_up_faces import draw_chip, write_chips
from training.data.chip import Chip
from training.data.labelled_data import Data
from training.learning.run_dir import Epoch
from training.measuring.answers import Answers, make_answers
from training.measuring.evaluate import Evaluation
from training.measuring.measured_model import MeasuredModel
from training.measuring.metrics import measure
from training.pages.comparison import comparison_page
from training.pages.exploration import explore_chips
from training.pages.figures import learning_curves
from training.pages.model_page import model_page
from training.pages.page import Page
from training.pages.side_by_side import paired_difference, side_by_side_page

CARD = ModelCard(
    name="age_gender_cnn",
    title="Age and gender CNN",
    description="A network.",
    sha256={},
    input_size_px=64,
    parameter_count=8_779_970,
    age=AgeOutput(AgeOutputKind.YEARS),
    gender=True,
    training_data="Made-up faces.",
    training_command="python -m training train age_gender_cnn",
    licence="A licence.",
    limits="Not for <anything>.",
    figures_command="python -m training evaluate age_gender_cnn",
)


def make_said(count: int = 40) -> tuple[Answers, list[Image]]:
    rng = np.random.default_rng(0)
    chips = [
        Chip(Path("c.jpg"), int(age), bool(index % 2), 0)
        for index, age in enumerate(rng.integers(1, 90, count))
    ]
    estimates = [
        Estimate(
            age := max(0.0, (chip.age_years or 0) + rng.normal(0, 6)),
            age - 8,
            age + 8,
            float(np.clip(bool(chip.is_female) + rng.normal(0, 0.3), 0.01, 0.99)),
        )
        for chip in chips
    ]
    images = [draw_chip(chip.age_years, chip.is_female, rng) for chip in chips]
    return make_answers(chips, estimates), images


def make_history(*names: str) -> list[Epoch]:
    figures = [dict.fromkeys(names, 1 / epoch) for epoch in (1, 2, 3)]
    both = [{**row, **{f"val_{name}": row[name] for name in row}} for row in figures]
    return [Epoch(row, learning_rate=1e-3, seconds=1.0) for row in both]


JOINT = ("loss", "age_output_loss", "age_output_mae", "gender_output_accuracy")


def make_measured(
    answers: Answers, figures: dict[str, Any], curves: Sequence[str] = (), title: str = CARD.title
) -> MeasuredModel:
    history = make_history(*curves) if curves else []
    return MeasuredModel(replace(CARD, title=title), Evaluation(answers, figures), history)


def images_in(path: Path) -> list[Image]:
    """The pictures that an HTML page carries inside itself."""
    text = path.read_text(encoding="utf-8")
    assert not re.search(r'(src|href)="(?!data:)', text), "a page needs no other file"
    data = re.findall(r"data:image/png;base64,([^\"]+)", text)
    pictures = [cv2.imdecode(np.frombuffer(base64.b64decode(d), np.uint8), 1) for d in data]
    return [picture.astype(np.uint8) for picture in pictures if picture is not None]


def test_the_page_of_a_model_carries_its_figures_inside(tmp_path: Path) -> None:
    answers, images = make_said()
    figures = {**measure(answers), "flip_average": measure(answers)}
    page = model_page(make_measured(answers, figures, JOINT), np.stack(images))
    path = page.write(tmp_path, "cnn")
    assert len(images_in(path)) == 9
    text = path.read_text(encoding="utf-8")
    assert "Not for &lt;anything&gt;." in text
    assert "<code>python -m training train age_gender_cnn</code>" in text
    markdown = (tmp_path / "cnn.md").read_text(encoding="utf-8")
    linked = re.findall(r"\]\((cnn/[^)]+)\)", markdown)
    assert len(linked) == 9
    assert all((tmp_path / file).is_file() for file in linked)
    assert f"| {figures['age_mae']:.2f} |" in markdown


@pytest.mark.parametrize("missing", ["age", "gender"])
def test_a_model_with_one_output_has_a_page_too(tmp_path: Path, missing: str) -> None:
    answers, images = make_said()
    nothing = np.full(answers.count, np.nan)
    answers = (
        replace(answers, age_years=nothing, age_low_years=nothing, age_high_years=nothing)
        if missing == "age"
        else replace(answers, female_probability=nothing)
    )
    page = model_page(make_measured(answers, measure(answers)), np.stack(images))
    path = page.write(tmp_path, "one")
    assert len(images_in(path)) == 5
    text = path.read_text(encoding="utf-8")
    assert ("<h2>Gender</h2>" in text) == (missing == "age")
    assert ("<h2>Ages</h2>" in text) == (missing == "gender")


def test_curves_are_drawn_for_what_a_network_has() -> None:
    assert len(learning_curves(make_history(*JOINT)).axes) == 3
    assert len(learning_curves(make_history("loss", "mae")).axes) == 2


def test_the_comparison_shows_the_reports_figures_beside_ours_and_what_is_missing(
    tmp_path: Path,
) -> None:
    answers, _ = make_said()
    card = replace(CARD, figures=measure(answers))
    page = comparison_page([card], ["age_gender_cnn", "vgg16", "resnet50"])
    path = page.write(tmp_path, "comparison")
    assert len(images_in(path)) == 2
    other = replace(card, title="Another preset", run="2026-11-23-another")
    both = comparison_page([card, other], ["age_gender_cnn"]).write(tmp_path, "both")
    assert both.read_text(encoding="utf-8").count("Another preset") >= 2
    assert "Another preset: run <code>2026-11-23-another</code>" in both.read_text(encoding="utf-8")
    rows = (tmp_path / "comparison.md").read_text(encoding="utf-8").splitlines()
    table = [row for row in rows if row.startswith("|")]
    assert any("report" in row and "8.22" in row and "91.00 %" in row for row in table)
    assert any("ours" in row and f"{card.figures['age_mae']:.2f}" in row for row in table)
    assert sum("not trained here" in row for row in table) == 2
    text = "\n".join(rows)
    command = "python -m training train vgg16 --data UTKFace.tar.gz"
    assert f"| VGG16 | not trained here | `{command}` |" in text
    assert f'colspan="10"><code>{command}</code></td></tr>' in path.read_text(encoding="utf-8")
    assert "`python -m training evaluate age_gender_cnn`" in text


def test_two_models_are_laid_side_by_side(tmp_path: Path) -> None:
    answers, images = make_said()
    worse = replace(answers, age_years=answers.age_years + 20)
    first = make_measured(answers, measure(answers), JOINT, "Better")
    second = make_measured(worse, measure(worse), JOINT, "Worse")
    path = side_by_side_page(first, second, np.stack(images)).write(tmp_path, "pair")
    assert len(images_in(path)) == 14
    markdown = (tmp_path / "pair.md").read_text(encoding="utf-8")
    assert "Better against Worse" in markdown
    difference = first.evaluation.figures["age_mae"] - second.evaluation.figures["age_mae"]
    assert f"Better minus Worse: {difference:+.2f} years" in markdown
    assert "Gender accuracy, Better minus Worse: +0.00 percentage points" in markdown
    band = [row for row in markdown.splitlines() if row.startswith("| 20-29 |")]
    assert [row.split(" | ")[1] for row in band] == ["Better", "Worse"]


def test_models_without_an_output_in_common_have_a_side_by_side_page_too(tmp_path: Path) -> None:
    answers, images = make_said()
    nothing = np.full(answers.count, np.nan)
    no_age = replace(answers, age_years=nothing, age_low_years=nothing, age_high_years=nothing)
    no_gender = replace(answers, female_probability=nothing)
    pair = [make_measured(one, measure(one)) for one in (no_age, no_gender)]
    path = side_by_side_page(pair[0], pair[1], np.stack(images)).write(tmp_path, "pair")
    text = path.read_text(encoding="utf-8")
    assert "<h2>Ages</h2>" not in text
    assert "<h2>Gender</h2>" not in text
    assert len(images_in(path)) == 4


def test_a_paired_difference_is_surer_than_two_spreads() -> None:
    rng = np.random.default_rng(0)
    errors = rng.gamma(2, 3, 500)
    mean, low, high = paired_difference(errors, errors + rng.normal(0.3, 0.5, 500))
    assert mean == pytest.approx(-0.3, abs=0.1)
    assert low < mean < high < 0
    assert high - low < 0.1


def test_text_is_escaped_and_code_is_code(tmp_path: Path) -> None:
    page = Page("A & B")
    page.text("1 < 2, see `a<b>`")
    page.table(["x", "y"], [["1", "2"], ["3", "4"]], strong=[1])
    text = page.write(tmp_path, "page").read_text(encoding="utf-8")
    assert "<h1>A &amp; B</h1>" in text
    assert "1 &lt; 2, see <code>a&lt;b&gt;</code>" in text
    assert "| **3** | **4** |" in (tmp_path / "page.md").read_text(encoding="utf-8")


def test_the_data_is_drawn(tmp_path: Path) -> None:
    data = Data([write_chips(tmp_path / "UTKFace", 30)], tmp_path / "cache")
    files = list(explore_chips(data, tmp_path / "out"))
    assert [file.name for file in files] == [
        "samples.png",
        "genders.png",
        "ages.png",
        "ages_by_gender.png",
        "augmentation.png",
    ]
    for file in files:
        picture = cv2.imread(str(file))
        assert picture is not None
        assert picture.std() > 10
