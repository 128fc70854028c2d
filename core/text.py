"""Texts of any kind, made fit to be stored, shown and searched."""

import unicodedata


def printable(text: str) -> str:
    """`text` with "?" in the place of bytes that are not Unicode, as file names may hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def search_text(text: str) -> str:
    """`text` as one searches for it: printable, its accents composed, without capitals."""
    return unicodedata.normalize("NFC", printable(text)).casefold()
