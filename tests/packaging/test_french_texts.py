"""The French texts say what the English ones do: what forgets the other fails here."""

import re
from pathlib import Path

import pytest

import contents

PAIRS = [("README.md", "README.fr.md"), ("docs/user-guide.md", "docs/user-guide.fr.md")]
WRONG_SPACES = re.compile(r"[^\u202f\s][;!?](\s|$)| [;!?:](\s|$)|«[^\u00a0]|[^\u00a0]»|'|“|”")


def read(name: str) -> str:
    return (contents.ROOT / name).read_text(encoding="utf-8")


def prose(text: str) -> str:
    """A text without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def commands(text: str) -> list[str]:
    """What the blocks of code say, but for comments."""
    blocks = re.findall(r"^```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [re.sub(r" *#.*", "", block) for block in blocks]


def shape(text: str) -> list[str]:
    """What stands at the beginning of each line that is no prose: headings, list and table rows."""
    return re.findall(r"^(#+ |\* |\||!\[)", prose(text), re.MULTILINE)


def names(text: str) -> list[str]:
    """Commands, options, files and columns, in no order: languages have orders of their own."""
    return sorted(re.findall(r"`([^`\n]+)`", prose(text)))


def pictures(text: str) -> list[str]:
    return [Path(link).stem for link in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text)]


@pytest.mark.parametrize(("english", "french"), PAIRS)
def test_a_french_text_has_the_parts_commands_and_pictures_of_the_english_one(
    english: str, french: str
) -> None:
    for part in (shape, commands, names, pictures):
        assert part(read(french)) == part(read(english)), part.__name__


@pytest.mark.parametrize("text", [text for pair in PAIRS for text in pair])
def test_each_picture_is_there_in_the_language_of_its_text(text: str) -> None:
    links = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", read(text))
    place = contents.ROOT / Path(text).parent
    assert [link for link in links if not (place / link).is_file()] == []
    assert {Path(link).parent.name for link in links} == {
        "fr" if text.endswith(".fr.md") else "screenshots"
    }


@pytest.mark.parametrize(("english", "french"), PAIRS)
def test_each_text_leads_to_the_other_at_its_top(english: str, french: str) -> None:
    assert f"]({Path(french).name})" in read(english).split("\n")[2]
    assert f"]({Path(english).name})" in read(french).split("\n")[2]


@pytest.mark.parametrize(("english", "french"), PAIRS)
def test_a_french_text_has_the_spaces_and_quotes_of_french(english: str, french: str) -> None:
    words = re.sub(r"`[^`\n]+`|\]\([^)]*\)|^\|[-:| ]+\|$", "x", prose(read(french)), flags=re.M)
    assert [line for line in words.splitlines() if WRONG_SPACES.search(line)] == []
