"""What a learnt model may be called."""

from pathlib import Path

from core import paths
from core.errors import LearningError, ModelError
from core.estimation.model_card import read_card
from core.estimation.model_folder import candidate_folders
from core.estimation.model_name import is_file_name, is_same_name

DEFAULT_NAME = "mine"

LEARNT_BY = "main.py learn"
"""What a learnt model's card names as the command that trained it."""

_MAX_NAME_LETTERS = 60


def check_name(name: str) -> None:
    """Make sure that a model may be installed under this name.

    Raises:
        LearningError: if it can be no folder's name, or another model has it.
    """
    is_plain = name == name.strip() and all(letter.isalnum() or letter in "-_" for letter in name)
    if not is_plain or not 0 < len(name) <= _MAX_NAME_LETTERS:
        raise LearningError("A model's name consists of letters, digits, - and _, at most 60.")
    if not is_file_name(name):
        raise LearningError(f"No folder can be called {name} on Windows; choose another name.")
    for folder in candidate_folders():
        is_taken = any(is_same_name(name, one) for one in (folder.name, _name_on_card(folder)))
        if is_taken and not _is_learnt(folder):
            raise LearningError(f"There is another model called {name}; choose another name.")


def _name_on_card(folder: Path) -> str:
    try:
        return read_card(folder).name
    except ModelError:
        return ""


def _is_learnt(folder: Path) -> bool:
    try:
        card = read_card(folder)
    except ModelError:
        return False
    return folder.parent == paths.user_models_dir() and card.training_command.startswith(LEARNT_BY)
