"""Shows the card of a model: how good it is, where that was measured, what it must not be for."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from core.estimation.comparable_figures import comparable
from gui.language.translation import marked, said, translate
from gui.language.words import decimal, share, whole
from gui.scrolled_page import fill_with_page
from gui.window.screen_fit import keep_on_screen

if TYPE_CHECKING:
    from core.estimation.model_card import ModelCard


def _years(value: float) -> str:
    return translate("ModelCardDialog", "{number} years").format(number=decimal(value))


MAIN_FIGURES = (
    ("age_mae", _years, marked("ModelCardDialog", "average error of age")),
    ("age_within_10", share, marked("ModelCardDialog", "of ages within 10 years")),
    ("gender_accuracy", share, marked("ModelCardDialog", "of genders right")),
    (
        "gender_accuracy_13plus",
        share,
        marked("ModelCardDialog", "of genders right, 13 and over"),
    ),
    ("age_range_coverage", share, marked("ModelCardDialog", "of ages inside the range")),
)
ROW_FIGURES = (
    ("n", whole, marked("ModelCardDialog", "Faces")),
    ("age_mae", decimal, marked("ModelCardDialog", "Age error, years")),
    ("gender_accuracy", share, marked("ModelCardDialog", "Gender right")),
)
"""The name of a figure in the card, how it is written, and what it is."""

NAME_COLUMN_PX, COUNT_COLUMN_PX = 96, 56
"""What tables have that stand below each other, however short their names and numbers are."""


class ModelCardDialog(QDialog):
    """One model's card."""

    def __init__(self, card: "ModelCard", parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Model: {title}").format(title=said(card.title)))
        self.resize(680, 620)
        keep_on_screen(self)
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(8)
        column.addWidget(_text(said(card.title), "heading"))
        column.addWidget(_text(said(card.description), "muted"))
        column.addSpacing(8)
        figures = comparable(card).figures
        column.addWidget(_figure_tiles(figures))
        collections = _rows(card.figures, "by_collection")
        if len(collections) > 1:
            table = _figure_table(self.tr("Collection"), collections)
            _add_section(column, self.tr("By collection of faces"), table)
        bands = _rows(figures, "by_age_band")
        if bands:
            _add_section(column, self.tr("By age"), _figure_table(self.tr("Age"), bands))
        for title, text in _paragraphs(card):
            if text:
                _add_section(column, title, _text(text))
        column.addStretch()
        fill_with_page(self, page)


def _paragraphs(card: "ModelCard") -> tuple[tuple[str, str], ...]:
    size = translate("ModelCardDialog", "{count} parameters, faces of {size} × {size} px")
    size = size.format(count=whole(card.parameter_count), size=card.input_size_px)
    return (
        (translate("ModelCardDialog", "Limits"), said(card.limits)),
        (translate("ModelCardDialog", "Training data"), said(card.training_data)),
        (translate("ModelCardDialog", "Size"), size),
        (translate("ModelCardDialog", "Licence"), said(card.licence)),
        (translate("ModelCardDialog", "Trained with"), card.training_command),
        (translate("ModelCardDialog", "Measured with"), card.figures_command),
    )


def _figure_tiles(figures: Mapping[str, Any]) -> QWidget:
    """The main figures side by side, or the plain word that there are none."""
    row_widget = QWidget()
    row = QHBoxLayout(row_widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    known = [entry for entry in MAIN_FIGURES if _is_number(figures.get(entry[0]))]
    for name, write, words in known:
        tile = _tile(_written(write, figures[name]), translate("ModelCardDialog", words))
        row.addWidget(tile, 1)
    if not known:
        text = translate("ModelCardDialog", "Nobody has measured this model yet.")
        row.addWidget(_text(text, "muted"))
    return row_widget


def _tile(figure: str, words: str) -> QFrame:
    tile = QFrame()
    tile.setObjectName("card")
    column = QVBoxLayout(tile)
    column.setContentsMargins(12, 12, 12, 12)
    column.setSpacing(4)
    column.addWidget(_text(figure, "figure"))
    column.addWidget(_text(words, "caption"))
    column.addStretch()
    return tile


def _rows(figures: Mapping[str, Any], group: str) -> dict[str, Mapping[str, Any]]:
    rows = figures.get(group)
    if not isinstance(rows, dict):
        return {}
    return {name: row for name, row in rows.items() if isinstance(row, dict)}


def _figure_table(first_heading: str, rows: Mapping[str, Mapping[str, Any]]) -> QWidget:
    """One row per age band, or per collection."""
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(4)
    right = Qt.AlignmentFlag.AlignRight
    known = [entry for entry in ROW_FIGURES if any(entry[0] in row for row in rows.values())]
    grid.addWidget(_text(first_heading, "caption"), 0, 0)
    for column, (_, _, title) in enumerate(known, start=1):
        heading = _text(translate("ModelCardDialog", title), "caption")
        heading.setWordWrap(False)
        grid.addWidget(heading, 0, column, right)
    for number, (name, figures) in enumerate(rows.items(), start=1):
        grid.addWidget(_text(name.replace("-", "–")), number, 0)
        for column, (key, write, _) in enumerate(known, start=1):
            grid.addWidget(_text(_written(write, figures.get(key))), number, column, right)
    grid.setColumnMinimumWidth(0, NAME_COLUMN_PX)
    grid.setColumnMinimumWidth(1, COUNT_COLUMN_PX)
    grid.setColumnStretch(len(known) + 1, 1)
    return table


def _add_section(column: QVBoxLayout, title: str, content: QWidget) -> None:
    column.addSpacing(8)
    column.addWidget(_text(title, "subheading"))
    column.addWidget(content)


def _is_number(value: object) -> bool:
    """A card is a file that anybody may change."""
    return isinstance(value, int | float)


def _written(write: Callable[[float], str], value: object) -> str:
    return write(value) if isinstance(value, int | float) else "–"


def _text(text: str, name: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setObjectName(name)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
