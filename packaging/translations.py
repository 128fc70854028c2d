"""Brings the catalogues of texts up to date: `uv run packaging/translations.py`.

What is new in the code gets into every resources/translations/*.ts, to be translated there, in Qt
Linguist or any editor; what went out of the code goes out of them. Then each .ts is compiled to the
.qm beside it. Commit both (docs/adr/0016).
"""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import PySide6

from contents import ROOT

sys.path.insert(0, str(ROOT))
from gui.language.core_sentence import SENTENCE_END

FOLDER = ROOT / "resources" / "translations"
TOOLS = Path(PySide6.__file__).parent
CONTEXT = "core"
UNSEEN = ("benchmark", "cluster", "commands", "api.py")
"""What of core speaks on the command line and to programs alone."""
TITLES = ("Camera %1", "%1 (answers %2)", "%1 (answers %2 thorough)", "%1, fitted (%2)")
"""What core says besides sentences."""
SYSTEM_REASONS = (
    "Address already in use",
    "Bad file descriptor",
    "Broken pipe",
    "Cannot allocate memory",
    "Connection refused",
    "Connection reset by peer",
    "Connection timed out",
    "Device or resource busy",
    "Disk quota exceeded",
    "File exists",
    "File name too long",
    "File too large",
    "Host is down",
    "Input/output error",
    "Invalid argument",
    "Invalid cross-device link",
    "Is a directory",
    "Network is unreachable",
    "No route to host",
    "No space left on device",
    "No such device",
    "No such file or directory",
    "Not a directory",
    "Operation not permitted",
    "Operation not supported",
    "Permission denied",
    "Read-only file system",
    "Remote I/O error",
    "Resource temporarily unavailable",
    "Stale file handle",
    "Structure needs cleaning",
    "Text file busy",
    "Too many levels of symbolic links",
    "Too many open files",
    "Transport endpoint is not connected",
)
"""What the system says of trouble with files and networks (strerror), within core's sentences."""

CARD_TEXTS = ("description", "training_data", "licence", "limits")
COUNT = re.compile(r"\b\d{3,}\b")
ENDINGS = (".", "?", "…", ": %1", ": %2")
MOST_VALUES = 9


def main() -> None:
    """Update and compile every catalogue."""
    for file in sorted(FOLDER.glob("*.ts")):
        update(file)
        run("lrelease", "-silent", file, "-qm", file.with_suffix(".qm"))


def update(file: Path) -> None:
    """Let a catalogue hold what the code says now; English has its plural forms alone."""
    plural = ["-pluralonly"] if file.stem.endswith("_en") else []
    with TemporaryDirectory() as folder:
        sentences = Path(folder) / "core.py"
        texts = sorted({*core_sentences(), *card_sentences(), *SYSTEM_REASONS})
        lines = (f'marked("{CONTEXT}", {text!r})\n' for text in texts)
        sentences.write_text("".join(lines), encoding="utf-8")
        sources = Path(folder) / "sources.lst"
        files = sorted((ROOT / "gui").rglob("*.py"))
        sources.write_text("\n".join(map(str, [*files, sentences])), encoding="utf-8")
        run(
            *("lupdate", "-silent", "-no-obsolete", "-locations", "none", *plural),
            *("-tr-function-alias", "QT_TRANSLATE_NOOP+=marked", f"@{sources}", "-ts", file),
        )


def run(tool: str, *arguments: str | Path) -> None:
    """Run one of Qt's tools, which PySide6 brings."""
    suffix = ".exe" if sys.platform == "win32" else ""
    subprocess.run([TOOLS / f"{tool}{suffix}", *arguments], check=True)


def core_sentences() -> Iterator[str]:
    """Every text of core that is a sentence, its values as %1, %2."""
    for file in sorted((ROOT / "core").rglob("*.py")):
        if not set(file.relative_to(ROOT / "core").parts) & set(UNSEEN):
            yield from _sentences(ast.parse(file.read_text(encoding="utf-8")))


def card_sentences() -> Iterator[str]:
    """What cards say, and titles: of what is published, and of the other rows of docs/models.

    Their counts are %1, %2: models are made anew.
    """
    published, kept = ROOT.glob("models/*/card.json"), ROOT.glob("docs/models/cards/*/card.json")
    for file in sorted((*published, *kept)):
        card = json.loads(file.read_text(encoding="utf-8"))
        if " " in card["title"]:  # a single word is a name
            yield card["title"]
        for text in CARD_TEXTS:
            yield from map(_with_places, SENTENCE_END.split(card[text]))


def _with_places(sentence: str) -> str:
    numbers = iter(range(1, MOST_VALUES + 1))
    return COUNT.sub(lambda _: f"%{next(numbers)}", sentence)


def _sentences(tree: ast.AST) -> Iterator[str]:
    """Those of one file: what ends as sentences do, but for docstrings and the log."""
    for node in ast.iter_child_nodes(tree):
        if _is_docstring(node) or _is_logging(node):
            continue
        text = _text(node)
        if text is None:
            yield from _sentences(node)
        elif _is_sentence(text) or text in TITLES:
            yield text


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_logging(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).startswith(("logger.", "logging."))


def _is_sentence(text: str) -> bool:
    """Whether it ends as sentences do; a query of the database may end with a parameter."""
    is_other = " " not in text or "%s" in text or text.endswith(" ?")
    return text.endswith(ENDINGS) and not is_other


def _text(node: ast.AST) -> str | None:
    """What a string in the code says; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    numbers = iter(range(1, MOST_VALUES + 1))
    parts = (part if isinstance(part, ast.Constant) else next(numbers) for part in node.values)
    return "".join(f"%{part}" if isinstance(part, int) else str(part.value) for part in parts)


if __name__ == "__main__":
    main()
