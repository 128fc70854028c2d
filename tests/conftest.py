"""Fixtures for every test."""

import os
from pathlib import Path

import pytest

from core import paths
from tests.model_folders import make_model_folder

if "DISPLAY" not in os.environ and "WAYLAND_DISPLAY" not in os.environ:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def models_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place for models, instead of the bundled and the user's ones."""
    detectors = paths.face_detector_dir()
    monkeypatch.setattr(paths, "face_detector_dir", lambda: detectors)
    root = tmp_path / "models"
    root.mkdir()
    monkeypatch.setattr(paths, "models_dir", lambda: root)
    monkeypatch.setattr(paths, "user_models_dir", lambda: tmp_path / "user" / "models")
    return root


@pytest.fixture
def model_folder(models_root: Path) -> Path:
    """The only installed model: tiny, without a Keras file."""
    return make_model_folder(models_root)
