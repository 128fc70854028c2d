"""A field for an age in whole years."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QValidator
from PySide6.QtWidgets import QLineEdit, QToolTip

from core.shown_age import shown_age

OLDEST_YEARS = 120


class AgeField(QLineEdit):
    """Takes nothing but an age; empty for none. One that nobody reaches is kept out with a word.

    Args:
        name: for those who do not see it.
        placeholder: what an empty field means.

    Signals:
        left: Esc was pressed.
    """

    left = Signal()

    def __init__(self, name: str, placeholder: str) -> None:
        super().__init__()
        self._kept = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setAcceptDrops(False)  # files are dropped on the window
        self.setMaxLength(len(str(OLDEST_YEARS)))
        self.setValidator(_AgeValidator(self))
        self.textChanged.connect(self._tell_whether_it_counts)

    @property
    def age_years(self) -> float | None:
        """None while the field is empty, or holds what counts as nothing."""
        return float(self.text()) if self.text() and self.hasAcceptableInput() else None

    @property
    def word(self) -> str:
        """Why what is typed does not count; empty if it does."""
        return (
            ""
            if self.hasAcceptableInput()
            else self.tr("Ages go up to {years} years.").format(years=OLDEST_YEARS)
        )

    @property
    def is_changed(self) -> bool:
        """Whether something was typed that nobody has taken yet."""
        return self.text() != self._kept

    def show_age(self, age_years: float | None) -> None:
        """Show an age as one that was taken."""
        self._kept = "" if age_years is None else str(shown_age(age_years))
        self.setText(self._kept)

    def take(self) -> float | None:
        """The age that was typed, which counts as taken from now on."""
        self._kept = self.text()
        return self.age_years

    def revert(self) -> None:
        """Forget what was typed."""
        self.setText(self._kept)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        if not self.hasAcceptableInput():
            self.revert()
        super().focusOutEvent(event)

    def _tell_whether_it_counts(self) -> None:
        word = self.word
        if self.property("counts") == (not word):
            return
        self.setProperty("counts", not word)
        self.setAccessibleDescription(word)
        self.style().unpolish(self)
        self.style().polish(self)
        if word and self.isVisible():
            QToolTip.showText(self.mapToGlobal(QPoint(0, self.height() // 2)), word, self)
        else:
            QToolTip.hideText()


class _AgeValidator(QValidator):
    """Unlike Qt's own one for numbers, it lets a field be left empty, and takes digits alone."""

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        state = QValidator.State.Invalid
        if not text or (text.isascii() and text.isdecimal()):
            is_age = not text or int(text) <= OLDEST_YEARS
            state = QValidator.State.Acceptable if is_age else QValidator.State.Intermediate
        return state, text, position
