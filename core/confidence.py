"""How sure a model is, in words; light enough to be imported before the window is there."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.types import Gender

_MAX_PERCENT = 99
"""No model is certain: 100 % would claim that."""


def percent_text(confidence: float) -> str:
    """A confidence of 0-1 as it is shown: "93 %"."""
    return f"{min(_MAX_PERCENT, round(100 * confidence))} %"


def gender_percent_text(gender: "Gender", female_probability: float) -> str:
    """How sure the model is of a shown gender, female or male, be it the likelier one or not."""
    return percent_text(female_probability if gender == "female" else 1 - female_probability)
