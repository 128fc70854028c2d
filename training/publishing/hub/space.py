"""A folder that runs the page for a browser as a Space of the Hugging Face Hub, as it stands."""

import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from huggingface_hub import SpaceCardData
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from core import paths
from core.errors import DataError

sys.path.append(str(paths.install_dir() / "packaging"))
from contents import ROOT
from renew_pins import PROJECT_FILE, read_pins
from wheel_package import stage_package

PACKAGE = "visage"
NOT_NEEDED = {"pyside6-essentials"}
"""Of Visage's own requirements, what only the window needs."""

TEXTS = ("LICENSE", "NOTICE")

APP = '''\
"""Serves the page of Visage, as a Space does it."""

import os

from visage.core.commands.command_line import Share
from visage.gui.web.server import serve

serve(int(os.environ.get("GRADIO_SERVER_PORT", "7860")), Share.NETWORK)
'''

README = """\
---
{head}
---

# Visage

Estimates the age and gender of faces in photos, in videos and in front of a camera. An estimate
says how old a face looks and how a stranger would read its gender, not who a person is. It can be
wrong, and must not be used to decide about people.

What is uploaded is looked at by this Space and removed at once. The code is under the Apache
License 2.0; the weights of the models are for research and non-commercial use. NOTICE names the
work of others.
"""


def write_space(folder: Path) -> None:
    """Write app.py, the package with its models, exact requirements and a README.md with its head.

    Raises:
        DataError: if there is something in the folder.
    """
    if folder.is_dir() and any(folder.iterdir()):
        raise DataError(f"{folder} is not empty.")
    stage_package(folder / PACKAGE)
    for file in folder.glob(f"{PACKAGE}/models/*/*.keras"):
        file.unlink()  # a Space without a GPU runs ONNX files
    for name in TEXTS:
        (folder / name).write_bytes((ROOT / name).read_bytes())
    pins = space_pins()
    (folder / "requirements.txt").write_text("\n".join(pins) + "\n", encoding="utf-8")
    (folder / "app.py").write_text(APP, encoding="utf-8")
    readme = README.format(head=_head(pins).to_yaml())
    (folder / "README.md").write_text(readme, encoding="utf-8")


def space_pins() -> list[str]:
    """The pins of all that the page needs, in Visage's own versions."""
    project = tomllib.loads(PROJECT_FILE.read_text(encoding="utf-8"))["project"]
    needed: set[str] = set()
    _add_needed([*project["dependencies"], *project["optional-dependencies"]["web"]], {""}, needed)
    return [pin for pin in read_pins(PROJECT_FILE) if _name(pin) in needed]


def _add_needed(requirements: Iterable[str], extras: Iterable[str], needed: set[str]) -> None:
    """Add the names of what is required, and of what that requires in turn, on this computer."""
    for requirement in map(Requirement, requirements):
        name, marker = canonicalize_name(requirement.name), requirement.marker
        wanted = marker is None or any(marker.evaluate({"extra": extra}) for extra in extras)
        if wanted and name not in needed | NOT_NEEDED:
            needed.add(name)
            _add_needed(_requirements(name), requirement.extras or {""}, needed)


def _requirements(name: str) -> list[str]:
    """What an installed package requires; of one that is not installed, nothing is known."""
    try:
        return requires(name) or []
    except PackageNotFoundError:
        return []


def _name(pin: str) -> str:
    return canonicalize_name(Requirement(pin).name)


def _head(pins: list[str]) -> SpaceCardData:
    (gradio,) = (Requirement(pin) for pin in pins if _name(pin) == "gradio")
    return SpaceCardData(
        title="Visage",
        sdk="gradio",
        sdk_version=str(gradio.specifier).removeprefix("=="),
        python_version="3.11",
        app_file="app.py",
        license="other",
        short_description="Age and gender of faces, with a range and measured figures",
    )
