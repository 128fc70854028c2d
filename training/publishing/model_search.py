"""Finds model folders: published ones, and those of runs."""

import shlex
from collections.abc import Iterable, Sequence
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


def all_model_folders(names: Sequence[str], runs_dir: Path, kept_dir: Path) -> list[Path]:
    """The published models, those of the newest run in each preset, and the kept cards."""
    published = [paths.models_dir() / name for name in names]
    runs = [newest_run(runs_dir, name, preset) for name in names for preset in Preset]
    of_runs = [run.model_dir for run in runs if run]
    return list(filter(_has_card, [*published, *of_runs, *sorted(kept_dir.glob("*"))]))


def measured_cards(folders: Iterable[Path]) -> list[ModelCard]:
    """The cards of evaluated models, the first of those that one command trained."""
    by_command: dict[str, ModelCard] = {}
    for card in map(read_card, folders):
        if card.figures:
            by_command.setdefault(card.training_command, card)
    return list(by_command.values())


def keep_cards(cards: Iterable[ModelCard], kept_dir: Path) -> None:
    """Keep the cards of unpublished models, for the day when their runs are gone."""
    for card in cards:
        published = paths.models_dir() / card.name
        if _has_card(published) and read_card(published).training_command == card.training_command:
            continue
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
    is_of_run = folder == RunDir(folder.parent).model_dir
    subject = (folder.parent if is_of_run else folder).as_posix()
    words = ["python", "-m", "training", "evaluate", subject]
    words += ["--data", *(card.collections or ["UTKFace"])]
    words += ["--split", REPORT_SPLIT] * learnt_from_reports_split(card)
    raise DataError(f"{subject} was never evaluated: {shlex.join([*words, '--card'])}")


def _has_card(folder: Path) -> bool:
    return (folder / CARD_FILE).is_file()
