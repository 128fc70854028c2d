"""Where things lie, in a checkout and in a frozen app."""

import sys
from pathlib import Path

import platformdirs

APP_NAME = "Visage"


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
    """MediaPipe's detector files."""
    return models_dir() / "face_detector"


def resources_dir() -> Path:
    """Icons, style, and the sample."""
    return install_dir() / "resources"


def sample_clip() -> Path:
    """A short clip with two faces that move, grow, leave and return."""
    return resources_dir() / "sample" / "sample.mp4"


def sample_photo() -> Path:
    """A group photo of the same two people."""
    return resources_dir() / "sample" / "sample.jpg"


def data_dir() -> Path:
    """The user's own data; it outlives the app. Not created here."""
    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


def cache_dir() -> Path:
    """What can be made anew, by Keras and matplotlib alone. Not created here."""
    return Path(platformdirs.user_cache_dir(APP_NAME, appauthor=False))


def log_dir() -> Path:
    """Log files. Not created here."""
    return Path(platformdirs.user_log_dir(APP_NAME, appauthor=False))
