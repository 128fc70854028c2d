"""Makes the pictures in docs/screenshots with the installed models and the bundled sample.

    python docs/make_screenshots.py [--language CODE] [--size WIDTHxHEIGHT] [--into FOLDER] [SCENE…]

In another language than English they are WebP and lie in a folder of that language.
On a machine without a screen: `xvfb-run -s "-screen 0 1280x800x24" python docs/make_screenshots.py`
or `QT_QPA_PLATFORM=offscreen python docs/make_screenshots.py`.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from drawn_people import PEOPLE, write_portrait  # noqa: E402
from PIL import Image as Pillow  # noqa: E402
from PySide6.QtCore import QDeadlineTimer, QEventLoop, QSettings, Qt  # noqa: E402
from PySide6.QtGui import QPixmap  # noqa: E402
from PySide6.QtWidgets import QApplication, QLabel, QWidget  # noqa: E402

from core import paths  # noqa: E402
from core.adapting.learning import Learnt  # noqa: E402
from core.adapting.validation import Verdict  # noqa: E402
from core.batch.correction import correct_ages, correct_genders  # noqa: E402
from core.batch.database import Database  # noqa: E402
from core.batch.export.export_task import ExportFormat  # noqa: E402
from core.batch.job_progress import JobProgress  # noqa: E402
from core.batch.row_filter import RowFilter  # noqa: E402
from core.batch.row_query import labelled_photos  # noqa: E402
from core.batch.store import BatchStore  # noqa: E402
from core.sources.video_file import VideoFileSource  # noqa: E402
from gui.app import clear_opencv_variables, make_application  # noqa: E402
from gui.batch.batch_view import BatchView  # noqa: E402
from gui.batch.export.export_dialog import ExportDialog  # noqa: E402
from gui.batch.jobs.batch_session import BatchState  # noqa: E402
from gui.batch.jobs.jobs_dialog import JobsDialog  # noqa: E402
from gui.batch.jobs.skipped_dialog import SkippedDialog  # noqa: E402
from gui.batch.learning.learning_dialog import LearningDialog  # noqa: E402
from gui.batch.table.filter_bar import KINDS  # noqa: E402
from gui.batch.table.row_model import Column  # noqa: E402
from gui.choices.model_card_dialog import ModelCardDialog  # noqa: E402
from gui.choices.settings_dialog import SettingsDialog  # noqa: E402
from gui.core_parts import CoreParts  # noqa: E402
from gui.language.catalogue import ENGLISH  # noqa: E402
from gui.language.translation import speak, translate  # noqa: E402
from gui.live.live_session import LiveState  # noqa: E402
from gui.preferences import Preferences  # noqa: E402
from gui.theme import Theme  # noqa: E402
from gui.window.main_window import MainWindow  # noqa: E402

SCREENSHOTS = ROOT / "docs" / "screenshots"
LANGUAGE = "language"
"""The property of the application that holds the language of the pictures."""

SIZE = (1280, 800)
SMALL_SIZE = (800, 600)
TIMEOUT_MS = 120_000
FRAMES_PER_PHOTO = 15
ALBUM_SIZE = 20
BROKEN_PHOTOS = ("copy of IMG_0002.jpg", "scan 3.tif")
WEBP_QUALITY = 70
NAMES = {
    "fr": {
        "copy of IMG_0002.jpg": "copie de IMG_0002.jpg",
        "scan 3.tif": "numérisation 3.tif",
        "sky.jpg": "ciel.jpg",
        "group photo.jpg": "photo de groupe.jpg",
        "Summer": "Été",
        "Christmas": "Noël",
        "Drawn people": "Personnes dessinées",
        "Photos of 2019": "Photos de 2019",
        "/home/ada/Pictures/2019": "/home/ada/Images/2019",
        "/home/ada/Pictures/annotated photos": "/home/ada/Images/photos annotées",
    }
}
"""What somebody who speaks another language calls the files and batches that are made up here."""
BETTER = Verdict(300, 8.86, 4.83, -8.28, -1.15, 0.0005, 4.18, 4.24, 0.0005)
AT_RANDOM = Verdict(300, 20.47, 16.06, -0.28, 1.20, 0.0005, 4.18, 4.27, 0.282)
"""What tests/training/publishing/test_rehearsal.py measures of a camera, and of ages at random."""
SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


def make_screenshots(
    folder: Path, scenes: Sequence[str], language: str, size: tuple[int, int]
) -> None:
    """Write these scenes, light and dark, into `folder`; without any, all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    app = make_application(sys.argv[:1])
    app.setProperty(LANGUAGE, language)
    speak(language)
    theme = Theme(app)
    ending = "png" if language == ENGLISH else "webp"
    with _window(theme) as window:
        for name, scheme in SCHEMES.items():
            theme.apply(scheme)
            window.resize(*size)
            for scene in scenes or SCENES:
                target = SCENES[scene](window)
                _settle()
                _save(target.grab(), folder / f"{scene}-{name}.{ending}")
                if target is not window:
                    target.close()
            window.session.stop()


