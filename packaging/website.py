"""Makes the website of the texts in the checkout: `uv run --only-group docs packaging/website.py`.

The texts keep their places, so that a link that works on the project's page works on the site; one
that leads nowhere ends the build.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from contents import BUILD_DIR, ROOT

SOURCE_DIR = BUILD_DIR / "site-source"

TEXTS = (
    "*.md",
    "LICENSE",
    "NOTICE",
    "docs/**/*.md",
    "docs/**/*.svg",
    "docs/**/*.png",
    "docs/**/*.webp",
    "docs/*.json",
    "models/README.md",
    "training/README.md",
)
"""Patterns of what the site shows, relative to the checkout."""


def main() -> None:
    """Lay the texts out, and build the site strictly."""
    lay_out(SOURCE_DIR)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file"]
    subprocess.run([*command, ROOT / "mkdocs.yml"], check=True)


def lay_out(folder: Path) -> None:
    """Copy what the site shows to `folder`."""
    shutil.rmtree(folder, ignore_errors=True)
    for file in (file for pattern in TEXTS for file in ROOT.glob(pattern)):
        target = folder / file.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)


if __name__ == "__main__":
    main()
