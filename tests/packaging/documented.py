"""The commands that the documents name."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import contents

DOCUMENTS = [
    *sorted(contents.ROOT.glob("*.md")),
    *sorted(contents.ROOT.glob("docs/*.md")),
    contents.ROOT / "models" / "README.md",
    contents.ROOT / "training" / "README.md",
]

BLOCK = re.compile(r"^```(?:sh|bash)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`((?:uv |main\.py|python -m |visage |packaging/|\.ci/|pytest )[^`\n]*)`")


def commands() -> Iterator[tuple[str, str]]:
    """Each command, without comments, beside its document's name."""
    for document in DOCUMENTS:
        if document.name == "CHANGELOG.md":
            continue  # it tells of what was there once
        text = document.read_text(encoding="utf-8")
        for command in _commands(text):
            yield document.relative_to(contents.ROOT).as_posix(), command


def _commands(text: str) -> Iterator[str]:
    for block in BLOCK.findall(text):
        for line in block.replace("\\\n", " ").splitlines():
            for command in re.sub(r"\s#.*", "", line).split("&&"):
                if command.strip():
                    yield " ".join(command.split())
    spans = SPAN.findall(BLOCK.sub("", text))
    yield from (span for span in spans if words_of(span))  # `uv run` alone starts nothing


def words_of(command: str) -> list[str]:
    """Its words without uv's own and the environment's, placeholders filled in."""
    filled = re.sub(r"<[^>]*>", "x", command).replace("[", "").replace("]", "")
    words = shlex.split(filled.replace("…", "x"))
    while words and ("=" in words[0] or words[0] in ("sudo", "env")):
        words = words[1:]
    if words[:2] == ["uv", "run"]:
        words = words[2:]
        while words and words[0].startswith("-"):
            words = words[2:] if words[0] in UV_WITH_VALUE else words[1:]
    return words


UV_WITH_VALUE = ("--extra", "--group", "--only-group", "--with", "--python")


def own_arguments(command: str) -> tuple[str, list[str]] | None:
    """The program of Visage's that it starts and what that is given; None if it starts another."""
    words = words_of(command)
    if words[:1] == ["python"]:
        words = words[1:]
    if words[:2] == ["-m", "training"]:
        return "training", words[2:]
    if words and Path(words[0]).name in ("main.py", "visage"):
        return "main", words[1:]
    return None
