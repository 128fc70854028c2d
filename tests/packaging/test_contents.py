import ast
import re
import subprocess
import sys

import pytest

import contents
from core import paths
from tests.test_layers import imported_modules, python_files

PROBE = """
import sys
class LeftOut:
    # importing what is left out fails, as in the packaged app
    def find_spec(self, name, path=None, target=None):
        if name in {excluded!r}:
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, LeftOut())
from contextlib import closing
import gui.app
from core.assembly import make_pipeline
from core.commands import benchmark, label, models, self_check
from core.commands.self_check import check_model
from core.settings import EngineChoice
from core.hub import pull
print(check_model("age_cnn", EngineChoice.ONNX))
"""


def carried() -> list[str]:
    return [file.relative_to(contents.ROOT).as_posix() for file in contents.resource_files()]


def test_every_file_that_the_app_reads_is_carried() -> None:
    root = paths.install_dir()
    read = [paths.sample_clip(), paths.sample_photo(), *paths.face_detector_dir().glob("*_*.*")]
    read += [*(root / "resources/icons").iterdir(), *(root / "resources/style").iterdir()]
    read += [paths.user_guide(language) for language in ("en", *paths.languages())]
    read += [root / "models/visage/card.json", root / "models/visage/model.onnx"]
    assert {file.relative_to(root).as_posix() for file in read} <= set(carried())


def test_models_are_carried_for_onnx_runtime_alone() -> None:
    assert "models/mobilenet_v2/model.onnx" in carried()
    assert not [name for name in carried() if "efficientnet_b2" in name]
    assert not [name for name in carried() if name.endswith((".keras", ".py", "README.md"))]


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6\\translations\\qtbase_de.qm",
        "PySide6/Qt/plugins/imageformats/libqtiff.so",
        "PySide6\\plugins\\imageformats\\qwebp.dll",
        "onnxruntime/capi/libonnxruntime.so.1.22.0",
        "libstdc++.so.6",
        "libxcb-cursor.so.0",
    ],
)
def test_what_nobody_needs_stays_out(name: str) -> None:
    assert contents.why_left_out(name) is not None


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/lib/libQt6Widgets.so.6",
        "PySide6/Qt/lib/libQt6XcbQpa.so.6",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/imageformats/libqjpeg.so",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/Qt/plugins/platformthemes/libqxdgdesktopportal.so",
        "onnxruntime/capi/onnxruntime_pybind11_state.cpython-311-x86_64-linux-gnu.so",
        "opencv_python_headless.libs/libpng16-529cb57a.so.16.58.0",
        "libpython3.11.so.1.0",
    ],
)
def test_what_is_needed_stays_in(name: str) -> None:
    assert contents.why_left_out(name) is None


def test_window_and_model_work_without_any_module_that_is_left_out() -> None:
    finished = subprocess.run(
        [sys.executable, "-c", PROBE.format(excluded=contents.excluded_modules())],
        cwd=contents.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.strip().endswith("on CPU")


def test_only_the_engine_that_needs_tensorflow_imports_what_is_left_out() -> None:
    left_out = tuple(f"{module}." for module in contents.excluded_modules())
    importing = {
        file.relative_to(contents.ROOT).as_posix()
        for file in python_files("core", "gui")
        if any(f"{module}.".startswith(left_out) for module in imported_modules(file))
    }
    assert importing == {"core/estimation/keras_engine.py"}


def test_the_app_solves_no_equations_for_which_its_numpy_has_no_library() -> None:
    solving = {"linalg", "polyfit"}
    found = {
        (file.relative_to(contents.ROOT).as_posix(), node.attr)
        for file in python_files("core", "gui")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in solving
    }
    assert found == set()


def test_the_documentation_lists_what_is_left_out_and_why_the_largest_first() -> None:
    text = (contents.ROOT / "docs" / "packaging.md").read_text(encoding="utf-8")
    reasons = {one.name: one.reason for one in contents.LEFT_OUT}
    rows = re.findall(r"^\| (.+) \| ([\d.]+) \| (.+) \|$", text, re.MULTILINE)
    listed = [row for row in rows if row[0] in reasons]
    assert {name: reason for name, _, reason in listed} == reasons
    sizes_mb = [float(size) for _, size, _ in listed]
    assert sizes_mb == sorted(sizes_mb, reverse=True)


def test_every_pattern_of_carried_files_finds_some() -> None:
    patterns = contents.RESOURCES
    assert [pattern for pattern in patterns if not any(contents.ROOT.glob(pattern))] == []
