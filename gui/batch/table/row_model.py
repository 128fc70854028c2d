"""The rows of a job for a table: their keys in memory, what is shown of them read on demand."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any, TypeAlias

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QImage

from core.batch.database import Database
from core.batch.record import LabelledFace, PhotoState, TableRow
from core.batch.row_filter import RowFilter, RowOrder
from core.batch.row_query import RowKey, table_rows
from gui.batch.grid.thumbnails import ThumbnailCache
from gui.batch.jobs.job_reader import JobReader
from gui.batch.key_list import KeyList
from gui.batch.row_drag import files_to_drag
from gui.batch.table import row_text
from gui.language.translation import marked, translate
from gui.language.words import gender_word
from gui.plain_tip import plain_tip

PAGE_ROWS = 64
MAX_PAGES = 64
PAGES_AT_ONCE = 4
THUMBNAIL_PX = 48

Index: TypeAlias = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """From left to right: a small window shows the first ones at once."""

    FILE = 0
    AGE = 1
    GENDER = 2
    DISTANCE = 3
    OTHER = 4
    STATE = 5
    TIME = 6


TITLES = {
    Column.FILE: marked("RowModel", "File"),
    Column.AGE: marked("RowModel", "Age"),
    Column.GENDER: marked("RowModel", "Gender"),
    Column.OTHER: marked("RowModel", "Other model"),
    Column.DISTANCE: marked("RowModel", "Apart"),
    Column.STATE: marked("RowModel", "How sure"),
    Column.TIME: marked("RowModel", "Seen"),
}
_ORDERS = {
    Column.FILE: RowOrder.FILE,
    Column.AGE: RowOrder.AGE,
    Column.GENDER: RowOrder.GENDER,
    Column.OTHER: RowOrder.OTHER_AGE,
    Column.DISTANCE: RowOrder.DISTANCE,
    Column.STATE: RowOrder.CERTAINTY,
    Column.TIME: RowOrder.TIME,
}


def row_order(column: int) -> RowOrder:
    """What a column sorts by; below 0, no column does."""
    return RowOrder.SCAN if column < 0 else _ORDERS[Column(column)]


class RowModel(QAbstractTableModel):
    """Never waits: a row that is not read yet is empty, and told as changed when it is there.

    Args:
        pixel_ratio: px of the screen per px of the window, for sharp thumbnails.
    """

    def __init__(
        self,
        reader: JobReader,
        thumbnails: ThumbnailCache,
        pixel_ratio: Callable[[], float],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._reader = reader
        self._thumbnails = thumbnails
        self._pixel_ratio = pixel_ratio
        self._list = KeyList(reader, "table keys", self._take_keys)
        self._roots: Sequence[Path] = ()
        self._other_model = ""
        self._keys: array[int] = array("q")
        self._pages: OrderedDict[int, dict[RowKey, TableRow]] = OrderedDict()
        self._before: dict[RowKey, TableRow] = {}
        self._wanted: list[int] = []
        self._is_reading = False
        thumbnails.ready.connect(self._tell_thumbnail)
        reader.failed.connect(self._forget_question)

    # What is shown

    @property
    def roots(self) -> Sequence[Path]:
        """What the job was given."""
        return self._roots

    def set_roots(self, roots: Sequence[Path]) -> None:
        """Name files as they lie in one folder that was given."""
        self._roots = roots

    def set_other_model(self, name: str) -> None:
        """Name the model whose answers stand beside; empty for none."""
        self._other_model = name
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, Column.OTHER, Column.OTHER)

    def show_job(self, job_id: int | None) -> None:
        """Show another job."""
        self._list.show_job(job_id)

    def set_filter(self, row_filter: RowFilter) -> None:
        """Show other rows of the job."""
        self._list.set_filter(row_filter)

    def refresh(self, in_sight: Sequence[RowKey] = ()) -> None:
        """Read again: rows were added or corrected."""
        self._list.refresh(in_sight)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        descending = order is Qt.SortOrder.DescendingOrder
        self._list.set_order(row_order(column), descending=descending)

    @property
    def keys(self) -> "array[int]":
        """The keys of all rows, in order."""
        return self._keys

    def key_at(self, row: int) -> RowKey | None:
        """The key of a row; None beyond the last."""
        return self._keys[row] if 0 <= row < len(self._keys) else None

    def row_of(self, key: RowKey) -> int | None:
        """Where a key is; None if it is not shown."""
        try:
            return self._keys.index(key)
        except ValueError:
            return None

    # Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(Column)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self._title(Column(section))
            if role == Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._title(Column(section)))
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        return None

    def _title(self, column: Column) -> str:
        is_named = column is Column.OTHER and self._other_model
        return self._other_model if is_named else self.tr(TITLES[column])

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDragActions(self) -> Qt.DropAction:  # noqa: N802
        """Photos are copied, and never moved."""
        return Qt.DropAction.CopyAction

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802
        """The photos of rows, those that were scrolled past long ago excepted."""
        return files_to_drag(indexes, self.row)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = Column(index.column())
        if role not in _ROLES:
            return None
        row = self.row(index.row())
        return None if row is None else self._value(row, column, role)

    def _value(self, row: TableRow, column: Column, role: int) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(_tip(row, column)) or None
        if column is Column.FILE:
            return row_text.file_text(row.facts.path, self._roots)
        is_heard = role == Qt.ItemDataRole.AccessibleTextRole
        return _whole_text(row, column) if is_heard else _text(row, column)

    def thumbnail(self, row: TableRow) -> QImage | None:
        """The picture of a row; None while there is none, a null one where there cannot be."""
        if row.facts.state is not PhotoState.DONE:
            return None
        box = None if row.face is None else row.face.face.box
        ratio = self._pixel_ratio()
        size_px = round(THUMBNAIL_PX * ratio)
        picture = self._thumbnails.picture(_key_of(row), row.facts, box, size_px)
        if picture is not None:
            picture.setDevicePixelRatio(ratio)
        return picture

    def _take_keys(self, keys: "array[int]") -> None:
        self.beginResetModel()
        self._keys = keys
        # Shown until they are read again, so that nothing flickers while a job runs.
        if self._pages:
            self._before = {key: row for rows in self._pages.values() for key, row in rows.items()}
        self._pages.clear()
        self._wanted.clear()
        self.endResetModel()

    # Pages

    def row(self, number: int) -> TableRow | None:
        """The row, if it is read; else it will be."""
        page = number // PAGE_ROWS
        rows = self._pages.get(page)
        if rows is None:
            self._want(page)
            return self._before.get(self._keys[number])
        self._pages.move_to_end(page)
        return rows.get(self._keys[number])

    def _want(self, page: int) -> None:
        if page in self._wanted:
            self._wanted.remove(page)
        self._wanted.append(page)
        self._read()

    def _read(self) -> None:
        """Ask for the pages that were wanted last; the others were scrolled past."""
        if self._is_reading or not self._wanted:
            return
        pages = self._wanted[-PAGES_AT_ONCE:]
        self._wanted.clear()
        self._is_reading = True
        keys, found = self._keys, [self._page_keys(page) for page in pages]

        def query(database: Database) -> list[dict[RowKey, TableRow]]:
            return [{_key_of(row): row for row in table_rows(database, part)} for part in found]

        self._reader.ask("table rows", query, lambda rows: self._take_pages(keys, pages, rows))

    def _page_keys(self, page: int) -> "array[int]":
        return self._keys[page * PAGE_ROWS : (page + 1) * PAGE_ROWS]

    def _take_pages(
        self, keys: "array[int]", pages: Sequence[int], found: Sequence[dict[RowKey, TableRow]]
    ) -> None:
        self._is_reading = False
        if keys is self._keys:
            for page, rows in zip(pages, found, strict=True):
                self._pages[page] = rows
                self._tell_page(page)
            while len(self._pages) > MAX_PAGES:
                self._pages.popitem(last=False)
        self._read()

    def _tell_page(self, page: int) -> None:
        last = min((page + 1) * PAGE_ROWS, len(self._keys)) - 1
        self.dataChanged.emit(self.index(page * PAGE_ROWS, 0), self.index(last, len(Column) - 1))

    def _forget_question(self) -> None:
        """After trouble with the store no answer comes; the next paint asks again."""
        self._is_reading = False

    def _tell_thumbnail(self, key: RowKey) -> None:
        for page, rows in self._pages.items():
            if key in rows:
                row = page * PAGE_ROWS + self._page_keys(page).index(key)
                index = self.index(row, Column.FILE)
                self.dataChanged.emit(index, index, [Qt.ItemDataRole.DecorationRole])
                return


_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)

_FACE_TEXTS = {
    Column.TIME: row_text.time_text,
    Column.AGE: row_text.age_text,
    Column.GENDER: row_text.gender_text,
    Column.OTHER: row_text.other_text,
    Column.DISTANCE: row_text.distance_text,
}


def _key_of(row: TableRow) -> RowKey:
    return -row.facts.id if row.face is None else row.face.id


def _text(row: TableRow, column: Column) -> str:
    """The main line of a cell beside the file's."""
    if column is Column.STATE:
        return row_text.state_text(row)
    return "" if row.face is None else _FACE_TEXTS[column](row.face)


