"""Asks what of a job to write, as what and where, and writes it beside the window."""

from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.batch.database import Database
from core.batch.export.export_task import ExportCounts, export_counts
from core.batch.record import Job
from core.batch.row_filter import RowFilter
from core.errors import VisageError
from gui.background import BackgroundCall
from gui.batch.export.export_form import WIDTH_PX, ExportForm
from gui.batch.export.export_formats import FORMATS, TargetKind
from gui.batch.export.export_result import ExportResult
from gui.batch.export.export_run import ExportRun
from gui.language.translation import said
from gui.language.words import counted, whole
from gui.preferences import Preferences
from gui.scrolled_page import ScrolledPage
from gui.window.screen_fit import grow, keep_on_screen

MARGIN_PX = 24

Counts: TypeAlias = tuple[ExportCounts, ExportCounts] | str
"""Everything and what passes the filter, or a sentence that says why they were not counted."""


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
        self.setWindowTitle(self.tr("Export"))
        self._database_path = database_path
        self._job = job
        self._filter = row_filter
        self._preferences = Preferences()
        self._run: ExportRun | None = None
        self.form = ExportForm(job, row_filter, self._preferences.folder)
        self.export_button = QPushButton(self.tr("Export"))
        self.close_button = QPushButton(self.tr("Close"))
        self.progress_bar = QProgressBar()
        self.progress_label = QLabel()
        self.outcome = ExportResult()
        self._progress = QWidget()
        self._page = ScrolledPage(QWidget())
        self._lay_out()
        self.form.changed.connect(self._allow_export)
        self.form.changed.connect(self._forget_outcome)
        self.export_button.clicked.connect(self.start)
        self.close_button.clicked.connect(self.reject)
        self.outcome.folder_wanted.connect(self._open_folder)
        self._counting = BackgroundCall(self._count, self)
        self._counting.done.connect(self._show_counts)
        self._counting.start()
        self.form.format_buttons[FORMATS[0].format].setFocus()

    def start(self) -> None:
        """Write what is chosen; the form waits meanwhile."""
        self._run = ExportRun(self._database_path, self.form.task, self)
        self._run.progressed.connect(self._show_progress)
        self._run.ended.connect(self._finish)
        self.form.setEnabled(False)
        self.outcome.hide()
        self.progress_bar.setRange(0, self.form.photo_count)
        self._show_progress(0)
        self._progress.show()
        self._show_whole(self._progress)
        self.close_button.setText(self.tr("Stop"))
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
        self.close_button.setText(self.tr("Stopping…"))
        self.close_button.setEnabled(False)
        self._run.stop()

    def _count(self) -> Counts:
        try:
            with Database(self._database_path) as database:
                every = export_counts(database, self._job.id)
                return every, export_counts(database, self._job.id, self._filter)
        except VisageError as error:
            return said(str(error))

    def _show_counts(self, answer: Counts) -> None:
        if isinstance(answer, str):
            self.outcome.show_trouble(answer)
            self._show_whole(self.outcome)
        else:
            self.form.show_counts(*answer)

    def _allow_export(self) -> None:
        self.export_button.setEnabled(self._run is None and self.form.photo_count > 0)

    def _forget_outcome(self) -> None:
        """What is said of the last export does not speak of another one."""
        if self._run is None:
            self.outcome.hide()

    def _show_progress(self, photo_count: int) -> None:
        self.progress_bar.setValue(photo_count)
        words = self.tr("{number} of {photos}").format(
            number=whole(photo_count), photos=counted.photos(self.form.photo_count)
        )
        self.progress_label.setText(words)

    def _finish(self, trouble: str | None) -> None:
        run, self._run = self._run, None
        assert run is not None
        run.join()
        self._progress.hide()
        self.close_button.setText(self.tr("Close"))
        self.close_button.setEnabled(True)
        self.form.setEnabled(True)
        kind, folder = self.form.words.target_kind, run.task.target
        self.outcome.show_report(run, trouble, folder.parent if kind is TargetKind.FILE else folder)
        if trouble is None and kind is not TargetKind.BESIDE_PHOTOS:
            self._preferences.folder = self.form.folder
        self.form.propose_target()
        self._allow_export()
        self._show_whole(self.outcome)

    def _show_whole(self, news: QWidget) -> None:
        """Make room for what there is to say now; where the screen has none, go there."""
        page = self._page.page.layout()
        assert page is not None
        page.activate()
        self._page.updateGeometry()
        grow(self)
        QTimer.singleShot(0, self, lambda: self._page.ensureWidgetVisible(news))  # laid out by then

    def _open_folder(self, folder: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _lay_out(self) -> None:
        self.setFixedWidth(WIDTH_PX + 2 * MARGIN_PX)
        self.progress_bar.setTextVisible(False)
        self.progress_label.setObjectName("caption")
        progress = QVBoxLayout(self._progress)
        progress.setContentsMargins(0, 0, 0, 0)
        progress.setSpacing(8)
        progress.addWidget(self.progress_bar)
        progress.addWidget(self.progress_label)
        page = QVBoxLayout(self._page.page)
        page.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, 8)
        page.setSpacing(16)
        page.addWidget(self.form)
        page.addWidget(self._progress)
        page.addWidget(self.outcome)
        page.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._page)
        column.addWidget(self._button_box())
        self.export_button.setDefault(True)  # in the dialog by now
        self._progress.hide()
        self.outcome.hide()
        keep_on_screen(self)

    def _button_box(self) -> QDialogButtonBox:
        self.export_button.setObjectName("primary")
        self.export_button.setEnabled(False)
        box = QDialogButtonBox()
        box.setContentsMargins(MARGIN_PX, 8, MARGIN_PX, 16)
        box.addButton(self.export_button, QDialogButtonBox.ButtonRole.ActionRole)
        box.addButton(self.close_button, QDialogButtonBox.ButtonRole.RejectRole)
        return box
