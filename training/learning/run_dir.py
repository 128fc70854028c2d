"""The folder of one training run: configuration, history, checkpoints, and the model."""

import json
import os
import platform
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import keras

from core.errors import DataError
from core.estimation.model_card import CARD_FILE
from core.whole_text import write_whole_text
from training.architectures.run_weights import (
    BEST_WEIGHTS_FILE,
    WEIGHTS_TROUBLE,
    file_size_bytes,
    load_all_weights,
    load_run_weights,
)
from training.data.disk_room import check_room
from training.data.file_lock import exclusive
from training.learning.configs import completed
from training.learning.devices import list_devices, processor_name
from training.learning.ema import averaged_weights

_MACHINE_FIELDS = 5
"""Of a line in the log: time, versions, system, processor, devices."""


@dataclass(frozen=True, slots=True)
class Epoch:
    """What one epoch brought.

    Attributes:
        figures: losses and metrics by their Keras names.
        learning_rate: at its end.
        seconds: how long it took.
    """

    figures: Mapping[str, float]
    learning_rate: float
    seconds: float

    def __post_init__(self) -> None:
        if "val_loss" not in self.figures:
            raise ValueError("an epoch has its loss on validation")

    @property
    def validation_loss(self) -> float:
        return self.figures["val_loss"]


