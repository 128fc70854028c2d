"""What the faces of a job look like together: ages, genders, faces per photo."""

from collections.abc import Sequence
from functools import partial
from itertools import zip_longest
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.batch.database import Database
from core.batch.record import Job
from core.batch.row_filter import EVERY_ROW, RowFilter
from core.batch.row_query import RowKey
from core.batch.statistics import JobStatistics, job_statistics
from core.batch.store import BatchStore
from core.text import one_line
from gui import file_dialogs
from gui.background import BackgroundCall
from gui.batch.folding_row import FoldingRow
from gui.batch.jobs.job_reader import JobReader
from gui.batch.jobs.model_words import TitleOf, model_words
from gui.batch.statistics.charts.chart_view import ChartView
from gui.batch.statistics.statistics_charts import (
    age_chart,
    faces_per_photo_chart,
    gender_chart,
    main_figures,
)
from gui.batch.statistics.statistics_picture import StatisticsPicture
from gui.icons import Icons
from gui.language.translation import said
from gui.preferences import Preferences
from gui.theme import Theme

AGE_HEIGHT_LINES = 15
LOWER_HEIGHT_LINES = 13
FOLD_BELOW_PX = 760


class StatisticsPage(QWidget):
    """A JobPage with charts that follow the filter."""

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        reader: JobReader,
        preferences: Preferences,
        title_of: TitleOf,
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._reader = reader
        self._preferences = preferences
        self._title_of = title_of
        self._job_id: int | None = None
        self._filter = EVERY_ROW
        self._shown: JobStatistics | None = None
        self._job: Job | None = None
        self._saving: BackgroundCall[str | None] | None = None
        self._tiles = [_Tile() for _ in range(5)]
        self.age_view = ChartView(theme, AGE_HEIGHT_LINES)
        self.gender_view = ChartView(theme, LOWER_HEIGHT_LINES)
        self.photo_view = ChartView(theme, LOWER_HEIGHT_LINES)
        self._age_card = _card(self.tr("Ages"), self.age_view)
        self.save_button = QPushButton(" " + self.tr("Save as PNG or SVG…"))
        self.save_button.clicked.connect(self._ask_and_save)
        icons.put("save", self.save_button)
        self.saved_label = QLabel()
        self.saved_label.setObjectName("muted")
        self.saved_label.setWordWrap(True)
        self.saved_label.setTextFormat(Qt.TextFormat.PlainText)
        self.saved_label.hide()
        self.empty_label = QLabel()
        self.empty_label.setObjectName("muted")
        self.empty_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty_label)
        self._stack.addWidget(self._scrolled())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    @property
    def is_empty(self) -> bool:
        """Whether a sentence stands where the charts would be."""
        return self._stack.currentIndex() == 0

    def show_job(self, job_id: int | None) -> None:
        """Count the faces of another job from now on."""
        self._job_id = job_id
        self.saved_label.hide()
        self.refresh()

    def set_filter(self, row_filter: RowFilter) -> None:
        """Count the faces that pass this filter from now on."""
        self._filter = row_filter
        self.saved_label.hide()
        self.refresh()

    def refresh(self, in_sight: Sequence[RowKey] = ()) -> None:
        """Count again."""
        if self._job_id is None:
            self._show_empty(self.tr("Open a job to see its statistics."))
            return
        query = partial(_read, job_id=self._job_id, row_filter=self._filter)
        self._reader.ask("statistics", query, self._show)

    def save(self, path: Path) -> None:
        """Write what is shown to a PNG or SVG file, beside the window."""
        if self._shown is None or self._job is None:
            return
        title = self.tr("Ages and genders: {title}").format(title=one_line(self._job.title))
        model = model_words(self._job.recipe, self._title_of)
        words = self.tr("Labelled by {model}").format(model=model)
        picture = StatisticsPicture(self._shown, title, words, self.font().family())
        self._saving = BackgroundCall(partial(picture.write, path), self)
        self._saving.done.connect(partial(self._tell_saved, path))
        self._saving.start()

    def join(self) -> None:
        """Wait until a picture is written."""
        if self._saving is not None:
            self._saving.join()

    def _show(self, answer: tuple[JobStatistics, Job]) -> None:
        if self._job_id is None:
            return
        statistics, self._job = answer
        if not statistics.face_count:
            is_filtered = self._filter != EVERY_ROW
            self._show_empty(
                self.tr("No face passes the filter.")
                if is_filtered
                else self.tr("No faces to count yet.")
            )
            return
        self._shown = statistics
        for tile, figure in zip_longest(self._tiles, main_figures(statistics)):
            tile.setVisible(figure is not None)
            if figure is not None:
                tile.show_figure(*figure)
        ages = age_chart(statistics)
        self._age_card.setVisible(bool(ages.columns))
        self.age_view.show_chart(ages)
        self.gender_view.show_chart(gender_chart(statistics))
        self.photo_view.show_chart(faces_per_photo_chart(statistics))
        self._stack.setCurrentIndex(1)

    def _show_empty(self, sentence: str) -> None:
        self._shown = None
        self.empty_label.setText(sentence)
        self._stack.setCurrentIndex(0)

    def _ask_and_save(self) -> None:
        name = self.tr("statistics")
        proposal = self._preferences.folder / f"{name}.png"
        kinds = {".png": self.tr("PNG picture"), ".svg": self.tr("SVG drawing")}
        path = file_dialogs.ask_target(self, self.tr("Save statistics"), proposal, kinds)
        if path is not None:
            self._preferences.folder = path.parent
            self.save(path)

    def _tell_saved(self, path: Path, trouble: str | None) -> None:
        self.saved_label.setText(
            said(trouble) if trouble else self.tr("Saved as {path}").format(path=path)
        )
        self.saved_label.show()

    def _scrolled(self) -> QScrollArea:
        area = QScrollArea()
        area.setWidget(self._lay_out())
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _lay_out(self) -> QWidget:
        content = QWidget()
        content.setObjectName("page")
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        tiles = QWidget()
        row = _row(*self._tiles)
        row.setContentsMargins(0, 0, 0, 0)
        tiles.setLayout(row)
        head = FoldingRow(tiles, self.save_button, tiles, FOLD_BELOW_PX)
        head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column.addWidget(head)
        column.addWidget(self.saved_label)
        column.addWidget(self._age_card)
        column.addLayout(
            _row(
                _card(self.tr("Genders"), self.gender_view),
                _card(self.tr("Faces per photo"), self.photo_view),
            )
        )
        column.addStretch()
        return content


def _read(database: Database, job_id: int, row_filter: RowFilter) -> tuple[JobStatistics, Job]:
    return job_statistics(database, job_id, row_filter), BatchStore(database).job(job_id)


class _Tile(QFrame):
    """One figure with its words."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._number, self._words = QLabel(), QLabel()
        self._number.setObjectName("figure")
        self._words.setObjectName("caption")
        self._words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(self._number)
        column.addWidget(self._words)
        column.addStretch()

    def show_figure(self, number: str, words: str) -> None:
        self._number.setText(number)
        self._words.setText(words)


def _card(title: str, content: QWidget) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    heading = QLabel(title)
    heading.setObjectName("subheading")
    column = QVBoxLayout(card)
    column.setContentsMargins(16, 12, 16, 12)
    column.setSpacing(12)
    column.addWidget(heading)
    column.addWidget(content)
    return card


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(16)
    for widget in widgets:
        row.addWidget(widget, 1)
    return row
