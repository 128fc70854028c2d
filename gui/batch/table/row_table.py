"""The table of a job's rows."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from core.batch.row_filter import RowFilter
from core.batch.row_query import RowKey
from gui.batch.grid.thumbnails import ThumbnailCache
from gui.batch.jobs.job_reader import JobReader
from gui.batch.table.row_model import THUMBNAIL_PX, Column, RowModel
from gui.theme import Theme

ROW_PX = THUMBNAIL_PX + 8
WIDTHS_PX = {
    Column.FILE: 264,
    Column.FACE: 56,
    Column.AGE: 112,
    Column.GENDER: 96,
    Column.CONFIDENCE: 104,
}


class RowTable(QTableView):
    """Shows the rows of one job that pass one filter; the selected row stays selected.

    Signals:
        row_chosen: carries the key of the row that is selected now, or None.
        count_changed: how many rows there are now.
    """

    row_chosen = Signal(object)
    count_changed = Signal(int)

    def __init__(
        self,
        reader: JobReader,
        thumbnails: ThumbnailCache,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("Faces and photos of this batch")
        self._chosen: RowKey | None = None
        self._awaited: RowKey | None = None
        self._scroll_value = 0
        self.rows = RowModel(reader, thumbnails, theme, self.devicePixelRatioF, self)
        self.setModel(self.rows)
        self.setItemDelegateForColumn(Column.FILE, _ThumbnailDelegate(self))
        self.setItemDelegateForColumn(Column.STATE, _SentenceDelegate(self))
        self._dress()
        self.rows.modelAboutToBeReset.connect(self._remember_place)
        self.rows.modelReset.connect(self._restore_place)
        self.selectionModel().currentRowChanged.connect(self._tell_choice)

    # The job page

    def set_roots(self, roots: Sequence[Path]) -> None:
        """Name files as they lie in what the job was given."""
        self.rows.set_roots(roots)

    def show_job(self, job_id: int | None) -> None:
        """Show another job from now on; None for none."""
        self._awaited = None
        self._choose(None)
        self.rows.show_job(job_id)

    def set_filter(self, row_filter: RowFilter) -> None:
        """Show the rows that pass this filter from now on."""
        self.rows.set_filter(row_filter)

    def refresh(self) -> None:
        """Read again: rows were added or corrected."""
        self.rows.refresh()

    def choose_key(self, key: RowKey) -> None:
        """Select the row of a key, if it is shown, now or when the rows are read next."""
        row = self.rows.row_of(key)
        self._awaited = key if row is None else None
        if row is not None:
            self.setCurrentIndex(self.rows.index(row, max(0, self.currentIndex().column())))

    def keyboardSearch(self, search: str) -> None:  # noqa: N802
        """Nothing: looking through every row would stall the window; the filter finds faster."""

    # Inside

    def _dress(self) -> None:
        self.setObjectName("rows")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setIconSize(QSize(THUMBNAIL_PX, THUMBNAIL_PX))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        vertical = self.verticalHeader()
        vertical.hide()
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setDefaultSectionSize(ROW_PX)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(56)
        header.setStretchLastSection(True)
        for column, width_px in WIDTHS_PX.items():
            header.resizeSection(column, width_px)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def _choose(self, key: RowKey | None) -> None:
        if key != self._chosen:
            self._chosen = key
            self.row_chosen.emit(key)

    def _tell_choice(self, index: QModelIndex) -> None:
        if index.isValid() and not self.selectionModel().isSelected(index):
            self.selectRow(index.row())  # a table that gets the keys only marks its first row
        self._choose(self.rows.key_at(index.row()) if index.isValid() else None)

    def _remember_place(self) -> None:
        self._scroll_value = self.verticalScrollBar().value()

    def _restore_place(self) -> None:
        """Select the same row as before, wherever it lies now, or the one that was waited for."""
        self.count_changed.emit(self.rows.rowCount())
        awaited, self._awaited = self._awaited, None
        if awaited is not None and self.rows.row_of(awaited) is not None:
            self.choose_key(awaited)
            return
        row = None if self._chosen is None else self.rows.row_of(self._chosen)
        if row is None:
            self._choose(None)
            return
        self.setCurrentIndex(self.rows.index(row, 0))
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(self._scroll_value)


class _ThumbnailDelegate(QStyledItemDelegate):
    """Leaves the same room for every thumbnail, be it wide, high or not there yet."""

    def initStyleOption(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
        option.decorationSize = QSize(THUMBNAIL_PX, THUMBNAIL_PX)
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        if picture is not None:  # in its own colours, in a chosen row, too
            option.icon = QIcon()
            for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
                option.icon.addPixmap(QPixmap.fromImage(picture), mode)


class _SentenceDelegate(QStyledItemDelegate):
    """Cuts at the end: the beginning of a sentence says most."""

    def initStyleOption(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideRight
