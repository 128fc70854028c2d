"""The pictures in docs/screenshots are those that texts show: no scene without, none too many."""

import importlib
import re
from pathlib import Path

import pytest

import contents

DOCS = contents.ROOT / "docs"
SCREENSHOTS = DOCS / "screenshots"
TEXTS = ("README.md", "README.fr.md", "docs/user-guide.md", "docs/user-guide.fr.md")
LIST = "docs/screenshots/README.md"


def shown_by(text: str) -> set[Path]:
    links = re.findall(r"\]\(([^)]+\.webp)\)", (contents.ROOT / text).read_text("utf-8"))
    return {(contents.ROOT / text).parent / link for link in links}


def test_each_scene_has_its_sheet_in_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(DOCS))
    scenes = importlib.import_module("scenes").SCENES
    listed = {path.stem for path in shown_by(LIST) if path.parent.name == "sheets"}
    assert listed == set(scenes)


def test_each_picture_is_shown_and_each_that_is_shown_is_there() -> None:
    shown = set.union(*(shown_by(text) for text in (*TEXTS, LIST)))
    assert shown == set(SCREENSHOTS.rglob("*.webp"))
