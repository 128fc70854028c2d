import re
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest

import contents
import website
from core import api


def test_each_page_of_the_sites_menu_is_laid_out(tmp_path: Path) -> None:
    website.lay_out(tmp_path / "source")
    menu = (contents.ROOT / "mkdocs.yml").read_text(encoding="utf-8").split("nav:\n")[1]
    pages = re.findall(r": (\S+\.md)$", menu, re.MULTILINE)
    assert len(pages) > 5
    assert [page for page in pages if not (tmp_path / "source" / page).is_file()] == []


def test_the_sites_api_page_tells_each_public_name() -> None:
    page = (contents.ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    told = {name.rsplit(".", 1)[-1] for name in re.findall(r"^::: (\S+)$", page, re.MULTILINE)}
    assert told == set(api.__all__) - {"Image"}


def test_each_decision_is_in_their_list_under_its_own_title() -> None:
    folder = contents.ROOT / "docs" / "adr"
    rows = (folder / "README.md").read_text("utf-8")
    told = re.findall(r"^\| (\d+) \| \[(.+)\]\((.+)\) \|$", rows, re.MULTILINE)
    heads = {file.name: file.read_text("utf-8").split("\n")[0] for file in folder.glob("0*.md")}
    assert {file: f"# {number}. {title}" for number, title, file in told} == heads


@pytest.mark.slow
def test_the_site_is_built_without_a_warning() -> None:
    command = ["uv", "run", "--isolated", "--only-group", "docs", "python", "packaging/website.py"]
    told = subprocess.run(command, cwd=contents.ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert re.findall(r"^WARNING.*", told.stderr, re.MULTILINE) == []
    assert (contents.ROOT / "build" / "site" / "docs" / "api" / "index.html").is_file()
    assert dead_ends(contents.ROOT / "build" / "site") == set()


def dead_ends(site: Path) -> set[str]:
    """Links and pictures of the site's pages that are not there."""
    found = set()
    for page in site.rglob("index.html"):
        for address in re.findall(r'(?:href|src)="([^":#?]+)[^":]*"', page.read_text("utf-8")):
            target = (page.parent / unquote(address)).resolve()
            if not (target / "index.html" if target.is_dir() else target).is_file():
                found.add(f"{page.relative_to(site)}: {address}")
    return found
