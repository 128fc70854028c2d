"""Makes the pictures that README and the guide show, with the installed models and the sample.

    python docs/make_screenshots.py [--language CODE] [--size WIDTHxHEIGHT] [--into FOLDER] [SCENE…]

All of those, light, if no scene is named. With --into, light and dark, as PNG in that folder: to be
looked at. QT_SCALE_FACTOR in the environment scales them. On a machine without a screen:
`xvfb-run -s "-screen 0 1280x800x24" python docs/make_screenshots.py`
or `QT_QPA_PLATFORM=offscreen python docs/make_screenshots.py`.
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL.Image import Image  # noqa: E402
from PIL.ImageQt import fromqpixmap  # noqa: E402
from PySide6.QtCore import QSettings, Qt  # noqa: E402
from scenes import SCENES  # noqa: E402
from scenes.stage import LANGUAGE, settle, wait  # noqa: E402
from webp import save_webp  # noqa: E402

from core import paths  # noqa: E402
from gui.app import clear_opencv_variables, make_application  # noqa: E402
from gui.core_parts import CoreParts  # noqa: E402
from gui.language.catalogue import ENGLISH  # noqa: E402
from gui.language.translation import speak  # noqa: E402
from gui.preferences import Preferences  # noqa: E402
from gui.theme import Theme  # noqa: E402
from gui.window.main_window import MainWindow  # noqa: E402

SCREENSHOTS = ROOT / "docs" / "screenshots"
SIZE = (1280, 800)
SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


def screenshots(
    scenes: Sequence[str], language: str, size: tuple[int, int]
) -> Iterator[tuple[str, str, Image]]:
    """Each scene with the names of the colours, light and dark, in which it is pictured."""
    app = make_application(sys.argv[:1])
    app.setProperty(LANGUAGE, language)
    speak(language)
    theme = Theme(app)
    with _window(theme) as window:
        window.resize(*size)
        for scene in scenes:
            theme.apply(SCHEMES["light"])
            target = SCENES[scene](window)
            for name, scheme in SCHEMES.items():
                theme.apply(scheme)
                settle()
                yield scene, name, fromqpixmap(target.grab())
            if target is not window:
                target.close()
        window.session.stop()


@contextmanager
def _window(theme: Theme) -> Iterator[MainWindow]:
    """A window with default settings and no batches, whatever this user's are."""
    with tempfile.TemporaryDirectory() as folder:
        scope = QSettings.Scope.UserScope
        QSettings.setPath(QSettings.Format.IniFormat, scope, folder)
        jobs_path = Path(folder, "jobs.sqlite")
        window = MainWindow(theme, Preferences(), CoreParts(jobs_path=lambda: jobs_path))
        window.show()
        wait(lambda: bool(window.model_menu.cards))
        try:
            yield window
        finally:
            window.close()
            window.join()


def scenes_of_texts() -> list[str]:
    """What README and the guide show."""
    texts = (ROOT / "README.md", ROOT / "docs" / "user-guide.md")
    shown = "".join(text.read_text(encoding="utf-8") for text in texts)
    return re.findall(r"screenshots/([a-z-]+)-light\.webp", shown)


def parse_arguments() -> argparse.Namespace:
    """What stands behind the script's name."""
    parser = argparse.ArgumentParser(description="Make the pictures in docs/screenshots.")
    parser.add_argument("scenes", nargs="*", metavar="SCENE")
    parser.add_argument("--language", choices=paths.languages(), default=ENGLISH)
    parser.add_argument("--size", type=_size, default=SIZE, help="of the window, such as 1280x800")
    parser.add_argument("--into", type=Path, metavar="FOLDER")
    return parser.parse_args()


def _size(text: str) -> tuple[int, int]:
    width, height = map(int, text.split("x"))
    return width, height


def main() -> None:
    given = parse_arguments()
    place = given.into or SCREENSHOTS / (given.language if given.language != ENGLISH else "")
    place.mkdir(parents=True, exist_ok=True)
    scenes = given.scenes or scenes_of_texts()
    for scene, colours, picture in screenshots(scenes, given.language, given.size):
        if given.into:
            picture.save(place / f"{scene}-{colours}.png", compress_level=1)
        elif colours == "light":
            save_webp(picture, place / f"{scene}-light.webp")


if __name__ == "__main__":
    clear_opencv_variables()
    main()
