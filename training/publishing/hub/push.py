"""To the Hub: a model folder with the page that its card makes."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from core.errors import DataError
from core.estimation.model_card import CARD_FILE, ONNX_FILE, read_card
from core.estimation.model_folder import ModelFolder
from core.hub.connection import HfApi, trouble_is_a_sentence
from training.publishing.hub.readme import write_readme
from training.publishing.model_search import check_evaluated


def push(folder: Path, repo: str) -> str:
    """Upload a measured model with a README.md made from its card.

    Args:
        repo: USER/NAME, or the NAME of a repository of one's own; made if it is not there.

    Returns:
        Where it can be seen.

    Raises:
        DataError: if the model was never measured, or has no file that the app runs.
        ModelError: if its files are not those of its card, or the Hub does not take them.
    """
    card = read_card(folder)
    check_evaluated(folder, card)
    if ONNX_FILE not in card.sha256:
        raise DataError(f"{folder} has no {ONNX_FILE}: nobody could install it from the Hub.")
    model = ModelFolder(folder, card)
    api = HfApi()
    with TemporaryDirectory() as temporary:
        staged = Path(temporary)
        for name in card.sha256:
            shutil.copy(model.verify_file(name), staged)
        shutil.copy(folder / CARD_FILE, staged)
        write_readme(card, staged)
        with trouble_is_a_sentence(repo):
            repo = api.create_repo(repo, exist_ok=True).repo_id  # with the user's name, if it lacks
            api.upload_folder(repo_id=repo, folder_path=staged, commit_message=card.title)
    return f"{api.endpoint}/{repo}"
