"""The faces of a job for a grid: their keys in memory, what is shown of them read on demand."""

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from PySide6.QtCore import (
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QStringListModel,
    Qt,
)

from core.batch.record import LabelledFace, TableRow
from core.batch.row_filter import RowFilter, RowKind, RowOrder
from core.batch.row_query import RowKey, table_rows
from gui.batch.jobs.job_reader import JobReader
from gui.batch.key_list import KeyList
from gui.batch.row_drag import files_to_drag
from gui.picture.face_painter import label_parts
from gui.plain_tip import plain_tip

MAX_ROWS = 4000
MAX_AT_ONCE = 400

Index: TypeAlias = QModelIndex | QPersistentModelIndex


class FaceModel(QStringListModel):
    """Never waits: a face that is not read yet is empty, and told as changed when it is there.

    It is a list of strings that nobody reads: a view that lays out 100,000 items asks for their
    number as often, and only a model whose rows Qt itself counts answers without a stall.
    """

    def __init__(self, reader: JobReader, parent: QObject) -> None:
        super().__init__(parent)
        self._reader = reader
        self._list = KeyList(reader, "face keys", self._take_keys, faces_only)
        self._keys: array[int] = array("q")
        self._rows: OrderedDict[int, TableRow] = OrderedDict()
        self._old_keys: set[int] = set()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._is_reading = False
        reader.failed.connect(self._forget_question)

    # What is shown

    def show_job(self, job_id: int | None) -> None:
        """Show the faces of another job."""
        self._rows.clear()
        self._list.show_job(job_id)

    def set_filter(self, row_filter: RowFilter) -> None:
        """Show the faces that pass."""
        self._list.set_filter(row_filter)

    def set_order(self, order: RowOrder, *, descending: bool) -> None:
        """Show the faces in another order."""
        self._list.set_order(order, descending=descending)

    def refresh(self, in_sight: Sequence[RowKey] = ()) -> None:
        """Read again: faces were added or corrected."""
        self._list.refresh(in_sight)

    @property
    def keys(self) -> "array[int]":
        """The ids of the faces, in order."""
        return self._keys

    def face_row(self, number: int) -> TableRow | None:
        """What is known of a face; None if it is still to be read."""
        key = self._keys[number]
        if key in self._rows:
            self._rows.move_to_end(key)
        if key not in self._rows or key in self._old_keys:
            self._wanted[key] = None
            self._wanted.move_to_end(key)
            self._read()
        return self._rows.get(key)

    def number_of(self, key: int) -> int | None:
        """Where a face is; None if it is not shown."""
        try:
            return self._keys.index(key)
        except ValueError:
            return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDragActions(self) -> Qt.DropAction:  # noqa: N802
        """Photos are copied, and never moved."""
        return Qt.DropAction.CopyAction

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802
        """The photos of faces, those that were scrolled past long ago excepted."""
        return files_to_drag(indexes, self.face_row)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ROLES or not 0 <= index.row() < len(self._keys):
            return None
        row = self.face_row(index.row())
        if row is None or row.face is None:
            return None
        label = self._label(row.face)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{row.facts.path}\n{label}")
        return label

    def _label(self, face: LabelledFace) -> str:
        """ "34 · 29–39 · Female 95 %", as the picture has it."""
        parts = label_parts(face.shown)
        return " · ".join(part.text for part in parts) or self.tr("Face")

    def _take_keys(self, keys: "array[int]") -> None:
        """Add what came at the end, or begin anew; what is shown stays until it is read again."""
        self._old_keys = set(self._rows)
        known_count = len(self._keys)
        grows = bool(known_count) and keys[:known_count] == self._keys
        self._keys = keys
        if not grows:
            self.setStringList([""] * len(keys))
        elif len(keys) > known_count:
            self.insertRows(known_count, len(keys) - known_count)
        if grows:
            self.dataChanged.emit(self.index(0), self.index(known_count - 1))

    # Rows

    def _read(self) -> None:
        """Ask for the faces that were wanted last; the others were scrolled past."""
        if self._is_reading or not self._wanted:
            return
        keys = list(self._wanted)[-MAX_AT_ONCE:]
        self._wanted.clear()
        self._is_reading = True
        job_id = self._list.job_id
        self._reader.ask(
            "face rows",
            lambda database: table_rows(database, keys),
            lambda rows: self._take_rows(job_id, keys, rows),
        )

    def _take_rows(self, job_id: int | None, keys: Sequence[int], rows: Sequence[TableRow]) -> None:
        self._is_reading = False
        if job_id == self._list.job_id:
            self._rows.update((row.face.id, row) for row in rows if row.face is not None)
            self._old_keys.difference_update(keys)
            while len(self._rows) > MAX_ROWS:
                self._rows.popitem(last=False)
            if self._keys:
                self.dataChanged.emit(self.index(0), self.index(len(self._keys) - 1))
        self._read()

    def _forget_question(self) -> None:
        """After trouble with the store no answer comes; the next paint asks again."""
        self._is_reading = False


_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


def faces_only(row_filter: RowFilter) -> RowFilter | None:
    """The filter without rows that show no face; None if no face can pass."""
    if row_filter.kinds and RowKind.FACE not in row_filter.kinds:
        return None
    return replace(row_filter, kinds=frozenset({RowKind.FACE}))
