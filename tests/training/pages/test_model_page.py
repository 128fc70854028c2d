import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.estimation.model_card import read_card, write_card
from tests.training.pages.cards import CARD, LEARNING, last_stage, make_card, make_said, without
from training.learning.configs import Preset
from training.pages.model_page import Faces, model_page, row_page
from training.pages.page import Page
from training.pages.rows import Row


def html_of(page: Page, folder: Path) -> str:
    """Without the spans in which options of commands stand."""
    return re.sub("</?span>", "", page.write(folder, "page").read_text(encoding="utf-8"))


def test_the_page_of_a_model_is_drawn_from_its_card_alone(tmp_path: Path) -> None:
    card = make_card(make_said()[0])
    write_card(card, tmp_path)
    page = model_page(read_card(tmp_path))
    text = html_of(page, tmp_path)
    drawn = [
        "curve_loss",
        "curve_age_mae",
        "curve_gender_accuracy",
        "curve_learning_rate",
        "age_error_by_age",
        "age_errors",
        "ages",
        "age_classes",
        "class_scores",
        "age_ranges",
        "gender_by_age",
        "confusion_matrix",
        "roc",
        "reliability",
    ]
    assert [name for name in drawn if f'aria-label="{name}"' in text] == drawn
    assert text.count("<svg") == len(drawn)
    assert "Not for &lt;anything&gt;." in text
    assert "<img" not in text, "a page that is kept shows nobody"
    for words in ("AMD EPYC, 2 cores", "1.25", "float32", CARD.training_command):
        assert words in text


def test_the_reports_figures_stand_above_ours_and_both_tables_below(tmp_path: Path) -> None:
    card = make_card(make_said()[0])
    model_page(card).write_markdown(tmp_path, "page")
    rows = (tmp_path / "page.md").read_text(encoding="utf-8").splitlines()
    assert any(row.startswith("| the report | 91 % |") and "| 8.22 | 96 |" in row for row in rows)
    mae = f"| {card.figures['age_mae']:.2f} |"
    assert any(row.startswith("| ours |") and mae in row for row in rows)
    assert any(row.startswith("| 20-29 |") and row.count("|") == 12 for row in rows)
    assert "| age | precision | recall | F1 | faces |" in rows
    assert sum(row.startswith(("| **macro", "| **weighted")) for row in rows) == 2
    assert any("gender accuracy | gender precision | gender recall" in row for row in rows)


@pytest.mark.parametrize("missing", ["age", "gender"])
def test_a_model_with_one_output_has_a_page_too(tmp_path: Path, missing: str) -> None:
    card = make_card(without(make_said()[0], missing))
    text = html_of(model_page(card), tmp_path)
    assert ("<h2>Gender</h2>" in text) == (missing == "age")
    assert ("<h2>Ages</h2>" in text) == (missing == "gender")
    assert ("<th>gender accuracy</th><th>gender precision</th>" in text) == (missing == "age")


def test_a_card_from_before_cards_kept_histories_says_so(tmp_path: Path) -> None:
    new = make_card(make_said()[0])
    kept = {k: v for k, v in new.figures.items() if k not in {"aggregates", "age_classes"}}
    card = replace(new, figures=kept, learning={})
    text = html_of(model_page(card), tmp_path)
    assert "No history of its run was kept." in text
    assert "not kept" in text
    assert "at most 12" in text
    assert text.count("<svg") == 3


@pytest.mark.parametrize(("kept", "words"), [(3, "<dd>3</dd>"), (2, "<dd>3, epoch 2 kept</dd>")])
def test_which_epoch_was_kept_is_said_where_it_is_not_the_last(
    tmp_path: Path, kept: int, words: str
) -> None:
    card = make_card(make_said()[0], learning={**LEARNING, "kept_epoch": kept})
    assert words in html_of(model_page(card), tmp_path)


