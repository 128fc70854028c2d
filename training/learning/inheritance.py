"""What a run takes over from earlier ones: they must not have learnt from its test chips."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from core.errors import DataError
from core.estimation.model_card import CARD_FILE, read_card
from training.architectures.run_weights import is_run_weights
from training.data.labelled_data import Data
from training.learning.configs import TrainConfig
from training.learning.run_dir import RunDir
from training.measuring.held_out import learnt_otherwise


def origin(weights: str) -> str:
    """What the first of the runs started from, each of which started from the one before."""
    while is_run_weights(weights):
        weights = str(RunDir(Path(weights).parent).read_config()["weights"])
    return weights


def check_inheritance(config: TrainConfig, data: Data) -> None:
    """See that neither teachers nor initial weights have learnt from the test chips of `data`.

    Raises:
        DataError: if one of them learnt from another split of a collection.
    """
    for teacher in config.teachers:
        _check_model(Path(teacher), data)
    if is_run_weights(config.weights):
        run = RunDir(Path(config.weights).parent)
        if (run.model_dir / CARD_FILE).is_file() and read_card(run.model_dir).collections:
            _check_model(run.model_dir, data)
        else:
            _check_run(run, data)


def check_averaged(runs: Sequence[RunDir], data: Data) -> None:
    """See that runs, each of which may know some of the collections alone, learnt from `data`.

    Raises:
        DataError: if one learnt from chips that are not in `data`, or from another split.
    """
    known = {one.name: one.split.digest for one in data.collections}
    for run in runs:
        for name, digest in _digests(run):
            if digest not in ([known.get(name)] if name else known.values()):
                raise DataError(
                    f"{run.path} learnt from chips that are not in --data, or from another split."
                )


def _check_model(folder: Path, data: Data) -> None:
    if names := learnt_otherwise(read_card(folder), data):
        raise DataError(
            f"{folder} learnt from another split of {' and '.join(names)}: what it knows of the "
            "test chips would be passed on."
        )


def _check_run(run: RunDir, data: Data) -> None:
    known = {one.name: one.split.digest for one in data.collections}
    for name, digest in _digests(run):
        is_same = known.get(name, digest) == digest if name else digest in known.values()
        if not is_same:
            raise DataError(
                f"{run.path} learnt from another split: what it knows of the test chips would be "
                "passed on."
            )


def _digests(run: RunDir) -> Iterator[tuple[str, str]]:
    """Name and split of each collection of a run; that of a single one stands without its name."""
    for part in run.read_config().get("split", "").split():
        name, _, digest = part.rpartition(":")
        yield name, digest
