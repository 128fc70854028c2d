"""The table of a job's rows."""

from array import array
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from core.batch.database import Database
from core.batch.row_filter import RowFilter
from core.batch.row_query import RowKey, labelled_photo
from gui.batch.grid.thumbnails import ThumbnailCache
from gui.batch.jobs.job_reader import JobReader
from gui.batch.row_choice import RowChoice
from gui.batch.table.column_widths import column_widths
from gui.batch.table.row_cell import ROW_PX, RowCell
from gui.batch.table.row_model import Column, Index, RowModel
from gui.theme import Theme

FILE_PX = 164
"""What the file keeps, however little room there is: the table is scrolled sideways then."""

MIN_COLUMN_PX, MIN_WIDTH_PX = 72, 280


class RowTable(QTableView):
    """Shows the rows of one job that pass one filter; the selected rows stay selected.

    Signals:
        row_chosen: carries the key of the row that has the keys now, or None.
        faces_chosen: carries the ids of all faces that are selected now.
        count_changed: how many rows there are now.
        columns_changed: the width, in px, in which none of its columns is out of sight.
    """

    row_chosen = Signal(object)
    faces_chosen = Signal(object)
    count_changed = Signal(int)
    columns_changed = Signal(int)

    def __init__(
        self,
        reader: JobReader,
        thumbnails: ThumbnailCache,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Faces and photos of this batch"))
        self._reader = reader
        self._chosen: RowKey | None = None
        self._has_videos = self._is_comparing = False
        self._widths_px = column_widths(self.font())
        self.rows = RowModel(reader, thumbnails, self.devicePixelRatioF, self)
        self.setModel(self.rows)
        self.setItemDelegate(RowCell(self.rows, theme, self))
        theme.changed.connect(self.viewport().update)
        self._dress()
        self.rows.modelReset.connect(self._restore_place)
        self.selectionModel().currentRowChanged.connect(self._tell_choice)
        self._choice = RowChoice(self, lambda: self.rows.keys, len(Column) - 1)
        self._choice.changed.connect(self._tell_faces)

    # The job page

    def set_roots(self, roots: Sequence[Path]) -> None:
        """Name files as they lie in what the job was given."""
        self.rows.set_roots(roots)

    def show_job(self, job_id: int | None) -> None:
        """Show another job from now on; None for none."""
        self._choice.forget()
        self._choose(None)
        self.clearSelection()
        self.rows.show_job(job_id)

    def show_times(self, has_videos: bool) -> None:
        """Say when people were seen, if there are videos."""
        self._has_videos = has_videos
        self._show_columns()

    def show_other_model(self, name: str) -> None:
        """Say what this model says, too, and how far both are apart; empty for none."""
        self._is_comparing = bool(name)
        self.rows.set_other_model(name)
        self._show_columns()

    def set_filter(self, row_filter: RowFilter) -> None:
        """Show the rows that pass this filter from now on."""
        self.rows.set_filter(row_filter)

    def refresh(self, in_sight: Sequence[RowKey] = ()) -> None:
        """Read again: rows were added or corrected."""
        self.rows.refresh(in_sight)

    def choose_key(self, key: RowKey, beside: Sequence[RowKey] = ()) -> None:
        """Select the row of a key, and others beside, now or when the rows are read next."""
        self._choice.choose(key, beside)

    def follow_choice(self) -> None:
        """The chosen rows are about to go: choose the next one that is left."""
        self._choice.follow()

    @property
    def chosen_widths_px(self) -> dict[Column, int]:
        """Of the columns that the user made wider or narrower."""
        header = self.horizontalHeader()
        return {
            column: header.sectionSize(column)
            for column, width_px in self._widths_px.items()
            if not self.isColumnHidden(column) and header.sectionSize(column) != width_px
        }

    @property
    def chosen_keys(self) -> "array[int]":
        """The keys of all chosen rows, from the top down."""
        return self._choice.keys

    def next_face(self) -> RowKey | None:
        """The key of the first face below the current row; None if there is none."""
        first = self.currentIndex().row() + 1
        return next((key for key in self.rows.keys[first:] if key > 0), None)

    def selectRow(self, row: int) -> None:  # noqa: N802
        """Choose a row alone."""
        self._choice.select(row)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit_file()

    def scrollTo(  # noqa: N802
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Up or down: another row, or another order, leaves the columns where they are."""
        value = self.horizontalScrollBar().value()
        super().scrollTo(index, hint)
        self.horizontalScrollBar().setValue(value)

    def moveCursor(  # noqa: N802
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End lead to the first and the last row, as they do in the grid of faces; Left
        and Right to another column, which comes into sight."""
        last = self.rows.rowCount() - 1
        ends = {self.CursorAction.MoveHome: 0, self.CursorAction.MoveEnd: last}
        if action in ends and last >= 0:
            return self.rows.index(ends[action], max(0, self.currentIndex().column()))
        index = super().moveCursor(action, modifiers)
        if action in (self.CursorAction.MoveLeft, self.CursorAction.MoveRight):
            super().scrollTo(index)
        return index

    def keyboardSearch(self, search: str) -> None:  # noqa: N802
        """Nothing: looking through every row would stall the window; the filter finds faster."""

    # Inside

    def _show_columns(self) -> None:
        """Those that have something to say."""
        self.setColumnHidden(Column.TIME, not self._has_videos)
        for column in (Column.OTHER, Column.DISTANCE):
            self.setColumnHidden(column, not self._is_comparing)
        header, bar = self.horizontalHeader(), self.verticalScrollBar()
        others_px = header.length() - header.sectionSize(Column.FILE)
        edges_px = 2 * self.frameWidth() + bar.sizeHint().width()
        self.columns_changed.emit(FILE_PX + others_px + edges_px)

    def _fit_file(self) -> None:
        """The file takes what the other columns leave."""
        header = self.horizontalHeader()
        taken_px = header.length() - header.sectionSize(Column.FILE)
        room_px = self.viewport().width() - taken_px
        header.resizeSection(Column.FILE, max(FILE_PX, room_px))

    def _dress(self) -> None:
        self.setObjectName("rows")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
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
        # Of the table's own one, it would ask for every cell whether a column is selected.
        header.setSelectionModel(QItemSelectionModel(self.rows, header))
        header.setMinimumSectionSize(MIN_COLUMN_PX)
        header.setSectionResizeMode(Column.FILE, QHeaderView.ResizeMode.Fixed)
        for column, width_px in self._widths_px.items():
            header.resizeSection(column, width_px)
        self._show_columns()
        header.sectionResized.connect(self._fit_file)
        self.setMinimumWidth(MIN_WIDTH_PX)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def _choose(self, key: RowKey | None) -> None:
        if key != self._chosen:
            self._chosen = key
            self.row_chosen.emit(key)

    def _tell_choice(self, index: QModelIndex) -> None:
        if index.isValid() and not self._choice.is_restoring:
            QTimer.singleShot(0, self._select_something)
        self._choose(self.rows.key_at(index.row()) if index.isValid() else None)

    def _select_something(self) -> None:
        """A table that gets the keys only marks its first row. Not amid what marks it: a click
        with Ctrl would take that back."""
        index = self.currentIndex()
        if index.isValid() and not self.selectionModel().hasSelection():
            flag = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(index, flag.Select | flag.Rows)

    def _tell_faces(self) -> None:
        self.faces_chosen.emit(tuple(key for key in self.chosen_keys if key > 0))

    def _restore_place(self) -> None:
        self.count_changed.emit(self.rows.rowCount())
        if self._choice.restore(self._chosen):
            return
        lost = self._chosen
        self._choose(None)
        self._choice.note()
        if lost is not None and lost < 0:
            self._reader.ask("answered photo", partial(_first_face, -lost), self._choose_face)

    def _choose_face(self, face_id: int | None) -> None:
        """The photo that was chosen has faces by now."""
        if face_id is None or self.rows.row_of(face_id) is None:
            return
        if self._chosen is None and not self._choice.is_awaiting:
            self.choose_key(face_id)


def _first_face(photo_id: int, database: Database) -> int | None:
    photo = labelled_photo(database, photo_id)
    return photo.faces[0].id if photo and photo.faces else None
