"""The wheel and the source distribution, built and installed as anybody would."""

import ast
import email
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

import contents
import renew_pins
import wheel_package
from core import api

MAX_BYTES = 60_000_000
OWN = {"core", "gui", "main"}


def imports(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("staged")
    wheel_package.stage_package(folder)
    return folder


def test_nothing_in_the_package_imports_a_module_outside_it(package: Path) -> None:
    told = {
        name.split(".")[0]
        for file in package.rglob("*.py")
        for name in imports(file.read_text(encoding="utf-8"))
    }
    assert "visage" in told
    assert told & (OWN | {"training", "tests"}) == set()


def test_only_imports_are_changed() -> None:
    source = "from core import paths\nimport core_values\nx = 'core.api'\n    from main import a\n"
    assert wheel_package.below_visage(source) == (
        "from visage.core import paths\nimport core_values\nx = 'core.api'\n"
        "    from visage.main import a\n"
    )
    assert wheel_package.below_visage(">>> from core.api import Visage") == (
        ">>> from visage.core.api import Visage"
    )


def test_each_model_in_it_has_all_its_files(package: Path) -> None:
    cards = sorted(package.glob("models/*/card.json"))
    assert "visage" in [card.parent.name for card in cards]
    for card in cards:
        for name in json.loads(card.read_text(encoding="utf-8"))["sha256"]:
            assert (card.parent / name).is_file(), (card, name)


def test_the_packages_public_names_are_those_of_the_door() -> None:
    import visage

    assert dir(visage) == sorted(api.__all__)
    assert visage.Visage is api.Visage
    with pytest.raises(AttributeError, match="nothing"):
        getattr(visage, "nothing")  # noqa: B009  mypy knows that it is not there


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an sdist, and the wheel that was built of it."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(["uv", "build", "--quiet", "--out-dir", folder, contents.ROOT], check=True)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (file,) = built.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that holds the wheel, and nothing else of Visage."""
    environment = tmp_path_factory.mktemp("installed") / "environment"
    subprocess.run(["uv", "venv", "-q", "--python", sys.executable, environment], check=True)
    programs = environment / ("Scripts" if sys.platform == "win32" else "bin")
    # In the checkout, uv keeps to the pinned versions.
    install = ["uv", "pip", "install", "-q", "--python", str(programs / "python"), str(wheel)]
    subprocess.run(install, check=True, cwd=contents.ROOT)
    return programs


def run(program: Path, *words: str, home: Path) -> str:
    environment = {**os.environ, "HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    for variable in ("PYTHONPATH", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        environment.pop(variable, None)
    command = [str(program), *words]
    told = subprocess.run(
        command, env=environment, cwd=home, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr
    return told.stdout


@pytest.mark.slow
def test_the_wheel_holds_its_own_package_alone_and_the_licences(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = (name for name in names if name.endswith("dist-info/METADATA"))
        facts = email.message_from_bytes(archive.read(metadata))
    own = f"visage-{contents.version()}.dist-info"
    assert {name.split("/")[0] for name in names} == {"visage", own}
    assert {f"{own}/licenses/LICENSE", f"{own}/licenses/NOTICE"} <= set(names)
    assert "visage/py.typed" in names
    assert facts["Version"] == contents.version()
    assert wheel.stat().st_size < MAX_BYTES


@pytest.mark.slow
def test_the_command_of_the_installed_wheel_checks_itself(installed: Path, tmp_path: Path) -> None:
    told = run(installed / "visage", "self-check", home=tmp_path)
    assert "FAIL" not in told
    assert "ok    window" in told
    assert str(contents.ROOT) not in told
    assert run(installed / "visage", "--help", home=tmp_path).startswith("usage: visage ")


@pytest.mark.slow
def test_uv_installs_the_wheel_as_a_tool_that_checks_itself_and_takes_it_away(
    wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs, pins = tmp_path / "bin", pins_file(tmp_path)
    monkeypatch.setenv("UV_TOOL_DIR", str(tmp_path / "tools"))
    monkeypatch.setenv("UV_TOOL_BIN_DIR", str(programs))
    install = ["uv", "tool", "install", "-q", "--python", sys.executable]
    subprocess.run([*install, "--constraints", str(pins), str(wheel)], check=True)
    told = run(programs / "visage", "self-check", home=tmp_path)
    assert "FAIL" not in told
    assert "ok    Hub" in told
    subprocess.run(["uv", "tool", "uninstall", "-q", "visage"], check=True)
    assert list(programs.iterdir()) == []


@pytest.mark.slow
def test_pipx_installs_the_wheel_as_a_command_that_checks_itself(
    wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIPX_HOME", str(tmp_path / "pipx"))
    monkeypatch.setenv("PIPX_BIN_DIR", str(tmp_path / "bin"))
    monkeypatch.setenv("PIP_CONSTRAINT", str(pins_file(tmp_path)))
    pipx = ["uv", "tool", "run", "-q", "pipx"]
    subprocess.run([*pipx, "install", "-q", "--python", sys.executable, str(wheel)], check=True)
    told = run(tmp_path / "bin" / "visage", "self-check", home=tmp_path)
    assert "FAIL" not in told
    assert "ok    window" in told


def pins_file(folder: Path) -> Path:
    """The pinned versions, as an installer reads them."""
    pins = folder / "pins.txt"
    pins.write_text("\n".join(renew_pins.read_pins(renew_pins.PROJECT_FILE)), encoding="utf-8")
    return pins


@pytest.mark.slow
def test_the_installed_package_labels_a_photo_from_python(installed: Path, tmp_path: Path) -> None:
    program = """
import sys
from visage import Visage
with Visage() as visage:
    print(len(visage.photo(sys.argv[1]).faces))
print({name.split(".")[0] for name in sys.modules} & {"core", "gui", "main", "PySide6"})
"""
    sample = str(contents.ROOT / "resources/sample/sample.jpg")
    told = run(installed / "python", "-c", program, sample, home=tmp_path)
    assert told.splitlines() == ["2", "set()"]
