"""Core's sentences in another language, without Qt: docs/adr/0016.

Core makes sentences in English, and jobs keep them so. The catalogue holds what they are made from,
"%1 is empty: it has zero bytes."; here a sentence is known again by it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from gui.language.catalogue import texts

CONTEXT = "core"
_PLACE = re.compile(r"%(\d)")
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+")
SENTENCE_END = re.compile(r"(?<=[^A-Z][.?…]) (?=[A-Z])")
"""Where one sentence ends and the next begins; an initial is no end."""


@dataclass(frozen=True, slots=True)
class _Form:
    """One sentence of the catalogue, and what finished ones look like."""

    english: re.Pattern[str]
    translation: str
    letter_count: int


@lru_cache(maxsize=2048)
def translated(sentence: str, code: str) -> str:
    """What core says, in another language; what the catalogue does not know stays as it is.

    Args:
        sentence: a finished sentence, or several one after the other, as in a note.
        code: of the language.
    """
    if _THOUSANDS.fullmatch(sentence) and _forms(code):
        return sentence.replace(",", "\u202f")
    if (whole := _known(sentence, code)) is not None:
        return whole
    for end in SENTENCE_END.finditer(sentence):
        if (first := _known(sentence[: end.start()], code)) is not None:
            return f"{first} {translated(sentence[end.end() :], code)}"
    return sentence


def _known(sentence: str, code: str) -> str | None:
    """The translation of one sentence; None where the catalogue does not know it."""
    for form in _forms(code):
        if match := form.english.fullmatch(sentence):
            return _filled(form.translation, [translated(part, code) for part in match.groups()])
    return None


def _filled(text: str, values: Sequence[str]) -> str:
    """`text` with its values in the places of %1, %2, which may come in another order."""
    return _PLACE.sub(lambda place: values[int(place[1]) - 1], text)


@cache
def _forms(code: str) -> tuple[_Form, ...]:
    """Those with the most letters first: "%1 of %2" would fit what a longer one says, too."""
    forms = (_make_form(*pair) for pair in texts(code, CONTEXT).items())
    return tuple(sorted(forms, key=lambda form: -form.letter_count))


def _make_form(english: str, translation: str) -> _Form:
    literal = [re.escape(part) for part in _PLACE.split(english)[::2]]
    pattern = re.compile("(.+?)".join(literal), re.DOTALL)
    return _Form(pattern, translation, len(_PLACE.sub("", english)))
