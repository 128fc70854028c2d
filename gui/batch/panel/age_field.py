"""A field for an age in whole years."""

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QLineEdit

from core.batch.record import MAX_AGE_YEARS


class AgeField(QLineEdit):
    """Takes nothing but an age; empty for none.

    Args:
        name: for those who do not see it.
        placeholder: what an empty field means.
    """

    def __init__(self, name: str, placeholder: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setAcceptDrops(False)  # files are dropped on the window
        self.setMaxLength(len(f"{MAX_AGE_YEARS:.0f}"))
        self.setValidator(_AgeValidator(self))

    @property
    def age_years(self) -> float | None:
        """None while the field is empty."""
        return float(self.text()) if self.text() else None


class _AgeValidator(QValidator):
    """Unlike Qt's own one for numbers, it lets a field be left empty, and takes digits alone."""

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        is_age = not text or (text.isdecimal() and float(text) <= MAX_AGE_YEARS)
        state = QValidator.State.Acceptable if is_age else QValidator.State.Invalid
        return state, text, position
