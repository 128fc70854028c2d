"""Names for files in a folder that may hold others already."""

import os
from collections.abc import Callable
from itertools import count
from pathlib import Path

_MAX_NAME_BYTES = 255
"""Of a file's name; no usual file system takes more."""


def free_path(folder: Path, name: str) -> Path:
    """`folder`/`name`, or “name (2)” and so on: an export never takes the place of a file.

    A name that is too long is shortened before its suffix. Where nobody may look, every name
    counts as free: writing there says what is wrong.
    """
    paths = (folder / _numbered(name, number) for number in count(1))
    # Unlike Path.exists, it also sees a link that leads nowhere.
    return next(path for path in paths if not os.path.lexists(path))


class FreeNames:
    """Gives the files of one export their names, each of them once.

    Of equal names it goes on counting where it stopped: 20,000 of them cost 20,000 looks.
    """

    def __init__(self) -> None:
        self._next_numbers: dict[str, int] = {}

    def claim(self, folder: Path, name: str, is_same: Callable[[Path], bool]) -> Path | None:
        """As `free_path`; None if what is to be written is there already, by an earlier export.

        Args:
            is_same: whether a file holds just what is to be written.
        """
        key = str(folder / name)
        number = self._next_numbers.get(key, 1)
        path = folder / _numbered(name, number)
        while (is_taken := os.path.lexists(path)) and not is_same(path):
            number += 1
            path = folder / _numbered(name, number)
        self._next_numbers[key] = number + 1
        return None if is_taken else path


def _numbered(name: str, number: int) -> str:
    path = Path(name)
    stem, ending = path.stem, path.suffix if number == 1 else f" ({number}){path.suffix}"
    while stem and len(os.fsencode(stem + ending)) > _MAX_NAME_BYTES:
        stem = stem[:-1]
    return stem + ending
