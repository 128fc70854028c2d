import os
import subprocess
import sys
from importlib.util import find_spec

import pytest

from core import paths
from training.learning.presets import CONFIGS

QUICK_TO_COMPILE = "--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true"


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["tensorflow", "jax", "torch"])
def test_each_network_takes_a_step_on_each_backend_that_is_installed(backend: str) -> None:
    if find_spec(backend) is None:
        pytest.skip(f"{backend} is not installed")
    finished = subprocess.run(
        [sys.executable, "-m", "tests.training.one_step"],
        cwd=paths.install_dir(),
        env={**os.environ, "KERAS_BACKEND": backend, "XLA_FLAGS": QUICK_TO_COMPILE},
        check=False,
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 0, finished.stderr
    assert set(finished.stdout.split()) == {name for name, _ in CONFIGS}
