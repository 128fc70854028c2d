"""How far the batch is, in the tool bar, the title and the task bar, while others are looked at."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton

from gui.icons import Icons
from gui.keyboard import PRESS_KEYS, keep_keys
from gui.plain_tip import plain_tip

MAX_TEXT_PX = 160


class BatchChip(QToolButton):
    """Hidden while no batch runs; one that came to its end is named until somebody looks.

    Signals:
        told: it says something else now, or nothing.
    """

    told = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._percent: int | None = None
        self.setObjectName("chip")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        keep_keys(self, PRESS_KEYS)
        self.clear()

    @property
    def percent(self) -> int | None:
        """How much of the batch that runs is done; None while none does."""
        return self._percent

    def show_progress(self, title: str, percent: int, *, is_paused: bool) -> None:
        """Say how far a batch is that runs, be it paused."""
        self._percent = percent
        words = self.tr("The batch “{title}” is at {percent} %")
        if is_paused:
            words = self.tr("The batch “{title}” paused at {percent} %")
        words = words.format(title=title, percent=percent)
        self._say("pause" if is_paused else "clock", title, f"{percent} %", words)
        _show_badge(percent)

    def show_end(self, title: str) -> None:
        """Say that a batch came to its end."""
        self._percent = None
        words = self.tr("The batch “{title}” is done").format(title=title)
        self._say("info", title, self.tr("done"), words)
        _show_badge(0)

    def clear(self) -> None:
        """Say nothing."""
        self._percent = None
        self.hide()
        _show_badge(0)
        self.told.emit()

    def _say(self, icon: str, title: str, short: str, words: str) -> None:
        name = self.fontMetrics().elidedText(title, Qt.TextElideMode.ElideMiddle, MAX_TEXT_PX)
        self._icons.put(icon, self)
        self.setText(f" {name}  {short}".replace("&", "&&"))
        self.setToolTip(plain_tip(self.tr("{words}: show it (Ctrl+B)").format(words=words)))
        self.setAccessibleName(words)
        self.show()
        self.told.emit()


def _show_badge(number: int) -> None:
    """A number on the icon in the task bar or dock, where the system has such; 0 for none."""
    app = QGuiApplication.instance()
    if isinstance(app, QGuiApplication):
        app.setBadgeNumber(number)
