import base64
import csv
import io
import json
import re
from pathlib import Path

import numpy as np
import pytest

from core import paths
from core.batch.export.csv_file import COLUMNS
from core.face_label import label_text
from core.types import Box, Estimate, Face, Gender, PhotoResult
from gui.web import answers
from gui.web.texts import models_text
from gui.web.words import ENGLISH, LANGUAGES, NAMED, Words, words_for
from tests.gui.language.test_catalogues import FRENCH as CATALOGUE
from tests.gui.language.test_catalogues import forms, messages

FRENCH = LANGUAGES["fr"]

WOMAN = Face(
    Box(1, 2, 30, 40), 0.9, Estimate(34.2, 28.0, 41.0, 0.93), None, Gender.FEMALE, quality=0.4
)


def test_the_page_speaks_every_language_of_the_window() -> None:
    assert set(LANGUAGES) == set(paths.languages()) >= {"en", "fr"}
    assert all(ENGLISH[name] == text for name, text in NAMED.items())


@pytest.mark.parametrize("words", LANGUAGES.values(), ids=lambda words: words.code)
def test_labels_in_pictures_have_letters_that_their_typeface_has(words: Words) -> None:
    text = label_text(WOMAN, words.in_pictures.word)
    assert text.replace("–", "-").replace(" · ", "").isascii()
    assert label_text(WOMAN, FRENCH.in_pictures.word) == "34 (28–41) · F 93 % · douteux"


@pytest.mark.parametrize("english", NAMED.values())
def test_the_page_uses_the_windows_french_word_where_both_say_the_same(english: str) -> None:
    window = {
        form.replace("&", "").casefold()
        for context, message in messages(CATALOGUE)
        if context not in ("Page", "core")
        and message.findtext("source", "").replace("&", "").casefold() == english.casefold()
        for form in forms(message)
    }
    assert not window or FRENCH.text(english).casefold() in window


def test_what_core_says_and_numbers_are_french_on_a_french_page() -> None:
    assert FRENCH.said("IMG_1.jpg is empty: it has zero bytes.").endswith(
        "est vide\u00a0: zéro octet."
    )
    assert FRENCH.number(4.27) == "4,3"
    assert ENGLISH.number(4.27) == "4.3"


def test_the_models_are_described_in_french() -> None:
    told = models_text(FRENCH)
    assert "réparties par groupe de doublons" in told
    assert [word for word in (" the ", " from ", " years ") if word in told] == []
    assert "4,3" in told


def test_a_browsers_first_language_is_spoken_as_in_the_labels() -> None:
    assert words_for("fr-CH;q=0.8,en;q=0.7") is FRENCH
    assert words_for("de-DE,fr-CH;q=0.8,en;q=0.7") is ENGLISH
    assert words_for("en-GB,fr") is ENGLISH
    assert words_for("zh") is ENGLISH
    assert words_for(None) is LANGUAGES["en"]


def test_a_face_is_told_in_the_browsers_language() -> None:
    assert answers.face_cells(WOMAN, ENGLISH) == ["34", "28–41", "female", "93 % · doubtful"]
    assert answers.face_cells(WOMAN, FRENCH) == ["34", "28–41", "féminin", "93 % · douteux"]
    unsure = Face(Box(0, 0, 9, 9), 0.9, Estimate(female_probability=0.5), gender=Gender.UNSURE)
    assert answers.face_cells(unsure, ENGLISH) == ["", "", "unsure", ""]


def test_no_file_name_becomes_markup() -> None:
    name = "<script>alert(1)</script>.jpg"
    told = answers.photo_table([(name, PhotoResult(Path(name), (WOMAN,)))], ENGLISH)
    assert "<script>" not in told
    assert "&lt;script&gt;" in told
    image = np.zeros((50, 50, 3), np.uint8)
    assert '"><script>' not in answers.picture(image, (), '"><script>', ENGLISH)


def test_downloads_hold_what_the_command_label_writes() -> None:
    links = answers.downloads([("a.jpg", PhotoResult(Path("a.jpg"), (WOMAN, WOMAN)))])
    table, objects = (
        base64.b64decode(data).decode() for data in re.findall(r'base64,([^"]+)"', links)
    )
    rows = list(csv.DictReader(io.StringIO(table)))
    assert tuple(rows[0]) == COLUMNS
    assert [row["face"] for row in rows] == ["1", "2"]
    (photo,) = json.loads(objects)
    assert (photo["path"], photo["state"], photo["error"]) == ("a.jpg", "done", None)
    assert [face["face"] for face in photo["faces"]] == [1, 2]
    estimate, face = photo["faces"][0]["estimate"], photo["faces"][0]
    assert (face["age_years"], estimate["age_low_years"], face["landmarks_px"]) == (34.2, 28, None)
