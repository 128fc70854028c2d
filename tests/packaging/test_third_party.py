from importlib.metadata import Distribution
from pathlib import Path

import pytest

import third_party


def install(
    root: Path, name: str, metadata: str = "", texts: dict[str, str] | None = None
) -> Distribution:
    """An installed distribution with licence files beside its metadata."""
    info = root / f"{name}-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.2\n{metadata}")
    for file, text in (texts or {}).items():
        (info / file).write_text(text)
    names = [f"{info.name}/{file}" for file in ("METADATA", *(texts or {}))]
    (info / "RECORD").write_text("".join(f"{one},,\n" for one in names))
    return Distribution.at(info)


@pytest.mark.parametrize(
    ("metadata", "terms"),
    [
        ("License-Expression: MIT\n", "MIT"),
        ("License: BSD-3-Clause\n", "BSD-3-Clause"),
        ("License: A text\n        of two lines\nClassifier: License :: OSI :: ISC\n", "ISC"),
        ("", "see the text below"),
    ],
)
def test_terms_are_a_few_words(metadata: str, terms: str, tmp_path: Path) -> None:
    assert third_party.terms(install(tmp_path, "one", metadata)) == terms


def test_every_licence_text_stands_there_once(tmp_path: Path) -> None:
    texts = {
        "LICENSE": "Do what you want.\n",
        "COPYING.txt": "Do what you want.",
        "NOTICE": "By somebody.",
        "license.py": "print()",
    }
    section = third_party.describe(install(tmp_path, "one", "Home-page: https://one\n", texts))
    assert section.count("Do what you want.") == 1
    assert "By somebody." in section
    assert "print()" not in section
    assert section.splitlines()[1:4] == ["one 1.2", "Licence: see the text below", "https://one"]


def test_only_what_was_collected_is_named() -> None:
    carried = third_party.carried_distributions(["numpy", "PIL", "core", "no_such_module"])
    assert [one.name for one in carried] == ["numpy", "pillow"]


def test_python_and_the_terms_of_qt_have_their_texts() -> None:
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in third_party.describe_python()
    for name in third_party.WITHOUT_TEXT:
        assert "GNU" in third_party.full_text(name)
