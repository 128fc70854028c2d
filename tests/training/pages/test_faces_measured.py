from dataclasses import replace
from typing import Any

import pytest

from tests.training.pages.cards import make_card, make_said
from training.pages.faces_measured import newness

TEST = {"part": "test", "split": "aa"}


@pytest.mark.parametrize(
    ("measured", "learnt", "beginning"),
    [
        ({"UTKFace": TEST}, {"UTKFace": {"split": "aa"}}, "It never saw them"),
        ({"UTKFace": TEST}, {"UTKFace": {"split": "bb"}}, "It may have learnt from some"),
        ({"UTKFace": {**TEST, "part": "val"}}, {"UTKFace": {"split": "aa"}}, "It may have learnt"),
        ({"UTKFace": TEST}, {"AAF": {"split": "aa"}}, "It learnt from no collection called UTKF"),
        ({}, {"UTKFace": {"split": "aa"}}, "Its card does not say"),
    ],
)
def test_that_faces_are_new_to_a_model_is_said_where_its_card_shows_it(
    measured: dict[str, Any], learnt: dict[str, Any], beginning: str
) -> None:
    card = make_card(make_said()[0])
    figures = {**card.figures, "measured_on": measured}
    assert newness(replace(card, figures=figures, collections=learnt)).startswith(beginning)
