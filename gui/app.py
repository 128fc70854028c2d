"""Starts the window. Nothing heavy is imported here: it must be on the screen within a second."""

import os
import sys
from collections.abc import Sequence

from PySide6.QtWidgets import QApplication

from core import paths
from core.settings import EngineChoice
from gui.core_parts import CoreParts
from gui.preferences import Preferences
from gui.quit_limit import LIMIT_S, end_within
from gui.start.crash_dialog import CrashReporter
from gui.start.log_file import start_log
from gui.start.open_request import OpenedFiles, OpenRequest
from gui.start.single_instance import SingleInstance
from gui.start.timing_report import TimingReport
from gui.start.window_keeper import WindowKeeper
from gui.theme import Theme, choose_font
from gui.window.main_window import MainWindow


def run(
    given: Sequence[str] = (),
    source: str | None = None,
    model: str | None = None,
    engine: str = "auto",
    language: str | None = None,
) -> int:
    """Open the window and stay until it is closed, or let the window that is open do it.

    A start with a model, an engine or a language of its own has a window of its own.

    Args:
        given: files and folders to open at once.
        source: what to look at at once instead, as `--source` takes it.
        model: the name of the model to use in this session; None leaves it to the settings.
        engine: what runs the model in this session; "auto" leaves it to the settings.
        language: what the window speaks in this session; None leaves it to the settings.

    Returns:
        The exit status.
    """
    clear_opencv_variables()
    start_log(paths.log_dir())
    app = make_application(sys.argv[:1])
    request = OpenRequest.make(given, source)
    instance = SingleInstance(parent=app)
    has_own = model is not None or engine != "auto" or language is not None
    is_shared = not has_own and not TimingReport.is_wanted()
    if is_shared and not instance.is_first() and instance.hand_over(request):
        return 0
    CrashReporter(app).install()
    preferences = Preferences(None if engine == "auto" else EngineChoice(engine), model, language)
    keeper = WindowKeeper(Theme(app), preferences, CoreParts())
    _open_on_request(keeper, request, app)
    if is_shared:
        _listen(instance, keeper)
    report = TimingReport.wanted(keeper.window)
    keeper.window.show()
    status = app.exec()
    instance.close()
    end_within(LIMIT_S, status)
    keeper.window.join()
    if report is not None:
        report.print()
    return status


def _open_on_request(keeper: WindowKeeper, request: OpenRequest, app: QApplication) -> None:
    """Open what was asked for at the start, and what macOS asks for later."""
    keeper.window.painted_first.connect(lambda: request.open_in(keeper.window))
    OpenedFiles(app).opened.connect(lambda opened: opened.open_in(keeper.window))


def _listen(instance: SingleInstance, keeper: WindowKeeper) -> None:
    """Serve other starts once the window is on the screen."""
    keeper.window.painted_first.connect(instance.serve)
    instance.handed_over.connect(lambda request: _serve(request, keeper.window))


def _serve(request: OpenRequest, window: MainWindow) -> None:
    """Come to the front, and open what another start was asked for."""
    request.raise_window(window)
    request.open_in(window)


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
