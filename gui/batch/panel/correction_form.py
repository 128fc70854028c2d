"""What the model says of the chosen faces, and what a person says instead."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.batch.record import LabelledFace
from core.shown_age import shown_age
from core.types import Gender
from gui.batch.panel.age_field import AgeField
from gui.batch.table.row_text import confidence_text, estimated_age_text
from gui.keyboard import PRESS_KEYS, keep_keys
from gui.language.translation import translate
from gui.language.words import gender_word, whole

AGE_WIDTH_PX = 54
MARGIN_PX = 16
GENDER_KEYS = {
    Gender.FEMALE: Qt.Key.Key_F,
    Gender.MALE: Qt.Key.Key_M,
    Gender.UNSURE: Qt.Key.Key_U,
}


class CorrectionForm(QWidget):
    """Corrects one face, or several at once.

    Signals:
        age_corrected: carries the ids of the faces, and an age in years or None for the estimate.
        gender_corrected: carries the ids of the faces, and a Gender or None for the estimate.
        undo_wanted: take the newest change of the job back.
        next_wanted: the next face is to be chosen.
        left: Esc was pressed; what was typed is forgotten.
    """

    age_corrected = Signal(object, object)
    gender_corrected = Signal(object, object)
    undo_wanted = Signal()
    next_wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._face_ids: Sequence[int] = ()
        self._by_hand: Gender | None = None
        self.estimate_label = _caption()
        self.hint_label = _caption(
            self.tr("Type an age, or F, M or U for the gender. Enter goes to the next face.")
        )
        self.age = AgeField(self.tr("Age by hand"), "")
        self.age.setFixedWidth(AGE_WIDTH_PX)
        self.age.installEventFilter(self)
        self.gender_buttons = {gender: _gender_button(gender) for gender in Gender}
        self._genders = QButtonGroup(self)
        self._genders.setExclusive(False)
        self.undo_button = QPushButton(self.tr("Undo"))
        self.undo_button.setObjectName("link")
        self.undo_button.setToolTip(self.tr("Take the newest change back (Ctrl+Z)"))
        self._lay_out()
        self.age.returnPressed.connect(self._go_on)
        self.age.editingFinished.connect(self._tell_age)
        self.age.left.connect(self._leave)
        self.undo_button.clicked.connect(self.undo_wanted)
        self.choose(())

    @property
    def face_ids(self) -> Sequence[int]:
        """The faces that are corrected."""
        return self._face_ids

    @property
    def is_typed_in(self) -> bool:
        """Whether an age was typed that is not taken yet."""
        return self.age.is_changed

    def choose(self, face_ids: Sequence[int]) -> None:
        """Offer these faces for correction; what was typed for others counts for those."""
        if face_ids == self._face_ids:
            return
        if self._face_ids and self.age.word == "":
            self._tell_age()
        self._face_ids = face_ids
        self.setEnabled(bool(face_ids))
        self.age.show_age(None)
        self.age.setPlaceholderText("")
        self._show_gender(None, None)
        several = len(face_ids) > 1
        words = self.tr("{count} faces are chosen: what you enter counts for all of them.")
        self.estimate_label.setText(words.format(count=whole(len(face_ids))) if several else "")

    def show_face(self, face: LabelledFace) -> None:
        """Say what is known of the one chosen face; what is being typed stays."""
        if self._face_ids != (face.id,):
            return
        correction, estimate = face.correction, face.face.estimate
        if not self.age.is_changed:
            self.age.show_age(correction.age_years)
            if self.age.hasFocus():
                self.age.selectAll()
        age = None if estimate is None else estimate.age_years
        self.age.setPlaceholderText("" if age is None else str(shown_age(age)))
        self._show_gender(face.gender, correction.gender)
        self.estimate_label.setText(
            self.tr("Estimated: {words}").format(words=estimate_words(face))
        )

    def take_focus(self) -> None:
        """Let the keys go to the age, its old value selected."""
        if self.isVisible():
            self.age.setFocus()
            self.age.selectAll()

    def begin_age(self, digit: str) -> None:
        """Let the keys go to the age, which begins with this digit."""
        if self.isVisible():
            self.take_focus()
            self.age.insert(digit)

    def set_gender(self, gender: Gender | None) -> None:
        """Say which gender the chosen faces have; None for the one that was estimated."""
        if self._face_ids:
            self._show_gender(gender, gender)
            self.gender_corrected.emit(self._face_ids, gender)

    @property
    def least_width_px(self) -> int:
        """What the age and the genders need, whose words other languages have longer."""
        buttons = self.gender_buttons.values()
        return (
            AGE_WIDTH_PX + sum(button.sizeHint().width() for button in buttons) + 2 * MARGIN_PX + 8
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The field takes digits alone: letters and Ctrl+Z mean the window's keys."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            is_letter = is_plain and event.text().isalpha()
            if is_letter or event.matches(QKeySequence.StandardKey.Undo):
                event.ignore()
                return True
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        switch = QWidget()
        switch.setObjectName("switch")
        genders = QHBoxLayout(switch)
        genders.setContentsMargins(0, 0, 0, 0)
        genders.setSpacing(0)
        for gender, button in self.gender_buttons.items():
            self._genders.addButton(button)
            button.clicked.connect(lambda _=False, gender=gender: self._press(gender))
            genders.addWidget(button)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.age)
        row.addWidget(switch)
        row.addStretch()
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self.estimate_label, 1)
        above.addWidget(self.undo_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, 12)
        column.setSpacing(6)
        column.addLayout(above)
        column.addLayout(row)
        column.addWidget(self.hint_label)

    def _show_gender(self, shown: Gender | None, by_hand: Gender | None) -> None:
        self._by_hand = by_hand
        for gender, button in self.gender_buttons.items():
            button.setChecked(gender is shown)

    def _press(self, gender: Gender) -> None:
        """The button of what was set by hand lets the estimate stand again."""
        self.set_gender(None if gender is self._by_hand else gender)

    def _tell_age(self) -> None:
        if self._face_ids and self.age.is_changed:
            self.age_corrected.emit(self._face_ids, self.age.take())

    def _go_on(self) -> None:
        self._tell_age()
        self.next_wanted.emit()

    def _leave(self) -> None:
        self.age.revert()
        self.left.emit()


def estimate_words(face: LabelledFace) -> str:
    """Such as "34 (29–40), female 96 %"; a dash where a model says nothing."""
    parts = [estimated_age_text(face.face.estimate)]
    if face.face.gender is not None:
        parts.append(f"{gender_word(face.face.gender).lower()} {confidence_text(face)}".strip())
    return ", ".join(part for part in parts if part) or "–"


def _caption(text: str = "") -> QLabel:
    label = QLabel(text)
    label.setObjectName("caption")
    label.setWordWrap(True)
    return label


def _gender_button(gender: Gender) -> QToolButton:
    button = QToolButton()
    word = gender_word(gender)
    button.setText(word)
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    keep_keys(button, PRESS_KEYS)
    key = QKeySequence(GENDER_KEYS[gender]).toString()
    tip = translate("CorrectionForm", "{gender} ({key}); once more for the estimate")
    button.setToolTip(tip.format(gender=word, key=key))
    button.setAccessibleName(translate("CorrectionForm", "{gender} by hand").format(gender=word))
    return button
