"""Asks which other model shall look at the photos of a batch."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from core.batch.record import Job
from core.text import one_line
from gui.batch.jobs.model_words import TitleOf
from gui.combo_list import fit_list
from gui.window.screen_fit import keep_on_screen

if TYPE_CHECKING:
    from core.estimation.model_card import ModelCard


class ModelQuestion(QDialog):
    """The installed models but for the batch's own.

    Signals:
        model_chosen: carries the ModelCard.
    """

    model_chosen = Signal(object)

    def __init__(
        self, job: Job, cards: "Sequence[ModelCard]", title_of: TitleOf, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Compare with another model"))
        self._cards = [card for card in cards if card.name != job.recipe.model_name]
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("The other model"))
        self.choice.addItems([title_of(card.name) for card in self._cards])
        fit_list(self.choice)
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        start = self._buttons.addButton(self.tr("&Compare"), QDialogButtonBox.ButtonRole.AcceptRole)
        start.setObjectName("primary")
        start.setEnabled(bool(self._cards))
        self.choice.setVisible(bool(self._cards))
        self._say(one_line(job.title), title_of(job.recipe.model_name))
        self._buttons.accepted.connect(self._choose)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        for widget in (self._words, self.choice, self._buttons):
            column.addWidget(widget)
        start.setDefault(True)  # in the dialog by now
        self.resize(460, self.sizeHint().height())
        keep_on_screen(self)

    def _say(self, title: str, model: str) -> None:
        words = self.tr(
            "“{title}” was labelled by {model}. Another model looks at the same photos, as a batch "
            "of its own, and its answers stand beside those."
        )
        if not self._cards:
            words = self.tr("“{title}” was labelled by {model}, and no other model is installed.")
        self._words.setText(words.format(title=title, model=model))

    def _choose(self) -> None:
        self.accept()
        self.model_chosen.emit(self._cards[self.choice.currentIndex()])
