"""Keeps what Keras and matplotlib write for themselves in Visage's own folder."""

import os

from core import paths

FOLDERS = {"KERAS_HOME": "keras", "MPLCONFIGDIR": "matplotlib"}
"""By the variable that each library reads when it is imported."""


def keep_in_own_folder() -> None:
    """Call it before either is imported; what the user has set stands."""
    for variable, name in FOLDERS.items():
        os.environ.setdefault(variable, str(paths.cache_dir() / name))
