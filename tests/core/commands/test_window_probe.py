import sys
from pathlib import Path

import pytest

from core.commands import window_probe
from core.commands.window_probe import measure_window
from core.errors import VisageError
from core.settings import EngineChoice


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A script that is started instead of the window."""
    script = tmp_path / "window.py"
    monkeypatch.setattr(window_probe, "_program", lambda: [sys.executable, str(script)])
    return script


def test_reads_the_windows_last_line_and_tells_it_when_it_was_started(program: Path) -> None:
    program.write_text(
        "import json, os, sys, time\n"
        "assert ' '.join(sys.argv[1:]) == '--source sample --engine onnx --model tiny'\n"
        "assert os.environ['VISAGE_REPORT_TIMINGS'] == '1'\n"
        "age_ms = (time.time() - float(os.environ['VISAGE_STARTED_AT'])) * 1000\n"
        "print('something else')\n"
        "print(json.dumps({'window_ms': age_ms, 'first_overlay_ms': 2 * age_ms}))\n"
    )
    timings = measure_window("tiny", EngineChoice.ONNX)
    assert 0 < timings["window_ms"] < 30_000
    assert timings["first_overlay_ms"] == 2 * timings["window_ms"]


def test_the_users_own_settings_are_neither_read_nor_changed(
    program: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    program.write_text(
        "import os, pathlib\n"
        "pathlib.Path(os.environ['XDG_CONFIG_HOME'], 'Visage.ini').touch()\n"
        'print(\'{"window_ms": 1, "first_overlay_ms": 2}\')\n'
    )
    assert measure_window() == {"window_ms": 1, "first_overlay_ms": 2}
    assert list(tmp_path.iterdir()) == [program]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("import sys; sys.exit('no display')", "exit code 1 .* no display"),
        ("print('{}')", "it said nothing"),
        ("print('[]')", "it said nothing"),
    ],
)
def test_a_window_that_does_not_come_up_is_a_sentence(
    program: Path, code: str, sentence: str
) -> None:
    program.write_text(code)
    with pytest.raises(VisageError, match=sentence):
        measure_window()


def test_a_window_that_hangs_is_ended_and_said_to_hang(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window_probe, "TIMEOUT_S", 0.3)
    program.write_text("import threading; threading.Event().wait()")
    with pytest.raises(VisageError, match="no face within"):
        measure_window()


def test_without_a_screen_the_window_opens_off_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert window_probe._platform(off_screen=False) == {"QT_QPA_PLATFORM": "offscreen"}
    monkeypatch.setenv("DISPLAY", ":1")
    assert window_probe._platform(off_screen=False) == {}


def test_the_window_leaves_the_screen_alone_where_that_is_wanted(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", ":1")
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    program.write_text(
        "import json, os\n"
        "is_off_screen = os.environ['QT_QPA_PLATFORM'] == 'offscreen'\n"
        "print(json.dumps({'window_ms': is_off_screen, 'first_overlay_ms': 0}))\n"
    )
    assert measure_window(off_screen=True)["window_ms"] == 1
    assert measure_window()["window_ms"] == 0


def test_the_packaged_app_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [Path(part).name for part in window_probe._program()[1:]] == ["main.py"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert window_probe._program() == [sys.executable]