def test_a_mean_of_runs_says_whose_weights_it_is_of(tmp_path: Path) -> None:
    learning = {"precision": "float32", "average_of": ["runs/one", "runs/one", "runs/two"]}
    text = html_of(model_page(make_card(make_said()[0], learning=learning)), tmp_path)
    assert "the mean of those of <code>runs/one</code>, <code>runs/two</code>" in text
    assert "those of one, two" in text
    assert "that of its runs" in text


def test_a_model_made_in_stages_lists_them_and_adds_up_their_hours(tmp_path: Path) -> None:
    last = last_stage("vgg16")
    card = make_card(make_said()[0], name="vgg16", run="b", training_command=last)
    text = html_of(model_page(card), tmp_path)
    assert "<h2>Stages</h2>" in text
    assert "regenerate vgg16 --data UTKFace --weights DIR</code>" in text
    assert "--weights DIR/vgg16_notop.weights.h5" in text
    assert "--run runs/larger --weights runs/small/best.weights.h5" in text
    assert "<dd>7 + 4</dd>" in text
    assert "<dd>0.8 in 1 of 2 stages</dd>" in text


def test_a_stage_that_was_stopped_says_how_many_epochs_it_learnt_for(tmp_path: Path) -> None:
    last = last_stage("resnet50")
    card = make_card(make_said()[0], name="resnet50", training_command=last)
    text = html_of(model_page(card), tmp_path)
    assert "The report calls it “caduque” (obsolete)" in text
    assert "<td>6 of 10</td>" in text
    assert "<dd>6 + 8</dd>" in text
    assert "<dd>1.0 in 2 stages</dd>" in text


@pytest.mark.parametrize("weights", ["", " --weights runs/mine/best.weights.h5"])
def test_a_run_of_ones_own_has_no_stages_of_the_plan(weights: str, tmp_path: Path) -> None:
    command = f"python -m training train vgg16 --data UTKFace --size 96 --epochs 4{weights}"
    card = make_card(make_said()[0], name="vgg16", training_command=command)
    assert "Stages" not in html_of(model_page(card), tmp_path)


def test_faces_are_shown_where_they_are_given(tmp_path: Path) -> None:
    answers, images = make_said()
    page = model_page(make_card(answers), Faces(answers, np.stack(images), seed=3))
    text = html_of(page, tmp_path)
    assert text.count('<img alt="" src="data:image/jpeg') == 3 * 16
    assert "At random, seed 3" in text
    assert sum("aria-label" in part for part in text.split("<figure")) == 14


@pytest.mark.parametrize(
    ("measured", "learnt", "words"),
    [
        (("abc", "test"), "abc", "It never saw them"),
        (("abc", "test"), "xyz", "may have learnt from some"),
        (("abc", "val"), "abc", "may have learnt from some"),
        (None, "abc", "does not say"),
        (("abc", "test"), None, "does not say"),
    ],
)
def test_that_faces_are_new_is_said_where_the_digests_agree_alone(
    tmp_path: Path, measured: tuple[str, str] | None, learnt: str | None, words: str
) -> None:
    card = make_card(make_said()[0])
    if measured:
        split, part = measured
        of = {"UTKFace": {"split": split, "part": part, "n": 40}}
        card = replace(card, figures={**card.figures, "measured_on": of})
    if learnt:
        card = replace(card, collections={"UTKFace": {"split": learnt}})
    text = html_of(model_page(card), tmp_path)
    assert words in text
    assert ("never saw" in text) == (words == "It never saw them")


def test_a_row_that_is_still_to_be_trained_has_a_page_with_its_command(tmp_path: Path) -> None:
    row = Row("efficientnet_b2", Preset.REPORT, None, "efficientnet_b2-report")
    text = html_of(row_page(row), tmp_path)
    assert "Not trained here yet" in text
    assert "python -m training train efficientnet_b2 --preset report --data UTKFace.tar.gz" in text
    assert "<td>62.79</td>" in text
    assert "8,758,779" in text
