"""A run's curves for TensorBoard, one step an epoch."""

import shutil
import time
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self

from training.run_dir import Epoch

_VALIDATION = "val_"
_FLUSH_S = 10


class TensorBoardLog:
    """Writes training and validation curves side by side, as TensorBoard overlays them.

    It is written anew from the history whenever a run begins or goes on, so that no step is there
    twice and none is missing, wherever the run was killed. Writing happens in a thread of the
    writer, once an epoch. Without tensorboardX there is no log.

    Args:
        folder: `train` and `validation` come to lie in it; what it held is deleted.
        history: the epochs done so far.
    """

    def __init__(self, folder: Path, history: Sequence[Epoch]) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        self._training = _make_writer(folder / "train")
        self._validation = _make_writer(folder / "validation")
        now_s = time.time()
        for step, epoch in enumerate(history, start=1):
            later_s = sum(later.seconds for later in history[step:])
            self._write(step, epoch, now_s - later_s)

    def add(self, history: Sequence[Epoch]) -> None:
        """Add the last epoch of `history`."""
        self._write(len(history), history[-1], time.time())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for writer in (self._training, self._validation):
            if writer is not None:
                writer.close()

    def _write(self, step: int, epoch: Epoch, time_s: float) -> None:
        if self._training is None or self._validation is None:
            return
        for name, value in epoch.figures.items():
            writer = self._validation if name.startswith(_VALIDATION) else self._training
            writer.add_scalar(name.removeprefix(_VALIDATION), value, step, time_s)
        self._training.add_scalar("learning_rate", epoch.learning_rate, step, time_s)
        self._training.add_scalar("seconds", epoch.seconds, step, time_s)


def _make_writer(folder: Path) -> Any:
    if find_spec("tensorboardX") is None:
        return None
    return import_module("tensorboardX").SummaryWriter(str(folder), flush_secs=_FLUSH_S)
