"""A card in the middle of the stage: loading, or why there is no picture."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.icons import Icons

CARD_WIDTH_PX = 480


class LoadingView(QWidget):
    """Says what is being opened."""

    def __init__(self) -> None:
        super().__init__()
        self._label = QLabel()
        self._label.setObjectName("subheading")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(self.tr("Loading"))
        _lay_out_card(self, self._label, bar)

    def show_name(self, name: str) -> None:
        """Name what is being opened."""
        self._label.setText(self.tr("Opening {name}…").format(name=name))


class TroubleView(QWidget):
    """Says why there is no picture, and offers the ways out."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        icon = QLabel()
        icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        icons.put("trouble", icon, "trouble_text", label_size_px=40)
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.retry_button = QPushButton(" " + self.tr("Try again"))
        self.retry_button.setObjectName("primary")
        icons.put("replay", self.retry_button, "accent_text")
        self.retry_button.setIconSize(QSize(20, 20))
        self.choose_button = QPushButton(self.tr("Choose another…"))
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(8)
        row.addStretch()
        row.addWidget(self.retry_button)
        row.addWidget(self.choose_button)
        row.addStretch()
        _lay_out_card(self, icon, self._label, buttons)

    @property
    def text(self) -> str:
        """The sentence that is shown."""
        return self._label.text()

    def show_trouble(self, sentence: str, *, may_retry: bool = True) -> None:
        """Say what happened."""
        self._label.setText(sentence)
        self.retry_button.setVisible(may_retry)


def _lay_out_card(view: QWidget, *widgets: QWidget) -> None:
    card = QFrame()
    card.setObjectName("card")
    card.setFixedWidth(CARD_WIDTH_PX)
    column = QVBoxLayout(card)
    column.setContentsMargins(32, 24, 32, 24)
    column.setSpacing(16)
    for widget in widgets:
        column.addWidget(widget)
    around = QVBoxLayout(view)
    around.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
