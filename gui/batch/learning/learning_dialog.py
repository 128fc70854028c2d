"""Says what learning from corrections does, does it, and says what came of it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.adapting.learnt_name import check_name
from core.batch.record import Job
from core.errors import LearningError
from gui.batch.learning.learning_run import LearningRun
from gui.batch.learning.learning_words import fit_words, outcome_words
from gui.core_parts import CoreParts
from gui.language.translation import said
from gui.language.words import whole
from gui.window.screen_fit import keep_on_screen

if TYPE_CHECKING:
    from core.adapting.folder_fit import FolderFit
    from core.adapting.learning import Learnt

WIDTH_PX = 560
WORDS_HEIGHT_PX = 150
"""Room for what came of it: the dialog does not grow when it is said."""


class LearningDialog(QDialog):
    """For one batch.

    Args:
        database_path: the store's file.
    """

    def __init__(
        self, parts: CoreParts, database_path: Path, job: Job, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Learn from my corrections"))
        self.run = LearningRun(parts, database_path, job.id, self)
        self.name = QLineEdit(self.tr("mine"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.words = _text("")
        self.words.setMinimumHeight(WORDS_HEIGHT_PX)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.close_button = buttons.button(QDialogButtonBox.StandardButton.Close)
        self.learn_button = QPushButton(self.tr("&Learn"))
        self.learn_button.setObjectName("primary")
        self.measure_button = QPushButton(self.tr("&Measure this folder"))
        self.measure_button.setToolTip(
            self.tr("How far its pictures are from those that the model learnt from")
        )
        for button in (self.measure_button, self.learn_button):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        self._lay_out(buttons)
        self._connect(buttons)
        self._show_name()

    def reject(self) -> None:
        """Close; what is under way is stopped first, and the dialog stays."""
        if not self.run.is_active:
            super().reject()
            return
        self.close_button.setText(self.tr("Stopping…"))
        self.close_button.setEnabled(False)
        self.run.stop()

    def join(self) -> None:
        """Stop what is under way and wait for it."""
        self.run.stop()
        self.run.join()

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(
            _text(
                self.tr(
                    "From the ages that you corrected, the model learns by how much it is wrong "
                    "in pictures that look like these. What it learns becomes a new model, if it "
                    "is better on your faces beyond chance and on other faces no worse."
                )
            )
        )
        column.addWidget(
            _text(
                self.tr(
                    "It takes 50 faces or more. Correct faces that were right, too: who corrects "
                    "errors alone teaches that everything is wrong. Nothing leaves this computer, "
                    "and the new model holds no picture."
                ),
                "muted",
            )
        )
        form = QFormLayout()
        form.addRow(self.tr("&Name of the new model"), self.name)
        column.addLayout(form)
        for widget in (self.bar, self.words):
            column.addWidget(widget)
        column.addStretch()
        column.addWidget(buttons)
        self.learn_button.setDefault(True)
        self.setMinimumWidth(WIDTH_PX)
        keep_on_screen(self)

    def _connect(self, buttons: QDialogButtonBox) -> None:
        buttons.rejected.connect(self.reject)
        self.name.textChanged.connect(self._show_name)
        self.learn_button.clicked.connect(self._learn)
        self.measure_button.clicked.connect(self._measure)
        self.run.progressed.connect(self._show_progress)
        self.run.learnt.connect(self._show_outcome)
        self.run.measured.connect(self._show_fit)
        self.run.failed.connect(lambda sentence: self._end(said(sentence)))
        self.run.stopped.connect(self._show_stop)

    def _learn(self) -> None:
        self.run.learn(self.name.text().strip())
        self._begin()

    def _measure(self) -> None:
        self.run.measure()
        self._begin()

    def _begin(self) -> None:
        self.bar.setRange(0, 0)
        self.words.setText("")
        self._show_state()

    def _show_progress(self, done: int, count: int) -> None:
        self.bar.setRange(0, count)
        self.bar.setValue(done)
        text = self.tr("{done} of {count} faces").format(done=whole(done), count=whole(count))
        self.words.setText(text)

    def _show_outcome(self, learnt: "Learnt") -> None:
        self._end(outcome_words(learnt, self.name.text().strip()))

    def _show_fit(self, fit: "FolderFit") -> None:
        self._end(fit_words(fit))

    def _show_stop(self, is_kept: bool) -> None:
        kept = self.tr("Stopped. What was read is kept: the next time goes on from there.")
        self._end(kept if is_kept else self.tr("Stopped."))

    def _end(self, words: str) -> None:
        self.words.setText(words)
        self._show_state()

    def _show_name(self) -> None:
        """Say at once why no model may be called so."""
        self.words.setText(self._name_trouble())
        self._show_state()

    def _name_trouble(self) -> str:
        try:
            check_name(self.name.text().strip())
        except LearningError as error:
            return said(str(error))
        return ""

    def _show_state(self) -> None:
        """Offer what can be done now."""
        is_active = self.run.is_active
        self.name.setEnabled(not is_active)
        self.learn_button.setEnabled(not is_active and not self._name_trouble())
        self.measure_button.setEnabled(not is_active)
        self.bar.setVisible(is_active)
        self.close_button.setEnabled(True)
        self.close_button.setText(self.tr("&Stop") if is_active else self.tr("&Close"))


def _text(text: str, name: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setObjectName(name)
    return label
