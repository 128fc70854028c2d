from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.estimation.model_card import ModelCard
from tests.training.pages.cards import last_stage, make_card, make_said, without
from training.pages.rows import rows_of
from training.pages.side_by_side import (
    SameFaces,
    pair_to_come,
    paired_difference,
    side_by_side_page,
)


def make_pair() -> tuple[ModelCard, ModelCard, SameFaces]:
    answers, images = make_said()
    worse = replace(answers, age_years=answers.age_years + 20)
    first = make_card(answers, title="Better")
    second = make_card(worse, title="Worse", name="mobilenet_v2")
    return first, second, SameFaces(answers, worse, np.stack(images))


def test_two_models_are_laid_side_by_side_from_their_cards(tmp_path: Path) -> None:
    first, second, _ = make_pair()
    page = side_by_side_page(first, second)
    text = page.write(tmp_path, "pair").read_text(encoding="utf-8")
    for name in ("gender", "age_errors", "ages", "roc", "reliability"):
        assert f'aria-label="{name}_first"' in text
        assert f'aria-label="{name}_second"' in text
    assert text.count('aria-label="curve_') == 4
    assert "Both were measured on the same faces: 40, test." in text
    assert "<img" not in text
    assert '<td>20-29</td><td class="words">Better</td>' in text
    page.write_markdown(tmp_path, "pair")
    markdown = (tmp_path / "pair.md").read_text(encoding="utf-8")
    band = [row for row in markdown.splitlines() if row.startswith("| 20-29 |")]
    assert [row.split(" | ")[1] for row in band] == ["Better", "Worse"]


def test_models_that_were_made_differently_are_not_compared_without_a_word(tmp_path: Path) -> None:
    first, second, _ = make_pair()
    staged = replace(first, name="vgg16", training_command=last_stage("vgg16"))
    page = side_by_side_page(staged, second)
    text = page.write(tmp_path, "pair").read_text(encoding="utf-8")
    assert "Better, epochs 7 + 4, hours 0.8 in 1 of 2 stages:" in text
    assert "The curves of Better are those of its last stage." in text
    assert "Better learnt from a teacher, too" in text
    assert "those of its last stage" not in side_by_side_page(first, second).write(
        tmp_path, "alike"
    ).read_text(encoding="utf-8")


def test_face_by_face_they_are_compared_where_the_faces_are_given(tmp_path: Path) -> None:
    first, second, faces = make_pair()
    text = side_by_side_page(first, second, faces).write(tmp_path, "pair").read_text("utf-8")
    difference = first.figures["age_mae"] - second.figures["age_mae"]
    assert f"Better minus Worse: {difference:+.2f} years" in text
    assert "Gender accuracy, Better minus Worse: +0.00 percentage points" in text
    assert text.count("<img") == 32


def test_two_models_of_different_faces_are_never_side_by_side_without_a_word(
    tmp_path: Path,
) -> None:
    first = make_pair()[0]
    fewer = make_card(make_said(30)[0], title="Fewer")
    text = side_by_side_page(first, fewer).write(tmp_path, "pair").read_text("utf-8")
    assert "Measured on different faces: Better on 40, test, Fewer on 30, test." in text
    assert "<td>40, test</td>" in text
    assert "<td>30, test</td>" in text


def test_models_without_an_output_in_common_have_a_page_too(tmp_path: Path) -> None:
    answers, images = make_said()
    pair = [without(answers, "age"), without(answers, "gender")]
    page = side_by_side_page(
        make_card(pair[0]), make_card(pair[1]), SameFaces(pair[0], pair[1], np.stack(images))
    )
    text = page.write(tmp_path, "pair").read_text("utf-8")
    assert "<h2>Ages</h2>" not in text
    assert "<h2>Gender</h2>" not in text
    assert "nearer" not in text, "years are not nearer than probabilities"


def test_who_is_nearer_is_judged_by_what_both_say(tmp_path: Path) -> None:
    first, second, faces = make_pair()
    ages = without(faces.first, "gender")
    assert not ages.comparable(without(faces.second, "age")).has_age
    both = faces.second.comparable(ages)
    assert both.has_age
    assert not both.has_gender
    same = SameFaces(ages, faces.second, faces.images)
    text = side_by_side_page(first, second, same).write(tmp_path, "pair").read_text("utf-8")
    assert "Better is nearer:" in text


def test_a_mean_of_runs_says_so_beside_another_model(tmp_path: Path) -> None:
    first, second, _ = make_pair()
    mean = replace(first, learning={"precision": "float32", "average_of": ["runs/one"]})
    text = side_by_side_page(mean, second).write(tmp_path, "pair").read_text("utf-8")
    assert "Better: Its weights are the mean of those of <code>runs/one</code>" in text
    assert "No history" not in text


def test_a_pair_that_is_still_to_be_trained_says_with_which_commands(tmp_path: Path) -> None:
    page = pair_to_come(rows_of([])[:3], ("gender_cnn", "age_cnn"))
    text = page.write(tmp_path, "pair").read_text("utf-8")
    assert "Gender CNN beside Age CNN" in text
    assert text.count("python -m training train gender_cnn") == 2


@pytest.mark.parametrize("seed", [0, 1])
def test_a_paired_difference_is_surer_than_two_spreads(seed: int) -> None:
    rng = np.random.default_rng(seed)
    errors = rng.gamma(2, 3, 500)
    mean, low, high = paired_difference(errors, errors + rng.normal(0.3, 0.5, 500))
    assert mean == pytest.approx(-0.3, abs=0.1)
    assert low < mean < high < 0
    assert high - low < 0.1
