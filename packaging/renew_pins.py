"""Pins every dependency to the newest version that its range allows.

`uv run --no-project packaging/renew_pins.py` writes them into pyproject.toml, for the project's
environment and the packaged app, and into main.py, whose script has an environment of its own
(docs/adr/0007). Run `.ci/run` afterwards, and commit both files.
"""

import re
import subprocess
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

from contents import ROOT

PROJECT_FILE = ROOT / "pyproject.toml"
SCRIPT_FILE = ROOT / "main.py"
PACKAGED_FILE = ROOT / "packaging" / "requirements.txt"

PINS = re.compile(r"^(#? ?)constraint-dependencies = \[\n(?:.*\n)*?\1\]$", re.MULTILINE)
"""The list in either file; in main.py each line is a comment."""

EVERYTHING = ("--all-extras", "--all-groups")
PLAIN_APP = ("--no-default-groups",)
QUIET = ("--no-hashes", "--no-emit-project", "--no-annotate", "--no-header", "--quiet")


def main() -> None:
    """Write the newest versions into both files."""
    with TemporaryDirectory() as folder:
        lock(Path(folder))
        write_pins(PROJECT_FILE, export(Path(folder), *EVERYTHING))
        write_pins(SCRIPT_FILE, export(Path(folder), *PLAIN_APP))


def lock(folder: Path) -> None:
    """Resolve a copy of the project without its pins, but with what only the packaged app has."""
    project = PROJECT_FILE.read_text(encoding="utf-8")
    lines = PACKAGED_FILE.read_text(encoding="utf-8").splitlines()
    packaged = [line for line in lines if line and not line.startswith("#")]
    groups = "[dependency-groups]\n"
    copy = PINS.sub("", project).replace(groups, f"{groups}packaged = {packaged}\n")
    (folder / PROJECT_FILE.name).write_text(copy, encoding="utf-8")
    subprocess.run(["uv", "lock", "--project", folder], check=True)


def export(folder: Path, *choice: str) -> list[str]:
    """The locked versions as requirements, with markers where systems or Pythons differ."""
    command = ["uv", "export", "--project", str(folder), "--frozen", *QUIET, *choice]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [re.sub(r" *; *", "; ", line.strip()) for line in told.splitlines() if line]


def write_pins(file: Path, pins: list[str]) -> None:
    """Put the pins in the place of those in `file`."""
    text = file.read_text(encoding="utf-8")

    def listed(found: re.Match[str]) -> str:
        before = found[1]
        lines = [f"{before}    {quoted(pin)}," for pin in pins]
        return "\n".join([f"{before}constraint-dependencies = [", *lines, f"{before}]"])

    file.write_text(PINS.sub(listed, text), encoding="utf-8")


def quoted(pin: str) -> str:
    """A string of TOML; markers have quotes of their own."""
    return f'"{pin.replace(chr(34), chr(39))}"'


def read_pins(file: Path) -> list[str]:
    """The pins that stand in `file`."""
    (found,) = PINS.finditer(file.read_text(encoding="utf-8"))
    lines = (line.removeprefix(found[1]) for line in found[0].splitlines())
    return list(tomllib.loads("\n".join(lines))["constraint-dependencies"])


if __name__ == "__main__":
    main()