def _save(picture: QPixmap, path: Path) -> None:
    """Write as WebP, or in 256 colours: a third of the bytes, and hardly to be told apart."""
    if path.suffix == ".webp":
        picture.save(str(path), quality=WEBP_QUALITY)
        return
    picture.save(str(path))
    with Pillow.open(path) as full:
        few = full.convert("RGB").quantize(256, dither=Pillow.Dither.NONE)
    few.save(path, optimize=True)


def show_empty(window: MainWindow) -> QWidget:
    """As at the start, whatever was shown in the other colours before."""
    window.batch.view.close_wanted.emit()
    window.session.stop()
    return window


def show_live(window: MainWindow) -> QWidget:
    """The sample with both faces estimated, some seconds in, when figures stand."""
    window.open_source("sample")
    _wait(lambda: _estimated_faces(window) >= 2 and _shown_time_s(window) > 4.0)
    window.live_view.toggle_pause()
    return window


def show_photo(window: MainWindow) -> QWidget:
    window.open_source(str(paths.sample_photo()))
    _wait(lambda: _estimated_faces(window) >= 1)
    return window


def show_error(window: MainWindow) -> QWidget:
    window.open_source("camera:99")
    _wait(lambda: window.session.state is LiveState.FAILED)
    return window


def show_small(window: MainWindow) -> QWidget:
    """The live view in a small window; the later scenes are in a large one again."""
    show_live(window)
    size = window.size()
    window.resize(*SMALL_SIZE)
    _settle()
    picture = QLabel()
    picture.setPixmap(window.grab())
    picture.resize(*SMALL_SIZE)
    window.resize(size)
    return picture


def show_message(window: MainWindow) -> QWidget:
    """A message above the running sample."""
    show_live(window)
    text = translate("Drop", "{name} is neither a photo, a video nor a folder.")
    action = translate("MainWindow", "Choose a file"), lambda: None
    window.live_view.strip.show_trouble(text.format(name="notes.txt"), action)
    return window


def show_model_card(window: MainWindow) -> QWidget:
    _wait(lambda: window.model_menu.card(None) is not None)
    card = window.model_menu.card(None)
    assert card is not None
    return _opened(ModelCardDialog(card, window))


def show_settings(window: MainWindow) -> QWidget:
    return _opened(SettingsDialog(Preferences().settings, Preferences().look, window))


def show_scan(window: MainWindow) -> QWidget:
    """A scan is over before a picture of it could be taken: the counts are made up."""
    view = window.batch.view
    recipe = CoreParts().make_recipe(None, Preferences().settings)
    with BatchStore.open(view.reader.database_path) as store:
        job = store.create_job(
            _name("Photos of 2019"), [Path(_name("/home/ada/Pictures/2019"))], recipe
        )
    view.session.open(job)
    view.show_wanted.emit()
    _settle()
    view.header.show_state(BatchState.RUNNING)
    view.header.show_progress(JobProgress(is_scanning=True, total=3500, skipped=12))
    view.table.count_changed.emit(0)
    return window


def show_running(window: MainWindow) -> QWidget:
    """In the middle of a job, whose answers are not known from before."""
    view = window.batch.view
    view.close_job()
    album = _make_album(view.reader.database_path.parent, _name("Summer"), frames_per_photo=2)
    with BatchStore.open(view.reader.database_path) as store:
        for job in store.jobs():
            store.delete_job(job.id)
    window.open_paths([album])
    _wait(lambda: view.header.status_label.text().count("·") == 3)  # time is left, too
    _wait(lambda: view.table.rows.index(20, Column.AGE).data() not in (None, ""))
    view.table.selectRow(4)
    _wait(lambda: view.panel.preview.has_picture)
    return window


def show_table(window: MainWindow) -> QWidget:
    """One face corrected, and chosen."""
    view = _show_batch(window, page=0)
    view.filter_bar.clear()
    _wait(lambda: view.table.rows.rowCount() > ALBUM_SIZE)
    view.table.selectRow(3)
    _wait(lambda: view.panel.form.isVisible() and view.panel.preview.has_picture)
    view.panel.form.age.setText("79")
    view.panel.form.age.editingFinished.emit()
    _wait(lambda: "✎" in str(view.table.rows.index(3, Column.AGE).data()))
    return window


