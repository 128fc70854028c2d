"""What became of an export: a sentence, the photos left out, and the way to the folder."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout

from core.batch.export.report import ExportReport
from core.text import printable
from gui.batch.export.export_formats import failures_title, result_text
from gui.batch.export.export_run import ExportRun
from gui.language.translation import said

MAX_LISTED = 1000
LIST_HEIGHT_PX = 112


class ExportResult(QFrame):
    """Hidden until there is something to say.

    Signals:
        folder_wanted: the button was pressed; carries the folder.
    """

    folder_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.folder_button = QPushButton(self.tr("Open &folder"))
        self.folder_button.clicked.connect(self._want_folder)
        self.failures_label = QLabel()
        self.failures = QPlainTextEdit()
        self.failures.setReadOnly(True)
        self.failures.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.failures.setFixedHeight(LIST_HEIGHT_PX)
        self.failures.setAccessibleName(self.tr("Photos that were left out"))
        self._folder: Path | None = None
        self._lay_out()

    def show_report(self, run: ExportRun, trouble: str | None, folder: Path) -> None:
        """Say what an export wrote, and into which folder."""
        self._folder = folder
        self.sentence.setText(printable(result_text(run.task, run.report, trouble)))
        self.folder_button.setVisible(run.report.written_count > 0)
        self._list_failures(run.report)
        self.show()

    def show_trouble(self, sentence: str) -> None:
        """Say why nothing can be written at all."""
        self.sentence.setText(sentence)
        self.folder_button.hide()
        self._list_failures(ExportReport())
        self.show()

    def _list_failures(self, report: ExportReport) -> None:
        self.failures_label.setVisible(bool(report.failures))
        self.failures.setVisible(bool(report.failures))
        self.failures_label.setText(failures_title(report))
        lines = [
            printable(f"{said(reason)}  ({path.parent})")
            for path, reason in report.failures[:MAX_LISTED]
        ]
        if len(report.failures) > MAX_LISTED:
            lines.append("…")
        self.failures.setPlainText("\n".join(lines))

    def _want_folder(self) -> None:
        self.folder_wanted.emit(self._folder)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(16)
        above.addWidget(self.sentence, 1)
        above.addWidget(self.folder_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(above)
        column.addWidget(self.failures_label)
        column.addWidget(self.failures)
