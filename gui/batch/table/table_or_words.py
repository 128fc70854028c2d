"""The table, or what there is to say while it has no rows."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStackedWidget

from gui.batch.table.row_table import RowTable


class TableOrWords(QStackedWidget):
    """Shows the table as soon as it has a row."""

    def __init__(self, table: RowTable) -> None:
        super().__init__()
        self._table = table
        self._label = QLabel()
        self._label.setObjectName("muted")
        self._label.setWordWrap(True)
        self._label.setMargin(32)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.addWidget(table)
        self.addWidget(self._label)
        self.setCurrentWidget(self._label)
        table.count_changed.connect(self._choose)

    @property
    def words(self) -> str:
        """What is said in the place of rows; empty while there are any."""
        return self._label.text() if self.currentWidget() is self._label else ""

    def say(self, words: str) -> None:
        """Say why the table is empty, as long as it is."""
        self._label.setText(words)

    def _choose(self, count: int) -> None:
        self.setCurrentWidget(self._table if count else self._label)
