"""A strip above the picture that says what is the matter, and offers what can be done."""

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from gui.icons import Icons
from gui.keyboard import PRESS_KEYS, keep_keys

StripAction: TypeAlias = tuple[str, Callable[[], None]]
"""A button's text and what it does."""


class MessageStrip(QFrame):
    """Shows one message at a time; hidden when there is none."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageStrip")
        self._icons = icons
        self._icon = QLabel()
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons: list[QPushButton] = []
        self._close_button = QToolButton()
        self._close_button.setAccessibleName("Close the message")
        self._close_button.setToolTip("Close the message")
        self._close_button.clicked.connect(self.clear)
        keep_keys(self._close_button, PRESS_KEYS)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 4, 8, 4)
        self._row.setSpacing(8)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._label, 1)
        self._row.addWidget(self._close_button)
        self.hide()

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
        self._label.clear()
        self.hide()

    def _show(self, tone: str, icon: str, text: str, actions: tuple[StripAction, ...]) -> None:
        self.setProperty("tone", tone)
        self._icons.put(icon, self._icon, f"{tone}_text")
        self._icons.put("close", self._close_button, f"{tone}_text")
        self._label.setText(text)
        self._label.setAccessibleName(text)
        self._replace_buttons(actions)
        self._dress_again()
        self.show()

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
