"""Where models lie on disk: one folder each, with a card, a Keras file and an ONNX file."""

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from core import paths
from core.errors import ModelError
from core.estimation.model_card import CARD_FILE, ModelCard, read_card
from core.sources.file_check import is_folder

logger = logging.getLogger(__name__)

DEFAULT_MODELS = ("visage", "mobilenet_v2")
"""The first of these that is installed is used when the user names none."""


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A model on disk with its card."""

    path: Path
    card: ModelCard

    def verify_file(self, name: str) -> Path:
        """The path of one of the model's files, once its SHA-256 is the card's.

        Raises:
            ModelError: if the file is missing, unreadable, not on the card, or changed.
        """
        expected = self.card.sha256.get(name)
        if expected is None:
            raise ModelError(f"The model {self.card.name} comes without {name}.")
        if _sha256(self.path / name) != expected.lower():
            raise ModelError(
                f"The file {self.path / name} is not the one that the model's card describes. "
                "It is damaged or was changed; install the model again."
            )
        return self.path / name


def find_models() -> tuple[ModelFolder, ...]:
    """All models that can be read: the bundled ones first, then the user's, each by name.

    A folder without a card is no model. A broken card is logged and left out, and so is a model
    whose name was found before.
    """
    models: dict[str, ModelFolder] = {}
    for folder in candidate_folders():
        try:
            model = ModelFolder(folder, read_card(folder))
        except ModelError as error:
            logger.warning("%s", error)
            continue
        if model.card.name in models:
            logger.warning("The model %s is there twice; %s is left out.", model.card.name, folder)
            continue
        models[model.card.name] = model
    return tuple(models.values())


def is_installed(name: str) -> bool:
    """Whether `find_model` would find the model called `name`."""
    return any(model.card.name == name for model in find_models())


def find_model(name: str | None = None) -> ModelFolder:
    """The model called `name`, or the default model.

    Raises:
        ModelError: if there is none; the text lists those there are.
    """
    models = {model.card.name: model for model in find_models()}
    if not models:
        raise ModelError(
            f"No model is installed. Put one into {paths.models_dir()} or "
            f"{paths.user_models_dir()}."
        )
    if name is None:
        name = default_name(tuple(models))
    if name not in models:
        raise ModelError(f"There is no model called {name}. There is: {', '.join(models)}.")
    return models[name]


def default_name(names: Sequence[str]) -> str:
    """Which of the models called `names`, in their order, is used when the user names none."""
    return next((known for known in DEFAULT_MODELS if known in names), names[0])


def candidate_folders() -> Iterator[Path]:
    """Every folder with a card, broken or not: the bundled ones, then the user's."""
    for root in (paths.models_dir(), paths.user_models_dir()):
        if is_folder(root):
            yield from sorted(card.parent for card in root.glob(f"*/{CARD_FILE}"))


def _sha256(path: Path) -> str:
    try:
        if not S_ISREG(path.stat().st_mode):
            raise ModelError(f"The model file {path} cannot be read (it is no file).")
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise ModelError(f"The model file {path} is missing; install the model again.") from None
    except OSError as error:
        raise ModelError(f"The model file {path} cannot be read ({error.strerror}).") from error
