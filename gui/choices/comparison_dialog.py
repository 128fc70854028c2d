"""Shows what two models say of the faces of one picture, beside each other."""

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.confidence import gender_percent_text
from core.settings import Settings
from core.shown_age import shown_age, shown_range
from gui.choices.comparison import Comparison, ComparisonRequest
from gui.combo_list import fit_list
from gui.language.translation import said
from gui.language.words import counted, decimal, gender_word, years_apart_text
from gui.picture.frame_canvas import as_picture
from gui.read_only_table import make_read_only_table
from gui.window.screen_fit import keep_on_screen

if TYPE_CHECKING:
    from core.estimation.model_card import ModelCard
    from core.model_comparison import ComparedFace
    from core.types import Face, Frame

COLUMN_COUNT = 6
FACE_SIZE = QSize(56, 56)
_SORT_ROLE = Qt.ItemDataRole.UserRole


class ComparisonDialog(QDialog):
    """Two models to choose, and a row for each face; the columns sort.

    Args:
        is_stream: whether more pictures follow, in which both can answer.

    Signals:
        both_wanted: both models shall answer in the stream; carries their ModelCards.
    """

    both_wanted = Signal(object, object)

    def __init__(
        self,
        comparison: Comparison,
        frame: "Frame",
        cards: "tuple[ModelCard, ...]",
        current: str,
        settings: Settings,
        parent: QWidget,
        *,
        is_stream: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Compare two models"))
        self._comparison, self._frame, self._settings = comparison, frame, settings
        self._cards = {card.name: card for card in cards}
        self._picture = as_picture(frame.image)
        self.first = _model_choice(cards, current, self.tr("First model"))
        other = next((card.name for card in cards if card.name != current), current)
        self.second = _model_choice(cards, other, self.tr("Second model"))
        self.words = QLabel()
        self.words.setObjectName("muted")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.table = _make_table()
        self.both_button = QPushButton(self.tr("Show &both in the picture"))
        self.both_button.clicked.connect(self._want_both)
        self._lay_out()
        self.both_button.setVisible(is_stream)
        for choice in (self.first, self.second):
            choice.activated.connect(self._ask)
        comparison.done.connect(self._show)
        comparison.failed.connect(lambda sentence: self.words.setText(said(sentence)))
        self._ask()

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.addWidget(self.first, 1)
        choices.addWidget(QLabel(self.tr("beside")))
        choices.addWidget(self.second, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.both_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addLayout(choices)
        column.addWidget(self.words)
        column.addWidget(self.table)
        column.addWidget(buttons)
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        self.resize(720, 460)
        keep_on_screen(self)

    def _want_both(self) -> None:
        self.accept()
        first, second = self.first.currentData(), self.second.currentData()
        self.both_wanted.emit(self._cards[first], self._cards[second])

    def _ask(self) -> None:
        self.words.setText(self.tr("Both models look at the picture…"))
        self._comparison.ask(
            ComparisonRequest(
                self._frame,
                self.first.currentData(),
                self.second.currentData(),
                self._settings,
            )
        )

    def _show(self, faces: "tuple[ComparedFace, ...]") -> None:
        gaps = [abs(face.years_apart) for face in faces if face.years_apart is not None]
        words = f"{counted.faces(len(faces))}." if faces else self.tr("No face.")
        if gaps:
            mean = decimal(sum(gaps) / len(gaps))
            words += " " + self.tr("They are {mean} years apart on average.").format(mean=mean)
        self.words.setText(words)
        self._name_columns()
        self.table.setSortingEnabled(False)
        self.table.setRowCount(len(faces))
        for row, face in enumerate(faces):
            self._fill_row(row, face)
        self.table.setSortingEnabled(True)

    def _name_columns(self) -> None:
        models = self.first.currentText(), self.second.currentText()
        kinds = self.tr("age"), self.tr("gender")
        answers = [f"{model}\n{kind}" for model in models for kind in kinds]
        titles = [self.tr("Face"), *answers, self.tr("Years\napart")]
        self.table.setHorizontalHeaderLabels(titles)

    def _fill_row(self, row: int, face: "ComparedFace") -> None:
        picture = QTableWidgetItem()
        picture.setIcon(self._cut_out(face.box_face))
        items = [
            picture,
            *(cell for answer in (face.first, face.second) for cell in _answer_cells(answer)),
        ]
        items.append(_gap_cell(face.years_apart))
        for column, item in enumerate(items):
            self.table.setItem(row, column, item)

    def _cut_out(self, face: "Face") -> QIcon:
        box = face.box
        area = QRectF(box.left, box.top, box.width, box.height).adjusted(-6, -6, 6, 6)
        crop: QImage = self._picture.copy(area.toAlignedRect())
        mode = Qt.TransformationMode.SmoothTransformation
        keep = Qt.AspectRatioMode.KeepAspectRatio
        return QIcon(QPixmap.fromImage(crop.scaled(FACE_SIZE, keep, mode)))


class _Cell(QTableWidgetItem):
    """A text that sorts by a number."""

    def __init__(self, text: str, rank: float) -> None:
        super().__init__(text)
        self.setData(_SORT_ROLE, rank)

    def __lt__(self, other: QTableWidgetItem) -> bool:
        return float(self.data(_SORT_ROLE)) < float(other.data(_SORT_ROLE))


def _gap_cell(years: float | None) -> QTableWidgetItem:
    """How far apart; the farthest are the greatest, in whichever direction."""
    return _Cell(years_apart_text(years), -1.0 if years is None else abs(years))


def _answer_cells(face: "Face | None") -> tuple[QTableWidgetItem, QTableWidgetItem]:
    estimate = None if face is None else face.estimate
    if face is None or estimate is None:
        return _Cell("", math.inf), QTableWidgetItem()
    age = _Cell("–", math.inf)
    if estimate.age_years is not None:
        text = str(shown_age(estimate.age_years))
        if estimate.age_low_years is not None and estimate.age_high_years is not None:
            text += f" ({shown_range(estimate.age_low_years, estimate.age_high_years)})"
        age = _Cell(text, estimate.age_years)
    gender = "–" if face.gender is None else gender_word(face.gender)
    if face.gender in ("female", "male") and estimate.female_probability is not None:
        gender += f" {gender_percent_text(face.gender, estimate.female_probability)}"
    return age, QTableWidgetItem(gender)


def _model_choice(cards: "tuple[ModelCard, ...]", name: str, meaning: str) -> QComboBox:
    choice = QComboBox()
    choice.setAccessibleName(meaning)
    for card in cards:
        choice.addItem(said(card.title), card.name)
    fit_list(choice)
    choice.setCurrentIndex(max(0, choice.findData(name)))
    return choice


def _make_table() -> QTableWidget:
    table = make_read_only_table(0, COLUMN_COUNT)
    table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.DescendingOrder)
    table.setIconSize(FACE_SIZE)
    table.verticalHeader().setDefaultSectionSize(FACE_SIZE.height() + 8)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    return table
