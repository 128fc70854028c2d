"""Texts of any kind, made fit to be stored, shown and searched."""

import unicodedata

_TURNS_TEXT = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def printable(text: str) -> str:
    """`text` with "?" in the place of bytes that are not Unicode, as file names may hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def one_line(text: str) -> str:
    """`text` as a name is shown: on one line, steering no terminal, turning no text around."""
    if text.isprintable():
        return text
    return "".join("�" if _is_unfit(letter) else letter for letter in printable(text))


def terminal_text(text: str) -> str:
    """`text` of several lines, else as `one_line`; what is not Unicode stays."""
    return "".join("�" if _is_unfit(letter) and letter not in "\n\t" else letter for letter in text)


def search_text(text: str) -> str:
    """`text` as one searches for it: printable, its accents composed, without capitals."""
    return unicodedata.normalize("NFC", printable(text)).casefold()


def is_blank(text: str) -> bool:
    """Whether nothing of `text` would be seen: spaces, controls, letters without width."""
    return all(unicodedata.category(letter)[0] in "ZC" for letter in text)


def clock_text(time_s: float) -> str:
    """A time as a clock shows it, in whole seconds that have passed: "0:07", "1:02:33"."""
    minutes, seconds = divmod(int(time_s), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _is_unfit(letter: str) -> bool:
    """Whether a letter controls a terminal, breaks the line or turns the text around."""
    return (
        unicodedata.category(letter) in ("Cc", "Zl", "Zp")
        or unicodedata.bidirectional(letter) in _TURNS_TEXT
    )
