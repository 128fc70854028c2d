"""Labels in copies and recordings, in the window's language."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from core.face_label import label_text
from core.label_writing import LabelWriting
from core.types import Box, Estimate, Face, Gender
from gui.language.catalogue import ENGLISH
from gui.language.translation import speak
from gui.picture.label_writing import label_writing

FACE = Face(Box(0, 0, 10, 10), 0.9, Estimate(70, 30, 90, 0.71), gender=Gender.FEMALE, quality=0.1)


@pytest.fixture
def french(qapp: QApplication) -> Iterator[LabelWriting]:
    speak("fr")
    yield label_writing()
    speak(ENGLISH)


def test_a_label_in_a_copy_is_in_the_language_of_the_window(french: LabelWriting) -> None:
    assert label_text(FACE, french.word) == "70 (30–90) · féminin 71 % · douteux"


def test_a_label_is_in_english_as_on_the_command_line(english: None) -> None:
    assert label_text(FACE, label_writing().word) == label_text(FACE)


def test_letters_with_accents_are_drawn_from_any_thread(french: LabelWriting) -> None:
    draw = french.draw_text
    assert draw is not None
    with ThreadPoolExecutor(1) as other:
        plain, accented = other.map(draw, ("e", "é"), (40, 40))
    assert plain.shape == accented.shape
    assert plain.dtype == np.uint8
    assert accented.max() == 255
    top = plain.nonzero()[0].min()
    assert accented[:top].any(), "the accent stands above the letter"
