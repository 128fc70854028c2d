"""One choice of rows for the table, the faces side by side, and the panel beside them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from core.batch.row_query import RowKey
from gui.batch.grid.grid_page import FaceGrid, GridPage
from gui.batch.page_switch import PageSwitch
from gui.batch.panel.face_panel import FacePanel
from gui.batch.table.row_model import row_order
from gui.batch.table.row_table import RowTable


class SharedChoice(QObject):
    """What is chosen where it is seen is chosen everywhere, and shown by the panel."""

    def __init__(
        self, pages: PageSwitch, table: RowTable, grid: GridPage, panel: FacePanel
    ) -> None:
        super().__init__(pages)
        self._pages = pages
        self._table = table
        self._grid = grid
        self._panel = panel
        table.row_chosen.connect(partial(self._show_chosen, table))
        table.faces_chosen.connect(partial(self._choose_faces, table))
        table.horizontalHeader().sortIndicatorChanged.connect(self._order_faces)
        grid.face_chosen.connect(partial(self._show_chosen, grid.view))
        grid.faces_chosen.connect(partial(self._choose_faces, grid.view))
        panel.face_clicked.connect(self.choose_key)
        panel.preview.left.connect(self.focus_rows)
        panel.form.left.connect(self.focus_rows)
        panel.form.next_wanted.connect(self.go_to_next_face)

    @property
    def keys(self) -> Sequence[RowKey]:
        """Of all rows that are chosen now."""
        return self._rows.chosen_keys

    def focus_rows(self) -> None:
        """Let the keys go to the rows, or to the faces, whichever are shown."""
        self._rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self) -> None:
        """The chosen rows are about to go: choose the next one that is left."""
        self._rows.follow_choice()

    def go_to_next_face(self) -> None:
        """Choose the face after the current one, if there is one."""
        key = self._rows.next_face()
        if key is not None:
            self.choose_key(key)

    def choose_key(self, key: RowKey, beside: Sequence[RowKey] = ()) -> None:
        """Point out a row, and others beside, in the table and among the faces if it is there."""
        self._table.choose_key(key, beside)
        self._grid.choose_key(key, beside)
        self._panel.show_key(key)

    @property
    def _rows(self) -> RowTable | FaceGrid:
        """The rows, or the faces, whichever are shown."""
        is_grid = self._pages.stack.currentWidget() is self._grid
        return self._grid.view if is_grid else self._table

    def _show_chosen(self, rows: QWidget, key: RowKey | None) -> None:
        """Show what is chosen where it is seen."""
        if rows is self._rows:
            self._panel.show_key(key)

    def _choose_faces(self, rows: QWidget, face_ids: Sequence[int]) -> None:
        """Correct what is chosen where it is seen: rows that are read out of sight say nothing."""
        if rows is self._rows:
            self._panel.choose_faces(face_ids)

    def _order_faces(self, column: int, order: Qt.SortOrder) -> None:
        """Faces follow the order of the table."""
        descending = order is Qt.SortOrder.DescendingOrder
        self._grid.set_order(row_order(column), descending=descending)
