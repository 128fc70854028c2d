import importlib.util
import shutil
from pathlib import Path

import pytest

from core.estimation import gpu


@pytest.mark.parametrize(
    ("tensorflow", "nvidia_smi", "expected"),
    [
        (None, "/usr/bin/nvidia-smi", False),
        ("installed", None, False),
        ("installed", "/usr/bin/nvidia-smi", True),
    ],
)
def test_asks_tensorflow_only_where_it_may_see_a_gpu(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    tensorflow: str | None,
    nvidia_smi: str | None,
    expected: bool,
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: tensorflow)
    monkeypatch.setattr(shutil, "which", lambda name: nvidia_smi)
    monkeypatch.setattr(gpu, "NVIDIA_CONTROL_DEVICE", tmp_path / "none")
    assert gpu.may_have_tensorflow_gpu() is expected
