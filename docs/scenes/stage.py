"""What every scene needs: waiting until the window is there, and names in its language."""

from collections.abc import Callable

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

LANGUAGE = "language"
"""The property of the application that holds the language of the pictures."""

TIMEOUT_MS = 300_000
NAMES = {
    "fr": {
        "copy of IMG_0002.jpg": "copie de IMG_0002.jpg",
        "scan 3.tif": "numérisation 3.tif",
        "sky.jpg": "ciel.jpg",
        "group photo.jpg": "photo de groupe.jpg",
        "faces.csv": "visages.csv",
        "Summer": "Été",
        "Christmas": "Noël",
        "Drawn people": "Personnes dessinées",
        "Photos of 2019": "Photos de 2019",
        "/home/ada/Pictures/2019": "/home/ada/Images/2019",
        "/home/ada/Pictures/annotated photos": "/home/ada/Images/photos annotées",
    }
}
"""What somebody who speaks another language calls the files and batches that are made up here."""


def made_up(english: str) -> str:
    """A made-up name in the language of the pictures."""
    return NAMES.get(QApplication.instance().property(LANGUAGE), {}).get(english, english)


def wait(is_ready: Callable[[], bool]) -> None:
    """Let the window work until `is_ready`, or give up with an error."""
    deadline = QDeadlineTimer(TIMEOUT_MS)
    while not is_ready():
        if deadline.hasExpired():
            raise TimeoutError("The window did not get there in time.")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


def settle() -> None:
    """Let layouts and the status line come to rest."""
    deadline = QDeadlineTimer(300)
    while not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


def opened(dialog: QWidget) -> QWidget:
    dialog.show()
    return dialog
