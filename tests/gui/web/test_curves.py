import math
from pathlib import Path
from xml.etree import ElementTree

import pytest

from core.estimation.model_folder import find_model
from gui.web import curves, texts
from gui.web.words import ENGLISH, LANGUAGES
from tests.model_folders import make_card, make_model_folder

HISTORY = {"age_mae": [9.0, 6.0, 4.0], "val_age_mae": [8.0, 6.5, 6.0]}


def drawn(markup: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(markup)) if markup else []


def test_a_card_with_figures_has_its_curves_in_the_readers_language() -> None:
    card = find_model("visage").card
    for words, titles in (
        (ENGLISH, ["Errors of age", "Gender (ROC)"]),
        (LANGUAGES["fr"], ["Erreurs d’âge", "Genre (ROC)"]),
    ):
        charts = drawn(curves.charts(card, words))
        assert [chart.attrib["aria-label"] for chart in charts] == titles
        assert all(len(line.attrib["points"].split()) > 50 for line in lines_of(charts))
        assert titles[0] in texts.models_text(words)


def lines_of(charts: list[ElementTree.Element]) -> list[ElementTree.Element]:
    return [line for chart in charts for line in chart.iter("polyline")]


def test_how_a_model_learnt_is_two_lines_within_the_frame() -> None:
    (chart,) = drawn(curves.charts(make_card(learning={"history": HISTORY}), ENGLISH))
    solid, dashed = lines_of([chart])
    assert (solid.attrib["stroke-dasharray"], dashed.attrib["stroke-dasharray"]) == curves.DASHES
    assert dashed.attrib["points"].split()[0] == f"{curves.LEFT:.1f},{curves.TOP:.1f}"
    assert solid.attrib["points"].split()[-1].startswith(f"{curves.RIGHT:.1f},")
    assert [text.text for text in chart.iter("text")][1:4] == ["1", "3", "9"]


def test_a_card_without_figures_has_no_curves() -> None:
    assert curves.charts(make_card(), ENGLISH) == ""


@pytest.mark.parametrize(
    "odd",
    [
        {"figures": {"age_mae": "four"}},
        {"figures": {"age_mae": None}},
        {"figures": {"age_mae": math.nan}},
        {"figures": {"gender_accuracy": math.inf}},
        {"figures": {"by_age_band": [1]}},
        {"figures": {"age_mae": 4.0, "by_age_band": {"0-2": {"age_mae": "four"}}}},
        {"figures": {"aggregates": {"age_errors": [1, None]}}},
        {
            "figures": {
                "aggregates": {
                    "roc": {"false_positive_rate": [0.0, 1.0], "true_positive_rate": [0.0]}
                }
            }
        },
        {"learning": {"history": {"val_age_mae": 5}}},
        {"learning": {"history": [5]}},
    ],
    ids=str,
)
def test_one_odd_card_hides_no_other_model_and_no_words_of_its_own(
    odd: dict[str, object], models_root: Path
) -> None:
    make_model_folder(models_root, "odd", title="An odd one", **odd)
    make_model_folder(models_root, "sound", title="A sound one", figures={"age_mae": 4.2})
    told = texts.models_text(ENGLISH)
    assert "An odd one" in told
    assert "A sound one" in told
    assert "<td>4.2</td>" in told
    assert "nan" not in told
    assert "inf" not in told
