"""The page of a batch: its head, its rows, and the chosen face at the side."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.batch.job_progress import JobProgress
from core.batch.leaving_out import LeftOut
from core.batch.record import Job
from core.batch.row_filter import RowFilter, RowOrder
from core.batch.row_query import RowKey
from core.batch.scan import SkippedFile
from core.batch.store import BatchStore
from core.text import one_line
from gui.batch.batch_actions import BatchActions
from gui.batch.batch_keys import BatchKeys
from gui.batch.export.export_dialog import ExportDialog
from gui.batch.folding_row import FoldingRow
from gui.batch.grid.grid_page import FaceGrid, GridPage
from gui.batch.grid.thumbnails import ThumbnailCache
from gui.batch.jobs.batch_session import BatchSession, BatchState
from gui.batch.jobs.batch_worker import BatchRequest, job_title
from gui.batch.jobs.job_header import JobHeader
from gui.batch.jobs.job_list import JobSummary, read_summary, resting_progress
from gui.batch.jobs.job_reader import JobReader
from gui.batch.jobs.job_title import ask_title
from gui.batch.jobs.jobs_dialog import JobsDialog
from gui.batch.jobs.skipped_dialog import SkippedDialog
from gui.batch.learning.learning_dialog import LearningDialog
from gui.batch.page_switch import PageSwitch
from gui.batch.panel.box_commands import BoxCommands
from gui.batch.panel.face_panel import FacePanel
from gui.batch.row_commands import RowCommands
from gui.batch.statistics.statistics_page import StatisticsPage
from gui.batch.table.filter_bar import FilterBar
from gui.batch.table.row_model import ORDERS, Column
from gui.batch.table.row_table import RowTable
from gui.core_parts import CoreParts
from gui.icons import Icons
from gui.language.translation import said
from gui.language.words import counted
from gui.messages.message_strip import MessageStrip
from gui.preferences import Preferences
from gui.theme import Theme

if TYPE_CHECKING:
    from core.estimation.model_card import ModelCard

FOLD_BELOW_PX = 980
TABLE_SHARE, MAX_TABLE_PX = 0.6, 760
"""What the table gets of the width at first; the rest is the photo's."""
REFRESH_MS = 1000
"""How often the rows follow a running job."""


