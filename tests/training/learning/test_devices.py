import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import keras
import pytest

from core import paths
from core.errors import DataError
from training.learning import devices


def run_on(device_count: int, folder: Path) -> dict[str, Any]:
    """What a run on so many processors says of itself."""
    finished = subprocess.run(
        [sys.executable, "-m", "tests.training.two_devices", str(folder)],
        cwd=paths.install_dir(),
        env={
            **os.environ,
            "KERAS_BACKEND": "jax",
            "XLA_FLAGS": f"--xla_force_host_platform_device_count={device_count}",
        },
        check=False,
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 0, finished.stderr
    said: dict[str, Any] = json.loads(finished.stdout.splitlines()[-1])
    return said


@pytest.mark.slow
@pytest.mark.skipif(find_spec("jax") is None, reason="jax is not installed")
@pytest.mark.parametrize("count", [2, 4])
def test_devices_that_share_each_batch_learn_what_one_learns(count: int, tmp_path: Path) -> None:
    one, several = run_on(1, tmp_path / "one"), run_on(count, tmp_path / "several")
    assert (one["is_shared"], several["is_shared"]) == (False, True)
    assert several["losses"] == pytest.approx(one["losses"], rel=1e-3)
    assert several["weights"] == pytest.approx(one["weights"], rel=1e-3, abs=1e-5)


def test_a_batch_that_devices_cannot_share_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "list_devices", lambda: ["gpu:0", "gpu:1", "gpu:2"])
    monkeypatch.setattr(keras.backend, "backend", lambda: "jax")
    with pytest.raises(DataError, match="32 cannot be shared among 3 devices"):
        devices.share_batches(32)


def test_this_machine_has_a_device() -> None:
    assert devices.list_devices()[0].split(":")[0] in {"cpu", "gpu"}
