"""The list of earlier batches: to open, to go on with, to delete."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from core.batch.record import Job
from core.batch.store import BatchStore
from core.text import one_line
from gui.batch.jobs.job_list import JobSummary, read_summaries
from gui.batch.jobs.job_reader import JobReader
from gui.batch.jobs.job_title import ask_title
from gui.batch.jobs.model_words import TitleOf, model_words
from gui.language.translation import translate
from gui.language.words import counted, whole
from gui.messages.message_box import make_message_box
from gui.plain_tip import plain_tip
from gui.window.screen_fit import keep_on_screen

NUMBER_COLUMNS = (3, 4)
TITLE_COLUMN, MODEL_COLUMN = 0, 2


class JobsDialog(QDialog):
    """Lists every job that is kept.

    Signals:
        job_chosen: carries the Job to open.
        job_deleted: carries the id of a job that is not there any more.
        job_renamed: carries the Job with its new name.
    """

    job_chosen = Signal(object)
    job_deleted = Signal(int)
    job_renamed = Signal(object)

    def __init__(self, reader: JobReader, title_of: TitleOf, parent: QWidget) -> None:
        super().__init__(parent)
        self._reader = reader
        self._title_of = title_of
        self._summaries: Sequence[JobSummary] = ()
        self.setWindowTitle(self.tr("Earlier batches"))
        self.resize(1080, 420)
        self.list = QTreeWidget()
        self.empty_label = QLabel(self.tr("No batches yet. Drop a folder of photos on the window."))
        self.empty_label.setObjectName("muted")
        self.empty_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty_label.setTextFormat(Qt.TextFormat.PlainText)
        self.empty_label.setWordWrap(True)
        self._pages = QStackedWidget()
        self.open_button = QPushButton(self.tr("Open"))
        self.open_button.setObjectName("primary")
        self.rename_button = QPushButton(self.tr("Rename…"))
        self.delete_button = QPushButton(self.tr("Delete…"))
        self._lay_out()
        keep_on_screen(self)
        self._connect()
        self._enable_buttons()
        self._read()

    def _lay_out(self) -> None:
        self.list.setAccessibleName(self.tr("Earlier batches"))
        titles = (
            self.tr("Batch"),
            self.tr("Begun"),
            self.tr("Labelled by"),
            self.tr("Files"),
            self.tr("Faces"),
            "",
        )
        self.list.setHeaderLabels(titles)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        _align_numbers(self.list.headerItem())
        header = self.list.header()
        header.setStretchLastSection(False)
        for section in range(len(titles)):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(TITLE_COLUMN, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(MODEL_COLUMN, QHeaderView.ResizeMode.Fixed)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.empty_label)
        buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        buttons.addButton(self.open_button, role.AcceptRole)
        buttons.addButton(self.rename_button, role.ActionRole)
        buttons.addButton(self.delete_button, role.ActionRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(self._pages)
        column.addWidget(buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """No name of a batch gives way to that of a model, which takes what it leaves."""
        header = self.list.header()
        room_px = header.sectionSize(TITLE_COLUMN) + header.sectionSize(MODEL_COLUMN)
        title_px, model_px = map(self.list.sizeHintForColumn, (TITLE_COLUMN, MODEL_COLUMN))
        header.resizeSection(MODEL_COLUMN, min(model_px, max(room_px - title_px, room_px // 2)))

    def _connect(self) -> None:
        self.open_button.clicked.connect(self._open)
        self.delete_button.clicked.connect(self._ask_whether_to_delete)
        self.list.itemActivated.connect(self._open)
        self.list.itemSelectionChanged.connect(self._enable_buttons)
        self.rename_button.clicked.connect(self._ask_title)
        rename = QShortcut(QKeySequence(Qt.Key.Key_F2), self.list)
        rename.activated.connect(self._ask_title)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list)
        delete.activated.connect(self._ask_whether_to_delete)
        self._reader.failed.connect(self._show_trouble)

    @property
    def _chosen(self) -> JobSummary | None:
        items = self.list.selectedItems()
        return self._summaries[self.list.indexOfTopLevelItem(items[0])] if items else None

    def _read(self) -> None:
        self._reader.ask("jobs", read_summaries, self._show)

    def _show(self, summaries: Sequence[JobSummary]) -> None:
        if not isValid(self):
            return  # closed before the answer came
        self._summaries = summaries
        self.list.clear()
        for summary in summaries:
            self.list.addTopLevelItem(_make_item(summary, self._title_of))
        self._pages.setCurrentWidget(self.list if summaries else self.empty_label)
        if summaries:
            self._share_width()
            self.list.setCurrentIndex(self.list.model().index(0, 0))
            self.list.setFocus()
        self._enable_buttons()

    def _show_trouble(self, sentence: str) -> None:
        self._show(())
        self.empty_label.setText(sentence)

    def _enable_buttons(self) -> None:
        for button in (self.open_button, self.rename_button, self.delete_button):
            button.setEnabled(self._chosen is not None)

    def _open(self) -> None:
        if self._chosen is not None:
            self.job_chosen.emit(self._chosen.job)
            self.accept()

    def _ask_title(self) -> None:
        if self._chosen is not None:
            ask_title(self._chosen.job, self._reader, self._show_renamed, self)

    def _show_renamed(self, job: Job) -> None:
        self.job_renamed.emit(job)
        self._read()

    def _ask_whether_to_delete(self) -> None:
        if self._chosen is None:
            return
        job = self._chosen.job
        question = make_message_box(self, self.tr("Delete this batch?"))
        question.setIcon(QMessageBox.Icon.Question)
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setText(self.tr("Delete the batch “{title}”?").format(title=one_line(job.title)))
        question.setInformativeText(
            self.tr(
                "Its ages, genders and corrections are forgotten. "
                "Your photos and what you exported stay where they are."
            )
        )
        delete = question.addButton(self.tr("Delete batch"), QMessageBox.ButtonRole.DestructiveRole)
        keep = question.addButton(self.tr("Keep"), QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(keep)
        delete.clicked.connect(partial(self._delete, job.id))
        question.open()

    def _delete(self, job_id: int) -> None:
        self.job_deleted.emit(job_id)
        self._reader.write(
            lambda database: BatchStore(database).delete_job(job_id), lambda _: self._read()
        )


def _make_item(summary: JobSummary, title_of: TitleOf) -> QTreeWidgetItem:
    job, counts = summary.job, summary.counts
    begun = QDateTime.fromSecsSinceEpoch(int(job.created_at_s))
    state = "" if summary.is_finished else counted.files_left(counts.waiting)
    item = QTreeWidgetItem(
        [
            one_line(job.title),
            QLocale().toString(begun, QLocale.FormatType.ShortFormat),
            model_words(job.recipe, title_of),
            whole(counts.photos),
            whole(counts.faces),
            state if job.is_scanned else translate("JobsDialog", "Not looked through yet"),
        ]
    )
    _align_numbers(item)
    roots = map(str, job.roots)
    item.setToolTip(TITLE_COLUMN, plain_tip("\n".join((one_line(job.title), *roots))))
    item.setToolTip(MODEL_COLUMN, plain_tip(item.text(MODEL_COLUMN)))
    return item


def _align_numbers(item: QTreeWidgetItem) -> None:
    """To the right, in the header as in the rows."""
    for column in NUMBER_COLUMNS:
        item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
