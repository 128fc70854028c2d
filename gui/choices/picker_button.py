"""A button that names the current choice and opens the menu of the others."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from gui.icons import Icons
from gui.keyboard import PRESS_KEYS, keep_keys
from gui.plain_tip import plain_tip

MAX_TEXT_PX = 220


class PickerButton(QToolButton):
    """Shows an icon and a name that is cut in its middle when it is long."""

    def __init__(self, icons: Icons, what: str, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._what = what
        self.setObjectName("picker")
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(20, 20))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        keep_keys(self, PRESS_KEYS)

    def show_choice(self, icon: str, name: str) -> None:
        """Name the current choice."""
        short = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, MAX_TEXT_PX)
        self.setText(f" {short}  ▾".replace("&", "&&"))
        words = self.tr("{what}: {name}").format(what=self._what, name=name)
        self.setToolTip(plain_tip(words))
        self.setAccessibleName(words)
        self._icons.put(icon, self)
