"""Text as one searches for it."""

import unicodedata


def search_text(text: str) -> str:
    """`text` without capitals, its accents composed, and printable whatever its bytes were."""
    printable = text.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", printable).casefold()