def show_errors(window: MainWindow) -> QWidget:
    """The photos that could not be read, each with its reason."""
    view = _show_batch(window, page=0)
    view.filter_bar.kind.setCurrentIndex(list(KINDS).index("Could not be read"))
    _wait(lambda: view.table.rows.rowCount() == len(BROKEN_PHOTOS))
    view.table.selectRow(0)
    _wait(view.panel.reason_label.isVisible)
    return window


def show_no_rows(window: MainWindow) -> QWidget:
    view = _show_batch(window, page=0)
    view.filter_bar.clear()
    view.filter_bar.text.setText(_name("Christmas"))
    _wait(lambda: bool(view.empty_text))
    return window


def show_skipped(window: MainWindow) -> QWidget:
    view = _show_batch(window, page=0)
    view.filter_bar.clear()
    _wait(view.header.skipped_button.isVisible)
    view.header.skipped_button.click()
    _wait(lambda: bool(view.findChildren(SkippedDialog)))
    return view.findChildren(SkippedDialog)[-1]


def show_jobs(window: MainWindow) -> QWidget:
    _show_batch(window, page=0)
    window.commands.earlier_batches.trigger()
    dialog = window.findChildren(JobsDialog)[-1]
    _wait(lambda: dialog.list.topLevelItemCount() > 0)
    return dialog


def show_faces(window: MainWindow) -> QWidget:
    """The faces of a batch, one of them chosen."""
    view = _show_batch(window, page=1)
    view.filter_bar.clear()
    _wait(lambda: len(view.grid.faces.keys) >= ALBUM_SIZE)
    view.grid.choose_key(view.grid.faces.keys[0])
    for _ in range(8):  # until the pictures in sight are read
        _settle()
    return window


def show_people(window: MainWindow) -> QWidget:
    """Women, men and children, each corrected to what it was drawn as."""
    view = _show_people(window, page=1)
    _wait(lambda: len(view.grid.faces.keys) == len(PEOPLE))
    nora = sorted(person.name for person in PEOPLE).index("Nora")
    view.grid.choose_key(view.grid.faces.keys[nora])
    for _ in range(8):  # until the pictures in sight are read
        _settle()
    return window


def show_statistics(window: MainWindow) -> QWidget:
    view = _show_people(window, page=2)
    view.filter_bar.clear()
    _wait(lambda: not view.statistics.is_empty)
    return window


def show_export(window: MainWindow) -> QWidget:
    view = _show_batch(window, page=0)
    job = view.session.job
    assert job is not None
    dialog = ExportDialog(view.reader.database_path, job, RowFilter(max_age_years=50), window)
    dialog.form.format_buttons[ExportFormat.ANNOTATED_COPIES].click()
    dialog.form.format_buttons[ExportFormat.ANNOTATED_COPIES].setFocus()
    dialog.form.blur_box.setChecked(True)
    dialog.form.set_target(Path(_name("/home/ada/Pictures/annotated photos")))
    return _opened(dialog)


def show_learning(window: MainWindow) -> QWidget:
    view = _show_batch(window, page=0)
    view.dialogs.learn()
    dialog = view.dialogs.learning
    assert dialog is not None
    dialog.measure_button.click()
    _wait(lambda: not dialog.run.is_active)
    dialog.learn_button.setFocus()
    return dialog


def show_learning_running(window: MainWindow) -> QWidget:
    def learn(*given: Any) -> None:
        *_, tell, is_stopped = given
        tell(120, 300)
        while not is_stopped():
            time.sleep(0.01)

    dialog = _learning_dialog(window, learn)
    _wait(lambda: bool(dialog.words.text()))
    return dialog


def show_learning_better(window: MainWindow) -> QWidget:
    return _learnt_dialog(window, BETTER)


def show_learning_not_better(window: MainWindow) -> QWidget:
    return _learnt_dialog(window, AT_RANDOM)


def _learnt_dialog(window: MainWindow, verdict: Verdict) -> QWidget:
    dialog = _learning_dialog(window, lambda *_: Learnt(verdict, None, missing_count=0))
    _wait(lambda: not dialog.run.is_active)
    return dialog


def _learning_dialog(window: MainWindow, learn: Callable[..., Learnt | None]) -> LearningDialog:
    """It was asked to learn, and core's part is made up: the album has too few faces."""
    view = _show_batch(window, page=0)
    job = view.session.job
    assert job is not None
    dialog = LearningDialog(
        replace(CoreParts(), learn=learn), view.reader.database_path, job, window
    )
    dialog.show()
    dialog.learn_button.click()
    return dialog


