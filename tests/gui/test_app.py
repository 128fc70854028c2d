import json
import os
import subprocess
import sys
from pathlib import Path
from time import time

import pytest

from gui.app import clear_opencv_variables
from tests.model_folders import make_model_folder

ROOT = Path(__file__).parent.parent.parent
HEAVY = ("cv2", "onnxruntime", "numpy", "tensorflow", "PIL", "core.assembly")


def run_python(code: str, folder: Path, **variables: str) -> str:
    """Run `code` with a home of its own; its output."""
    homes = {name: str(folder) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    environment = {**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen", **variables}
    finished = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def test_nothing_heavy_is_imported_before_the_window_is_on_the_screen(tmp_path: Path) -> None:
    code = f"""
import sys
from gui.background import BackgroundCall
from gui.core_parts import CoreParts
from gui.window.main_window import MainWindow
from gui.preferences import Preferences
from gui.theme import Theme
from gui.app import make_application
BackgroundCall.start = lambda self: None  # what begins once the window is there
app = make_application([])
window = MainWindow(Theme(app), Preferences(), CoreParts())
window.painted_first.connect(window.close)
window.show()
app.exec()
window.join()
print([name for name in {HEAVY} if name in sys.modules])
"""
    assert run_python(code, tmp_path).strip() == "[]"


def test_opencvs_qt_variables_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM_PLUGIN_PATH", "/opencv/qt5")
    monkeypatch.setenv("QT_QPA_FONTDIR", "/opencv/fonts")
    clear_opencv_variables()
    assert "QT_QPA_PLATFORM_PLUGIN_PATH" not in os.environ
    assert "QT_QPA_FONTDIR" not in os.environ


def test_a_start_on_the_sample_reports_its_timings_and_closes(tmp_path: Path) -> None:
    make_model_folder(tmp_path / "Visage" / "models", "tiny")
    code = "from gui import app; raise SystemExit(app.run([], 'sample', 'tiny', 'onnx'))"
    output = run_python(code, tmp_path, VISAGE_REPORT_TIMINGS="1", VISAGE_STARTED_AT=repr(time()))
    timings = json.loads(output.splitlines()[-1])
    assert 0 < timings["window_ms"] < timings["first_overlay_ms"]
