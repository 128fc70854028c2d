"""The faces of a job side by side."""

from array import array
from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.batch.row_filter import EVERY_ROW, RowFilter, RowOrder
from core.batch.row_query import RowKey
from gui.batch.grid.face_cell import FaceCell
from gui.batch.grid.face_model import FaceModel
from gui.batch.grid.thumbnails import ThumbnailCache
from gui.batch.jobs.job_reader import JobReader
from gui.batch.row_choice import RowChoice
from gui.theme import Theme


class GridPage(QWidget):
    """A JobPage with one cell per face; photos without a face have none.

    Signals:
        face_chosen: carries the id of the face that has the keys now.
        faces_chosen: carries the ids of all faces that are selected now.
    """

    face_chosen = Signal(object)
    faces_chosen = Signal(object)

    def __init__(self, reader: JobReader, thumbnails: ThumbnailCache, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self.faces = FaceModel(reader, self)
        self.view = FaceGrid(self.faces, FaceCell(self.faces, thumbnails, theme, self))
        self.empty_label = QLabel()
        self.empty_label.setObjectName("muted")
        self.empty_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._job_id: int | None = None
        self._filter = EVERY_ROW
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty_label)
        self._stack.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.view.face_chosen.connect(self.face_chosen)
        self.view.faces_chosen.connect(self.faces_chosen)
        self.faces.modelReset.connect(self._show_or_say_why_not)
        self.faces.rowsInserted.connect(self._show_or_say_why_not)
        thumbnails.ready.connect(self._draw_again)
        theme.changed.connect(self._draw_again)

    @property
    def is_empty(self) -> bool:
        """Whether a sentence stands where the faces would be."""
        return self._stack.currentIndex() == 0

    def show_job(self, job_id: int | None) -> None:
        """Show the faces of another job from now on."""
        self._job_id = job_id
        self.view.forget_choice()
        self.faces.show_job(job_id)

    def set_filter(self, row_filter: RowFilter) -> None:
        """Show the faces that pass this filter from now on."""
        self._filter = row_filter
        self.faces.set_filter(row_filter)

    def set_order(self, order: RowOrder, *, descending: bool = False) -> None:
        """Show the faces in this order from now on."""
        self.faces.set_order(order, descending=descending)

    def refresh(self, in_sight: Sequence[RowKey] = ()) -> None:
        """Read again: faces were added or corrected."""
        self.faces.refresh(in_sight)

    def choose_key(self, key: int, beside: Sequence[int] = ()) -> None:
        """Select a face, and others beside, if they are shown."""
        self.view.choose(key, beside)

    def _draw_again(self) -> None:
        self.view.viewport().update()

    def _show_or_say_why_not(self) -> None:
        self._stack.setCurrentIndex(1 if self.faces.keys else 0)
        if self._job_id is None:
            self.empty_label.setText(self.tr("Open a job to see its faces."))
        elif self._filter != EVERY_ROW:
            self.empty_label.setText(self.tr("No face passes the filter."))
        else:
            self.empty_label.setText(self.tr("No faces yet."))


class FaceGrid(QListView):
    """The cells; the chosen faces stay chosen when others come or go.

    Signals:
        face_chosen: carries the id of the face that has the keys now.
        faces_chosen: carries the ids of all faces that are selected now.
    """

    face_chosen = Signal(object)
    faces_chosen = Signal(object)

    def __init__(self, faces: FaceModel, cell: FaceCell) -> None:
        super().__init__()
        self._faces = faces
        self._cell = cell
        self._chosen: int | None = None
        self.setAccessibleName(self.tr("Faces"))
        self.setFrameShape(QListView.Shape.NoFrame)
        # Cells in rows, as in icon mode, but laid out ten times as fast.
        self.setViewMode(QListView.ViewMode.ListMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionRectVisible(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bar = self.verticalScrollBar()
        bar.setEnabled(False)
        bar.rangeChanged.connect(lambda least, most: bar.setEnabled(most > least))
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setItemDelegate(cell)
        self.setModel(faces)
        self.selectionModel().currentChanged.connect(self._tell_choice)
        self._choice = RowChoice(self, lambda: self._faces.keys)
        faces.modelReset.connect(self._restore_place)
        faces.rowsInserted.connect(self._choice.choose_awaited)
        self._choice.changed.connect(lambda: self.faces_chosen.emit(tuple(self.chosen_keys)))

    def choose(self, key: int, beside: Sequence[int] = ()) -> None:
        """Select a face, and others beside, now or when faces are read next."""
        if key == self._chosen and self._faces.number_of(key) is not None:
            self._choice.forget()
        else:
            self._choice.choose(key, beside)

    def follow_choice(self) -> None:
        """The chosen faces are about to go: choose the next one that is left."""
        self._choice.follow()

    def forget_choice(self) -> None:
        """Select no face, and begin at the top."""
        self._chosen = None
        self._choice.forget()
        self.clearSelection()
        self.verticalScrollBar().setValue(0)

    @property
    def chosen_keys(self) -> "array[int]":
        """The ids of all chosen faces, from the top down."""
        return self._choice.keys

    def next_face(self) -> int | None:
        """The id of the face after the current one; None if that is the last."""
        number = self.currentIndex().row() + 1
        return self._faces.keys[number] if number < len(self._faces.keys) else None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """As many columns as there is room for, the rest shared out among them."""
        least = self._cell.least_size(self.fontMetrics())
        width_px = self.viewport().width() - 1
        columns = max(1, width_px // least.width())
        self._cell.size = QSize(width_px // columns, least.height())
        self.setGridSize(self._cell.size)
        super().resizeEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802
        """Nothing: looking through every face would stall the window; the filter finds faster."""

    def _tell_choice(self, index: QModelIndex) -> None:
        if index.isValid() and self._faces.keys[index.row()] != self._chosen:
            self._chosen = self._faces.keys[index.row()]
            self.face_chosen.emit(self._chosen)

    def _restore_place(self) -> None:
        if not self._choice.restore(self._chosen):
            self._choice.scroll_back()
