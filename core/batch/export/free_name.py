"""Names for files in a folder that may hold others already."""

import os
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


def _numbered(name: str, number: int) -> str:
    path = Path(name)
    stem, ending = path.stem, path.suffix if number == 1 else f" ({number}){path.suffix}"
    while stem and len(os.fsencode(stem + ending)) > _MAX_NAME_BYTES:
        stem = stem[:-1]
    return stem + ending
