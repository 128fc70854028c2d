"""What the command line's options mean: a configuration, the data, and the command itself."""

import json
import os
import shlex
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import replace
from errno import EISDIR
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from core.whole_text import write_whole_text
from training.data.augmentation import AUGMENTATIONS
from training.data.collection import collection_name
from training.data.labelled_data import Data
from training.learning.configs import Preset, TrainConfig
from training.learning.losses import AgeLoss
from training.learning.presets import find_config, with_age_loss, with_weights
from training.learning.run_dir import RunDir
from training.publishing.model_search import REPORT_SPLIT, RUNS_DIR, model_folder

CACHE_DIR = RUNS_DIR / "cache"

_SETTINGS = {
    "size": "input_size_px",
    "epochs": "epochs",
    "rate": "learning_rate",
    "batch": "batch_size",
    "seed": "seed",
    "crops": "crop_share",
    "keep_last": "keep_last",
    "freeze": "frozen_layers",
    "precision": "precision",
    "teaching": "teaching_share",
    "balance": "rare_age_draws",
    "balance_groups": "rare_group_draws",
    "balance_collections": "rare_collection_draws",
}
"""Which setting of a configuration an option changes."""

_CHOICES = ("loss", "expectation", "augment")
"""Options whose words are not yet the setting itself."""


def make_config(options: Namespace) -> TrainConfig:
    """The configuration that the options of `train` and its like ask for.

    However few epochs they ask for, the whole network learns in the last one.

    Raises:
        DataError: if there is none.
    """
    config = find_config(options.name, Preset(options.preset) if options.preset else None)
    values = {
        setting: value
        for option, setting in _SETTINGS.items()
        if (value := vars(options).get(option)) is not None
    }
    if teachers := vars(options).get("teachers"):
        values["teachers"] = tuple(str(model_folder(name, RUNS_DIR)) for name in teachers)
    if vars(options).get("weights"):
        config = with_weights(config, options.weights)
    if vars(options).get("loss"):
        config = with_age_loss(config, AgeLoss(options.loss))
    if vars(options).get("expectation") is not None:
        values["label"] = replace(config.label, expectation_weight=options.expectation)
    if vars(options).get("augment"):
        values["augmentation"] = AUGMENTATIONS[options.augment]
    config = replace(config, **values)
    return replace(config, head_epochs=min(config.head_epochs, config.epochs - 1))


def open_labelled_data(options: Namespace, *, is_reports_split: bool = False) -> Data:
    """The collections that --data names; says what in their split is worth knowing."""
    data = Data(options.data, CACHE_DIR, is_reports_split)
    if data.leaked_count:
        print(
            f"{data.leaked_count} of {len(data.split.test)} test chips show the picture of a "
            "training chip: figures on this split are too good."
        )
    if data.withheld_count:
        print(
            f"{data.withheld_count} chips are left out: they show the picture of a chip that "
            "another collection holds out."
        )
    return data


def train_command(options: Namespace, config: TrainConfig) -> str:
    """The command that makes the same model elsewhere; folders of this machine are left out."""
    words = ["python", "-m", "training", "train", config.name, "--preset", config.preset]
    words += ["--data", *shown_data(options.data)]
    if options.split == REPORT_SPLIT:
        words += ["--split", REPORT_SPLIT]
    if options.weights:
        words += ["--weights", _shown_weights(Path(options.weights))]
    if options.teachers:
        words += ["--teachers", *options.teachers]
    values = {option: getattr(options, option) for option in (*_SETTINGS, *_CHOICES)}
    for option, value in values.items():
        if value is not None:
            words.append(f"--{option.replace('_', '-')}")
            words += [] if value is True else [str(value)]
    return shlex.join(words)


def evaluate_command(run: RunDir, sources: Sequence[Path], split: Sequence[str] = ()) -> str:
    """The command that measures what a run has made."""
    words = ["python", "-m", "training", "evaluate", run.path, "--data", *sources, *split]
    return shlex.join(map(str, [*words, "--card"]))


def check_json(options: Namespace) -> None:
    """See before the work that figures can be written where `--json` wants them.

    Raises:
        OSError: if they cannot.
    """
    path: Path | None = options.json
    if path is None:
        return
    if path.is_dir():
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(path))
    try:
        with TemporaryFile(dir=path.parent):
            pass
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def measured_with(subject: str, sources: Sequence[Path], split: str) -> list[str]:
    """The words of the command that measures a model, without folders of this machine."""
    words = ["python", "-m", "training", "evaluate", subject]
    return [*words, "--data", *shown_data(sources), "--split", split]


def write_json(values: Mapping[str, Any], path: Path) -> None:
    """Write figures where `--json` wants them."""
    write_whole_text(path, json.dumps(values, indent=2) + "\n")


def shown_data(sources: Sequence[Path]) -> list[str]:
    """What was learnt or measured, without folders of this machine."""
    return [source.name or collection_name(source) for source in sources]


def _shown_weights(path: Path) -> str:
    """An earlier run's by its run, anything else by its name."""
    return path.as_posix() if path.is_relative_to(RUNS_DIR) else path.name
