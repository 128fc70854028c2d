"""Writes the file THIRD-PARTY: what the packaged app carries of others, and on what terms.

Runs in the build's own environment, whose installed distributions say it of themselves.
"""

import json
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path

from contents import COLLECTED_FILE

RULE = "=" * 78
LICENCE_WORDS = ("licen", "copying", "notice", "authors")
WITHOUT_TEXT = ("LGPL-3.0", "GPL-3.0")
"""Qt's terms, which its packages name and do not bring."""

OWN_NAME = "visage"
BUILD_TOOL = "PyInstaller"
"""Its start program is part of the app."""


def main() -> None:
    """Write the file that the first argument names."""
    collected = json.loads(COLLECTED_FILE.read_text(encoding="utf-8"))
    sections = [
        *(describe(one) for one in carried_distributions([*collected["modules"], BUILD_TOOL])),
        describe_python(),
        *describe_system_files(collected["system"]),
        *(full_text(name) for name in WITHOUT_TEXT),
    ]
    heading = "Visage carries the following works of others, each on its own terms."
    Path(sys.argv[1]).write_text("\n\n".join([heading, *sections]) + "\n", encoding="utf-8")


def carried_distributions(modules: Iterable[str]) -> list[Distribution]:
    """The distributions that own any of these top-level modules, by name."""
    owners = packages_distributions()
    names = {name.lower() for module in modules for name in owners.get(module, ())}
    return [distribution(name) for name in sorted(names - {OWN_NAME})]


def describe(one: Distribution) -> str:
    """Name, version, terms and home of a distribution, and every licence text in it."""
    facts = one.metadata
    home = next(iter(facts.get_all("Home-page", facts.get_all("Project-URL", [""]))))
    lines = [RULE, f"{facts['Name']} {one.version}", f"Licence: {terms(one)}", home, RULE]
    return "\n".join([*filter(None, lines), *licence_texts(one)])


def terms(one: Distribution) -> str:
    """The terms of a distribution in a few words."""
    facts = one.metadata
    for short in (*facts.get_all("License-Expression", []), *facts.get_all("License", [])):
        if short and "\n" not in short:
            return str(short)
    classifiers = [text for text in facts.get_all("Classifier", []) if text.startswith("License")]
    return ", ".join(text.rsplit(" :: ", 1)[-1] for text in classifiers) or "see the text below"


def licence_texts(one: Distribution) -> list[str]:
    """The texts of the files that are called licence or the like, each once."""
    files = [file for file in one.files or [] if is_licence(file.name)]
    texts = [Path(str(one.locate_file(file))).read_text("utf-8", "replace") for file in files]
    return list(dict.fromkeys(text.strip() for text in texts))


def is_licence(name: str) -> bool:
    """Whether a file of this name holds terms, rather than a program about them."""
    is_text = Path(name).suffix.lower() not in (".py", ".pyc", ".pyi")
    return is_text and any(word in name.lower() for word in LICENCE_WORDS)


def describe_python() -> str:
    """Python itself, whose licence lies beside its library."""
    version = ".".join(map(str, sys.version_info[:3]))
    places = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix))
    text = next(file for place in places for file in sorted(place.glob("LICENSE*")))
    return "\n".join([RULE, f"Python {version}", RULE, text.read_text("utf-8").strip()])


def describe_system_files(files: Iterable[str]) -> list[str]:
    """Libraries that Python needs and that came from the system it was built on."""
    if shutil.which("dpkg") is None:
        return []
    packages = sorted({name for file in files if (name := owning_package(file))})
    return [
        "\n".join([RULE, f"{package} (Debian's build)", RULE, copyright_text(package)])
        for package in packages
    ]


def owning_package(file: str) -> str | None:
    """The Debian package that a file belongs to; dpkg may know it by its older path."""
    real = str(Path(file).resolve())
    for path in (real, real.removeprefix("/usr")):
        found = subprocess.run(["dpkg", "-S", path], capture_output=True, text=True, check=False)
        if found.returncode == 0:
            return found.stdout.split(":")[0]
    return None


def full_text(name: str) -> str:
    text = (Path(__file__).parent / "licences" / f"{name}.txt").read_text(encoding="utf-8")
    return "\n".join([RULE, f"The text of {name}", RULE, text.strip()])


def copyright_text(package: str) -> str:
    file = Path("/usr/share/doc") / package / "copyright"
    return file.read_text(encoding="utf-8").strip()


if __name__ == "__main__":
    main()
