"""Measures the start for `main.py benchmark`, which asks for it by environment variables."""

import json
import os
import sys
from time import time

from PySide6.QtCore import QObject, QTimer

from gui.window.main_window import MainWindow

WANTED_VARIABLE = "VISAGE_REPORT_TIMINGS"
STARTED_VARIABLE = "VISAGE_STARTED_AT"


class TimingReport(QObject):
    """Notes when the window and the first estimate were on the screen, then closes the window."""

    def __init__(self, window: MainWindow, started_at_s: float) -> None:
        super().__init__(window)
        self._window = window
        self._started_at_s = started_at_s
        self._timings_ms: dict[str, float] = {}
        window.painted_first.connect(self._note_window)
        window.session.failed.connect(self._give_up)
        window.live_view.canvas.estimate_painted.connect(self._note_overlay)

    @staticmethod
    def is_wanted() -> bool:
        return os.environ.get(WANTED_VARIABLE) == "1"

    @classmethod
    def wanted(cls, window: MainWindow) -> "TimingReport | None":
        """The report, if the environment asks for one."""
        if not cls.is_wanted():
            return None
        return cls(window, float(os.environ.get(STARTED_VARIABLE, time())))

    def print(self) -> None:
        """Print one line of JSON."""
        print(json.dumps(self._timings_ms), flush=True)

    def _note_window(self) -> None:
        self._timings_ms["window_ms"] = self._elapsed_ms()

    def _note_overlay(self) -> None:
        self._timings_ms["first_overlay_ms"] = self._elapsed_ms()
        QTimer.singleShot(0, self._window.close)

    def _give_up(self, sentence: str) -> None:
        print(sentence, file=sys.stderr)
        self._window.close()

    def _elapsed_ms(self) -> float:
        return round((time() - self._started_at_s) * 1000, 1)
