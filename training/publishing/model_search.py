"""Finds model folders: published ones, and those of runs."""

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from core import paths
from core.errors import DataError
from core.estimation.model_card import CARD_FILE, ModelCard, read_card, write_card
from training.learning.configs import Preset
from training.learning.run_dir import RunDir, newest_run

RUNS_DIR = Path("runs")
REPORT_SPLIT = "report"


def model_folder(name_or_path: str, runs_dir: Path) -> Path:
    """A published model by name, a model folder, or the model of a run.

    Raises:
        DataError: if it is none of them.
    """
    path = Path(name_or_path)
    newest = newest_run(runs_dir, name_or_path)
    candidates = [paths.models_dir() / name_or_path, path, RunDir(path).model_dir]
    candidates += [newest.model_dir] if newest else []
    for folder in filter(_has_card, candidates):
        return folder
    raise DataError(
        f"{name_or_path!r} is neither a published model, nor a model folder, nor a finished run."
    )


def run_folder(folder: Path) -> Path:
    """The run that has the model folder `folder`, or `folder` itself where it is no run's."""
    return folder.parent if folder == RunDir(folder.parent).model_dir else folder


def short_name(folder: Path) -> str:
    """What the model in `folder` is called in short: its run's name, or its folder's."""
    return run_folder(folder.resolve()).name


def published_cards(names: Iterable[str]) -> list[ModelCard]:
    """The cards of the published models of these names that were measured."""
    folders = filter(_has_card, (paths.models_dir() / name for name in names))
    return [card for card in map(read_card, folders) if card.figures]


def newest_models(names: Iterable[str], runs_dir: Path) -> list[Path]:
    """The models of the newest run of each name in each preset."""
    runs = [newest_run(runs_dir, name, preset) for name in names for preset in Preset]
    return list(filter(_has_card, (run.model_dir for run in runs if run)))


def kept_models(kept_dir: Path) -> list[Path]:
    """The folders of the cards that `keep_cards` kept."""
    return list(filter(_has_card, sorted(kept_dir.glob("*"))))


def unpublished_cards(folders: Iterable[Path], published: Sequence[ModelCard]) -> list[ModelCard]:
    """The measured cards in `folders` by their runs' names, the first of those of one run.

    A card's run is the name of its folder here, whatever it says: it may have been renamed.

    Raises:
        DataError: if two models' runs have one name.
    """
    known = [_training(card) for card in published]
    found: dict[str, tuple[Path, ModelCard]] = {}
    for folder in folders:
        card = replace(read_card(folder), run=short_name(folder))
        if not card.figures or _training(card) in known:
            continue
        place, first = found.setdefault(card.run, (folder, card))
        if _training(first) != _training(card):
            raise DataError(
                f"{run_folder(place)} and {run_folder(folder)} are two models whose runs have one "
                "name: rename one of these folders."
            )
    return [card for _, (_, card) in sorted(found.items())]


def keep_cards(cards: Iterable[ModelCard], kept_dir: Path) -> None:
    """Keep the cards of runs, for the day when these are gone."""
    for card in cards:
        (kept_dir / card.run).mkdir(parents=True, exist_ok=True)
        write_card(card, kept_dir / card.run)


def learnt_from_reports_split(card: ModelCard) -> bool:
    """Whether a model learnt from the report's plain split: see `training.data.split`."""
    return f"--split {REPORT_SPLIT}" in card.training_command


def check_evaluated(folder: Path, card: ModelCard) -> None:
    """Make sure that the model in `folder` was measured.

    Raises:
        DataError: with the command that measures it, if it was not.
    """
    if card.figures:
        return
    subject = run_folder(folder).as_posix()
    words = ["python", "-m", "training", "evaluate", subject]
    words += ["--data", *(card.collections or ["UTKFace"])]
    words += ["--split", REPORT_SPLIT] * learnt_from_reports_split(card)
    raise DataError(f"{subject} was never evaluated: {shlex.join([*words, '--card'])}")


def _training(card: ModelCard) -> tuple[str, str, str]:
    """What tells one training from another."""
    return card.name, card.run, card.training_command


def _has_card(folder: Path) -> bool:
    return (folder / CARD_FILE).is_file()
