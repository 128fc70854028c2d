"""Makes a release of the version that pyproject.toml names.

`uv run --no-project packaging/release.py close` closes the change log and dates the version;
`notes` prints what changed; `make` builds wheel and source distribution into dist/ and writes
SHA256SUMS and a list of all components beside what is there; `tag` tags the commit, once it is
sound. docs/packaging.md says in which order.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree

from contents import DIST_DIR, ROOT, version

CHANGE_LOG = ROOT / "CHANGELOG.md"
METAINFO = ROOT / "packaging" / "linux" / "visage.metainfo.xml"
SUMS = "SHA256SUMS"
UNRELEASED = "Unreleased"
ARTEFACTS = ("*.whl", "*.tar.gz", "*.deb", "*.exe", "*.dmg", "*.cdx.json")


class ReleaseError(Exception):
    """Why there is no release: a sentence for each trouble."""


def main() -> None:
    """Do what the first argument asks for."""
    commands = {"close": close, "notes": lambda: print(notes()), "make": make, "tag": tag}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit(f"usage: {sys.argv[0]} {'|'.join(commands)}")
    try:
        commands[sys.argv[1]]()
    except ReleaseError as error:
        print(error, file=sys.stderr)
        sys.exit(2)


def close(today: date | None = None) -> None:
    """Give what is unreleased the version and today's date, in the change log and the metainfo."""
    day = (today or datetime.now(UTC).date()).isoformat()
    if entries(closed_heading()) is not None:
        raise ReleaseError(
            f"{version()} is closed already: raise the version in pyproject.toml first."
        )
    if not entries(UNRELEASED):
        raise ReleaseError(f"CHANGELOG.md has nothing under `## {UNRELEASED}` to release.")
    text = CHANGE_LOG.read_text(encoding="utf-8")
    CHANGE_LOG.write_text(closed(text, version(), day), encoding="utf-8")
    metainfo = METAINFO.read_text(encoding="utf-8")
    METAINFO.write_text(dated(metainfo, version(), day), encoding="utf-8")


def closed_heading() -> str:
    """How the version's own heading in the change log reads, as a regular expression."""
    return rf"{re.escape(version())} \(.*?\)"


def entries(heading: str) -> str | None:
    """What stands under a heading of the change log; None where it has no such heading."""
    text = CHANGE_LOG.read_text(encoding="utf-8")
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    return found[1].strip() if found else None


def closed(change_log: str, number: str, day: str) -> str:
    """The change log with a heading for the version above what is unreleased."""
    heading = f"\n## {UNRELEASED}\n"
    return change_log.replace(heading, f"{heading}\n## {number} ({day})\n", 1)


def dated(metainfo: str, number: str, day: str) -> str:
    """The metainfo with the release on top, whether or not it was there."""
    release = f'<release version="{number}" date="{day}"/>'
    without = re.sub(rf'\n *<release version="{re.escape(number)}"[^>]*/>', "", metainfo)
    return without.replace("<releases>", f"<releases>\n    {release}", 1)


def notes() -> str:
    """What the change log says of this version."""
    told = entries(closed_heading())
    if not told:
        raise ReleaseError(f"CHANGELOG.md says nothing of {version()}: run `close` first.")
    return told


def tag() -> None:
    """Tag the commit, if nothing is left to commit and all places name the same version."""
    if troubles := check():
        raise ReleaseError("\n".join(troubles))
    name = f"v{version()}"
    git(
        "tag",
        "--annotate",
        name,
        "--cleanup=verbatim",
        "--message",
        f"Visage {version()}\n\n{notes()}",
    )
    print(f"{name} is tagged. Publish it with: git push origin {name}")


def check() -> list[str]:
    """A sentence for all that stands in the way of a tag."""
    troubles = []
    if git("status", "--porcelain"):
        troubles.append("There are changes that are not committed.")
    if git("tag", "--list", f"v{version()}"):
        troubles.append(f"v{version()} is tagged already.")
    newest = ElementTree.parse(METAINFO).getroot().find("releases/release")
    if newest is None or newest.get("version") != version():
        troubles.append(f"{METAINFO.name} does not begin with {version()}.")
    if not entries(closed_heading()):
        troubles.append(f"CHANGELOG.md says nothing of {version()}: run `close` first.")
    if entries(UNRELEASED):
        troubles.append(f"CHANGELOG.md has entries under `## {UNRELEASED}`: `close` a version.")
    return troubles


def make() -> None:
    """Build what Python installs, and describe all artefacts of the version in dist/."""
    run("uv", "build", "--quiet", "--out-dir", DIST_DIR)
    components = DIST_DIR / f"visage-{version()}.cdx.json"
    components.write_text(json.dumps(component_list(), indent=1) + "\n", encoding="utf-8")
    names = sorted(file for pattern in ARTEFACTS for file in DIST_DIR.glob(pattern))
    mine = [file for file in names if version() in file.name]
    sums = "".join(f"{sha256(file)}  {file.name}\n" for file in mine)
    (DIST_DIR / SUMS).write_text(sums, encoding="utf-8")
    print(sums, end="")


def component_list() -> dict[str, Any]:
    """All packages that Visage runs with, as they are pinned, and its models (CycloneDX 1.5)."""
    with TemporaryDirectory() as folder:
        for name in ("pyproject.toml", "README.md"):
            shutil.copy(ROOT / name, folder)
        run("uv", "lock", "--quiet", "--project", folder)
        export = ("uv", "export", "--frozen", "--quiet", "--project", folder)
        told = run(*export, "--no-default-groups", "--format", "cyclonedx1.5")
    listed: dict[str, Any] = json.loads(told)
    for component in listed["components"]:
        component.pop("externalReferences", None)  # where one computer got it from
    listed["components"] += [
        model_component(card) for card in sorted(ROOT.glob("models/*/card.json"))
    ]
    return listed


def model_component(card_file: Path) -> dict[str, Any]:
    """A model with its terms, which are not those of the code."""
    card = json.loads(card_file.read_text(encoding="utf-8"))
    return {
        "type": "machine-learning-model",
        "bom-ref": f"model-{card['name']}",
        "name": card["name"],
        "description": card["description"],
        "licenses": [{"license": {"name": card["licence"]}}],
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in card["sha256"].values()],
    }


def sha256(file: Path) -> str:
    """The hexadecimal digest of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def git(*words: str) -> str:
    return run("git", *words)


def run(*command: object) -> str:
    """What a command in the checkout prints; the release ends where one fails."""
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    main()
