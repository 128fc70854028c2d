"""Lists who was seen in a video or a recording."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.confidence import gender_percent_text
from core.shown_age import shown_age, shown_range
from core.text import clock_text
from gui.language.translation import translate
from gui.language.words import counted, doubtful_word, gender_word
from gui.read_only_table import make_read_only_table
from gui.window.screen_fit import keep_on_screen

if TYPE_CHECKING:
    from core.recording.track_log import TrackSpan

SIZE_PX = 720, 400


class TracksDialog(QDialog):
    """One row for each track."""

    def __init__(self, tracks: "Sequence[TrackSpan]", parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("People"))
        self._titles = (
            self.tr("Person"),
            self.tr("Age"),
            self.tr("Range"),
            self.tr("Gender"),
            self.tr("First seen"),
            self.tr("Last seen"),
        )
        self._rows = [_row(number, track) for number, track in enumerate(tracks, 1)]
        self.table = make_read_only_table(len(self._rows), len(self._titles))
        self.table.setHorizontalHeaderLabels(self._titles)
        for row, texts in enumerate(self._rows):
            for column, text in enumerate(texts):
                self.table.setItem(row, column, QTableWidgetItem(text))
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        note = QLabel(
            self.tr("Who leaves for more than two seconds and comes back is counted again.")
        )
        note.setObjectName("caption")
        note.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(self.tr("&Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy)
        buttons.rejected.connect(self.reject)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(16, 16, 16, 16)
        column_layout.setSpacing(8)
        for widget in (self.table, note, buttons):
            column_layout.addWidget(widget)
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        self.resize(*SIZE_PX)
        keep_on_screen(self)

    def copy(self) -> None:
        """Put the table on the clipboard, as spreadsheets take it."""
        lines = ("\t".join(texts) for texts in (self._titles, *self._rows))
        QGuiApplication.clipboard().setText("\n".join(lines))


def show_tracks(tracks: "Sequence[TrackSpan]", parent: QWidget) -> None:
    """Open the list; the window goes on."""
    dialog = TracksDialog(tracks, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def known_tracks(tracks: "Iterable[TrackSpan]") -> "tuple[TrackSpan, ...]":
    """The tracks of which more is known than where they were."""
    return tuple(track for track in tracks if track.age_years is not None or track.gender)


def counted_people(tracks: "Sequence[TrackSpan]") -> str:
    """How many they are, in words."""
    if not tracks:
        return translate("TracksDialog", "nobody")
    return counted.people(len(tracks))


def _row(number: int, track: "TrackSpan") -> tuple[str, ...]:
    age = "" if track.age_years is None else str(shown_age(track.age_years))
    ages = ""
    if track.age_low_years is not None and track.age_high_years is not None:
        ages = shown_range(track.age_low_years, track.age_high_years)
    gender = gender_word(track.gender) if track.gender else ""
    if track.gender in ("female", "male") and track.female_probability is not None:
        gender += f" {gender_percent_text(track.gender, track.female_probability)}"
    if track.is_doubtful:
        gender = " · ".join(filter(None, (gender, doubtful_word().lower())))
    return str(number), age, ages, gender, clock_text(track.from_s), clock_text(track.to_s)