class BatchView(QWidget):
    """Runs and shows one job at a time.

    Signals:
        job_changed: another job is shown, or none, or it began or ceased to run.
        show_wanted: the user chose a job: it is to be seen.
        close_wanted: the user is done with this job.
        open_wanted: a photo is to be looked at by itself; carries its path.
        list_closed: the user looked through the earlier jobs, and may have deleted some.
        comparison_wanted: another model shall look at the photos; which one is still to be asked.
        model_learnt: a model was learnt from corrections, and may be installed now.
        finished: a job that ran has nothing left to do; carries a sentence that says so.
    """

    job_changed = Signal()
    show_wanted = Signal()
    close_wanted = Signal()
    open_wanted = Signal(object)
    list_closed = Signal()
    comparison_wanted = Signal()
    model_learnt = Signal()
    finished = Signal(str)

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        parts: CoreParts,
        preferences: Preferences,
        actions: BatchActions,
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._preferences = preferences
        self._parts = parts
        self.session = BatchSession(parts, self)
        self.reader = JobReader(parts.jobs_path(), self)
        self.thumbnails = ThumbnailCache(parts.load_photo, self)
        self.strip = MessageStrip(icons)
        self.header = JobHeader(icons)
        self.filter_bar = FilterBar(icons)
        self.pages = PageSwitch()
        self.table = RowTable(self.reader, self.thumbnails, theme, self)
        self.grid = GridPage(self.reader, self.thumbnails, theme)
        self.statistics = StatisticsPage(theme, icons, self.reader, preferences)
        self.panel = FacePanel(self.reader, parts.load_photo, theme, actions.of_boxes)
        self.boxes = BoxCommands(
            self.panel.preview,
            self.reader,
            lambda recipe: parts.make_face_drawer(recipe, preferences.settings.engine),
        )
        self.count_label = QLabel()
        self._empty_label = QLabel()
        self._shown_id: int | None = None
        self._has_run = False
        self._was_shown = False
        self.exporting: ExportDialog | None = None
        self.learning: LearningDialog | None = None
        self._refreshing = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self.commands = RowCommands(self.reader, lambda: self._rows.chosen_keys, self)
        self._lay_out()
        self._connect_session()
        self._connect_pages()
        self._connect_commands()
        self._keys = BatchKeys(self, actions)

    @property
    def empty_text(self) -> str:
        """What is said in the place of rows; empty while there are any."""
        return self._empty_label.text() if self._table_stack.currentIndex() else ""

    def start(self, roots: Sequence[Path]) -> None:
        """Label files and folders in a new job."""
        preferences = self._preferences
        self._tell_interruption()
        self.session.start(
            BatchRequest(
                roots=tuple(roots),
                model=preferences.model,
                settings=preferences.settings,
            )
        )

        self._show_job(None)
        self.header.show_title(job_title(tuple(roots)), roots)

    def offer_to_start_again(self) -> None:
        """Another model was chosen: the open job keeps its own."""
        job = self.session.job
        if job is not None:
            self.strip.show_notice(
                self.tr("The next photos are labelled with this model."),
                (self.tr("Label these again"), partial(self.start, job.roots)),
            )

    def go_on(self, job: Job, *, retries_failed: bool = False) -> None:
        """Do what is left of an earlier job."""
        self.strip.clear()
        self.header.show_title(job.title, job.roots)
        self.session.start(
            BatchRequest(
                job_id=job.id, settings=self._preferences.settings, retries_failed=retries_failed
            )
        )

    def label_again(self, job: Job) -> None:
        """Look at every photo of a job again, with the model and the settings of now."""
        preferences = self._preferences
        is_compared = job.compared_with is not None  # with another model than that of now, maybe
        self.strip.clear()
        self.session.start(
            BatchRequest(
                job_id=job.id,
                model=job.recipe.model_name if is_compared else preferences.model,
                settings=preferences.settings,
                asks_anew=True,
            )
        )

    def compare_with(self, card: "ModelCard") -> None:
        """Let another model look at the photos of the open job, in a job of its own beside it."""
        job = self.session.job
        if job is None:
            return
        self._tell_interruption()
        title = f"{job.title} · {said(card.title)}"
        self.session.start(
            BatchRequest(
                roots=job.roots,
                model=card.name,
                settings=job.recipe.settings(self._preferences.settings.engine),
                title=title,
                compared_with=job.id,
            )
        )
        self._show_job(None)
        self.header.show_title(title, job.roots)

    def show_jobs(self) -> None:
        """List the earlier jobs."""
        dialog = JobsDialog(self.reader, self.window())
        dialog.job_chosen.connect(self.open_job)
        dialog.job_deleted.connect(self._forget)
        dialog.job_renamed.connect(self.session.rename)
        dialog.finished.connect(self.list_closed)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def close_job(self) -> None:
        """Show no job; one that runs is stopped and kept."""
        self.session.close()
        self._show_job(None)

    def stop(self) -> None:
        """Stop what runs, for good."""
        self.session.close()

    def join(self) -> None:
        """Wait for every thread of this view; after `stop`."""
        self.reader.close()  # corrections first: the process may not wait for a photo at hand
        if self.exporting is not None:
            self.exporting.join()
        if self.learning is not None:
            self.learning.join()
        self.statistics.join()
        self.boxes.join()
        self.session.join()
        self.thumbnails.close()
        self.panel.close_pictures()

    # Joining the parts

    def _lay_out(self) -> None:
        self.pages.add_page(self.tr("Table"), self._table_or_words(), self.table)
        self.pages.add_page(self.tr("Faces"), self.grid, self.grid)
        self.pages.add_page(self.tr("Statistics"), self.statistics, self.statistics)
        bar = QFrame()
        bar.setObjectName("filterBar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(16)
        choice = FoldingRow(self.pages, self.filter_bar, self.filter_bar, FOLD_BELOW_PX)
        row.addWidget(choice, 1)
        self.count_label.setObjectName("muted")
        row.addWidget(self.count_label, 0, Qt.AlignmentFlag.AlignTop)
        self.count_label.setFixedHeight(self.pages.sizeHint().height())
        self.splitter = QSplitter()
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.pages.stack)
        self.splitter.addWidget(self.panel)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.strip.float_over(self.pages.stack, self)
        for widget, stretch in ((self.header, 0), (bar, 0), (self.splitter, 1)):
            column.addWidget(widget, stretch)

    def _table_or_words(self) -> QWidget:
        """The table, or what there is to say while it has no rows."""
        self._empty_label.setObjectName("muted")
        self._empty_label.setWordWrap(True)
        self._empty_label.setMargin(32)
        self._empty_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._table_stack = QStackedWidget()
        self._table_stack.addWidget(self.table)
        self._table_stack.addWidget(self._empty_label)
        self._table_stack.setCurrentWidget(self._empty_label)
        return self._table_stack

    def _connect_session(self) -> None:
        session, header = self.session, self.header
        session.job_opened.connect(self._show_job)
        session.state_changed.connect(self._follow_state)
        session.progressed.connect(self._follow_progress)
        session.failed.connect(self.strip.show_trouble)
        header.pause_button.clicked.connect(self.toggle_pause)
        header.cancel_button.clicked.connect(session.cancel)
        header.go_on_button.clicked.connect(partial(self._go_on_here, retries_failed=False))
        header.retry_button.clicked.connect(partial(self._go_on_here, retries_failed=True))
        header.again_button.clicked.connect(self._label_again_here)
        header.skipped_button.clicked.connect(self._ask_for_skipped)
        header.export_button.clicked.connect(self.export)
        header.close_button.clicked.connect(self.close_wanted)

    def _connect_pages(self) -> None:
        self.reader.failed.connect(self.strip.show_trouble)
        self.filter_bar.changed.connect(self._filter)
        self.filter_bar.left.connect(self.focus_rows)
        self.panel.form.left.connect(self.focus_rows)
        self.panel.form.next_wanted.connect(self.go_to_next_face)
        self.table.row_chosen.connect(partial(self._show_chosen, self.table))
        self.table.faces_chosen.connect(partial(self._choose_faces, self.table))
        self.table.count_changed.connect(self._show_count)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._order_faces)
        self.grid.face_chosen.connect(partial(self._show_chosen, self.grid.view))
        self.grid.faces_chosen.connect(partial(self._choose_faces, self.grid.view))
        self.panel.face_clicked.connect(self.choose_key)
        self.panel.corrected.connect(self._show_corrected)
        self.panel.undone.connect(self._show_changed)
        self.panel.nothing_to_undo.connect(
            lambda: self.strip.show_notice(self.tr("There is no correction left to take back."))
        )
        self.panel.preview.left.connect(self.focus_rows)
        self.boxes.changed.connect(self._show_changed)
        self.boxes.told.connect(
            lambda words: self.strip.show_notice(words, (self.tr("Undo"), self.panel.undo))
        )
        self.boxes.failed.connect(self.strip.show_trouble)
        self.pages.buttons.idClicked.connect(self._suit_page)
        self._refreshing.timeout.connect(self._read_rows_again)

    def _connect_commands(self) -> None:
        self.commands.open_wanted.connect(self.open_wanted)
        self.commands.left_out.connect(self._show_left_out)
        self.commands.was_put_back.connect(self._show_put_back)

    def copy_picture(self) -> None:
        """Put the photo at the side with its faces onto the clipboard."""
        picture = self.panel.preview.drawn()
        if picture is not None:
            QGuiApplication.clipboard().setImage(picture)
            self.strip.show_notice(self.tr("The photo with its faces is on the clipboard."))

    def _show_left_out(self, left_out: LeftOut) -> None:
        self.pages.refresh()
        self._read_summary()
        text = self.tr(
            "%Ln file(s) left out. The list of what was left out names them.",
            "",
            left_out.photo_count,
        )
        self.strip.show_notice(text, (self.tr("Undo"), partial(self.commands.put_back, left_out)))

    def _show_put_back(self) -> None:
        self.strip.clear()
        self._read_rows_again()
        self._read_summary()

    def ask_title(self) -> None:
        """Ask what the open job is to be called."""
        job = self.session.job
        if job is not None:
            ask_title(job, self.reader, self.session.rename, self)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        if not self._was_shown:
            self._was_shown = True
            table_px = min(round(TABLE_SHARE * self.width()), MAX_TABLE_PX)
            self.splitter.setSizes([table_px, self.width() - table_px])
        self._keys.enable()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        self._keys.enable()

    @property
    def _rows(self) -> RowTable | FaceGrid:
        """The rows, or the faces, whichever are shown."""
        return self.grid.view if self.pages.stack.currentWidget() is self.grid else self.table

    # What the user can do

    def toggle_pause(self) -> None:
        """Pause what runs, or go on."""
        if self.session.state is BatchState.PAUSED:
            self.session.resume()
        else:
            self.session.pause()

    def focus_rows(self) -> None:
        """Let the keys go to the rows, or to the faces, whichever are shown."""
        self._rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_next_face(self) -> None:
        """Choose the face after the current one, if there is one."""
        key = self._rows.next_face()
        if key is not None:
            self.choose_key(key)

    def _show_chosen(self, rows: QWidget, key: RowKey | None) -> None:
        """Show what is chosen where it is seen."""
        if rows is self._rows:
            self.panel.show_key(key)

    def _choose_faces(self, rows: QWidget, face_ids: Sequence[int]) -> None:
        """Correct what is chosen where it is seen: rows that are read out of sight say nothing."""
        if rows is self._rows:
            self.panel.choose_faces(face_ids)

    def choose_key(self, key: RowKey) -> None:
        """Point out a row, in the table and among the faces if it is there."""
        self.table.choose_key(key)
        self.grid.choose_key(key)
        self.panel.show_key(key)

    def export(self) -> None:
        """Ask what to write of this job, and write it."""
        job = self.session.job
        if job is not None:
            if self.exporting is not None:
                self.exporting.deleteLater()
            path, row_filter = self.reader.database_path, self.filter_bar.row_filter
            self.exporting = ExportDialog(path, job, row_filter, self.window())
            self.exporting.open()

    def learn(self) -> None:
        """Offer to learn from the corrections of this job."""
        job = self.session.job
        if job is not None:
            if self.learning is not None:
                self.learning.join()
                self.learning.deleteLater()
            path = self.reader.database_path
            self.learning = LearningDialog(self._parts, path, job, self.window())
            self.learning.run.learnt.connect(self.model_learnt)
            self.learning.open()

    def _label_again_here(self) -> None:
        if self.session.job is not None:
            self.label_again(self.session.job)

    def _go_on_here(self, *, retries_failed: bool) -> None:
        if self.session.job is not None:
            self.go_on(self.session.job, retries_failed=retries_failed)

    def open_job(self, job: Job) -> None:
        """Show an earlier job, as it stands."""
        open_job = self.session.job
        if open_job is None or open_job.id != job.id:
            self._tell_interruption()
            self.session.open(job)
        self.show_wanted.emit()

    def _forget(self, job_id: int) -> None:
        if self.session.job is not None and self.session.job.id == job_id:
            self.close_wanted.emit()

    def _filter(self, row_filter: RowFilter) -> None:
        self.pages.set_filter(row_filter)

    def _ask_for_skipped(self) -> None:
        job = self.session.job
        if job is not None:
            self.reader.ask(
                "skipped",
                lambda db: BatchStore(db).skipped(job.id),
                lambda skipped: self._show_skipped(skipped, job.roots),
            )

    def _show_skipped(self, skipped: Sequence[SkippedFile], roots: Sequence[Path]) -> None:
        dialog = SkippedDialog(skipped, roots, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # What is shown

    def _show_job(self, job: Job | None) -> None:
        job_id = None if job is None else job.id
        if job_id != self._shown_id:
            self._shown_id = job_id
            self.filter_bar.clear()
            self.panel.show_job(job_id)
            self.boxes.show_job(job_id)
            self.table.show_other_model("")
        if job is not None:
            self.header.show_title(job.title, job.roots)
        self.header.show_model("" if job is None else job.recipe.labelled_by)
        self.table.set_roots(() if job is None else job.roots)
        self.pages.show_job(job_id)
        self._read_summary()
        self.job_changed.emit()

    def _read_summary(self) -> None:
        """Say how far a job is that does not run."""
        job = self.session.job
        if job is not None:
            self.reader.ask("summary", lambda db: read_summary(db, job.id), self._show_summary)

    def _tell_end(self, summary: JobSummary) -> None:
        if not self._has_run or self.session.is_active:
            return
        self._has_run = False
        if summary.is_finished:
            text = self.tr("The batch “{title}” is done: {photos}, {faces}.").format(
                title=one_line(summary.job.title),
                photos=counted.media(summary.counts.photos, summary.counts.videos),
                faces=counted.faces(summary.counts.faces),
            )
            self.finished.emit(text)
            QApplication.alert(self.window())

    def _show_summary(self, summary: JobSummary) -> None:
        self._tell_end(summary)
        self._show_models(summary)
        if not self.session.is_active:
            self.header.show_progress(resting_progress(summary))
            self.table.show_times(summary.counts.videos > 0)
            self._show_words()

    def _show_models(self, summary: JobSummary) -> None:
        """Which model answered, and which other one beside: they may be others by now."""
        other = summary.other
        beside = "" if other is None else other.recipe.labelled_by
        self.header.show_model(summary.job.recipe.labelled_by, beside)
        self.table.show_other_model("" if other is None else other.recipe.model_name)

    def _follow_state(self, state: BatchState) -> None:
        self._has_run = self._has_run or self.session.is_active
        self.header.show_state(state)
        if state is BatchState.LOADING:
            self.header.show_progress(JobProgress())
        elif state is BatchState.RESTING:
            self._refreshing.stop()
            self._read_rows_again()
            self._read_summary()
            if self.session.job is None:
                self.header.status_label.clear()  # the strip says why there is none
        self._show_words()
        self.job_changed.emit()

    def _read_rows_again(self) -> None:
        """Photos were read: the one beside the rows may have been waiting."""
        self.pages.refresh()
        if self.panel.shows_photo:
            self.panel.refresh()

    def _follow_progress(self, progress: JobProgress) -> None:
        self.header.show_progress(progress)
        self.table.show_times(progress.videos > 0)
        if not self._refreshing.isActive():
            self._refreshing.start()

    def _show_corrected(self, _face_ids: Sequence[int]) -> None:
        self.strip.clear()
        self.pages.refresh()
        self.panel.refresh()

    def _show_changed(self, key: RowKey | None) -> None:
        """Point out where a change was made or taken back: nothing changes out of sight."""
        self.strip.clear()
        if key is not None:
            self.choose_key(key)
        self._read_rows_again()
        self._read_summary()

    def _suit_page(self, number: int) -> None:
        """The statistics are of all rows: they need no chosen one; the count is the table's."""
        self.panel.setVisible(self.pages.stack.widget(number) is not self.statistics)
        self.count_label.setVisible(number == 0)
        if self.panel.key is not None:
            self.choose_key(self.panel.key)

    def _order_faces(self, column: int, order: Qt.SortOrder) -> None:
        """Faces follow the order of the table."""
        wanted = RowOrder.SCAN if column < 0 else ORDERS[Column(column)]
        self.grid.set_order(wanted, descending=order is Qt.SortOrder.DescendingOrder)

    def _show_count(self, count: int) -> None:
        self.count_label.setText(counted.rows(count))
        self._table_stack.setCurrentIndex(0 if count else 1)
        self._show_words()

    def _show_words(self) -> None:
        """Why the table is empty."""
        if not self.header.is_resting:
            words = self.tr("Photos appear here as they are found.")
        elif self.session.job is None:
            words = self.tr("No batch is open.")
        elif self.filter_bar.is_set:
            words = self.tr("No row passes the filter. Clear it to see all of them.")
        elif not self.header.is_whole:
            words = self.tr("Not all photos were looked for yet. Go on to find them.")
        else:
            words = self.tr("No photo or video was found here.")
            if self.header.has_skipped:
                words += " " + self.tr("What was left out, and why, is listed above.")
        self._empty_label.setText(words)

    def _tell_interruption(self) -> None:
        """A job that gives way to another one is named: it can go on later."""
        job = self.session.job
        if job is None or not self.session.is_active:
            self.strip.clear()
            return
        self.strip.show_notice(
            self.tr("“{title}” was stopped. It is kept under Earlier batches.").format(
                title=job.title
            ),
            (self.tr("Go on with it instead"), partial(self.go_on, job)),
        )
