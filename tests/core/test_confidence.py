"""How sure a model is, in words."""

import pytest

from core.confidence import gender_percent_text, percent_text
from core.types import Gender


@pytest.mark.parametrize(("confidence", "text"), [(0.934, "93 %"), (1.0, "99 %"), (0.0, "0 %")])
def test_no_confidence_is_a_full_hundred(confidence: float, text: str) -> None:
    assert percent_text(confidence) == text


@pytest.mark.parametrize(("gender", "text"), [(Gender.FEMALE, "45 %"), (Gender.MALE, "55 %")])
def test_the_confidence_of_a_gender_is_its_own_also_where_the_other_is_likelier(
    gender: Gender, text: str
) -> None:
    assert gender_percent_text(gender, 0.45) == text
