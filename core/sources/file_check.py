"""What can be said of a file before anyone decodes it."""

import os
import re
from pathlib import Path

from core.errors import SourceError
from core.text import printable

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def is_folder(path: Path) -> bool:
    """Whether it is a folder; False where the system does not say, as in a forbidden place.

    `Path.is_dir` raises there before Python 3.14, and so does `Path.exists`.
    """
    return os.path.isdir(path)  # noqa: PTH112


def is_there(path: Path) -> bool:
    """Whether there is a file or a folder; False where the system does not say."""
    return os.path.exists(path)  # noqa: PTH110


def check_file(path: Path, error: type[SourceError] = SourceError) -> None:
    """Make sure that there is a file with something in it.

    Raises:
        error: a sentence that says what is wrong.
    """
    name = display_name(path)
    try:
        with path.open("rb") as file:
            is_empty = not file.read(1)
    except FileNotFoundError:
        if os.path.islink(path):  # noqa: PTH114  `Path.is_symlink` may raise
            raise error(f"{name} is a link that leads nowhere.") from None
        raise error(f"{name} does not exist. Was it moved or renamed?") from None
    except IsADirectoryError:
        raise error(f"{name} is a folder, not a file.") from None
    except PermissionError:
        raise error(f"{name} may not be read. Check its permissions.") from None
    except OSError as trouble:
        raise error(f"{name} could not be read ({trouble.strerror}).") from trouble
    except ValueError as trouble:
        raise error(f"{name} could not be read ({trouble}).") from trouble
    if is_empty:
        raise error(f"{name} is empty: it has zero bytes.")


def display_name(path: Path) -> str:
    """The file's name on one line, with "?" in the place of bytes that are not Unicode."""
    return _CONTROL.sub(" ", printable(path.name))
