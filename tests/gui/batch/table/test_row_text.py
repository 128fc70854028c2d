import os
from dataclasses import replace
from pathlib import Path

import pytest

from core.batch.record import Correction, LabelledFace, PhotoFacts, PhotoState, TableRow
from core.types import Gender
from gui.batch.table import row_text
from gui.language.translation import speak
from tests.core.batch.builders import make_face

ROOT = Path("/album")


def labelled(correction: Correction, gender: Gender | None = Gender.FEMALE) -> LabelledFace:
    detection, face = make_face(34.4, 0.998, gender)
    return LabelledFace(1, 1, face, detection.landmarks, correction)


def test_a_face_is_written_as_the_model_sees_it() -> None:
    face = labelled(Correction())
    assert row_text.age_text(face) == "34 (29–39)"
    assert row_text.gender_text(face) == "Female"
    assert row_text.confidence_text(face) == "99 %", "no model is certain"


def test_what_was_corrected_is_marked() -> None:
    face = labelled(Correction(36.0, Gender.MALE))
    assert row_text.age_text(face) == "36 ✎"
    assert row_text.gender_text(face) == "Male ✎"


def test_a_model_without_genders_leaves_them_empty() -> None:
    assert row_text.gender_text(labelled(Correction(), gender=None)) == ""


@pytest.mark.parametrize(
    ("roots", "text"),
    [
        ([ROOT], str(Path("beach", "1.jpg"))),
        ([ROOT, Path("/other")], "1.jpg"),
        ([ROOT / "beach" / "1.jpg"], "1.jpg"),
    ],
)
def test_a_file_is_named_as_it_lies_in_the_folder(roots: list[Path], text: str) -> None:
    assert row_text.file_text(ROOT / "beach" / "1.jpg", roots) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("two\nlines.jpg", "two�lines.jpg"),
        ("holiday\u202egpj.exe", "holiday�gpj.exe"),
        ("עברית.jpg", "עברית.jpg"),
        ("👩\u200d👧.jpg", "👩\u200d👧.jpg"),
    ],
)
def test_a_name_stays_on_one_line_and_hides_no_ending(name: str, text: str) -> None:
    assert row_text.file_text(Path("/album", name), [Path("/album")]) == text


def test_a_name_that_is_no_unicode_can_be_shown() -> None:
    assert row_text.file_text(Path(os.fsdecode(b"/album/\xff.jpg")), [ROOT]) == "?.jpg"


@pytest.mark.parametrize(
    ("state", "error", "text"),
    [
        (PhotoState.FAILED, "1.jpg is empty.", "It is empty."),
        (PhotoState.FAILED, "No decoder reads 1.jpg.", "No decoder reads 1.jpg."),
        (PhotoState.WAITING, None, "Waiting"),
        (PhotoState.DONE, None, "No face found"),
    ],
)
def test_a_photo_without_a_face_says_why(state: PhotoState, error: str | None, text: str) -> None:
    assert row_text.state_text(TableRow(PhotoFacts(1, ROOT / "1.jpg", state, error))) == text


def test_a_reason_repeats_no_name_in_french_either(english: None) -> None:
    speak("fr")
    path = Path("/album/copie (2).jpg")
    assert row_text.reason_text(path, f"{path.name} may not be read. Check its permissions.") == (
        "La lecture de ce fichier n’est pas permise. Vérifiez ses droits d’accès."
    )
    assert row_text.reason_text(path, f"{path.name} does not exist. Was it moved or renamed?") == (
        "Ce fichier n’existe pas. A-t-il été déplacé ou renommé\u202f?"
    )


def test_below_a_name_stands_which_face_it_is_and_the_folder() -> None:
    facts = PhotoFacts(1, ROOT / "beach" / "1.jpg", PhotoState.DONE, face_count=2)
    row = TableRow(facts, labelled(Correction()))
    assert row_text.place_text(row, [ROOT]) == f"1/2 · {Path('album', 'beach')}"
    assert row_text.place_text(row, []) == f"1/2 · {ROOT / 'beach'}"
    alone = TableRow(replace(facts, face_count=1), labelled(Correction()))
    assert row_text.place_text(alone, [ROOT]) == str(Path("album", "beach"))
