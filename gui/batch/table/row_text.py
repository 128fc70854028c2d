"""What is written of a row: file, age, gender, confidence and state."""

from collections.abc import Sequence
from pathlib import Path

from core.batch.record import LabelledFace, PhotoState, TableRow
from core.confidence import gender_percent_text, percent_text
from core.shown_age import shown_age, shown_range
from core.sources.file_check import display_name
from core.text import clock_text, one_line
from core.types import Estimate, Gender
from gui.language.translation import said, translate
from gui.language.words import doubtful_word, gender_word, years_apart_text

CORRECTED_MARK = "✎"


def file_text(path: Path, roots: Sequence[Path]) -> str:
    """The path below the one folder that was given, else the name alone."""
    if len(roots) == 1 and path.is_relative_to(roots[0]) and path != roots[0]:
        return one_line(str(path.relative_to(roots[0])))
    return one_line(path.name)


def place_text(row: TableRow, roots: Sequence[Path]) -> str:
    """What stands below a file's name: which face it is, and the folder."""
    path, folder = row.facts.path, row.facts.path.parent
    if len(roots) == 1 and path.is_relative_to(roots[0]) and path != roots[0]:
        folder = Path(roots[0].name, path.relative_to(roots[0]).parent)
    number = "" if row.face is None else number_text(row.face, row.facts.face_count)
    return " · ".join(part for part in (number, one_line(str(folder))) if part)


def number_text(face: LabelledFace, face_count: int) -> str:
    """Which face of a photo it is: "1/2"; "" where it is the only one."""
    return f"{face.number}/{face_count}" if face_count > 1 else ""


def certainty_text(face: LabelledFace) -> str:
    """How sure the less sure of age and gender is: "72 %"; "" where nobody knows."""
    return "" if face.certainty is None else percent_text(face.certainty)


def age_text(face: LabelledFace) -> str:
    """ "34 (29–40)", "36 ✎" for a corrected age, "" for a model without ages."""
    if face.correction.age_years is not None:
        return f"{shown_age(face.correction.age_years)} {CORRECTED_MARK}"
    return estimated_age_text(face.face.estimate)


def estimated_age_text(estimate: Estimate | None) -> str:
    """What the model says."""
    if estimate is None or estimate.age_years is None:
        return ""
    age, span = str(shown_age(estimate.age_years)), range_text(estimate)
    return f"{age} ({span})" if span else age


def range_text(estimate: Estimate | None) -> str:
    """The range of an estimated age: "29–40"; "" where there is none."""
    if estimate is None or estimate.age_low_years is None or estimate.age_high_years is None:
        return ""
    return shown_range(estimate.age_low_years, estimate.age_high_years)


def time_text(face: LabelledFace) -> str:
    """When a person of a video was seen first and last: "0:12–1:05"; "" in a photo."""
    if face.span is None:
        return ""
    return f"{clock_text(face.span.from_s)}–{clock_text(face.span.to_s)}"


def time_texts(face: LabelledFace) -> tuple[str, str]:
    """The same in two lines: "0:12" and "– 1:05"."""
    if face.span is None:
        return "", ""
    return clock_text(face.span.from_s), f"– {clock_text(face.span.to_s)}"


def other_texts(face: LabelledFace) -> tuple[str, str]:
    """What a second model says: "34 (29–40)" and "Female 96 %"; empty where it says nothing."""
    other = face.face.other
    if other is None:
        return "", ""
    gender, probability = "", other.estimate.female_probability
    if other.gender is not None:
        gender = gender_word(other.gender)
        if other.gender is not Gender.UNSURE and probability is not None:
            gender += f" {gender_percent_text(other.gender, probability)}"
    return estimated_age_text(other.estimate), gender


def other_text(face: LabelledFace) -> str:
    """Both in one line."""
    return ", ".join(text for text in other_texts(face) if text)


def distance_text(face: LabelledFace) -> str:
    """By how many years the model is above the second one: "+10.0"."""
    return years_apart_text(face.face.years_apart)


def contradiction_text(face: LabelledFace) -> str:
    """Says so where a second model names another gender."""
    other = face.face.other
    genders = {face.face.gender, None if other is None else other.gender}
    return other_gender_words() if genders == {Gender.FEMALE, Gender.MALE} else ""


def other_gender_words() -> str:
    """What is said where two models name another gender."""
    return translate("RowText", "Other gender")


def gender_text(face: LabelledFace) -> str:
    """ "Female", "Male ✎" for a corrected gender, "" for a model without genders."""
    if face.gender is None:
        return ""
    mark = f" {CORRECTED_MARK}" if face.correction.gender is not None else ""
    return gender_word(face.gender) + mark


def confidence_text(face: LabelledFace) -> str:
    """How sure the model is of the likelier gender: "93 %"."""
    probability = face.female_probability
    if probability is None:
        return ""
    return percent_text(max(probability, 1 - probability))


def confidence_note(face: LabelledFace) -> str:
    """What stands below a gender: who says so, or how sure the model is; "" without one."""
    if face.gender is None:
        return ""
    unsure, sure, by_hand = confidence_notes(confidence_text(face))
    if face.correction.gender is not None:
        return by_hand
    return unsure if face.gender is Gender.UNSURE else sure


def confidence_notes(share: str) -> tuple[str, str, str]:
    """All that may stand there: of an unsure gender, of a sure one, of one that was corrected."""
    return (
        f"≤ {share}",
        translate("RowCell", "{share} sure").format(share=share),
        translate("RowCell", "by hand"),
    )


def reason_text(path: Path, error: str) -> str:
    """Why a file could not be read, beside its name, which core's sentence begins with."""
    name, sentence = display_name(path), said(error)
    if error.startswith(f"{name} "):
        sentence = sentence.replace(name, translate("RowText", "it"), 1)
    return sentence[:1].upper() + sentence[1:]


def state_text(row: TableRow) -> str:
    """What became of the photo: nothing to say where it has a face."""
    if row.facts.error is not None:
        return reason_text(row.facts.path, row.facts.error)
    if row.facts.state is PhotoState.WAITING:
        return translate("RowText", "Waiting")
    if row.face is None:
        words = translate("RowText", "No face found")
        return f"{words}. {said(row.facts.note)}" if row.facts.note else words
    if row.face.is_corrected:
        return translate("RowText", "Corrected")
    return doubtful_word() if row.face.is_doubtful else ""
