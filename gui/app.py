"""Starts the window. Nothing heavy is imported here: it must be on the screen within a second."""

import logging
import os
import sys

from PySide6.QtWidgets import QApplication

from core import paths
from core.settings import EngineChoice
from gui.core_parts import CoreParts
from gui.crash_dialog import CrashReporter
from gui.log_file import start_log
from gui.main_window import MainWindow
from gui.preferences import Preferences
from gui.theme import Theme, choose_font
from gui.timing_report import TimingReport

logger = logging.getLogger(__name__)


def run(source: str | None = None, model: str | None = None, engine: str = "auto") -> int:
    """Open the window and stay until it is closed.

    Args:
        source: what to look at at once, as `--source` takes it.
        model: the name of the model to use in this session; None leaves it to the settings.
        engine: what runs the model in this session; "auto" leaves it to the settings.

    Returns:
        The exit status.
    """
    clear_opencv_variables()
    start_log(paths.log_dir())
    app = make_application(sys.argv[:1])
    reporter = CrashReporter(app)
    reporter.install()
    preferences = Preferences(None if engine == "auto" else EngineChoice(engine), model)
    window = MainWindow(Theme(app), preferences, CoreParts())
    if source is not None:
        window.painted_first.connect(lambda: window.open_words([source]))
    report = TimingReport.wanted(window)
    window.show()
    status = app.exec()
    window.join()
    if report is not None:
        report.print()
    return status


def make_application(arguments: list[str]) -> QApplication:
    """The application with its name and font."""
    app = QApplication(arguments)
    app.setApplicationName(paths.APP_NAME)
    app.setApplicationDisplayName(paths.APP_NAME)
    app.setDesktopFileName("visage")
    choose_font(app)
    return app


def clear_opencv_variables() -> None:
    """Forget the Qt 5 plug-ins that OpenCV's wheel announces on Linux; ours are others."""
    for name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
        os.environ.pop(name, None)
