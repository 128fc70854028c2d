"""Makes the pictures in docs/screenshots with the installed models and the bundled sample.

    python docs/make_screenshots.py

On a machine without a screen: `xvfb-run -s "-screen 0 1280x800x24" python docs/make_screenshots.py`
or `QT_QPA_PLATFORM=offscreen python docs/make_screenshots.py`.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QSettings, Qt  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from core import paths  # noqa: E402
from gui.app import clear_opencv_variables, make_application  # noqa: E402
from gui.core_parts import CoreParts  # noqa: E402
from gui.live_session import LiveState  # noqa: E402
from gui.main_window import MainWindow  # noqa: E402
from gui.model_card_dialog import ModelCardDialog  # noqa: E402
from gui.preferences import Preferences  # noqa: E402
from gui.settings_dialog import SettingsDialog  # noqa: E402
from gui.theme import Theme  # noqa: E402

SIZE = (1280, 800)
SMALL_SIZE = (800, 600)
TIMEOUT_MS = 30_000
SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


def make_screenshots(folder: Path) -> None:
    """Write every scene, light and dark, into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    app = make_application(sys.argv[:1])
    theme = Theme(app)
    with _window(theme) as window:
        for name, scheme in SCHEMES.items():
            theme.apply(scheme)
            window.resize(*SIZE)
            for scene, show in SCENES.items():
                target = show(window)
                _settle()
                target.grab().save(str(folder / f"{scene}-{name}.png"))
                if target is not window:
                    target.close()
            window.resize(*SMALL_SIZE)
            _settle()
            window.grab().save(str(folder / f"small-{name}.png"))
            window.session.stop()


def show_empty(window: MainWindow) -> QWidget:
    window.session.stop()
    return window


def show_live(window: MainWindow) -> QWidget:
    """The sample with both faces estimated, some seconds in, when figures stand."""
    window.open_words(["sample"])
    _wait(lambda: _estimated_faces(window) >= 2 and _shown_time_s(window) > 4.0)
    window.live_view.toggle_pause()
    return window


def show_photo(window: MainWindow) -> QWidget:
    window.open_words([str(paths.sample_photo())])
    _wait(lambda: _estimated_faces(window) >= 1)
    return window


def show_error(window: MainWindow) -> QWidget:
    window.open_words(["camera:99"])
    _wait(lambda: window.session.state is LiveState.FAILED)
    return window


def show_message(window: MainWindow) -> QWidget:
    """A message above the running sample."""
    show_live(window)
    window.live_view.strip.show_trouble(
        "notes.txt is neither a photo, a video nor a folder.", ("Choose a file", lambda: None)
    )
    return window


def show_model_card(window: MainWindow) -> QWidget:
    _wait(lambda: window.model_menu.card(None) is not None)
    card = window.model_menu.card(None)
    assert card is not None
    return _opened(ModelCardDialog(card, window))


def show_settings(window: MainWindow) -> QWidget:
    return _opened(SettingsDialog(Preferences().settings, False, window))


SCENES: dict[str, Callable[[MainWindow], QWidget]] = {
    "empty": show_empty,
    "live": show_live,
    "photo": show_photo,
    "error": show_error,
    "message": show_message,
    "model-card": show_model_card,
    "settings": show_settings,
}


@contextmanager
def _window(theme: Theme) -> Iterator[MainWindow]:
    """A window with default settings, whatever this user's are."""
    with tempfile.TemporaryDirectory() as folder:
        scope = QSettings.Scope.UserScope
        QSettings.setPath(QSettings.Format.IniFormat, scope, folder)
        window = MainWindow(theme, Preferences(), CoreParts())
        window.show()
        try:
            yield window
        finally:
            window.close()
            window.join()


def _opened(dialog: QWidget) -> QWidget:
    dialog.show()
    return dialog


def _estimated_faces(window: MainWindow) -> int:
    shown = window.live_view.shown
    if shown is None or shown.result is None:
        return 0
    return sum(face.estimate is not None for face in shown.result.faces)


def _shown_time_s(window: MainWindow) -> float:
    shown = window.live_view.shown
    return 0.0 if shown is None or shown.result is None else shown.result.frame.time_s


def _wait(is_ready: Callable[[], bool]) -> None:
    """Let the window work until `is_ready`, or give up with an error."""
    deadline = QDeadlineTimer(TIMEOUT_MS)
    while not is_ready():
        if deadline.hasExpired():
            raise TimeoutError("The window did not get there in time.")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


def _settle() -> None:
    """Let layouts and the status line come to rest."""
    deadline = QDeadlineTimer(300)
    while not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


if __name__ == "__main__":
    clear_opencv_variables()
    make_screenshots(ROOT / "docs" / "screenshots")
