"""Gets one more model from the Hugging Face Hub: all that the window does on the network."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.choices.model_download import ModelDownload
from gui.language.translation import said
from gui.language.words import decimal
from gui.window.screen_fit import keep_on_screen

if TYPE_CHECKING:
    from core.estimation.model_card import ModelCard

PROGRESS_STEPS = 1000
WIDTH_PX = 520


class GetModelDialog(QDialog):
    """Says what will be asked of the network, and asks where the model lies.

    Signals:
        use_wanted: the name of the model that came, to be used from now on.
    """

    use_wanted = Signal(str)

    def __init__(self, download: ModelDownload, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Get a model"))
        self._download = download
        self._name = ""
        self.place = QLineEdit()
        self.place.setPlaceholderText(self.tr("USER/NAME"))
        self.place.setAccessibleName(self.tr("Where the model lies on the Hub"))
        self.bar = QProgressBar()
        self.bar.setRange(0, PROGRESS_STEPS)
        self.bar.setTextVisible(False)
        self.words = _text("")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.close_button = buttons.button(QDialogButtonBox.StandardButton.Close)
        self.get_button = QPushButton(self.tr("&Download"))
        self.use_button = QPushButton(self.tr("&Use this model"))
        for button in (self.get_button, self.use_button):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        self._lay_out(buttons)
        self._connect(buttons)
        self._show_state()

    def done(self, result: int) -> None:
        """Close it; what has not come yet does not come."""
        self._download.stop()
        super().done(result)

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(_text(self.tr("Models from the Hugging Face Hub"), "subheading"))
        column.addWidget(
            _text(
                self.tr(
                    "Download asks huggingface.co for the model, which learns this computer’s "
                    "address and what you want. No picture goes with it, and nothing else in this "
                    "window uses the network."
                )
            )
        )
        column.addWidget(
            _text(
                self.tr(
                    "Anybody may publish there: take models only from somebody you trust, and read "
                    "their terms."
                ),
                "muted",
            )
        )
        for widget in (self.place, self.bar, self.words):
            column.addWidget(widget)
        column.addStretch()
        column.addWidget(buttons)
        self.setMinimumWidth(WIDTH_PX)
        keep_on_screen(self)

    def _connect(self, buttons: QDialogButtonBox) -> None:
        buttons.rejected.connect(self.reject)
        self.place.textChanged.connect(self._show_state)
        self.get_button.clicked.connect(self._start)
        self.use_button.clicked.connect(self._use)
        self._download.progressed.connect(self._show_progress)
        self._download.done.connect(self._show_model)
        self._download.failed.connect(self._show_trouble)
        self._download.ended.connect(self._show_state)

    def _start(self) -> None:
        self.bar.setValue(0)
        self.words.setText(self.tr("Asking the Hub…"))
        self._download.start(self.place.text().strip())
        self._show_state()

    def _use(self) -> None:
        self.use_wanted.emit(self._name)
        self.accept()

    def _show_progress(self, came_mb: float, in_all_mb: float) -> None:
        self.bar.setValue(round(PROGRESS_STEPS * came_mb / in_all_mb))
        text = self.tr("{came} of {all} MB").format(came=decimal(came_mb), all=decimal(in_all_mb))
        self.words.setText(text)

    def _show_trouble(self, sentence: str) -> None:
        self.words.setText(said(sentence))

    def _show_model(self, card: "ModelCard") -> None:
        self._name = card.name
        self.words.setText(self.tr("{title} is installed.").format(title=said(card.title)))

    def _show_state(self) -> None:
        """Offer what can be done now."""
        is_active, has_come = self._download.is_active, bool(self._name)
        self.place.setEnabled(not is_active and not has_come)
        self.get_button.setEnabled(bool(self.place.text().strip()) and self.place.isEnabled())
        self.get_button.setVisible(not has_come)
        self.use_button.setVisible(has_come)
        self.bar.setVisible(is_active)
        (self.use_button if has_come else self.get_button).setDefault(True)
        close = self.tr("&Cancel") if is_active else self.tr("&Close")
        self.close_button.setText(close)


def _text(text: str, name: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setObjectName(name)
    return label