class RunDir:
    """Reads and writes a run. Every file is complete at every moment."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def model_dir(self) -> Path:
        """The model folder that the run makes."""
        return self.path / "model"

    @property
    def features_file(self) -> Path:
        """What a frozen backbone says of the chips, where a run learns from that."""
        return self.path / "features.npy"

    @property
    def tensorboard_dir(self) -> Path:
        """The curves for TensorBoard."""
        return self.path / "tensorboard"

    @property
    def best_weights_file(self) -> Path:
        """The averaged weights of the best epoch so far."""
        return self.path / BEST_WEIGHTS_FILE

    def check_place(self) -> None:
        """See that the folder holds no model but the run's own.

        Raises:
            DataError: if it does, as that of a published model, or of all of them.
        """
        cards = {*self.path.glob(CARD_FILE), *self.path.glob(f"*/{CARD_FILE}")}
        if cards - {self.model_dir / CARD_FILE}:
            raise DataError(f"{self.path} holds models, not a run. Name another folder with --run.")

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other trainings out of the folder; it is made if it is not there.

        Raises:
            DataError: if another one is in it.
        """
        busy = (
            f"Another training is at {self.path}. Wait for it, or name another folder with --run."
        )
        with exclusive(self.path / "run", busy):
            yield

    def start(self, config: Mapping[str, Any]) -> None:
        """Make the folder and note what is trained; a run that learnt must have learnt the same.

        Raises:
            DataError: if the folder holds epochs of another configuration.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        text = json.dumps(dict(config), indent=2, default=str, sort_keys=True) + "\n"
        file = self.path / "config.json"
        if not self.read_history():
            if not file.exists() or file.read_text(encoding="utf-8", errors="replace") != text:
                self.features_file.unlink(missing_ok=True)  # of other chips, or another backbone
            write_whole_text(file, text)
        elif changes := _changes(self.read_config(), completed(json.loads(text))):
            raise DataError(
                f"The run {self.path} was started with other settings or other data:\n"
                f"{changes}\nName another folder with --run."
            )

    def read_config(self) -> dict[str, Any]:
        """What `start` noted, and the default of every setting that was not there yet.

        Raises:
            DataError: if the folder is no run, or the file is damaged.
        """
        file = self.path / "config.json"
        try:
            return completed(json.loads(file.read_text(encoding="utf-8")))
        except OSError:
            raise DataError(f"{self.path} is not a training run.") from None
        except (ValueError, TypeError, KeyError):
            raise self._damaged(file) from None

    def read_history(self) -> list[Epoch]:
        """The epochs done so far.

        Raises:
            DataError: if the file is damaged.
        """
        file = self.path / "history.json"
        if not file.exists():
            return []
        try:
            return [Epoch(**values) for values in json.loads(file.read_text(encoding="utf-8"))]
        except (ValueError, TypeError):
            raise self._damaged(file) from None

    def note_machine(self) -> None:
        """Add the versions and the hardware that a part of the run is made with to its log."""
        versions = " ".join(f"{name} {version(name)}" for name in ("keras", "numpy"))
        self.log(
            f"{datetime.now().astimezone().isoformat(timespec='seconds')}  "
            f"Python {platform.python_version()} {versions} on {keras.backend.backend()}  "
            f"{platform.platform()}  {processor_name()}, {os.cpu_count()} cores  "
            f"{', '.join(list_devices())}"
        )

    def read_hardware(self) -> str:
        """What the last part of the run was made on, as its log has it; empty if it has not."""
        file = self.path / "log.txt"
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        machines = [fields for line in lines if len(fields := line.split("  ")) == _MACHINE_FIELDS]
        machines = [fields for fields in machines if fields[1].startswith("Python ")]
        return ", ".join(machines[-1][3:]) if machines else ""

    def log(self, line: str) -> None:
        """Print a line and keep it in log.txt."""
        print(line, flush=True)
        with (self.path / "log.txt").open("a", encoding="utf-8") as stream:
            stream.write(line + "\n")

    def save(
        self,
        model: keras.Model,
        history: Sequence[Epoch],
        keep_last: bool = False,
        whole: keras.Model | None = None,
    ) -> None:
        """Store the state after the last epoch of `history`, and its weights if it is the best.

        The history is written after its checkpoint and before older ones go, so that a kill in
        between leaves a pair that belongs together.

        Args:
            keep_last: take the last epoch for the best.
            whole: the network that `model` is the learning part of, where that is not all of it.

        Raises:
            DataError: if the disk has no room for them.
        """
        checkpoint = self._checkpoint(len(history))
        self._save_weights(model, checkpoint)
        losses = [epoch.validation_loss for epoch in history]
        if keep_last or losses[-1] <= min(losses):
            self._save_best(model, whole or model)
        write_whole_text(
            self.path / "history.json", json.dumps([asdict(e) for e in history], indent=1)
        )
        for old in self.path.glob("checkpoint-*.weights.h5"):
            if old != checkpoint:
                old.unlink()

    def restore(self, model: keras.Model, epoch_count: int) -> None:
        """Put weights, averages and optimizer as they were after `epoch_count` epochs.

        Args:
            model: built and compiled as it was then.

        Raises:
            DataError: if the checkpoint is gone or damaged.
        """
        checkpoint = self._checkpoint(epoch_count)
        try:
            load_all_weights(model, checkpoint)
        except WEIGHTS_TROUBLE as error:
            raise self._damaged(checkpoint) from error

    def load_best(self, model: keras.Model) -> None:
        """Give `model` the weights of the best epoch.

        Raises:
            DataError: if there are none, or they are another network's.
        """
        load_run_weights(model, self.best_weights_file)

    def keep(self, model: keras.Model) -> None:
        """Store weights that were not learnt here as the best.

        Raises:
            DataError: if the disk has no room for them.
        """
        self._save_weights(model, self.best_weights_file)

    def _save_best(self, model: keras.Model, whole: keras.Model) -> None:
        with averaged_weights(model):
            self._save_weights(whole, self.best_weights_file)

    def _save_weights(self, model: keras.Model, file: Path) -> None:
        # h5py ends the whole program when a disk is full.
        check_room(self.path, file_size_bytes(model), "weights")
        part = self.path / "part.weights.h5"
        model.save_weights(part)
        part.replace(file)

    def _damaged(self, file: Path) -> DataError:
        state = "damaged" if file.exists() else "gone"
        return DataError(f"{file} is {state}. Delete the folder {self.path} and begin again.")

    def _checkpoint(self, epoch_count: int) -> Path:
        return self.path / f"checkpoint-{epoch_count:03d}.weights.h5"


def newest_run(runs_dir: Path, name: str, preset: str | None = None) -> RunDir | None:
    """The run of `name` that was started last, in any preset or in one."""
    pattern = re.compile(rf"\d{{4}}-\d\d-\d\d-{re.escape(name)}(-({preset or '[a-z]+'}))?")
    found = sorted(
        file.parent
        for file in runs_dir.glob("*/config.json")
        if (match := pattern.fullmatch(file.parent.name)) and (match[1] or preset is None)
    )
    return RunDir(found[-1]) if found else None


def new_run(runs_dir: Path, name: str, preset: str) -> RunDir:
    """A run of `name` that begins today."""
    return RunDir(runs_dir / f"{date.today().isoformat()}-{name}-{preset}")


def _changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """A line for each setting that is not what it was."""
    old, new = dict(_leaves(before)), dict(_leaves(now))
    names = sorted(name for name in {**old, **new} if old.get(name) != new.get(name))
    return "\n".join(f"  {name}: {old.get(name)}, now {new.get(name)}" for name in names)


def _leaves(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Each setting that has no further ones in it, and its value."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value
