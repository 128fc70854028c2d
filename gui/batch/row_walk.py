"""Keys that walk through the rows, wherever the focus is."""

from functools import partial
from itertools import product

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QMenuBar

_KEYS = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_MODIFIERS = (Qt.KeyboardModifier.NoModifier, _SHIFT, _CTRL, _CTRL | _SHIFT)
_WALKERS = (QComboBox, QMenuBar)
"""They walk through their own choices."""


def walk_by_keys(rows: QAbstractItemView) -> None:
    """Lead the keys that walk and choose to `rows`, and the focus with them, while they are seen.

    A field that takes such a key, and a box that is being drawn, keep it.
    """
    walking = [QKeyCombination(modifiers, key) for key, modifiers in product(_KEYS, _MODIFIERS)]
    for keys in (*walking, QKeyCombination(_CTRL, Qt.Key.Key_A)):
        shortcut = QShortcut(QKeySequence(keys), rows)
        shortcut.activated.connect(partial(_press, rows, keys))


def _press(rows: QAbstractItemView, keys: QKeyCombination) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, keys.key(), keys.keyboardModifiers())
    focus = QApplication.focusWidget()
    if isinstance(focus, _WALKERS):
        focus.event(event)
        return
    rows.setFocus(Qt.FocusReason.OtherFocusReason)
    rows.event(event)  # sent by the application, it would be taken for the shortcut again
