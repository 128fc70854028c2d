import re
from pathlib import Path
from shutil import copy
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from PySide6.QtCore import QTranslator

import translations
from core import paths

FILES = sorted(paths.translations_dir().glob("*.ts"))
FRENCH = paths.translations_dir() / "visage_fr.ts"
PLACES = re.compile(r"%L?n|%\d|\{[^}]*\}|<[^>]*>")
"""What a text and its translation have in common: values, and tags."""


def messages(file: Path) -> list[tuple[str, Element]]:
    """Each message of a catalogue with the name of its context."""
    contexts = ElementTree.parse(file).getroot().findall("context")
    return [
        (context.findtext("name", ""), message)
        for context in contexts
        for message in context.findall("message")
    ]


def forms(message: Element) -> list[str]:
    """The translations of a message: one, or one for each plural form."""
    translation = message.find("translation")
    assert translation is not None
    plural = [form.text or "" for form in translation.findall("numerusform")]
    return plural or [translation.text or ""]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_catalogue_holds_every_text_of_the_code_and_no_other(file: Path, tmp_path: Path) -> None:
    updated = tmp_path / file.name
    copy(file, updated)
    translations.update(updated)
    assert updated.read_text("utf-8") == file.read_text("utf-8"), (
        "run packaging/translations.py, and translate what is new"
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_text_is_translated(file: Path) -> None:
    missing = [
        message.findtext("source") for _, message in messages(file) if not all(forms(message))
    ]
    assert missing == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_is_compiled_says_what_the_catalogue_says(file: Path) -> None:
    translator = QTranslator()
    assert translator.load(str(file.with_suffix(".qm")))
    for context, message in messages(file):
        source, comment = message.findtext("source", ""), message.findtext("comment")
        number = 1 if message.get("numerus") else -1
        assert translator.translate(context, source, comment, number) == forms(message)[0], source


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_translation_has_the_values_and_tags_of_its_text(file: Path) -> None:
    for _, message in messages(file):
        source = message.findtext("source", "")
        for form in forms(message):
            assert sorted(PLACES.findall(form)) == sorted(PLACES.findall(source)), source


def test_french_has_the_spaces_and_quotes_of_french() -> None:
    wrong = re.compile(
        r"[^\u202f\u00a0:][;!?](\s|$)|[^\u00a0\d]:(\s|$)|«[^\u00a0]|[^\u00a0]»|'|“|”"
    )
    for _, message in messages(FRENCH):
        for form in forms(message):
            assert not wrong.search(re.sub(r"<[^>]*>", "", form)), form
