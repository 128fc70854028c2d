"""To the Hub and back: a model folder goes and comes whole, or not at all."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from core import paths
from core.errors import DataError, ModelError
from core.estimation.model_card import CARD_FILE, KERAS_FILE, ONNX_FILE, ModelCard, read_card
from core.estimation.model_folder import ModelFolder, is_installed
from core.estimation.onnx_engine import OnnxEngine
from core.estimation.predictor import Predictor
from training.publishing.hub.connection import HfApi, trouble_is_a_sentence
from training.publishing.hub.readme import write_readme

MODEL_FILES = (KERAS_FILE, ONNX_FILE)

MAX_BYTES = {CARD_FILE: 4_000_000, KERAS_FILE: 1_000_000_000, ONNX_FILE: 1_000_000_000}
"""What a stranger's file may have; larger ones are not begun."""


def push(folder: Path, repo: str) -> str:
    """Upload a measured model with a README.md made from its card.

    Args:
        repo: USER/NAME; made if it is not there.

    Returns:
        Where it can be seen.

    Raises:
        DataError: if the model was never measured.
        ModelError: if its files are not those of its card, or the Hub does not take them.
    """
    card = read_card(folder)
    if not card.figures:
        raise DataError(f"{folder} was never evaluated: measure it before you show it to others.")
    model = ModelFolder(folder, card)
    api = HfApi()
    with TemporaryDirectory() as temporary:
        staged = Path(temporary)
        for name in card.sha256:
            shutil.copy(model.verify_file(name), staged)
        shutil.copy(folder / CARD_FILE, staged)
        write_readme(card, staged)
        with trouble_is_a_sentence(repo):
            api.create_repo(repo, exist_ok=True)
            api.upload_folder(repo_id=repo, folder_path=staged, commit_message=card.title)
    return f"{api.endpoint}/{repo}"


def pull(repo: str) -> ModelFolder:
    """Download a model, look at it, and install it among the user's own.

    Raises:
        ModelError: if there is none, a model of its name is installed, or what came is not what its
            card and the Hub describe; nothing is left then.
    """
    with trouble_is_a_sentence(repo):
        api = HfApi()
        remote = _RemoteModel.find(api, repo)
    with _folder_beside_models() as part:
        remote.fetch(CARD_FILE, part)
        card = read_card(part)
        if is_installed(card.name):
            raise ModelError(
                f"A model called {card.name} is installed already. Remove its folder first."
            )
        _check_names(card, repo)
        for name in card.sha256:
            remote.fetch(name, part)
        _check_model(ModelFolder(part, card))
        target = paths.user_models_dir() / card.name
        try:
            part.replace(target)
        except OSError as error:
            raise ModelError(f"{target} cannot be made ({error.strerror}).") from error
    return ModelFolder(target, card)


@dataclass(frozen=True, slots=True)
class _RemoteModel:
    """One commit of a repository, so that all files belong together."""

    api: HfApi
    repo: str
    commit: str
    files: dict[str, tuple[int, str]]
    """Size in bytes and digest by name; the digest is git's own for small files."""

    @classmethod
    def find(cls, api: HfApi, repo: str) -> "_RemoteModel":
        info = api.model_info(repo, files_metadata=True)
        files = {
            file.rfilename: (file.size or 0, file.lfs.sha256 if file.lfs else file.blob_id or "")
            for file in info.siblings or []
        }
        return cls(api, repo, str(info.sha), files)

    def fetch(self, name: str, folder: Path) -> None:
        """Download a file into `folder`, whole and as the Hub describes it."""
        if name not in self.files:
            raise ModelError(f"{self.repo} on the Hub has no {name}: it is no model for Visage.")
        size, digest = self.files[name]
        if size > MAX_BYTES[name]:
            raise ModelError(f"{name} of {self.repo} is too large: {size / 1e6:.0f} MB.")
        with trouble_is_a_sentence(self.repo):
            self.api.hf_hub_download(self.repo, name, revision=self.commit, local_dir=folder)
        if digest not in _digests(folder / name):
            raise ModelError(f"{name} of {self.repo} came damaged. Try again.")


def _digests(path: Path) -> tuple[str, str]:
    """As the Hub tells them: SHA-256, and git's SHA-1 for a small file."""
    content = path.read_bytes()
    blob = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False)
    return hashlib.sha256(content).hexdigest(), blob.hexdigest()


@contextmanager
def _folder_beside_models() -> Iterator[Path]:
    """A folder on the models' own disk, gone at the end unless it was moved."""
    models = paths.user_models_dir()
    paths.make_private_folder(models)
    with TemporaryDirectory(prefix=".pull-", dir=models) as temporary:
        part = Path(temporary) / "model"
        part.mkdir()
        yield part


def _check_names(card: ModelCard, repo: str) -> None:
    strange = sorted(set(card.sha256) - set(MODEL_FILES))
    if strange or ONNX_FILE not in card.sha256:
        raise ModelError(f"The card of {repo} does not name the files of a model for Visage.")


def _check_model(model: ModelFolder) -> None:
    """See that the files are those of the card, and that the model answers."""
    for name in model.card.sha256:
        model.verify_file(name)
    size_px = model.card.input_size_px
    with Predictor(model.card, OnnxEngine(model.path / ONNX_FILE)) as predictor:
        predictor.predict(np.zeros((1, size_px, size_px, 3), np.uint8))
    shutil.rmtree(model.path / ".cache", ignore_errors=True)  # the library's own notes
