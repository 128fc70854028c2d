"""A run whose files somebody or something damaged."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from core.errors import DataError
from tests.training.tiny_model import TINY
from training.learning.run_dir import Epoch, RunDir

NO_LOSS = b'[{"figures": {}, "learning_rate": 0.1, "seconds": 1}]'


def write_damaged(run: RunDir, name: str, content: bytes) -> str:
    """Damage a file of the run; a pattern of what is said of it."""
    run.path.mkdir()
    (run.path / name).write_bytes(content)
    file = re.escape(str(run.path / name))
    return f"^{file} is damaged. Delete the folder {re.escape(str(run.path))} and begin again.$"


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"5", b"\xff", b"{}"])
def test_a_damaged_configuration_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    run = RunDir(tmp_path / "run")
    with pytest.raises(DataError, match=write_damaged(run, "config.json", content)):
        run.read_config()


@pytest.mark.parametrize(
    "content", [b"", b"[", b"[1]", b'[{"figures": {}}]', NO_LOSS, b"5", b"\xff"]
)
def test_a_damaged_history_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    run = RunDir(tmp_path / "run")
    sentence = write_damaged(run, "history.json", content)
    with pytest.raises(DataError, match=sentence):
        run.read_history()
    with pytest.raises(DataError, match=sentence):
        run.start({"weights": "imagenet"})


@pytest.mark.parametrize("setting", ["name", "label", "augmentation", "loss_weights"])
def test_a_configuration_that_lacks_a_setting_is_damaged(tmp_path: Path, setting: str) -> None:
    values = TINY.described()
    del values[setting]
    run = RunDir(tmp_path / "run")
    with pytest.raises(DataError, match=write_damaged(run, "config.json", dumped(values))):
        run.read_config()


def test_a_run_goes_on_that_began_before_there_was_a_setting(tmp_path: Path) -> None:
    values = TINY.described()
    del values["crop_share"], values["teachers"]
    run, model = RunDir(tmp_path), TINY.build()
    model.compile("adam")
    run.save(model, [Epoch({"val_loss": 1.0}, learning_rate=0.1, seconds=1.0)])
    (tmp_path / "config.json").write_bytes(dumped(values))
    run.start(TINY.described())
    assert run.read_config()["crop_share"] == 0.0


def dumped(values: dict[str, Any]) -> bytes:
    return json.dumps(values).encode()


def test_a_checkpoint_that_is_damaged_or_gone_is_named(tmp_path: Path) -> None:
    run, model = RunDir(tmp_path / "run"), TINY.build()
    with pytest.raises(DataError, match=write_damaged(run, "checkpoint-002.weights.h5", b"half")):
        run.restore(model, 2)
    with pytest.raises(DataError, match=r"checkpoint-003\.weights\.h5 is gone\. Delete the folder"):
        run.restore(model, 3)


def test_features_of_other_chips_are_not_learnt_from(tmp_path: Path) -> None:
    run = RunDir(tmp_path)
    run.start({**TINY.described(), "split": "one"})
    run.features_file.touch()
    run.start({**TINY.described(), "split": "one"})
    assert run.features_file.exists()
    run.start({**TINY.described(), "split": "other"})
    assert not run.features_file.exists()
