"""Makes the pictures in docs/screenshots with the installed models and the bundled sample.

    python docs/make_screenshots.py

On a machine without a screen: `xvfb-run -s "-screen 0 1280x800x24" python docs/make_screenshots.py`
or `QT_QPA_PLATFORM=offscreen python docs/make_screenshots.py`.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image as Pillow  # noqa: E402
from PySide6.QtCore import QDeadlineTimer, QEventLoop, QSettings, Qt  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from core import paths  # noqa: E402
from core.batch.export.export_task import ExportFormat  # noqa: E402
from core.batch.row_filter import RowFilter  # noqa: E402
from core.sources.video_file import VideoFileSource  # noqa: E402
from gui.app import clear_opencv_variables, make_application  # noqa: E402
from gui.batch.batch_view import BatchView  # noqa: E402
from gui.batch.export_dialog import ExportDialog  # noqa: E402
from gui.core_parts import CoreParts  # noqa: E402
from gui.live_session import LiveState  # noqa: E402
from gui.main_window import MainWindow  # noqa: E402
from gui.model_card_dialog import ModelCardDialog  # noqa: E402
from gui.preferences import Preferences  # noqa: E402
from gui.settings_dialog import SettingsDialog  # noqa: E402
from gui.theme import Theme  # noqa: E402

SIZE = (1280, 800)
SMALL_SIZE = (800, 600)
TIMEOUT_MS = 120_000
FRAMES_PER_PHOTO = 15
ALBUM_SIZE = 20
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


def show_faces(window: MainWindow) -> QWidget:
    """The faces of a batch, one of them chosen."""
    view = _show_batch(window, page=1)
    _wait(lambda: len(view.grid.faces.keys) >= ALBUM_SIZE)
    view.grid.choose_key(view.grid.faces.keys[0])
    _settle()
    return window


def show_statistics(window: MainWindow) -> QWidget:
    view = _show_batch(window, page=2)
    _wait(lambda: not view.statistics.is_empty)
    return window


def show_export(window: MainWindow) -> QWidget:
    view = _show_batch(window, page=0)
    job = view.session.job
    assert job is not None
    dialog = ExportDialog(view.reader.database_path, job, RowFilter(max_age_years=50), window)
    dialog.format_buttons[ExportFormat.ANNOTATED_COPIES].click()
    dialog.format_buttons[ExportFormat.ANNOTATED_COPIES].setFocus()
    dialog.blur_box.setChecked(True)
    dialog.set_target(Path("/home/ada/Pictures/annotated photos"))
    return _opened(dialog)


SCENES: dict[str, Callable[[MainWindow], QWidget]] = {
    "empty": show_empty,
    "live": show_live,
    "photo": show_photo,
    "error": show_error,
    "message": show_message,
    "model-card": show_model_card,
    "settings": show_settings,
    "batch-faces": show_faces,
    "batch-statistics": show_statistics,
    "batch-export": show_export,
}


@contextmanager
def _window(theme: Theme) -> Iterator[MainWindow]:
    """A window with default settings and no batches, whatever this user's are."""
    with tempfile.TemporaryDirectory() as folder:
        scope = QSettings.Scope.UserScope
        QSettings.setPath(QSettings.Format.IniFormat, scope, folder)
        jobs_path = Path(folder, "jobs.sqlite")
        window = MainWindow(theme, Preferences(), CoreParts(jobs_path=lambda: jobs_path))
        window.show()
        try:
            yield window
        finally:
            window.close()
            window.join()


def _show_batch(window: MainWindow, page: int) -> BatchView:
    """A batch of pictures from the sample clip, labelled once, with one of its pages."""
    view = window.batch.view
    if view.session.job is None:
        window.open_paths([_make_album(view.reader.database_path.parent)])
        _wait(lambda: view.session.job is not None and not view.session.is_active)
    view.show_wanted.emit()
    view.pages.buttons.button(page).click()
    return view


def _make_album(place: Path) -> Path:
    """A folder of photos: some frames of the sample clip, and the sample photo."""
    folder = place / "Album"
    folder.mkdir()
    shutil.copy(paths.sample_photo(), folder / "group photo.jpg")
    with VideoFileSource(paths.sample_clip()) as source:
        frames = iter(source.read, None)
        for number, frame in enumerate(islice(frames, 0, None, FRAMES_PER_PHOTO), 1):
            Pillow.fromarray(frame.image).save(folder / f"IMG_{number:04}.jpg", quality=92)
    return folder


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
