import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from huggingface_hub import RepoCard

from core import paths
from training.__main__ import main

START_S = 120.0


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("space") / "visage"
    assert main(["hub", "space", "--out", str(folder)]) == 0
    return folder


def test_a_space_says_how_it_is_run(space: Path) -> None:
    head = RepoCard.load(space / "README.md", ignore_metadata_errors=False).data.to_dict()
    pins = (space / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert head["sdk"] == "gradio"
    assert f"gradio=={head['sdk_version']}" in pins
    assert (space / head["app_file"]).is_file()
    assert (space / "LICENSE").is_file()


def test_its_requirements_are_exact_and_hold_no_window_and_no_training(space: Path) -> None:
    pins = (space / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.match(r"[\w.-]+==[\w.]+", pin) for pin in pins)
    names = {pin.split("==")[0] for pin in pins}
    assert {"gradio", "huggingface-hub", "numpy", "onnxruntime", "pillow"} <= names
    assert names & {"pyside6-essentials", "tensorflow", "keras", "pytest", "matplotlib"} == set()


def test_a_folder_with_something_in_it_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert main(["hub", "space", "--out", str(tmp_path)]) == 1
    assert "is not empty" in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.slow
def test_it_runs_as_it_stands_in_an_environment_of_its_own(space: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    python = environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    subprocess.run(["uv", "venv", "-q", "--python", sys.executable, environment], check=True)
    install = ["uv", "pip", "install", "-q", "--no-config", "--python", str(python)]
    subprocess.run([*install, "-r", str(space / "requirements.txt")], check=True)
    label = "import sys, visage; print(len(visage.Visage().photo(sys.argv[1]).faces))"
    command = [str(python), "-c", label, str(paths.sample_photo())]
    told = subprocess.run(command, cwd=space, capture_output=True, check=True)
    assert told.stdout.split() == [b"2"]
    checked = subprocess.run(
        [python, "-m", "visage", "self-check"],
        cwd=space,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "ok    model visage on onnx" in checked.stdout
    assert "window" not in checked.stdout
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    variables = {**os.environ, "GRADIO_SERVER_PORT": str(port), "HOME": str(tmp_path)}
    with subprocess.Popen([python, "app.py"], cwd=space, env=variables) as app:
        try:
            assert "Visage" in served(f"http://127.0.0.1:{port}", app)
        finally:
            app.terminate()


def served(address: str, app: "subprocess.Popen[bytes]") -> str:
    """The page, once it is there."""
    until_s = time.monotonic() + START_S
    while time.monotonic() < until_s and app.poll() is None:
        try:
            with urlopen(address) as answer:
                return str(answer.read().decode())
        except URLError:
            time.sleep(0.5)
    raise AssertionError("the Space did not start")
