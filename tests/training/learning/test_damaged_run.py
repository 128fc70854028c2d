"""A run whose files somebody or something damaged."""

import re
from pathlib import Path

import pytest

from core.errors import DataError
from training.learning.run_dir import RunDir


def write_damaged(run: RunDir, name: str, content: bytes) -> str:
    """Damage a file of the run; a pattern of what is said of it."""
    run.path.mkdir()
    (run.path / name).write_bytes(content)
    file = re.escape(str(run.path / name))
    return f"^{file} is damaged. Delete the folder {re.escape(str(run.path))} and begin again.$"


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"5", b"\xff"])
def test_a_damaged_configuration_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    run = RunDir(tmp_path / "run")
    with pytest.raises(DataError, match=write_damaged(run, "config.json", content)):
        run.read_config()


@pytest.mark.parametrize("content", [b"", b"[", b"[1]", b'[{"figures": {}}]', b"5", b"\xff"])
def test_a_damaged_history_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    run = RunDir(tmp_path / "run")
    sentence = write_damaged(run, "history.json", content)
    with pytest.raises(DataError, match=sentence):
        run.read_history()
    with pytest.raises(DataError, match=sentence):
        run.start({"weights": "imagenet"})
