"""The head of the batch view: which job, how far it is, and the buttons that steer it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.batch.job_progress import JobProgress
from core.text import one_line
from gui.batch.elided_label import ElidedLabel
from gui.batch.folding_row import FoldingRow
from gui.batch.jobs.batch_session import BatchState
from gui.batch.jobs.progress_text import progress_words
from gui.icons import Icons
from gui.keyboard import PRESS_KEYS, keep_keys
from gui.language.words import whole
from gui.plain_tip import plain_tip

BAR_STEPS = 1000
FOLD_BELOW_PX = 620
WORDS_FROM_PX = 960


class JobHeader(QFrame):
    """Shows what it is told; what its buttons do is connected outside.

    Signals:
        shown: its buttons offer something else now.
    """

    shown = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("jobHeader")
        self._icons = icons
        self._progress = JobProgress()
        self._state = BatchState.RESTING
        self.title_label = ElidedLabel("subheading")
        self.status_label = ElidedLabel("muted")
        self.model_label = ElidedLabel("caption")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the batch"))
        self.pause_button = _make_button(self.tr("Pause"))
        self.cancel_button = _make_button(self.tr("Cancel"))
        self.go_on_button = _make_button(self.tr("Go on"), is_primary=True)
        self.export_button = _make_button(self.tr("Export…"))
        self.export_button.setToolTip(
            self.tr("Export ages and genders, or copies of the photos (Ctrl+S)")
        )
        self.again_button = _make_button(self.tr("Label again"))
        self.retry_button = _make_button("")
        self.skipped_button = _make_button("")
        self.close_button = QToolButton()
        self.close_button.setToolTip(self.tr("Close the batch; it is kept (Ctrl+W)"))
        self.close_button.setAccessibleName(self.tr("Close the batch"))
        self.close_button.setIconSize(QSize(20, 20))
        self.close_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        keep_keys(self.close_button, PRESS_KEYS)
        icons.put("stop", self.cancel_button)
        icons.put("play", self.go_on_button, "accent_text")
        icons.put("save", self.export_button)
        icons.put("replay", self.again_button)
        icons.put("replay", self.retry_button)
        icons.put("info", self.skipped_button)
        icons.put("close", self.close_button)
        self._lay_out()
        self._show()

    @property
    def is_whole(self) -> bool:
        """Whether there is nothing left to do."""
        progress = self._progress
        return not progress.is_scanning and progress.done + progress.failed == progress.total

    @property
    def percent(self) -> int:
        """How much is done; 0 while photos are still looked for."""
        progress = self._progress
        if progress.is_scanning or not progress.total:
            return 0
        return int(100 * progress.share)

    @property
    def is_paused(self) -> bool:
        """Whether the job waits until somebody lets it go on."""
        return self._state is BatchState.PAUSED

    @property
    def is_resting(self) -> bool:
        """Whether the job does not run."""
        return self._state is BatchState.RESTING

    @property
    def has_skipped(self) -> bool:
        """Whether the scan left something out."""
        return self._progress.skipped > 0

    def show_title(self, title: str, roots: Sequence[Path]) -> None:
        """Name the job, and in the tip what it was given."""
        self.title_label.setText(one_line(title))
        self.title_label.setToolTip(plain_tip("\n".join(str(root) for root in roots)))

    def show_model(self, text: str, beside: str = "") -> None:
        """Name the model, and the version of its answers: `model_words`.

        Args:
            beside: the same of the batch that this one is compared with.
        """
        if beside:
            text = self.tr("{model}, compared with {other}").format(model=text, other=beside)
        self.model_label.setText(text)
        self.model_label.setToolTip(plain_tip(self.tr("Labelled by {model}").format(model=text)))
        self.model_label.setVisible(bool(text))

    def show_progress(self, progress: JobProgress) -> None:
        """Say how far the job is."""
        self._progress = progress
        self._show()

    def show_state(self, state: BatchState) -> None:
        """Offer what can be done now."""
        self._state = state
        self._show()

    def _show(self) -> None:
        progress, state = self._progress, self._state
        is_resting = self.is_resting
        self.status_label.setText(progress_words(progress, state))
        self._show_bar()
        is_paused = state is BatchState.PAUSED
        self.pause_button.setText(" " + (self.tr("Go on") if is_paused else self.tr("Pause")))
        self._icons.put("play" if is_paused else "pause", self.pause_button)
        self.pause_button.setVisible(state in (BatchState.RUNNING, BatchState.PAUSED))
        self.cancel_button.setVisible(not is_resting)
        self.go_on_button.setVisible(is_resting and not self.is_whole)
        self.export_button.setEnabled(progress.done > 0)
        self.again_button.setVisible(is_resting and self.is_whole and progress.total > 0)
        failed, skipped = progress.failed, progress.skipped
        retry = self.tr("Look again at %Ln failed file(s)", "", failed)
        self._name(self.retry_button, retry, self.tr("%Ln failed", "", failed))
        tip = self.tr("Label again. Every photo is looked at again; what you corrected stays.")
        self._name(self.again_button, self.tr("Label again"), tip=tip)
        self.retry_button.setVisible(is_resting and self.is_whole and progress.failed > 0)
        left_out = self.tr("%Ln left out…", "", skipped)
        self._name(self.skipped_button, left_out, whole(skipped))
        self.skipped_button.setVisible(progress.skipped > 0)
        self.shown.emit()

    def _name(self, button: QPushButton, words: str, short: str = "", tip: str = "") -> None:
        """With all words where there is room; where there is not, its tip has them."""
        is_narrow = self.width() < WORDS_FROM_PX
        button.setText(f" {short if is_narrow else words}".rstrip())
        button.setAccessibleName(words)
        button.setToolTip(tip or words)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        is_narrow, was_narrow = (
            size.width() < WORDS_FROM_PX for size in (event.size(), event.oldSize())
        )
        if is_narrow != was_narrow:
            self._show()

    def _show_bar(self) -> None:
        progress = self._progress
        is_resting = self.is_resting
        is_unknown = self._state is BatchState.LOADING or progress.is_scanning
        self.bar.setVisible(not is_resting or not self.is_whole)
        self.bar.setRange(0, 0 if is_unknown and not is_resting else BAR_STEPS)
        self.bar.setValue(round(BAR_STEPS * progress.share))

    def _lay_out(self) -> None:
        words = QWidget()
        texts = QVBoxLayout(words)
        texts.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(2)
        texts.addWidget(self.title_label)
        texts.addWidget(self.status_label)
        texts.addWidget(self.model_label)
        steering = QWidget()
        row = QHBoxLayout(steering)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addStretch()
        buttons: tuple[QWidget, ...] = (
            self.skipped_button,
            self.retry_button,
            self.again_button,
            self.go_on_button,
            self.pause_button,
            self.cancel_button,
            self.export_button,
            self.close_button,
        )
        for button in buttons:
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(FoldingRow(words, steering, words, FOLD_BELOW_PX))
        column.addWidget(self.bar)


def _make_button(text: str, *, is_primary: bool = False) -> QPushButton:
    button = QPushButton(f" {text}")
    button.setIconSize(QSize(20, 20))
    if is_primary:
        button.setObjectName("primary")
    return button
