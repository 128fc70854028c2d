import re
from pathlib import Path

import pytest

from core.batch.scan import SkippedFile, scan
from core.errors import SourceError
from core.estimation.model_folder import find_model
from core.sources.file_check import open_file
from gui.language.catalogue import texts
from gui.language.core_sentence import CONTEXT, translated


def fill(text: str) -> str:
    """`text` with a name in the place of each value."""
    return re.sub(r"%(\d)", r"IMG_\1.jpg", text)


def test_what_core_says_of_a_file_is_french(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as trouble:
        open_file(tmp_path / "été.jpg", SourceError)
    assert translated(str(trouble.value), "fr") == (
        "été.jpg n’existe pas. A-t-il été déplacé ou renommé\u202f?"
    )


@pytest.mark.parametrize("sentence", texts("fr", CONTEXT))
def test_every_sentence_is_known_again_with_its_values(sentence: str) -> None:
    assert translated(fill(sentence), "fr") == fill(texts("fr", CONTEXT)[sentence])


def test_a_value_that_is_a_sentence_itself_is_translated_too() -> None:
    said = "The stored jobs in jobs.sqlite cannot be used: the disk is full. Free some space and go"
    assert translated(f"{said} on; what was done is kept.", "fr") == (
        "Les lots enregistrés dans jobs.sqlite sont inutilisables\u00a0: le disque est plein. "
        "Libérez de l’espace et reprenez\u202f; ce qui a été fait est conservé."
    )


def test_a_camera_is_named_in_the_sentence_about_it() -> None:
    said = "Camera 0 could not be opened. Is another program using it?"
    assert translated(said, "fr").startswith("Caméra 0 n’a pas pu être ouverte.")


def test_a_note_of_two_sentences_is_translated_whole() -> None:
    said = (
        "It is an animation, of which the first picture was read. It is very dark: faces may stay"
    )
    assert translated(f"{said} unseen.", "fr") == (
        "C’est une animation, dont la première image a été lue. "
        "Très sombre\u00a0: des visages peuvent passer inaperçus."
    )


def test_a_number_within_a_sentence_is_written_as_in_french() -> None:
    said = "It shows 1,000 faces or more, of which the surest are given."
    assert translated(said, "fr").startswith("Au moins 1\u202f000 visages")
    assert translated(said, "en") == said


@pytest.mark.parametrize("name", ["README", "été.xyz"])
def test_why_a_file_was_left_out_has_no_english_within(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("no photo")
    (found,) = scan([tmp_path])
    assert isinstance(found, SkippedFile)
    said = translated(found.reason, "fr")
    assert said in (
        "Ni photo ni vidéo\u00a0: nom sans extension.",
        "Ni photo ni vidéo\u00a0: format «\u00a0.xyz\u00a0» non lu.",
    )


def test_of_two_sentences_the_one_that_is_known_is_translated() -> None:
    assert (
        translated("It is hidden. Nobody wrote this.", "fr") == "Fichier caché. Nobody wrote this."
    )


def test_what_the_system_says_within_a_sentence_is_french_too() -> None:
    said = "faces.csv could not be written (No space left on device)."
    assert translated(said, "fr").endswith("(plus d’espace sur le disque).")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Age and gender CNN", "CNN d’âge et de genre"),
        ("Age CNN, fitted (mine)", "CNN d’âge, ajusté (mine)"),
        ("MobileNetV2", "MobileNetV2"),
    ],
)
def test_models_are_called_in_french_but_for_those_whose_title_is_a_name(
    title: str, expected: str
) -> None:
    assert translated(title, "fr") == expected


def test_an_initial_ends_no_sentence_of_a_models_card() -> None:
    said = translated(find_model("visage").card.training_data, "fr")
    assert said.startswith("All-Age-Faces, aligné par Visage")
    assert said.endswith("(HSE-FaceRes, d’A. Savchenko).")


@pytest.mark.parametrize("code", ["en", "fr", "xx"])
def test_what_the_catalogue_does_not_know_stays_as_it_is(code: str) -> None:
    assert translated("Nobody wrote this.", code) == "Nobody wrote this."
