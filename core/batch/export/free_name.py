"""Names for files in a folder that may hold others already."""

from itertools import count
from pathlib import Path


def free_path(folder: Path, name: str) -> Path:
    """`folder`/`name`, or “name (2)” and so on: an export never takes the place of a file."""
    first = folder / name
    if not _exists(first):
        return first
    numbered = (folder / f"{first.stem} ({number}){first.suffix}" for number in count(2))
    return next(path for path in numbered if not _exists(path))


def _exists(path: Path) -> bool:
    """Also for a link that leads nowhere."""
    return path.exists() or path.is_symlink()
