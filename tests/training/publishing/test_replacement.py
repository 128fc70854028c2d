from typing import Any

import pytest

from core.errors import DataError
from core.estimation.model_card import ModelCard
from training.publishing.replacement import check_replacement

UTKFACE = {"UTKFace": {"split": "0b6c", "part": "test", "n": 2134}}


def card_with(**figures: Any) -> ModelCard:
    return ModelCard(
        name="visage",
        title="",
        description="",
        sha256={},
        input_size_px=128,
        parameter_count=1,
        age=None,
        gender=True,
        training_data="",
        training_command="",
        licence="",
        limits="",
        figures={"n": 2134, **figures},
    )


def test_a_model_that_is_no_worse_may_take_the_place() -> None:
    published = card_with(age_mae=4.3, gender_accuracy=0.95, measured_on=UTKFACE)
    check_replacement(card_with(age_mae=4.2, gender_accuracy=0.95, measured_on=UTKFACE), published)
    check_replacement(published, published)


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        ({"age_mae": 4.4, "gender_accuracy": 0.95}, r"better by its ages \(4.3 against 4.4\)"),
        ({"age_mae": 4.2, "gender_accuracy": 0.94}, r"better by its genders \(0.95 against 0.94\)"),
    ],
)
def test_a_better_published_model_is_kept(figures: dict[str, float], sentence: str) -> None:
    published = card_with(age_mae=4.3, gender_accuracy=0.95, measured_on=UTKFACE)
    with pytest.raises(DataError, match=sentence):
        check_replacement(card_with(**figures, measured_on=UTKFACE), published)


@pytest.mark.parametrize(
    "measured_on", [{}, {"UTKFace": {"split": "other", "part": "test", "n": 2134}}]
)
def test_figures_of_other_faces_are_not_compared(measured_on: dict[str, Any]) -> None:
    published = card_with(age_mae=4.3, measured_on=UTKFACE)
    with pytest.raises(DataError, match="other faces or another split"):
        check_replacement(card_with(age_mae=1.0, measured_on=measured_on), published)


def test_an_older_card_is_compared_by_its_number_of_faces() -> None:
    check_replacement(card_with(age_mae=4.2), card_with(age_mae=4.3))
    with pytest.raises(DataError, match="other faces"):
        check_replacement(card_with(age_mae=4.2, n=100), card_with(age_mae=4.3))
