"""Keeps the picture on the screen: as a file, or on the clipboard."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from gui import file_dialogs
from gui.live.live_view import LiveView
from gui.picture.picture_saver import PictureSaver, draw_picture
from gui.preferences import Preferences


class PictureKeeper(QObject):
    """Asks where to save the picture of the live view, and says what became of it."""

    def __init__(self, live_view: LiveView, preferences: Preferences, window: QWidget) -> None:
        super().__init__(window)
        self._live_view = live_view
        self._preferences = preferences
        self._window = window
        self._saver = PictureSaver(self)
        self._saver.saved.connect(self._tell_saved)
        self._saver.failed.connect(live_view.strip.show_trouble)
        self._saver.drawn.connect(self._put_on_clipboard)

    def ask_and_save(self) -> None:
        """Save the picture of now where the user says."""
        shown = self._live_view.shown
        if shown is None:
            return
        draw = self._make_draw()  # the picture of now, not of when the dialog closes
        name = self.tr("{photo} with faces").format(photo=Path(shown.title).stem)
        proposal = self._preferences.folder / f"{name}.jpg"
        path = file_dialogs.ask_save(self._window, proposal)
        if path is not None:
            self._preferences.folder = path.parent
            self._saver.save(draw, path)

    def copy(self) -> None:
        """Put the picture of now on the clipboard."""
        self._saver.copy(self._make_draw())

    def join(self) -> None:
        """Wait until everything is written."""
        self._saver.join()

    def _make_draw(self) -> "partial[QImage]":
        shown = self._live_view.shown
        assert shown is not None and shown.result is not None
        canvas = self._live_view.canvas
        font = self._window.font()
        result = canvas.labelled(shown.result)
        return partial(draw_picture, result, font, canvas.is_mirrored, canvas.is_blurred)

    def _tell_saved(self, path: Path) -> None:
        show = partial(open_folder, path.parent)
        self._live_view.strip.show_notice(
            self.tr("Saved as {name}.").format(name=path.name), (self.tr("Open folder"), show)
        )

    def _put_on_clipboard(self, picture: QImage) -> None:
        QGuiApplication.clipboard().setImage(picture)
        self._live_view.strip.show_notice(self.tr("The picture is on the clipboard."))


def open_folder(folder: Path) -> None:
    """Show a folder in the desktop's own file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
