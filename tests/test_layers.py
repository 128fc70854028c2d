"""The architecture's layer rules, read from the imports of every file."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = {"cv2", "keras", "matplotlib", "onnxruntime", "tensorflow"}


def python_files(*places: str) -> list[Path]:
    files = [file for place in places for file in sorted((ROOT / place).rglob("*.py"))]
    assert files, places
    return files


def imported_modules(file: Path) -> set[str]:
    """Every module that a file names in an import, wherever that stands in it."""
    return set(_imports(ast.parse(file.read_text(encoding="utf-8"))))


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and _is_import_call(node):
            yield ast.literal_eval(node.args[0])


def _is_import_call(node: ast.Call) -> bool:
    called = ast.unparse(node.func).rsplit(".", 1)[-1]
    return called in {"import_module", "__import__", "importorskip"}


def imports_any(file: Path, *packages: str) -> list[str]:
    """The imports of `file` from one of the packages, with the file's name, for the message."""
    return [
        f"{file.relative_to(ROOT)} imports {module}"
        for module in sorted(imported_modules(file))
        if module.split(".")[0] in packages
    ]


def files_importing(package: str, *places: str) -> list[str]:
    return [
        file.relative_to(ROOT).as_posix()
        for file in python_files(*places)
        if imports_any(file, package)
    ]


@pytest.mark.parametrize(
    ("layer", "forbidden"),
    [
        ("core", ("PySide6", "gui", "training", "tests", "main")),
        ("training", ("PySide6", "gui", "tests", "main")),
        ("gui", ("cv2", "keras", "tensorflow", "onnxruntime", "training", "tests")),
    ],
)
def test_a_layer_imports_nothing_from_above_or_beside(
    layer: str, forbidden: tuple[str, ...]
) -> None:
    assert [line for file in python_files(layer) for line in imports_any(file, *forbidden)] == []


@pytest.mark.parametrize("package", ["keras", "tensorflow"])
def test_keras_is_imported_in_one_file_of_core(package: str) -> None:
    assert files_importing(package, "core") == ["core/estimation/keras_engine.py"]


def test_onnxruntime_is_imported_in_one_file_of_core() -> None:
    assert files_importing("onnxruntime", "core") == ["core/onnx_session.py"]


def test_the_hub_is_asked_in_one_file_of_core_and_never_by_the_window_itself() -> None:
    assert files_importing("huggingface_hub", "core", "gui") == ["core/hub/connection.py"]
    assert "huggingface_hub" not in modules_after("import gui.app, core.assembly")


@pytest.mark.parametrize(
    ("package", "file"),
    [
        ("ray", "core/cluster/ray_pool.py"),
        ("pyarrow", "core/cluster/parquet.py"),
        ("fsspec", "core/cluster/storage.py"),
    ],
)
def test_what_a_cluster_needs_is_imported_in_one_file_each(package: str, file: str) -> None:
    assert files_importing(package, "core", "gui", "training") == [file]


def test_pictures_are_opened_through_one_door() -> None:
    files = python_files("core", "gui")
    opening = [file.relative_to(ROOT).as_posix() for file in files if _opens_pictures(file)]
    assert opening == ["core/sources/picture_file.py"]


def _opens_pictures(file: Path) -> bool:
    return (
        re.search(r"(Pillow|Image)\.open\(|cv2\.im(read|decode)\w*\(", file.read_text("utf-8"))
        is not None
    )


def test_only_the_entry_opens_the_window() -> None:
    assert imports_any(ROOT / "main.py", "gui") == [
        "main.py imports gui.app",
        "main.py imports gui.web.server",
    ]
    assert imports_any(ROOT / "main.py", "PySide6", *HEAVY) == []


def test_the_page_for_a_browser_imports_no_qt_and_gradio_in_three_files() -> None:
    assert [line for file in python_files("gui/web") for line in imports_any(file, "PySide6")] == []
    assert files_importing("gradio", "core", "gui", "training") == [
        "gui/web/page.py",
        "gui/web/server.py",
        "gui/web/upload_parser.py",
    ]
    assert "PySide6" not in modules_after("import gui.web.page, gui.web.server")


def test_importing_the_window_imports_nothing_heavy() -> None:
    assert HEAVY & modules_after("import gui.app, core.assembly") == set()


def test_help_imports_neither_numpy_nor_qt() -> None:
    modules = modules_after("import main; main.parse_arguments(['label', 'photo.jpg'])")
    assert modules & ({"numpy", "PySide6"} | HEAVY) == set()


def modules_after(statement: str) -> set[str]:
    """The top-level modules that a fresh interpreter holds after a statement."""
    code = f"import sys; {statement}; print(*{{name.split('.')[0] for name in sys.modules}})"
    output = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return set(output.split())


def test_the_entrys_script_metadata_agrees_with_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    script = script_metadata(ROOT / "main.py")
    assert script["requires-python"] == project["requires-python"]
    assert script["dependencies"] == [project["name"]]
    assert script["tool"]["uv"]["sources"][project["name"]] == {"path": ".", "editable": True}


def script_metadata(file: Path) -> dict[str, Any]:
    """The inline metadata of a script (PEP 723)."""
    block = re.search(
        r"^# /// script$\n(?P<lines>(^#(| .*)$\n)+)^# ///$", file.read_text("utf-8"), re.MULTILINE
    )
    assert block is not None
    return tomllib.loads(re.sub(r"^# ?", "", block["lines"], flags=re.MULTILINE))


def test_a_forbidden_import_is_noticed_however_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text(
        "import a.b\n"
        "from c import d\n"
        "def f():\n"
        "    from e.f import g\n"
        "    importlib.import_module('h.i')\n"
    )
    assert imported_modules(file) == {"a.b", "c.d", "e.f.g", "h.i"}
