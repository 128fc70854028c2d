"""A message that floats over a page: it says what is the matter, and offers what can be done."""

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from gui.icons import Icons
from gui.keyboard import PRESS_KEYS, keep_keys

MARGIN_PX = 16
MAX_WIDTH_PX = 720
NOTICE_MS = 8000
"""So long a notice stays that offers nothing."""

StripAction: TypeAlias = tuple[str, Callable[[], None]]
"""A button's text and what it does."""


class MessageStrip(QFrame):
    """Shows one message at a time; hidden when there is none.

    It lies at the lower edge of an area and moves nothing there. A notice that offers nothing
    goes by itself.
    """

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self._area: QWidget | None = None
        self._page: QWidget | None = None
        self._going = QTimer(self, singleShot=True, interval=NOTICE_MS)
        self._going.timeout.connect(self.clear)
        self._icons = icons
        self._icon = QLabel()
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons: list[QPushButton] = []
        self._close_button = QToolButton()
        self._close_button.setToolTip(self.tr("Close the message"))
        self._close_button.setAccessibleName(self._close_button.toolTip())
        self._close_button.clicked.connect(self.clear)
        keep_keys(self._close_button, PRESS_KEYS)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 8, 8)
        self._row.setSpacing(8)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._label, 1)
        self._row.addWidget(self._close_button)
        self.hide()

    def float_over(self, area: QWidget, page: QWidget) -> None:
        """Lie over `area`, which is `page` or somewhere in it."""
        self._area, self._page = area, page
        self.setParent(page)
        area.installEventFilter(self)

    @property
    def text(self) -> str:
        """The sentence that is shown; empty when the strip is hidden."""
        return self._label.text()

    def show_notice(self, text: str, *actions: StripAction) -> None:
        """Say something that needs no worry."""
        self._show("notice", "info", text, actions)

    def show_trouble(self, text: str, *actions: StripAction) -> None:
        """Say what went wrong, with the ways out."""
        self._show("trouble", "trouble", text, actions)

    def clear(self) -> None:
        """Hide the strip."""
        self._going.stop()
        self._label.clear()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._find_place()
        return False

    def event(self, event: QEvent) -> bool:
        """What it is made of needs another room, as in other colours: find the place again."""
        is_done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._find_place()
        return is_done

    def _show(self, tone: str, icon: str, text: str, actions: tuple[StripAction, ...]) -> None:
        self.setProperty("tone", tone)
        self._icons.put(icon, self._icon, f"{tone}_text")
        self._icons.put("close", self._close_button, f"{tone}_text")
        self._label.setText(text)
        self._label.setAccessibleName(text)
        self._replace_buttons(actions)
        self._dress_again()
        goes_by_itself = tone == "notice" and not actions
        self._going.start() if goes_by_itself else self._going.stop()
        self._find_place()
        self.show()
        self.raise_()

    def _find_place(self) -> None:
        """In the middle of the lower edge, as wide as the sentence needs."""
        if self._area is None or self._page is None:
            return
        corner = self._area.mapTo(self._page, QPoint())
        text_px = self._label.fontMetrics().horizontalAdvance(self._label.text()) + 2
        on_one_line = self.sizeHint().width() - self._label.sizeHint().width() + text_px
        width = min(on_one_line, MAX_WIDTH_PX, self._area.width() - 2 * MARGIN_PX)
        height = self.heightForWidth(width)
        left = corner.x() + (self._area.width() - width) // 2
        top = corner.y() + self._area.height() - height - MARGIN_PX
        self.setGeometry(left, top, width, height)

    def _replace_buttons(self, actions: tuple[StripAction, ...]) -> None:
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [QPushButton(text) for text, _ in actions]
        for button, (_, act) in zip(self._buttons, actions, strict=True):
            button.clicked.connect(lambda _checked=False, act=act: act())
            keep_keys(button, PRESS_KEYS)
            self._row.insertWidget(self._row.count() - 1, button)

    def _dress_again(self) -> None:
        """Let the style sheet see the new tone."""
        for widget in (self, self._label, *self._buttons):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
