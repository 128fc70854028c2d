"""What the model says of the chosen face, and what a person says instead."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from core.batch.record import Correction, LabelledFace
from core.types import Gender
from gui.batch.panel.age_field import AgeField
from gui.batch.table.row_text import GENDERS, confidence_text, estimated_age_text

AS_ESTIMATED = "As estimated"


class CorrectionForm(QWidget):
    """Takes a correction when a field is left or Enter is pressed.

    Signals:
        corrected: carries the id of the face and its Correction.
        undo_wanted: take the newest correction of the job back.
    """

    corrected = Signal(int, object)
    undo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._face: LabelledFace | None = None
        self.estimated_age = QLabel()
        self.estimated_gender = QLabel()
        self.age = AgeField("Age by hand", AS_ESTIMATED)
        self.gender = QComboBox()
        self.gender.setAccessibleName("Gender by hand")
        self.gender.addItem(AS_ESTIMATED, None)
        for gender, word in GENDERS.items():
            self.gender.addItem(word, gender)
        self.undo_button = QPushButton("Undo")
        self.undo_button.setToolTip("Take the newest correction back (Ctrl+Z)")
        self._lay_out()
        self.age.editingFinished.connect(self._tell)
        self.gender.activated.connect(self._tell)
        self.undo_button.clicked.connect(self.undo_wanted)
        self.show_face(None)

    def show_face(self, face: LabelledFace | None) -> None:
        """Offer this face for correction; None for none. What was typed for another one counts."""
        if self._face is not None and (face is None or face.id != self._face.id):
            self._tell()
        self._face = face
        self.setEnabled(face is not None)
        self.estimated_age.setText("" if face is None else _age_words(face))
        self.estimated_gender.setText("" if face is None else _gender_words(face))
        correction = Correction() if face is None else face.correction
        with QSignalBlocker(self.age):
            age = correction.age_years
            self.age.setText("" if age is None else f"{age:.0f}")
        self.gender.setCurrentIndex([None, *GENDERS].index(correction.gender))

    def take_focus(self) -> None:
        """Let the keys go to the age, its old value selected."""
        if self.isEnabled():
            self.age.setFocus()
            self.age.selectAll()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 0, 16, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for column, title in enumerate(("", "Estimated", "By hand")):
            label = QLabel(title)
            label.setObjectName("caption")
            grid.addWidget(label, 0, column)
        grid.addWidget(QLabel("Age"), 1, 0)
        grid.addWidget(self.estimated_age, 1, 1)
        grid.addWidget(self.age, 1, 2)
        grid.addWidget(QLabel("Gender"), 2, 0)
        grid.addWidget(self.estimated_gender, 2, 1)
        grid.addWidget(self.gender, 2, 2)
        grid.addWidget(self.undo_button, 3, 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)

    def _tell(self) -> None:
        if self._face is None:
            return
        correction = self._correction(self._face)
        if correction != self._face.correction:
            self.corrected.emit(self._face.id, correction)

    def _correction(self, face: LabelledFace) -> Correction:
        age, before = self.age.age_years, face.correction.age_years
        if age is not None and before is not None and age == round(before):
            age = before  # shown rounded, and left as it was
        gender: str | None = self.gender.currentData()
        return Correction(age, None if gender is None else Gender(gender))


def _age_words(face: LabelledFace) -> str:
    return estimated_age_text(face.face.estimate) or "–"


def _gender_words(face: LabelledFace) -> str:
    if face.face.gender is None:
        return "–"
    return f"{GENDERS[face.face.gender]} {confidence_text(face)}".strip()
