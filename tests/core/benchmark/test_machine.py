import os
from mmap import mmap
from pathlib import Path

import numpy as np
import pytest

from core.benchmark import machine, memory
from core.benchmark.machine import machine_facts
from core.benchmark.memory import resident_mb


def test_the_machine_is_described() -> None:
    facts = machine_facts()
    assert facts["cpu_count"] == os.cpu_count()
    assert facts["processor"]
    assert facts["python"].startswith("3.")


def test_a_machine_without_cpuinfo_is_described_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "_CPU_INFO", tmp_path / "none")
    assert machine_facts()["processor"]


@pytest.mark.skipif(resident_mb() is None, reason="no /proc on this system")
def test_resident_memory_grows_with_what_is_held() -> None:
    before_mb = resident_mb()
    held = mmap(-1, 50_000_000)  # not from what the heap keeps for later
    np.frombuffer(held, np.uint8)[:] = 1
    after_mb = resident_mb()
    assert before_mb is not None
    assert after_mb is not None
    assert after_mb - before_mb > 0.8 * len(held) / 1e6


def test_resident_memory_is_unknown_without_proc(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "_STATM", tmp_path / "none")
    assert resident_mb() is None
