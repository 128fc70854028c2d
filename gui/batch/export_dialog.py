"""Asks what of a job to write, as what and where, and writes it beside the window."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.batch.database import Database
from core.batch.export.export_task import (
    ExportCounts,
    ExportFormat,
    ExportTask,
    export_counts,
)
from core.batch.export.free_name import free_path
from core.batch.export.sorted_copies import SortKey
from core.batch.record import Job
from core.batch.row_filter import EVERY_ROW, RowFilter
from core.errors import VisageError
from gui import file_dialogs
from gui.background import BackgroundCall
from gui.batch.export_formats import FORMATS, FormatWords, TargetKind
from gui.batch.export_result import ExportResult
from gui.batch.export_run import ExportRun
from gui.preferences import Preferences

SORT_KEYS = ((SortKey.AGE_GROUP, "By a&ge group"), (SortKey.GENDER, "By g&ender"))
WIDTH_PX = 560
INDENT_PX = 24

Counted = tuple[ExportCounts, ExportCounts] | str


class ExportDialog(QDialog):
    """One dialog for any number of exports of one job, one after the other.

    Args:
        database_path: the store's file.
        row_filter: what the window shows at the moment.
    """

    def __init__(
        self, database_path: Path, job: Job, row_filter: RowFilter, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        self._database_path = database_path
        self._job = job
        self._filter = row_filter
        self._preferences = Preferences()
        self._counts: tuple[ExportCounts, ExportCounts] | None = None
        self._run: ExportRun | None = None
        self._folder = self._preferences.folder
        self._target: Path | None = None
        self.all_button = QRadioButton("&All photos")
        self.shown_button = QRadioButton("&Only what the filter shows")
        self.format_buttons = {words.format: QRadioButton(words.title) for words in FORMATS}
        self.blur_box = QCheckBox("&Blur the faces beyond recognition")
        self.sort_buttons = {key: QRadioButton(text) for key, text in SORT_KEYS}
        self.explanation_label = _text("caption")
        self.target_label = _text("")
        self.choose_button = QPushButton("&Choose…")
        self.export_button = QPushButton("Export")
        self.close_button = QPushButton("Close")
        self.progress_label = _text("caption")
        self.progress_bar = QProgressBar()
        self.progress_bar.setTextVisible(False)
        self.outcome = ExportResult()
        self._groups = self._make_groups()
        self._options = QStackedWidget()
        self._form = QWidget()
        self._progress = QWidget()
        self._lay_out()
        self._connect()
        self._counting = BackgroundCall(self._count, self)
        self._counting.done.connect(self._show_counts)
        self._counting.start()
        self._choose_format()
        self.format_buttons[FORMATS[0].format].setFocus()

    # What is chosen

    @property
    def task(self) -> ExportTask:
        """What the button would start now."""
        return ExportTask(
            self._job.id,
            self._words.format,
            self.target,
            self._filter if self.shown_button.isChecked() else EVERY_ROW,
            hides_faces=self.blur_box.isChecked(),
            sort_key=next(key for key, one in self.sort_buttons.items() if one.isChecked()),
        )

    @property
    def target(self) -> Path:
        """The file or folder to write: chosen, or proposed so that nothing is replaced."""
        if self._words.target_kind is TargetKind.BESIDE_PHOTOS:
            return self._photo_folder()
        return self._target or free_path(self._folder, self._words.name)

    def set_target(self, path: Path) -> None:
        """Write there, into a file or a folder, as the format has it."""
        self._target = path
        self._folder = path.parent
        self._show_target()

    @property
    def _words(self) -> FormatWords:
        chosen = (words for words in FORMATS if self.format_buttons[words.format].isChecked())
        return next(chosen)

    def _photo_folder(self) -> Path:
        root = self._job.roots[0] if self._job.roots else self._folder
        return root if root.is_dir() else root.parent

    def _choose_format(self) -> None:
        """Explain the format, and offer what can be chosen for it."""
        words = self._words
        self.explanation_label.setText(words.explanation)
        pages = {ExportFormat.ANNOTATED_COPIES: 1, ExportFormat.SORTED_COPIES: 2}
        self._options.setCurrentIndex(pages.get(words.format, 0))
        self._target = None
        self._show_target()

    def _show_target(self) -> None:
        is_beside = self._words.target_kind is TargetKind.BESIDE_PHOTOS
        text = "Beside each photo." if is_beside else str(self.target)
        room_px = WIDTH_PX - self.choose_button.sizeHint().width() - 72
        metrics = self.target_label.fontMetrics()
        self.target_label.setText(metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room_px))
        self.target_label.setToolTip(text)
        self.choose_button.setVisible(not is_beside)

    def _ask_target(self) -> None:
        words = self._words
        if words.target_kind is TargetKind.FILE:
            kinds = {Path(words.name).suffix: words.title.replace("&", "")}
            path = file_dialogs.ask_target(self, "Export", self.target, kinds)
        else:
            path = file_dialogs.ask_target_folder(self, self._folder)
        if path is not None:
            self.set_target(path)

    # Counts

    def _count(self) -> Counted:
        try:
            with Database(self._database_path) as database:
                every = export_counts(database, self._job.id)
                return every, export_counts(database, self._job.id, self._filter)
        except VisageError as error:
            return str(error)

    def _show_counts(self, counted: Counted) -> None:
        if isinstance(counted, str):
            self.outcome.show_trouble(counted)
            return
        self._counts = counted
        every, shown = counted
        self.all_button.setText(f"&All: {_count_text(every)}")
        self.shown_button.setText(f"&Only what the filter shows: {_count_text(shown)}")
        self._allow_export()

    def _allow_export(self) -> None:
        self.export_button.setEnabled(self._run is None and self._photo_count() > 0)

    def _photo_count(self) -> int:
        if self._counts is None:
            return 0
        every, shown = self._counts
        return shown.photos if self.shown_button.isChecked() else every.photos

    # The run

    def start(self) -> None:
        """Write what is chosen; the form waits meanwhile."""
        task = self.task
        self._run = ExportRun(self._database_path, task, self)
        self._run.progressed.connect(self._show_progress)
        self._run.ended.connect(self._finish)
        self._form.setEnabled(False)
        self.outcome.hide()
        self.progress_bar.setRange(0, self._photo_count())
        self._show_progress(0)
        self._progress.show()
        self.close_button.setText("Stop")
        self._allow_export()
        self._run.start()

    def join(self) -> None:
        """Stop what is under way and wait for it; what is done stays done."""
        self._counting.join()
        if self._run is not None:
            self._run.stop()
            self._run.join()

    def reject(self) -> None:
        """Close; while something is written, stop that first and stay."""
        if self._run is None:
            super().reject()
            return
        self.close_button.setText("Stopping…")
        self.close_button.setEnabled(False)
        self._run.stop()

    def _show_progress(self, photo_count: int) -> None:
        self.progress_bar.setValue(photo_count)
        self.progress_label.setText(f"{photo_count:,} of {_photo_text(self._photo_count())}")

    def _finish(self, trouble: str | None) -> None:
        run, self._run = self._run, None
        assert run is not None
        run.join()
        self._progress.hide()
        self.close_button.setText("Close")
        self.close_button.setEnabled(True)
        self._form.setEnabled(True)
        folder = run.task.target
        if self._words.target_kind is TargetKind.FILE:
            folder = folder.parent
        self.outcome.show_report(run, trouble, folder)
        if trouble is None and self._words.target_kind is not TargetKind.BESIDE_PHOTOS:
            self._preferences.folder = self._folder
        self._target = None
        self._show_target()
        self._allow_export()

    def _open_folder(self, folder: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    # Looks

    def _make_groups(self) -> list[QButtonGroup]:
        """Radio buttons that exclude one another, each group with its first or wanted choice."""
        self.all_button.setChecked(True)
        if self._filter != EVERY_ROW:
            self.shown_button.setChecked(True)
        self.shown_button.setEnabled(self._filter != EVERY_ROW)
        self.format_buttons[FORMATS[0].format].setChecked(True)
        self.sort_buttons[SORT_KEYS[0][0]].setChecked(True)
        choices = (
            (self.all_button, self.shown_button),
            self.format_buttons.values(),
            self.sort_buttons.values(),
        )
        groups = []
        for buttons in choices:
            group = QButtonGroup(self)
            for button in buttons:
                group.addButton(button)
            groups.append(group)
        return groups

    def _connect(self) -> None:
        whats, formats, _ = self._groups
        whats.buttonClicked.connect(self._allow_export)
        formats.buttonClicked.connect(self._choose_format)
        self.choose_button.clicked.connect(self._ask_target)
        self.export_button.clicked.connect(self.start)
        self.close_button.clicked.connect(self.reject)
        self.outcome.folder_wanted.connect(self._open_folder)

    def _lay_out(self) -> None:
        self.setFixedWidth(WIDTH_PX)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(4)
        form.addWidget(_text("subheading", "What"))
        form.addWidget(self.all_button)
        form.addWidget(self.shown_button)
        form.addSpacing(16)
        form.addWidget(_text("subheading", "As"))
        form.addLayout(self._format_grid())
        form.addSpacing(4)
        form.addWidget(self.explanation_label)
        form.addWidget(self._options)
        form.addSpacing(8)
        form.addWidget(_text("subheading", "To"))
        form.addLayout(_row(self.target_label, self.choose_button))
        below = QVBoxLayout(self._progress)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(self.progress_bar)
        below.addWidget(self.progress_label)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(self._form)
        column.addWidget(self._progress)
        column.addWidget(self.outcome)
        column.addStretch()
        column.addWidget(self._button_box())
        self._progress.hide()
        self.outcome.hide()

    def _format_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(4)
        rows = -(-len(FORMATS) // 2)
        for number, button in enumerate(self.format_buttons.values()):
            grid.addWidget(button, number % rows, number // rows)
        self._options.addWidget(QWidget())
        self._options.addWidget(_option_row(self.blur_box))
        self._options.addWidget(_option_row(*self.sort_buttons.values()))
        return grid

    def _button_box(self) -> QDialogButtonBox:
        self.export_button.setObjectName("primary")
        self.export_button.setDefault(True)
        self.export_button.setEnabled(False)
        box = QDialogButtonBox()
        box.addButton(self.export_button, QDialogButtonBox.ButtonRole.ActionRole)
        box.addButton(self.close_button, QDialogButtonBox.ButtonRole.RejectRole)
        return box


def _count_text(counts: ExportCounts) -> str:
    faces = "1 face" if counts.faces == 1 else f"{counts.faces:,} faces"
    return f"{_photo_text(counts.photos)}, {faces}"


def _photo_text(count: int) -> str:
    return "1 photo" if count == 1 else f"{count:,} photos"


def _text(name: str, text: str = "") -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setWordWrap(name == "caption")
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _option_row(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 4, 0, 4)
    row.setSpacing(INDENT_PX)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return holder


def _row(text: QLabel, button: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(16)
    row.addWidget(text, 1)
    row.addWidget(button)
    return row
