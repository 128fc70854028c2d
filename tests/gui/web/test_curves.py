from xml.etree import ElementTree

from core.estimation.model_folder import find_model
from gui.web import curves, texts
from gui.web.words import ENGLISH, LANGUAGES
from tests.model_folders import make_card

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
