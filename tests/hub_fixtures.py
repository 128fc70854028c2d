"""Fixtures of every test that needs a Hub: the library is led to one on this computer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from huggingface_hub import constants

from core import paths
from tests.fake_hub import FakeHub, serving
from tests.model_folders import make_model_folder

REPO = "somebody/faces"


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FakeHub]:
    with serving() as served:
        monkeypatch.setattr(constants, "ENDPOINT", served.address)
        monkeypatch.setattr(
            constants,
            "HUGGINGFACE_CO_URL_TEMPLATE",
            served.address + "/{repo_id}/resolve/{revision}/{filename}",
        )
        monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path / "no token"))
        monkeypatch.setenv("HF_TOKEN", "hf_made_up")
        yield served


@pytest.fixture
def holding(hub: FakeHub, models_root: Path, tmp_path: Path) -> FakeHub:
    """The Hub with a tiny model that is not installed here."""
    folder = make_model_folder(tmp_path / "made", "tiny")
    hub.files[REPO] = {file.name: file.read_bytes() for file in folder.iterdir()}
    return hub


def left_over() -> list[Path]:
    """What lies among the user's models."""
    root = paths.user_models_dir()
    return sorted(root.iterdir()) if root.is_dir() else []
