"""What whoever clones the repository does first, as the README says it."""

import os
import subprocess
from pathlib import Path

import pytest

import contents

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The newest commit, and nothing that was built or installed beside it."""
    if not (contents.ROOT / ".git").exists():
        pytest.skip("no repository")
    folder = tmp_path_factory.mktemp("clone") / "visage"
    subprocess.run(
        ["git", "clone", "--quiet", "--depth=1", f"file://{contents.ROOT}", folder], check=True
    )
    return folder


def run(clone: Path, home: Path, *command: str) -> str:
    cache = subprocess.run(["uv", "cache", "dir"], capture_output=True, text=True, check=True)
    environment = {
        **os.environ,
        "HOME": str(home),
        "UV_CACHE_DIR": cache.stdout.strip(),
        "QT_QPA_PLATFORM": "offscreen",
    }
    environment.pop("VIRTUAL_ENV", None)
    told = subprocess.run(
        command, cwd=clone, env=environment, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr
    return told.stdout


def test_the_entry_brings_all_that_the_window_needs(clone: Path, tmp_path: Path) -> None:
    assert "uv run main.py" in (clone / "README.md").read_text(encoding="utf-8")
    told = run(clone, tmp_path, "uv", "run", "main.py", "self-check")
    assert "FAIL" not in told
    assert "ok    window" in told
    assert "ok    Hub" in told


def test_the_tests_run(clone: Path, tmp_path: Path) -> None:
    told = run(clone, tmp_path, "uv", "run", "pytest", "-q", "tests/test_layers.py")
    assert "passed" in told
