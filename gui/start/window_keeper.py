"""Keeps the window; another takes its place when it is to speak another language."""

from PySide6.QtCore import QObject, Qt

from gui.core_parts import CoreParts
from gui.language.translation import speak
from gui.preferences import Preferences
from gui.theme import Theme
from gui.window.main_window import MainWindow
from gui.window.place import Place


class WindowKeeper(QObject):
    """Makes the window in the user's language.

    Attributes:
        window: the one that there is now.
    """

    def __init__(self, theme: Theme, preferences: Preferences, parts: CoreParts) -> None:
        super().__init__()
        self._theme = theme
        self._preferences = preferences
        self._parts = parts
        self.window = self._make_window()

    def _make_window(self) -> MainWindow:
        speak(self._preferences.look.language)
        window = MainWindow(self._theme, self._preferences, self._parts)
        window.language_changed.connect(self._replace, Qt.ConnectionType.QueuedConnection)
        return window

    def _replace(self) -> None:
        """Go on in a new window where the old one stands."""
        old, place = self.window, Place.of(self.window)
        self.window = self._make_window()
        self.window.restoreGeometry(old.saveGeometry())
        self.window.show()
        old.close()
        old.join()  # a camera is free for the new one then
        old.deleteLater()
        place.show_in(self.window)
