"""Where things lie, in a checkout and in a frozen app."""

import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import platformdirs

from core.errors import VisageError

APP_NAME = "Visage"
_IS_CHECKOUT = __package__ == "core" and not getattr(sys, "frozen", False)
"""Not the packaged app, nor the package `visage` that an installed wheel is (docs/adr/0012)."""

PROGRAM = "main.py" if _IS_CHECKOUT else "visage"
"""What commands begin with."""
_OWNER_ONLY = 0o700
_OWNER_READS = 0o600


def install_dir() -> Path:
    """The folder that holds models/ and resources/."""
    if getattr(sys, "frozen", False):
        return Path(getattr(sys, "_MEIPASS", Path(sys.executable).parent))
    return Path(__file__).resolve().parent.parent


def models_dir() -> Path:
    """Models that come with Visage."""
    return install_dir() / "models"


def user_models_dir() -> Path:
    """Models that the user adds: a folder each, shown beside the bundled ones."""
    return data_dir() / "models"


def face_detector_dir() -> Path:
    """The files of YuNet and BlazeFace."""
    return models_dir() / "face_detector"


def resources_dir() -> Path:
    """Icons, style, translations, and the sample."""
    return install_dir() / "resources"


def translations_dir() -> Path:
    """The catalogues of the window's texts: visage_fr.ts with its visage_fr.qm, and so on."""
    return resources_dir() / "translations"


def languages() -> tuple[str, ...]:
    """The codes of the languages that there is a catalogue of, such as "fr"."""
    files = translations_dir().glob("visage_*.qm")
    return tuple(sorted(file.stem.removeprefix("visage_") for file in files))


def user_guide(language: str) -> Path:
    """The guide in a language of `languages()`, or in English."""
    docs = install_dir() / "docs"
    translation = docs / f"user-guide.{language}.md"
    return translation if translation.is_file() else docs / "user-guide.md"


def sample_clip() -> Path:
    """A short clip with two faces that move, grow, leave and return."""
    return resources_dir() / "sample" / "sample.mp4"


def sample_photo() -> Path:
    """A group photo of the same two people."""
    return resources_dir() / "sample" / "sample.jpg"


def data_dir() -> Path:
    """The user's own data; it outlives the app. Made by `make_private_folder`."""
    return _user_dir(platformdirs.user_data_dir)


def cache_dir() -> Path:
    """What can be made anew, by Keras and matplotlib alone. Not created here."""
    return _user_dir(platformdirs.user_cache_dir)


def log_dir() -> Path:
    """Log files. Made by `make_private_folder`."""
    return _user_dir(platformdirs.user_log_dir)


def _user_dir(find: Callable[..., str]) -> Path:
    """Raises VisageError where the system knows no home of the user, as in some containers."""
    try:
        return Path(find(APP_NAME, appauthor=False))
    except RuntimeError:
        raise VisageError("The system knows no home folder of yours: set HOME to one.") from None


def make_private_folder(folder: Path) -> None:
    """Make a folder that only the user may enter; one of Visage's own is closed to others.

    Raises:
        OSError: if it cannot be made.
    """
    for parent in reversed(folder.parents):  # whatever the umask is, as XDG wants it
        parent.mkdir(mode=_OWNER_ONLY, exist_ok=True)
    folder.mkdir(mode=_OWNER_ONLY, exist_ok=True)
    if folder in (data_dir(), log_dir()):
        _close_to_others(folder, _OWNER_ONLY)


def make_private_file(path: Path) -> None:
    """Make an empty file that only the user may read, or close one to others that is there.

    Raises:
        OSError: if it cannot be made.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, _OWNER_READS))
    if path.is_file():
        _close_to_others(path, _OWNER_READS)


def _close_to_others(path: Path, mode: int) -> None:
    """Where the system lets us: on a memory stick nothing has an owner."""
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        with suppress(OSError):
            path.chmod(mode)
