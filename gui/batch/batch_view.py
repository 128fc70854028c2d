"""The page of a batch: its head, its rows, and the chosen face at the side."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from core.batch.job_progress import JobProgress
from core.batch.record import Job
from core.batch.row_query import RowKey
from core.text import one_line
from gui.batch.batch_actions import BatchActions
from gui.batch.batch_keys import BatchKeys
from gui.batch.change_history import ChangeHistory
from gui.batch.change_notices import ChangeNotices
from gui.batch.folding_row import FoldingRow
from gui.batch.grid.grid_page import GridPage
from gui.batch.grid.thumbnails import ThumbnailCache
from gui.batch.job_commands import JobCommands
from gui.batch.job_dialogs import JobDialogs
from gui.batch.jobs.batch_session import BatchSession, BatchState
from gui.batch.jobs.job_header import JobHeader
from gui.batch.jobs.job_list import JobSummary, read_summary, resting_progress
from gui.batch.jobs.job_reader import JobReader
from gui.batch.jobs.model_words import model_words
from gui.batch.page_switch import PageSwitch
from gui.batch.panel.box_commands import BoxCommands
from gui.batch.panel.face_panel import FacePanel
from gui.batch.row_commands import RowCommands
from gui.batch.shared_choice import SharedChoice
from gui.batch.side_by_side import SideBySide
from gui.batch.statistics.statistics_page import StatisticsPage
from gui.batch.table.filter_bar import FilterBar
from gui.batch.table.row_table import RowTable
from gui.batch.table.table_or_words import TableOrWords
from gui.choices.model_picker import ModelMenu
from gui.core_parts import CoreParts
from gui.icons import Icons
from gui.language.words import counted
from gui.messages.message_strip import MessageStrip
from gui.preferences import Preferences
from gui.theme import Theme

FOLD_BELOW_PX = 980
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
        models: ModelMenu,
    ) -> None:
        super().__init__()
        self._models = models
        self.setObjectName("page")
        self.session = BatchSession(parts, self)
        self.reader = JobReader(parts.jobs_path(), self)
        self.thumbnails = ThumbnailCache(parts.load_photo, self)
        self.strip = MessageStrip(icons)
        self.header = JobHeader(icons)
        self.filter_bar = FilterBar(icons)
        self.pages = PageSwitch()
        self.table = RowTable(self.reader, self.thumbnails, theme, self)
        self.grid = GridPage(self.reader, self.thumbnails, theme)
        self.statistics = StatisticsPage(theme, icons, self.reader, preferences, models.title_of)
        self.panel = FacePanel(self.reader, parts.load_photo, theme, actions.of_boxes)
        self.boxes = BoxCommands(
            self.panel.preview,
            self.reader,
            lambda recipe: parts.make_face_drawer(recipe, preferences.settings.engine),
        )
        self.sides = SideBySide(self.pages.stack, self.panel)
        self.count_label = QLabel()
        self._table_or_words = TableOrWords(self.table)
        self._shown_id: int | None = None
        self._has_run = False
        self._refreshing = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self.choice = SharedChoice(self.pages, self.table, self.grid, self.panel)
        self.history = ChangeHistory(self.reader, self)
        self.commands = RowCommands(self.reader, self.history, lambda: self.choice.keys, self)
        self.changes = ChangeNotices(self.strip, self.choice, self.panel, self.boxes, self.history)
        self.jobs = JobCommands(self.session, self.header, self.strip, preferences, self)
        self.dialogs = JobDialogs(
            parts,
            self.session,
            self.reader,
            lambda: self.filter_bar.row_filter,
            models.title_of,
            self,
        )
        self._lay_out()
        self._connect_session()
        self._connect_pages()
        self._keys = BatchKeys(self, actions)

    @property
    def empty_text(self) -> str:
        """What is said in the place of rows; empty while there are any."""
        return self._table_or_words.words

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
        self.dialogs.join()
        self.statistics.join()
        self.boxes.join()
        self.session.join()
        self.thumbnails.close()
        self.panel.close_pictures()

    # Joining the parts

    def _lay_out(self) -> None:
        self.pages.add_page(self.tr("Table"), self._table_or_words, self.table)
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
        policy = self.count_label.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the bar folds on all pages alike
        self.count_label.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.strip.float_over(self.pages.stack, self)
        column.addWidget(self.header)
        column.addWidget(bar)
        column.addWidget(self.sides, 1)

    def _connect_session(self) -> None:
        session, header = self.session, self.header
        session.job_opened.connect(self._show_job)
        session.state_changed.connect(self._follow_state)
        session.progressed.connect(self._follow_progress)
        session.failed.connect(self.strip.show_trouble)
        jobs, dialogs = self.jobs, self.dialogs
        header.pause_button.clicked.connect(jobs.toggle_pause)
        header.cancel_button.clicked.connect(session.cancel)
        header.go_on_button.clicked.connect(partial(jobs.go_on_here, retries_failed=False))
        header.retry_button.clicked.connect(partial(jobs.go_on_here, retries_failed=True))
        header.again_button.clicked.connect(jobs.label_again_here)
        header.skipped_button.clicked.connect(dialogs.show_skipped)
        header.export_button.clicked.connect(dialogs.export)
        header.close_button.clicked.connect(self.close_wanted)
        jobs.was_begun.connect(partial(self._show_job, None))
        jobs.show_wanted.connect(self.show_wanted)
        dialogs.job_chosen.connect(jobs.open)
        dialogs.job_deleted.connect(self._forget)
        dialogs.list_closed.connect(self.list_closed)
        dialogs.model_learnt.connect(self.model_learnt)

    def _connect_pages(self) -> None:
        self.reader.failed.connect(self.strip.show_trouble)
        self._models.filled.connect(self._read_summary)
        self.filter_bar.changed.connect(self.pages.set_filter)
        self.filter_bar.left.connect(self.choice.focus_rows)
        self.filter_bar.text.returnPressed.connect(self.choice.focus_rows)
        self.table.count_changed.connect(self._show_count)
        self.table.columns_changed.connect(self.sides.give_rows)
        self.changes.faces_changed.connect(self.pages.refresh)
        self.changes.faces_changed.connect(lambda _: self.panel.refresh())
        self.changes.rows_changed.connect(self._read_rows_again)
        self.changes.rows_changed.connect(lambda _: self._read_summary())
        self.commands.open_wanted.connect(self.open_wanted)
        self.pages.buttons.idClicked.connect(self._suit_page)
        self._refreshing.timeout.connect(self._read_rows_again)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._keys.enable()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        self._keys.enable()

    def _forget(self, job_id: int) -> None:
        if self.session.job is not None and self.session.job.id == job_id:
            self.close_wanted.emit()

    # What is shown

    def _show_job(self, job: Job | None) -> None:
        job_id = None if job is None else job.id
        if job_id != self._shown_id:
            self._shown_id = job_id
            self.filter_bar.clear()
            self.panel.show_key(None)
            self.history.show_job(job_id)
            self.boxes.show_job(job_id)
            self.table.show_other_model("")
        if job is not None:
            self.header.show_title(job.title, job.roots)
        self.header.show_model(
            "" if job is None else model_words(job.recipe, self._models.title_of)
        )
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
        title_of = self._models.title_of
        beside = "" if other is None else model_words(other.recipe, title_of)
        self.header.show_model(model_words(summary.job.recipe, title_of), beside)
        self.table.show_other_model("" if other is None else title_of(other.recipe.model_name))

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

    def _read_rows_again(self, in_sight: Sequence[RowKey] = ()) -> None:
        """Photos were read: the one beside the rows may have been waiting."""
        self.pages.refresh(in_sight)
        if self.panel.shows_photo:
            self.panel.refresh()

    def _follow_progress(self, progress: JobProgress) -> None:
        self.header.show_progress(progress)
        self.table.show_times(progress.videos > 0)
        if not self._refreshing.isActive():
            self._refreshing.start()

    def _suit_page(self, number: int) -> None:
        """The statistics are of all rows: they need no chosen one; the count is the table's."""
        self.panel.setVisible(self.pages.stack.widget(number) is not self.statistics)
        self.count_label.setVisible(number == 0)
        if self.panel.key is not None:
            self.choice.choose_key(self.panel.key)

    def _show_count(self, count: int) -> None:
        self.count_label.setText(counted.rows(count))
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
        self._table_or_words.say(words)
