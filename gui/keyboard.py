"""Lets a focused control keep the keys that it needs, though the window has shortcuts on them."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

PRESS_KEYS = (Qt.Key.Key_Space,)
SLIDE_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right)


def keep_keys(control: QWidget, keys: tuple[Qt.Key, ...]) -> None:
    """While `control` has the focus, `keys` are its own."""
    control.installEventFilter(_KeyKeeper(control, keys))


class _KeyKeeper(QObject):
    def __init__(self, control: QWidget, keys: tuple[Qt.Key, ...]) -> None:
        super().__init__(control)
        self._keys = keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        is_question = event.type() == QEvent.Type.ShortcutOverride
        if not is_question or not isinstance(event, QKeyEvent):
            return False
        is_capital = (
            event.modifiers() == Qt.KeyboardModifier.ShiftModifier and event.text().isalpha()
        )
        if event.key() not in self._keys or (event.modifiers() and not is_capital):
            return False
        event.accept()
        return True
