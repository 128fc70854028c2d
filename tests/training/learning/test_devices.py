import json
import os
import socket
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

LONGEST_S = 300


def start(folder: Path, device_count: int = 1, **variables: str) -> "subprocess.Popen[str]":
    """A run on so many processors."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.training.two_devices", str(folder)],
        cwd=paths.install_dir(),
        env={
            **os.environ,
            "KERAS_BACKEND": "jax",
            "XLA_FLAGS": f"--xla_force_host_platform_device_count={device_count}",
            **variables,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def said_by(run: "subprocess.Popen[str]") -> dict[str, Any]:
    """What it says of itself when it is done."""
    output, errors = run.communicate(timeout=LONGEST_S)
    assert run.returncode == 0, errors
    said: dict[str, Any] = json.loads(output.splitlines()[-1])
    return said


@pytest.mark.slow
@pytest.mark.skipif(find_spec("jax") is None, reason="jax is not installed")
@pytest.mark.parametrize("count", [2, 4])
def test_devices_that_share_each_batch_learn_what_one_learns(count: int, tmp_path: Path) -> None:
    one = said_by(start(tmp_path / "one"))
    several = said_by(start(tmp_path / "several", count))
    assert (one["is_shared"], several["is_shared"]) == (False, True)
    assert_alike(several, one)


@pytest.mark.slow
@pytest.mark.skipif(find_spec("jax") is None, reason="jax is not installed")
def test_hosts_that_share_each_batch_learn_what_one_learns(tmp_path: Path) -> None:
    one = said_by(start(tmp_path / "one"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        first_host = f"127.0.0.1:{free.getsockname()[1]}"
    runs = [
        start(
            tmp_path / f"host {number}",
            KERAS_DISTRIBUTION_JOB_ADDRESSES=first_host,
            KERAS_DISTRIBUTION_NUM_PROCESSES="2",
            KERAS_DISTRIBUTION_PROCESS_ID=str(number),
        )
        for number in range(2)
    ]
    try:
        hosts = [said_by(run) for run in runs]
    finally:
        for run in runs:
            run.kill()
    for host in hosts:
        assert host["is_shared"]
        assert_alike(host, one)


def assert_alike(several: dict[str, Any], one: dict[str, Any]) -> None:
    assert several["losses"] == pytest.approx(one["losses"], rel=1e-3)
    assert several["weights"] == pytest.approx(one["weights"], rel=1e-3, abs=1e-5)


def test_hosts_need_jax(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KERAS_DISTRIBUTION_JOB_ADDRESSES", "127.0.0.1:1")
    monkeypatch.setattr(keras.backend, "backend", lambda: "tensorflow")
    with pytest.raises(DataError, match="KERAS_BACKEND must be jax"):
        devices.join_hosts()


def test_a_batch_that_devices_cannot_share_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "list_devices", lambda: ["gpu:0", "gpu:1", "gpu:2"])
    monkeypatch.setattr(keras.backend, "backend", lambda: "jax")
    with pytest.raises(DataError, match="32 cannot be shared among 3 devices"):
        devices.share_batches(32)


def test_this_machine_has_a_device() -> None:
    assert devices.list_devices()[0].split(":")[0] in {"cpu", "gpu"}
