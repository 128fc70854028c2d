"""What the wheel holds: one package `visage`, made of the checkout's folders (docs/adr/0012)."""

import re
from pathlib import Path
from shutil import copy

import contents

DOOR = contents.ROOT / "packaging" / "visage"
"""What is the package's own: its public names and its command."""

OWN_IMPORT = re.compile(r"^([ \t]*(?:>>> |\.\.\. )?(?:from|import) )(core|gui|main)(?=[ .])", re.M)
"""How a module of the checkout begins to import another, in code and in examples."""


def stage_package(folder: Path) -> None:
    """Lay the package out in `folder`, each import below `visage`."""
    for file in (*DOOR.iterdir(), contents.ROOT / "main.py"):
        if file.is_file():
            _stage(file, folder / file.name)
    for place in ("core", "gui"):
        for file in (contents.ROOT / place).rglob("*.py"):
            _stage(file, folder / file.relative_to(contents.ROOT))
    for file in contents.resource_files(contents.WHEEL_RESOURCES):
        _stage(file, folder / file.relative_to(contents.ROOT))


def _stage(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if file.suffix == ".py":
        target.write_text(below_visage(file.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        copy(file, target)


def below_visage(source: str) -> str:
    """The source of a module whose imports of Visage's own modules begin with `visage`."""
    return OWN_IMPORT.sub(r"\1visage.\2", source)
