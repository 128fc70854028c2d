import re
from pathlib import Path

import pytest

from core.errors import SourceError
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
        "été.jpg n’existe pas. Ce fichier a-t-il été déplacé ou renommé\u202f?"
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


@pytest.mark.parametrize("code", ["en", "fr", "xx"])
def test_what_the_catalogue_does_not_know_stays_as_it_is(code: str) -> None:
    assert translated("Nobody wrote this.", code) == "Nobody wrote this."
