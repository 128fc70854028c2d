"""The folder of one training run: configuration, history, checkpoints, and the model."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import keras

from core.errors import DataError
from training.ema import averaged_weights


@dataclass(frozen=True, slots=True)
class Epoch:
    """What one epoch brought.

    Attributes:
        figures: losses and metrics by their Keras names.
        seconds: how long it took.
    """

    figures: Mapping[str, float]
    learning_rate: float
    seconds: float

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
    def best_weights_file(self) -> Path:
        """The averaged weights of the best epoch so far."""
        return self.path / "best.weights.h5"

    def start(self, config: Mapping[str, Any]) -> None:
        """Make the folder and note what is trained; a run that exists must be of the same.

        Raises:
            DataError: if the folder holds a run of another configuration.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        text = json.dumps(dict(config), indent=2, default=str, sort_keys=True) + "\n"
        file = self.path / "config.json"
        if not file.exists():
            _write(file, text)
        elif file.read_text(encoding="utf-8") != text:
            raise DataError(
                f"The run {self.path} was started with other settings or other data. "
                "Name another folder with --run."
            )

    def read_config(self) -> dict[str, Any]:
        """What `start` noted.

        Raises:
            DataError: if the folder is no run.
        """
        try:
            values: dict[str, Any] = json.loads(
                (self.path / "config.json").read_text(encoding="utf-8")
            )
        except OSError:
            raise DataError(f"{self.path} is not a training run.") from None
        return values

    def read_history(self) -> list[Epoch]:
        """The epochs done so far."""
        file = self.path / "history.json"
        if not file.exists():
            return []
        return [Epoch(**values) for values in json.loads(file.read_text(encoding="utf-8"))]

    def save(self, model: keras.Model, history: Sequence[Epoch]) -> None:
        """Store the state after the last epoch of `history`.

        The history is written after its checkpoint and before older ones go, so that a kill in
        between leaves a pair that belongs together.
        """
        checkpoint = self._checkpoint(len(history))
        part = checkpoint.with_name("part.keras")
        model.save(part)
        part.replace(checkpoint)
        losses = [epoch.validation_loss for epoch in history]
        if losses[-1] <= min(losses):
            self._save_best(model)
        _write(self.path / "history.json", json.dumps([asdict(e) for e in history], indent=1))
        for old in self.path.glob("checkpoint-*.keras"):
            if old != checkpoint:
                old.unlink()

    def restore(self, epoch_count: int) -> keras.Model:
        """The model with its averages and optimizer as they were after `epoch_count` epochs."""
        return keras.saving.load_model(self._checkpoint(epoch_count))

    def _save_best(self, model: keras.Model) -> None:
        part = self.path / "part.weights.h5"
        with averaged_weights(model):
            model.save_weights(part)
        part.replace(self.best_weights_file)

    def _checkpoint(self, epoch_count: int) -> Path:
        return self.path / f"checkpoint-{epoch_count:03d}.keras"


def newest_run(runs_dir: Path, name: str) -> RunDir | None:
    """The run of `name` that was started last."""
    found = sorted(runs_dir.glob(f"*-{name}/config.json"))
    return RunDir(found[-1].parent) if found else None


def new_run(runs_dir: Path, name: str) -> RunDir:
    """A run of `name` that begins today."""
    return RunDir(runs_dir / f"{date.today().isoformat()}-{name}")


def _write(file: Path, text: str) -> None:
    part = file.with_suffix(".part")
    with part.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(file)
