import base64
import csv
import io
import json
import re
from pathlib import Path

import numpy as np

from core.batch.export.csv_file import COLUMNS
from core.types import Box, Estimate, Face, Gender, PhotoResult
from gui.web import answers
from gui.web.words import ENGLISH, FRENCH, LANGUAGES, words_for

WOMAN = Face(
    Box(1, 2, 30, 40), 0.9, Estimate(34.2, 28.0, 41.0, 0.93), None, Gender.FEMALE, quality=0.4
)


def test_both_languages_have_the_same_words_with_the_same_places_to_fill() -> None:
    assert ENGLISH.keys() == FRENCH.keys()
    for name, text in ENGLISH.items():
        assert re.findall(r"{\w+}", text) == re.findall(r"{\w+}", FRENCH[name])


def test_a_browsers_first_known_language_is_spoken() -> None:
    assert words_for("de-DE,fr-CH;q=0.8,en;q=0.7") is FRENCH
    assert words_for("en-GB,fr") is ENGLISH
    assert words_for("zh") is ENGLISH
    assert words_for(None) is LANGUAGES["en"]


def test_a_face_is_told_in_the_browsers_language() -> None:
    assert answers.face_cells(WOMAN, ENGLISH) == ["34", "28–41", "female", "93 % · doubtful"]
    assert answers.face_cells(WOMAN, FRENCH) == ["34", "28–41", "femme", "93 % · douteux"]
    unsure = Face(Box(0, 0, 9, 9), 0.9, Estimate(female_probability=0.5), gender=Gender.UNSURE)
    assert answers.face_cells(unsure, ENGLISH) == ["", "", "unsure", ""]


def test_no_file_name_becomes_markup() -> None:
    name = "<script>alert(1)</script>.jpg"
    told = answers.photo_table([(name, PhotoResult(Path(name), (WOMAN,)))], ENGLISH)
    assert "<script>" not in told
    assert "&lt;script&gt;" in told
    image = np.zeros((50, 50, 3), np.uint8)
    assert '"><script>' not in answers.picture(image, (), '"><script>')


def test_downloads_hold_what_the_command_label_writes() -> None:
    links = answers.downloads([("a.jpg", PhotoResult(Path("a.jpg"), (WOMAN, WOMAN)))])
    table, objects = (
        base64.b64decode(data).decode() for data in re.findall(r'base64,([^"]+)"', links)
    )
    rows = list(csv.DictReader(io.StringIO(table)))
    assert tuple(rows[0]) == COLUMNS
    assert [row["face"] for row in rows] == ["1", "2"]
    assert json.loads(objects) == rows
