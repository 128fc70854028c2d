"""No text of the window stands in the code without its mark: it could never be translated."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import gui

PACKAGE = Path(gui.__file__).parent
MARKS = {"tr", "translate", "marked", "said"}
UNSEEN = {
    "ValueError",
    "TypeVar",
    "ThreadPoolExecutor",
    "compile",
    "setObjectName",
    "ask",
    "KeyList",
    "info",
    "warning",
    "critical",
}
"""Calls whose texts are names, or for the log."""
KEYS = re.compile(r"((Ctrl|Shift)\+)*(\S|\{\}|Space|F\d+|Esc|Left|Right|Del|Return)")
NO_WORDS = re.compile(r"[A-Z_]+|Photo|Face|Visage|Fusion|English|\{\} – Visage|\{\} \(Ctrl\+\{\}\)")
"""Names that are the same everywhere, and those of environment variables."""
UNITS = re.compile(r"[^A-Za-z]|\b(ms|s|min|h|webm)\b")


def test_every_text_of_the_window_is_marked() -> None:
    files = [file for file in PACKAGE.rglob("*.py") if "web" not in file.parts]
    found = {(file.name, text) for file in files for text in _unmarked(file)}
    assert found == set()


def _unmarked(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    no_texts = set(_no_texts(tree))
    for node in ast.walk(tree):
        text = None if node in no_texts else _text(node)
        if text is not None and (" " in text.strip() or text[:1].isupper()):
            is_plain = (
                KEYS.fullmatch(text) or NO_WORDS.fullmatch(text) or text[:2] in ("%(", "%Y", "<p")
            )
            if not is_plain and UNITS.sub("", text):
                yield text


def _no_texts(tree: ast.Module) -> Iterator[ast.AST]:
    """Docstrings, names of types, what is marked, and the parts of longer texts."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in MARKS | UNSEEN:
            yield from node.args
        elif isinstance(node, ast.Expr | ast.keyword):
            yield node.value
        elif isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
            yield from ast.walk(node.annotation)
        elif isinstance(node, ast.Subscript):
            yield from ast.walk(node.slice)
        elif isinstance(node, ast.FunctionDef) and node.returns is not None:
            yield from ast.walk(node.returns)
        elif isinstance(node, ast.JoinedStr):
            yield from (part for part in ast.walk(node) if part is not node)


def _text(node: ast.AST) -> str | None:
    """A string of the code, with {} for its values; None for anything else."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if not isinstance(node, ast.JoinedStr):
        return None
    values = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return "".join(map(str, values))
