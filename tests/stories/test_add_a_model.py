"""Somebody puts a model folder into the folder of their own models, and starts Visage."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core import paths
from gui.core_parts import CoreParts
from tests.model_folders import make_model_folder
from tests.window_fixtures import MakeWindow

ENTRY = paths.install_dir() / "main.py"


def test_an_own_model_is_in_the_picker_beside_the_bundled_ones(
    make_window: MakeWindow, models_root: Path, qtbot: QtBot
) -> None:
    make_model_folder(models_root, "bundled", title="Bundled")
    make_model_folder(paths.user_models_dir(), "own", title="My own")
    window = make_window(CoreParts())
    qtbot.waitUntil(lambda: len(window.model_menu.choices) == 2)
    titles = [action.text().split("\t")[0] for action in window.model_menu.choices]
    assert titles == ["Bundled", "My own"]


@pytest.mark.skipif(sys.platform != "linux", reason="the user's models are moved by XDG_DATA_HOME")
def test_the_folder_lies_where_the_platform_keeps_a_users_data(tmp_path: Path) -> None:
    make_model_folder(tmp_path / "Visage" / "models", "own", title="My own")
    finished = subprocess.run(
        [sys.executable, str(ENTRY), "models", "--json"],
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path)},
        capture_output=True,
        check=True,
    )
    assert "own" in [model["name"] for model in json.loads(finished.stdout)]
