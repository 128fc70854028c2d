"""The bar that chooses among a job's rows."""

from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from core.batch.row_filter import EVERY_ROW, RowFilter, RowKind
from core.types import Gender
from gui.batch.panel.age_field import AgeField
from gui.combo_list import fit_list
from gui.icons import Icons
from gui.keyboard import PRESS_KEYS, keep_keys
from gui.language.translation import marked
from gui.language.words import gender_word

TYPING_MS = 250
"""After the last key; every change costs a look through the whole job."""

AGE_WIDTH_PX = 54
LETTER_KEYS = (Qt.Key.Key_F, Qt.Key.Key_M, Qt.Key.Key_U)
"""They choose in a list that has the focus, and correct no face meanwhile."""
KINDS = {
    marked("FilterBar", "All rows"): EVERY_ROW,
    marked("FilterBar", "Faces"): RowFilter(kinds=frozenset({RowKind.FACE})),
    marked("FilterBar", "Corrected"): RowFilter(corrected_only=True),
    marked("FilterBar", "Doubtful"): RowFilter(is_doubtful=True),
    marked("FilterBar", "No face found"): RowFilter(kinds=frozenset({RowKind.NO_FACE})),
    marked("FilterBar", "Could not be read"): RowFilter(kinds=frozenset({RowKind.ERROR})),
    marked("FilterBar", "Waiting"): RowFilter(kinds=frozenset({RowKind.WAITING})),
}


class FilterEntries(NamedTuple):
    """What stands in the fields of a filter."""

    text: str
    youngest: str
    oldest: str
    gender: int
    kind: int


class FilterBar(QWidget):
    """Gives a RowFilter whenever it changes.

    Signals:
        changed: carries the RowFilter.
        left: Esc was pressed in a field.
    """

    changed = Signal(object)
    left = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._told = EVERY_ROW
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self._tell)
        self.text = QLineEdit()
        self._clear_text = QAction(self.tr("Clear the text"), self.text)
        icons.put("close", self._clear_text)
        self._clear_text.triggered.connect(self.text.clear)
        self.text.addAction(self._clear_text, QLineEdit.ActionPosition.TrailingPosition)
        self._clear_text.setVisible(False)
        self.text.textChanged.connect(lambda text: self._clear_text.setVisible(bool(text)))
        self.text.setPlaceholderText(self.tr("Find a file"))
        self.text.setAcceptDrops(False)  # files are dropped on the window
        self.text.setAccessibleName(self.tr("Filter: a part of the path"))
        self.youngest = AgeField(self.tr("Filter: youngest age"), self.tr("from"))
        self.oldest = AgeField(self.tr("Filter: oldest age"), self.tr("to"))
        self.gender = QComboBox()
        self.gender.setAccessibleName(self.tr("Filter: gender"))
        self.gender.addItem(self.tr("Any gender"), None)
        for gender in Gender:
            self.gender.addItem(gender_word(gender), gender)
        self.kind = QComboBox()
        self.kind.setAccessibleName(self.tr("Filter: kind of rows"))
        for text, kind in KINDS.items():
            self.kind.addItem(self.tr(text), kind)
        self.clear_button = QToolButton()
        self.clear_button.setToolTip(self.tr("Clear the filter: show all rows again"))
        self.clear_button.setAccessibleName(self.tr("Clear the filter"))
        self.clear_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        keep_keys(self.clear_button, PRESS_KEYS)
        icons.put("close", self.clear_button)
        self._lay_out()
        self._connect()
        self._show_whether_set()

    @property
    def row_filter(self) -> RowFilter:
        """What is chosen now."""
        gender: Gender | None = self.gender.currentData()
        kind: RowFilter = self.kind.currentData()
        return replace(
            kind,
            min_age_years=self.youngest.age_years,
            max_age_years=self.oldest.age_years,
            genders=frozenset() if gender is None else frozenset({Gender(gender)}),
            text=self.text.text().strip(),
        )

    @property
    def entries(self) -> FilterEntries:
        """What stands in the fields now."""
        return FilterEntries(
            text=self.text.text(),
            youngest=self.youngest.text(),
            oldest=self.oldest.text(),
            gender=self.gender.currentIndex(),
            kind=self.kind.currentIndex(),
        )

    def enter(self, entries: FilterEntries) -> None:
        """Choose what another bar was told, in another language maybe."""
        self.text.setText(entries.text)
        self.youngest.setText(entries.youngest)
        self.oldest.setText(entries.oldest)
        self.gender.setCurrentIndex(entries.gender)
        self.kind.setCurrentIndex(entries.kind)
        self._tell()

    @property
    def is_set(self) -> bool:
        """Whether rows may be left out."""
        return self.row_filter != EVERY_ROW

    def clear(self) -> None:
        """Let every row pass."""
        self.enter(FilterEntries(text="", youngest="", oldest="", gender=0, kind=0))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.text.setMinimumWidth(80)
        for box in (self.kind, self.gender):
            box.setMinimumWidth(88)
            box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            keep_keys(box, LETTER_KEYS)
            fit_list(box)
        self.text.setMaximumWidth(240)
        for field in (self.youngest, self.oldest):
            field.setFixedWidth(AGE_WIDTH_PX)
        row.addWidget(self.text, 1)
        row.addWidget(self.kind)
        row.addWidget(self.gender)
        row.addWidget(_make_word(self.tr("Age")))
        row.addWidget(self.youngest)
        row.addWidget(_make_word("–"))
        row.addWidget(self.oldest)
        row.addWidget(self.clear_button)
        row.addStretch()

    def _connect(self) -> None:
        for field in (self.text, self.youngest, self.oldest):
            field.textChanged.connect(self._typing.start)
            field.returnPressed.connect(self._tell)
        for box in (self.gender, self.kind):
            box.currentIndexChanged.connect(self._tell)
        self.clear_button.clicked.connect(self.clear)
        for age in (self.youngest, self.oldest):
            age.left.connect(self.left)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.text)
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(self.left)

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
