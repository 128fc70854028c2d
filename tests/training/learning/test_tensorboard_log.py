import struct
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from training.learning.run_dir import Epoch
from training.learning.tensorboard_log import TensorBoardLog

pytest.importorskip("tensorboardX")

EPOCHS = [
    Epoch({"loss": 4.0 - step, "val_loss": 5.0 - step}, learning_rate=1e-3, seconds=60.0)
    for step in range(3)
]


def scalars_in(folder: Path) -> list[tuple[str, int, float]]:
    """Tag, step and value of all that was written to `folder`."""
    parse = import_module("tensorboardX.proto.event_pb2").Event.FromString
    events = [parse(record) for file in folder.iterdir() for record in records_in(file)]
    return [
        (value.tag, event.step, value.simple_value)
        for event in events
        for value in event.summary.value
    ]


def records_in(file: Path) -> Iterator[bytes]:
    """The records of a TFRecord file: length, its check sum, content, its check sum."""
    content, start = file.read_bytes(), 0
    while start < len(content):
        (length,) = struct.unpack_from("<Q", content, start)
        yield content[start + 12 : start + 12 + length]
        start += length + 16


def test_each_epoch_is_a_step_of_the_training_and_of_the_validation_curves(
    tmp_path: Path,
) -> None:
    with TensorBoardLog(tmp_path, []) as curves:
        curves.add(EPOCHS[:1])
        curves.add(EPOCHS[:2])
    assert scalars_in(tmp_path / "validation") == [("loss", 1, 5.0), ("loss", 2, 4.0)]
    training = scalars_in(tmp_path / "train")
    assert [scalar for scalar in training if scalar[0] == "loss"] == [
        ("loss", 1, 4.0),
        ("loss", 2, 3.0),
    ]
    assert {tag for tag, _, _ in training} == {"loss", "learning_rate", "seconds"}


def test_a_run_that_goes_on_has_every_step_once(tmp_path: Path) -> None:
    with TensorBoardLog(tmp_path, []) as curves:
        curves.add(EPOCHS[:1])
        curves.add(EPOCHS[:2])
    # The second epoch was logged but, killed in between, never saved: it is run again.
    with TensorBoardLog(tmp_path, EPOCHS[:1]) as curves:
        curves.add(EPOCHS[:2])
        curves.add(EPOCHS)
    assert [step for _, step, _ in scalars_in(tmp_path / "validation")] == [1, 2, 3]
