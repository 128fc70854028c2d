"""Starts the real window as a user would, and asks it how long that took."""

import json
import os
import subprocess
import sys
import time
from tempfile import TemporaryDirectory

from core.errors import VisageError
from core.paths import install_dir
from core.settings import EngineChoice

TIMEOUT_S = 60.0

REPORT_VARIABLE = "VISAGE_REPORT_TIMINGS"
"""When set, the window prints its timings after the first overlay and closes."""

STARTED_VARIABLE = "VISAGE_STARTED_AT"
"""The time.time() at which the process was started, for the window to count from."""


def measure_window(
    model_name: str | None = None,
    engine: EngineChoice = EngineChoice.AUTO,
    *,
    off_screen: bool = False,
) -> dict[str, float]:
    """Milliseconds from the start of a fresh process, on the bundled sample.

    Args:
        off_screen: leave the user's screen alone (on Linux), even where there is one.

    Returns:
        `window_ms` until the window is on screen, `first_overlay_ms` until it shows a face.

    Raises:
        VisageError: if the window does not come up.
    """
    command = [*_program(), "--source", "sample", "--engine", engine]
    if model_name is not None:
        command += ["--model", model_name]
    with TemporaryDirectory() as settings_dir:
        return _read_timings(_run(command, _environment(settings_dir, off_screen)))


def _run(command: list[str], environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run(
            command,
            env={**environment, STARTED_VARIABLE: repr(time.time())},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise VisageError(f"The window showed no face within {TIMEOUT_S:.0f} s.") from None


def _environment(settings_dir: str, off_screen: bool) -> dict[str, str]:
    """What the window is told; its user's own choices are neither read nor changed (on Linux)."""
    told = {REPORT_VARIABLE: "1", "XDG_CONFIG_HOME": settings_dir}
    return {**os.environ, **_platform(off_screen), **told}


def _program() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, str(install_dir() / "main.py")]


def _platform(off_screen: bool) -> dict[str, str]:
    """Off screen where that is wanted, and where there is no screen."""
    has_display = not {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}.isdisjoint(os.environ)
    if sys.platform.startswith("linux") and (off_screen or not has_display):
        return {"QT_QPA_PLATFORM": "offscreen"}
    return {}


def _read_timings(finished: "subprocess.CompletedProcess[str]") -> dict[str, float]:
    try:
        timings = json.loads(finished.stdout.splitlines()[-1])
        return {name: float(timings[name]) for name in ("window_ms", "first_overlay_ms")}
    except (IndexError, ValueError, KeyError, TypeError):
        reason = (finished.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise VisageError(
            f"The window closed with exit code {finished.returncode} before it showed a face: "
            f"{reason}"
        ) from None
