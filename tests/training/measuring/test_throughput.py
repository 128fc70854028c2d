import json
import time
from pathlib import Path

import keras
import pytest

from tests.training.made_up_faces import write_chips
from tests.training.tiny_model import TINY
from training.__main__ import main
from training.data.chip_dataset import Batch, ChipDataset
from training.data.labelled_data import Data
from training.measuring.throughput import measure_throughput, throughput_table

SLOW_S = 0.1


class SlowDataset(ChipDataset):
    """Chips that take their time."""

    def __getitem__(self, batch: int) -> Batch:
        time.sleep(SLOW_S)
        return super().__getitem__(batch)


@pytest.fixture(scope="module")
def chips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_chips(tmp_path_factory.mktemp("data") / "UTKFace", 40)


def test_devices_that_wait_for_chips_are_found_out(chips: Path, tmp_path: Path) -> None:
    data = Data([chips], tmp_path)
    slow = SlowDataset(TINY, data.images, data.chips, data.split.train)
    found = measure_throughput(TINY, slow, 4)
    assert found.pipeline < TINY.batch_size / SLOW_S
    assert found.real_share < 0.8
    assert f"({found.real_share:.0%} of that)" in throughput_table(TINY, found)


def test_a_benchmark_is_a_table_and_a_file(
    chips: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("training.commands.options.find_config", lambda name, preset: TINY)
    options = ["benchmark", "age_cnn", "--data", str(chips), "--size", "48", "--batch", "8"]
    assert main([*options, "--steps", "2", "--json", "speed.json"]) == 0
    said = json.loads(Path("speed.json").read_text())
    assert (said["input_size_px"], said["batch_size"]) == (48, 8)
    assert said["backend"] == keras.backend.backend()
    assert set(said["images_per_s"]) == {"synthetic", "real", "pipeline"}
    assert min(said["images_per_s"].values()) > 0
    assert "age_cnn (report) at 48 px, batches of 8" in capsys.readouterr().out


def test_too_few_chips_are_a_sentence(
    chips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["benchmark", "age_cnn", "--data", str(chips), "--batch", "64"]) == 1
    assert "too few for a batch of 64" in capsys.readouterr().err
