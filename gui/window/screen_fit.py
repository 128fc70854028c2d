"""Keeps windows and dialogs on the screen, however small it is."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtWidgets import QWidget

TITLE_HEIGHT_PX = 32
"""What the desktop puts above a window; it says how much only once the window is there."""


def keep_on_screen(window: QWidget) -> None:
    """Whenever `window` appears, it is no larger than its screen, and lies within it."""
    window.installEventFilter(_Fitter(window))


def grow(window: QWidget) -> None:
    """Make `window`, which is on the screen, as high as it wants to be by now, if that fits."""
    wanted = QRect(window.geometry())
    wanted.setHeight(max(window.height(), window.sizeHint().height()))
    window.setGeometry(fitted(wanted, room_of(window)))


def room_of(window: QWidget) -> QRect:
    """What its screen has for windows."""
    return window.screen().availableGeometry()


def fitted(window: QRect, screen: QRect) -> QRect:
    """The rectangle nearest to `window` inside `screen`, with room for a title above."""
    room = screen.adjusted(0, TITLE_HEIGHT_PX, 0, 0)
    width, height = min(window.width(), room.width()), min(window.height(), room.height())
    left = min(max(window.left(), room.left()), room.left() + room.width() - width)
    top = min(max(window.top(), room.top()), room.top() + room.height() - height)
    return QRect(left, top, width, height)


def _fills_screen(window: QWidget) -> bool:
    """Whether its size is the screen's own: another one would end that."""
    return window.isMaximized() or window.isFullScreen()


class _Fitter(QObject):
    """Keeps no window: in a ring of references it would be deleted by whatever thread finds it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        is_shown = event.type() == QEvent.Type.Show
        if is_shown and isinstance(watched, QWidget) and not _fills_screen(watched):
            wanted = QRect(watched.geometry())
            if not watched.testAttribute(Qt.WidgetAttribute.WA_Resized):
                # Qt gives a dialog two thirds of the screen at most.
                wanted.setHeight(max(wanted.height(), watched.sizeHint().height()))
            geometry = fitted(wanted, room_of(watched))
            if geometry != watched.geometry():
                watched.setGeometry(geometry)
        return False
