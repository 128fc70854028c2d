"""A run's curves for TensorBoard, one step an epoch."""

import shutil
import time
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from core.closing import Closing
from training.learning.run_dir import Epoch

_VALIDATION = "val_"


class TensorBoardLog(Closing):
    """Writes training and validation curves side by side, as TensorBoard overlays them.

    It is written anew from the history whenever a run begins or goes on, so that no step is there
    twice and none is missing, wherever the run was killed. Without tensorboardX there is no log.

    Args:
        folder: `train` and `validation` come to lie in it; what it held is deleted.
        history: the epochs done so far.
    """

    def __init__(self, folder: Path, history: Sequence[Epoch]) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        self._training = _open_records(folder / "train")
        self._validation = _open_records(folder / "validation")
        now_s = time.time()
        for step, epoch in enumerate(history, start=1):
            later_s = sum(later.seconds for later in history[step:])
            self._write(step, epoch, now_s - later_s)

    def add(self, history: Sequence[Epoch]) -> None:
        """Add the last epoch of `history`."""
        self._write(len(history), history[-1], time.time())

    def close(self) -> None:
        """Close the files."""
        for records in (self._training, self._validation):
            if records is not None:
                records.close()

    def _write(self, step: int, epoch: Epoch, time_s: float) -> None:
        training = {"learning_rate": epoch.learning_rate, "seconds": epoch.seconds}
        validation: dict[str, float] = {}
        for name, value in epoch.figures.items():
            curves = validation if name.startswith(_VALIDATION) else training
            curves[name.removeprefix(_VALIDATION)] = value
        for records, curves in ((self._training, training), (self._validation, validation)):
            if records is not None:
                records.write(_make_event(step, curves, time_s))
                records.flush()


def _open_records(folder: Path) -> Any:
    if find_spec("tensorboardX") is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"events.out.tfevents.{time.time():.0f}"
    return import_module("tensorboardX").RecordWriter(str(file))


def _make_event(step: int, curves: Mapping[str, float], time_s: float) -> bytes:
    """One point on each curve, as TensorBoard stores it."""
    summary = import_module("tensorboardX.proto.summary_pb2").Summary
    event = import_module("tensorboardX.proto.event_pb2").Event
    points = [summary.Value(tag=name, simple_value=value) for name, value in curves.items()]
    content: bytes = event(
        wall_time=time_s, step=step, summary=summary(value=points)
    ).SerializeToString()
    return content
