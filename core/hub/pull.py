"""A model from the Hub: it comes whole and is the one that its card describes, or not at all."""

import hashlib
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from core import paths
from core.errors import ModelError
from core.estimation.model_card import CARD_FILE, KERAS_FILE, ONNX_FILE, ModelCard, read_card
from core.estimation.model_folder import ModelFolder, find_models
from core.estimation.model_name import is_same_name
from core.estimation.onnx_engine import OnnxEngine
from core.estimation.predictor import Predictor
from core.hub.connection import HfApi, trouble_is_a_sentence

MODEL_FILES = (KERAS_FILE, ONNX_FILE)

MAX_BYTES = {CARD_FILE: 4_000_000, KERAS_FILE: 1_000_000_000, ONNX_FILE: 1_000_000_000}
"""What a stranger's file may have; larger ones are not begun."""

PART_PREFIX = ".pull-"
FORGOTTEN_S = 3600.0
"""Older than this, what a process that was killed had begun goes with the next pull."""

ShowProgress = Callable[[int, int], None]
"""Takes the bytes that came, and those that will in all."""


def pull(
    repo: str,
    show_progress: ShowProgress = lambda _came, _all: None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> ModelFolder:
    """Download a model, look at it, and install it among the user's own.

    Args:
        repo: USER/NAME.
        show_progress: called for each piece that came.
        is_stopped: asked at each piece; ends the transfer once it is True.

    Raises:
        ModelError: if there is none, a model of its name is installed, or what came is not what its
            card and the Hub describe, or it was stopped; nothing is left then.
    """
    with trouble_is_a_sentence(repo):
        remote = _RemoteModel.find(HfApi(), repo)
    with _folder_beside_models() as part, _called_by_repo(part, repo):
        remote.fetch(CARD_FILE, part, _Meter(0, lambda _came, _all: None, is_stopped))
        card = read_card(part)
        _check_free(card.name)
        _check_names(card, repo)
        meter = _Meter(sum(map(remote.size, card.sha256)), show_progress, is_stopped)
        for name in card.sha256:
            remote.fetch(name, part, meter)
        _check_model(ModelFolder(part, card))
        target = paths.user_models_dir() / card.name
        try:
            part.replace(target)
        except OSError as error:
            raise ModelError(f"{target} cannot be made ({error.strerror}).") from error
    return ModelFolder(target, card)


class _Meter:
    """Stands in for the library's progress bar: counts the bytes of all files of a model."""

    def __init__(
        self, total: int, show_progress: ShowProgress, is_stopped: Callable[[], bool]
    ) -> None:
        self._came, self._total = 0, total
        self._show_progress, self._is_stopped = show_progress, is_stopped

    def __call__(self, **_options: object) -> "_Meter":
        """The library makes a bar of what it takes for a class, for each file one."""
        return self

    def __enter__(self) -> "_Meter":
        return self

    def __exit__(self, *_error: object) -> None:
        pass

    def update(self, count: int) -> None:
        """Count what came; the library ends the transfer with what is raised here."""
        self._came += count
        self._show_progress(self._came, self._total)
        if self._is_stopped():
            raise ModelError("The download was stopped. Nothing of it was kept.")


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

    def size(self, name: str) -> int:
        """Bytes of a file; refused if there is none, or if it is too large."""
        if name not in self.files:
            raise ModelError(f"{self.repo} on the Hub has no {name}: it is no model for Visage.")
        size, _ = self.files[name]
        if size > MAX_BYTES[name]:
            raise ModelError(f"{name} of {self.repo} is too large: {size / 1e6:.0f} MB.")
        return size

    def fetch(self, name: str, folder: Path, meter: _Meter) -> None:
        """Download a file into `folder`, whole and as the Hub describes it."""
        self.size(name)
        bar: Any = meter
        with trouble_is_a_sentence(self.repo):
            self.api.hf_hub_download(
                self.repo, name, revision=self.commit, local_dir=folder, tqdm_class=bar
            )
        if self.files[name][1] not in _digests(folder / name):
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
    try:
        paths.make_private_folder(models)
    except OSError as error:
        raise ModelError(f"{models} cannot be made ({error.strerror}).") from error
    _remove_forgotten(models)
    with TemporaryDirectory(prefix=PART_PREFIX, dir=models) as temporary:
        part = Path(temporary) / "model"
        part.mkdir()
        yield part


def _remove_forgotten(models: Path) -> None:
    """Remove what processes left that were killed in the middle."""
    for folder in models.glob(f"{PART_PREFIX}*"):
        if time.time() - folder.stat().st_mtime > FORGOTTEN_S:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _called_by_repo(part: Path, repo: str) -> Iterator[None]:
    """Trouble with a file that came names the repository: the folder is gone when it is read."""
    try:
        yield
    except ModelError as error:
        raise ModelError(str(error).replace(str(part), repo)) from error


def _check_free(name: str) -> None:
    """Make sure that no model has the name, nor in other letters."""
    for model in find_models():
        if not is_same_name(model.card.name, name):
            continue
        if model.path.parent == paths.models_dir():
            raise ModelError(
                f"A model called {model.card.name} comes with Visage: no other of its name is "
                "installed beside it."
            )
        raise ModelError(
            f"A model called {model.card.name} is installed already. Remove its folder first."
        )


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
