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
        self._language = self._preferences.look.language
        speak(self._language)
        window = MainWindow(self._theme, self._preferences, self._parts)
        for signal in (window.language_changed, window.settled):
            signal.connect(self._replace, Qt.ConnectionType.QueuedConnection)
        return window

    def _replace(self) -> None:
        """Go on in a new window where the old one stands, once it can, if it is to speak another
        language."""
        old = self.window
        if self._language == self._preferences.look.language or not old.is_settled:
            return
        place = Place.of(old)
        self.window = self._make_window()
        self.window.model_menu.fill_like(old.model_menu)
        self.window.restoreGeometry(old.saveGeometry())
        self.window.show()
        old.close()
        old.join()  # a camera is free for the new one then
        old.deleteLater()
        place.show_in(self.window)