def _whole_text(row: TableRow, column: Column) -> str:
    """All lines of a cell beside the file's, in one."""
    text, face = _text(row, column), row.face
    if face is None:
        return text
    lines = {
        Column.GENDER: (text, row_text.confidence_note(face)),
        Column.DISTANCE: (text, row_text.contradiction_text(face)),
        Column.STATE: (row_text.certainty_text(face), text),
    }
    return ", ".join(line for line in lines.get(column, (text,)) if line)


def _tip(row: TableRow, column: Column) -> str:
    """What a narrow table cuts off, or what the model says where a person says otherwise."""
    face = row.face
    if column is Column.FILE:
        number = "" if face is None else row_text.number_text(face, row.facts.face_count)
        return "\n".join(line for line in (str(row.facts.path), number) if line)
    if face is None:
        return row_text.state_text(row)
    return _estimated_text(face, column) or _whole_text(row, column)


def _estimated_text(face: LabelledFace, column: Column) -> str:
    estimated = ""
    if column is Column.AGE and face.is_corrected:
        age = row_text.estimated_age_text(face.face.estimate)
        estimated = age or translate("RowModel", "no age")
    elif column is Column.GENDER and face.is_corrected and face.face.gender is not None:
        estimated = gender_word(face.face.gender).lower()
    words = translate("RowModel", "Estimated: {words}")
    return words.format(words=estimated) if estimated else ""
