"""The catalogues of texts in resources/translations, read without Qt: docs/adr/0016."""

from collections.abc import Mapping
from functools import cache
from xml.etree import ElementTree

from core import paths

ENGLISH = "en"
"""The language of the code: its catalogue holds the plural forms alone."""


def marked(context: str, text: str) -> str:
    """`text` as it is, so that it gets into the catalogue: it is translated where it is shown."""
    return text


@cache
def texts(code: str, context: str) -> Mapping[str, str]:
    """The translations of one context by their English; none in a language without a catalogue."""
    file = paths.translations_dir() / f"visage_{code}.ts"
    if not file.is_file():
        return {}
    found = ElementTree.parse(file).getroot().findall(f"context[name='{context}']/message")
    pairs = ((message.findtext("source", ""), message.findtext("translation")) for message in found)
    return {source: translation for source, translation in pairs if translation}