SCENES: dict[str, Callable[[MainWindow], QWidget]] = {
    "empty": show_empty,
    "live": show_live,
    "photo": show_photo,
    "error": show_error,
    "message": show_message,
    "model-card": show_model_card,
    "settings": show_settings,
    "small": show_small,
    "batch-scan": show_scan,
    "batch-running": show_running,
    "batch-table": show_table,
    "batch-errors": show_errors,
    "batch-empty": show_no_rows,
    "batch-skipped": show_skipped,
    "batch-jobs": show_jobs,
    "batch-faces": show_faces,
    "batch-export": show_export,
    "batch-learning": show_learning,
    "batch-learning-running": show_learning_running,
    "batch-learning-better": show_learning_better,
    "batch-learning-not-better": show_learning_not_better,
    "batch-people": show_people,
    "batch-statistics": show_statistics,
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
    """A batch of the sample clip and pictures from it, labelled once, with one of its pages."""
    view = window.batch.view
    job = view.session.job
    if job is None or job.title != "Album":
        album = _make_album(view.reader.database_path.parent, "Album")
        shutil.copy(paths.sample_clip(), album / "film.mp4")
        window.open_paths([album])
        _wait(lambda: view.session.job is not None and not view.session.is_active)
    view.show_wanted.emit()
    view.pages.buttons.button(page).click()
    return view


def _show_people(window: MainWindow, page: int) -> BatchView:
    """A batch of drawn people, with one of its pages."""
    view, title = window.batch.view, _name("Drawn people")
    if view.session.job is None or view.session.job.title != title:
        folder = view.reader.database_path.parent / title
        folder.mkdir(exist_ok=True)
        for person in PEOPLE:
            write_portrait(person, folder)
        window.open_paths([folder])
        _wait(lambda: view.session.job is not None and not view.session.is_active)
        assert view.session.job is not None
        _correct_people(view.reader.database_path, view.session.job.id)
    view.show_wanted.emit()
    view.pages.buttons.button(page).click()
    view.pages.refresh()
    return view


def _correct_people(store: Path, job_id: int) -> None:
    """A model that learnt from photos is often wrong about drawings."""
    people = {person.name: person for person in PEOPLE}
    with Database(store) as database:
        for photo in tuple(labelled_photos(database, job_id)):
            person, faces = people[photo.path.stem], [face.id for face in photo.faces]
            correct_ages(database, faces, person.age_years)
            correct_genders(database, faces, person.gender)


def _make_album(place: Path, name: str, frames_per_photo: int = FRAMES_PER_PHOTO) -> Path:
    """A folder of photos: frames of the sample clip, the sample photo, and what is none."""
    folder = place / name
    folder.mkdir(exist_ok=True)
    for broken in BROKEN_PHOTOS:
        (folder / _name(broken)).write_text("no photo")
    Pillow.new("RGB", (640, 480), (126, 158, 186)).save(folder / _name("sky.jpg"))
    for other in ("film.srt", "notes.txt", "IMG_0004.psd"):
        (folder / other).write_text("no photo")
    shutil.copy(paths.sample_photo(), folder / _name("group photo.jpg"))
    with VideoFileSource(paths.sample_clip()) as source:
        frames = iter(source.read, None)
        for number, frame in enumerate(islice(frames, 0, None, frames_per_photo), 1):
            Pillow.fromarray(frame.image).save(folder / f"IMG_{number:04}.jpg", quality=92)
    return folder


def _name(english: str) -> str:
    """A made-up name in the language of the pictures."""
    return NAMES.get(QApplication.instance().property(LANGUAGE), {}).get(english, english)


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


def parse_arguments() -> argparse.Namespace:
    """What stands behind the script's name."""
    parser = argparse.ArgumentParser(description="Make the pictures in docs/screenshots.")
    parser.add_argument("scenes", nargs="*", metavar="SCENE", help="all of them if none is named")
    parser.add_argument("--language", choices=paths.languages(), default=ENGLISH)
    parser.add_argument("--size", type=_size, default=SIZE, help="of the window, such as 1280x800")
    parser.add_argument("--into", type=Path, metavar="FOLDER")
    return parser.parse_args()


def _size(text: str) -> tuple[int, int]:
    width, height = map(int, text.split("x"))
    return width, height


if __name__ == "__main__":
    clear_opencv_variables()
    given = parse_arguments()
    place = given.into or SCREENSHOTS / (given.language if given.language != ENGLISH else "")
    make_screenshots(place, given.scenes, given.language, given.size)
