"""What is written beside a face."""

from collections.abc import Callable
from dataclasses import replace

from core.confidence import gender_percent_text
from core.doubt import DOUBTFUL, is_doubtful
from core.shown_age import shown_age, shown_range
from core.types import Estimate, Face, Gender


def label_text(face: Face, word: Callable[[str], str] = str) -> str:
    """Age with its range and gender with its confidence, as far as they are known.

    Examples: "34 (28–41) · female 93 %", "34 · unsure", "70 (30–90) · female 71 % · doubtful", ""
    before there is an estimate.

    Args:
        word: says "female", "male", "unsure" and "doubtful" in the reader's language.
    """
    if face.estimate is None:
        return ""
    doubt = word(DOUBTFUL) if is_doubtful(face.quality) else ""
    parts = (_age_text(face.estimate), _gender_text(face.gender, face.estimate, word), doubt)
    return " · ".join(part for part in parts if part)


def both_label_text(face: Face, word: Callable[[str], str] = str) -> str:
    """`label_text`, and what a second model says after a stroke, if one was asked."""
    if face.estimate is None or face.other is None:
        return label_text(face, word)
    other = replace(face, estimate=face.other.estimate, gender=face.other.gender, quality=None)
    return f"{label_text(face, word)} | {label_text(other, word)}"


def _age_text(estimate: Estimate) -> str:
    if estimate.age_years is None:
        return ""
    age = str(shown_age(estimate.age_years))
    if estimate.age_low_years is None or estimate.age_high_years is None:
        return age
    return f"{age} ({shown_range(estimate.age_low_years, estimate.age_high_years)})"


def _gender_text(gender: Gender | None, estimate: Estimate, word: Callable[[str], str]) -> str:
    if gender is None:
        return ""
    if gender is Gender.UNSURE or estimate.female_probability is None:
        return word(gender.value)
    return f"{word(gender.value)} {gender_percent_text(gender, estimate.female_probability)}"
