"""The bar that chooses among a job's rows."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from core.batch.correction import MAX_AGE_YEARS
from core.batch.row_filter import EVERY_ROW, RowFilter, RowKind
from core.types import Gender
from gui.batch.row_text import GENDERS

TYPING_MS = 250
"""After the last key; every change costs a look through the whole job."""

KINDS = {
    "All rows": None,
    "Faces": RowKind.FACE,
    "No face found": RowKind.NO_FACE,
    "Could not be read": RowKind.ERROR,
    "Waiting": RowKind.WAITING,
}


class FilterBar(QWidget):
    """Gives a RowFilter whenever it changes.

    Signals:
        changed: carries the RowFilter.
    """

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._told = EVERY_ROW
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self._tell)
        self.text = QLineEdit(clearButtonEnabled=True)
        self.text.setPlaceholderText("Find a file")
        self.text.setAcceptDrops(False)  # files are dropped on the window
        self.text.setAccessibleName("A part of the path")
        self.youngest = _make_age("from", "Age from")
        self.oldest = _make_age("to", "Age up to")
        self.gender = QComboBox()
        self.gender.setAccessibleName("Gender")
        self.gender.addItem("Any gender", None)
        for gender, word in GENDERS.items():
            self.gender.addItem(word, gender)
        self.kind = QComboBox()
        self.kind.setAccessibleName("Kind of rows")
        for word, kind in KINDS.items():
            self.kind.addItem(word, kind)
        self.corrected_only = QCheckBox("Corrected")
        self.corrected_only.setToolTip("Only faces that you corrected")
        self.clear_button = QPushButton("Clear")
        self.clear_button.setToolTip("Show all rows again")
        self._lay_out()
        self._connect()
        self._show_whether_set()

    @property
    def row_filter(self) -> RowFilter:
        """What is chosen now."""
        gender: Gender | None = self.gender.currentData()
        kind: RowKind | None = self.kind.currentData()
        return RowFilter(
            # Ages are shown rounded: "to 34" means all that are shown as 34.
            min_age_years=_age(self.youngest, -0.5),
            max_age_years=_age(self.oldest, 0.499),
            genders=frozenset() if gender is None else frozenset({Gender(gender)}),
            kinds=frozenset() if kind is None else frozenset({RowKind(kind)}),
            text=self.text.text().strip(),
            corrected_only=self.corrected_only.isChecked(),
        )

    @property
    def is_set(self) -> bool:
        """Whether rows may be left out."""
        return self.row_filter != EVERY_ROW

    def clear(self) -> None:
        """Let every row pass."""
        self.text.clear()
        self.youngest.clear()
        self.oldest.clear()
        self.gender.setCurrentIndex(0)
        self.kind.setCurrentIndex(0)
        self.corrected_only.setChecked(False)
        self._tell()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.text.setMinimumWidth(96)
        self.text.setMaximumWidth(240)
        row.addWidget(self.text, 1)
        row.addWidget(self.kind)
        row.addWidget(self.gender)
        row.addWidget(_make_word("Age"))
        row.addWidget(self.youngest)
        row.addWidget(_make_word("–"))
        row.addWidget(self.oldest)
        row.addWidget(self.corrected_only)
        row.addWidget(self.clear_button)
        row.addStretch()

    def _connect(self) -> None:
        for field in (self.text, self.youngest, self.oldest):
            field.textChanged.connect(self._typing.start)
            field.returnPressed.connect(self._tell)
        for box in (self.gender, self.kind):
            box.currentIndexChanged.connect(self._tell)
        self.corrected_only.toggled.connect(self._tell)
        self.clear_button.clicked.connect(self.clear)

    def _tell(self) -> None:
        self._typing.stop()
        self._show_whether_set()
        if self.row_filter != self._told:
            self._told = self.row_filter
            self.changed.emit(self._told)

    def _show_whether_set(self) -> None:
        self.clear_button.setEnabled(self.is_set)


def _make_word(text: str) -> QLabel:
    label = QLabel(text)
    label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    return label


def _make_age(placeholder: str, name: str) -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(placeholder)
    field.setAccessibleName(name)
    field.setAcceptDrops(False)
    field.setValidator(QIntValidator(0, int(MAX_AGE_YEARS), field))
    field.setFixedWidth(56)
    return field


def _age(field: QLineEdit, margin: float) -> float | None:
    return float(field.text()) + margin if field.text().strip() else None
