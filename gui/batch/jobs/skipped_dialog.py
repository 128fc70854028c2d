"""The list of what a job left out, each with its reason."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core.batch.scan import SkippedFile
from gui.batch.table.row_text import file_text
from gui.language.translation import said, translate
from gui.plain_tip import plain_tip
from gui.window.screen_fit import keep_on_screen

Index: TypeAlias = QModelIndex | QPersistentModelIndex
FILE_WIDTH_PX = 260


class SkippedDialog(QDialog):
    """Shows files and reasons; any number of them.

    Args:
        roots: what the job was given: files are named as they lie in there.
    """

    def __init__(
        self, skipped: Sequence[SkippedFile], roots: Sequence[Path], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Left out"))
        self.resize(760, 480)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        text = self.tr("%Ln file(s) were left out:", "", len(skipped))
        column.addWidget(QLabel(text))
        self.table = QTableView()
        self.table.setModel(_SkippedModel(skipped, roots, self))
        _dress(self.table)
        column.addWidget(self.table)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        keep_on_screen(self)


class _SkippedModel(QAbstractTableModel):
    def __init__(
        self, skipped: Sequence[SkippedFile], roots: Sequence[Path], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._skipped = skipped
        self._roots = roots
        self._titles = self.tr("File or folder"), self.tr("Why it was left out")

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._skipped)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._titles)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return self._titles[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        one = self._skipped[index.row()]
        is_tip = role == Qt.ItemDataRole.ToolTipRole
        if index.column() == 1:
            return plain_tip(said(one.reason)) if is_tip else said(one.reason)
        return plain_tip(str(one.path)) if is_tip else file_text(one.path, self._roots)


def _dress(table: QTableView) -> None:
    table.setAccessibleName(translate("SkippedDialog", "Files that were left out"))
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().resizeSection(0, FILE_WIDTH_PX)
    table.horizontalHeader().setStretchLastSection(True)
