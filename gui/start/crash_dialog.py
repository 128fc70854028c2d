"""What a bug looks like to the user: one dialog, with the report to copy."""

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from gui.window.screen_fit import keep_on_screen

logger = logging.getLogger(__name__)


def report_bug() -> None:
    """Report the exception at hand as if it had ended its thread, which may go on."""
    kind, error, trace = sys.exc_info()
    arguments = (kind, error, trace, threading.current_thread())
    threading.excepthook(threading.ExceptHookArgs(arguments))


class CrashDialog(QDialog):
    """Shows a report and copies it."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Visage met a bug"))
        self.resize(640, 420)
        keep_on_screen(self)
        heading = QLabel(self.tr("Something went wrong inside Visage"))
        heading.setObjectName("heading")
        advice = QLabel(self.tr("Your files are as they were. The report below helps to mend it."))
        advice.setObjectName("muted")
        advice.setWordWrap(True)
        self._report = QPlainTextEdit(report)
        self._report.setReadOnly(True)
        self._report.setAccessibleName(self.tr("Report"))
        self._report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = buttons.addButton(
            self.tr("&Copy report"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.copy_button.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(8)
        for widget in (heading, advice, self._report, buttons):
            column.addWidget(widget)
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report.toPlainText())


class CrashReporter(QObject):
    """Catches what nobody else did, in any thread: into the log, then one dialog at a time.

    Signals:
        crashed: the report; may come from any thread.
    """

    crashed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._dialog: CrashDialog | None = None
        self.crashed.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """From now on every uncaught exception is reported."""
        sys.excepthook = self._report
        threading.excepthook = lambda bug: self._report(
            bug.exc_type, bug.exc_value or bug.exc_type(), bug.exc_traceback
        )

    def _report(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        logger.critical("Uncaught exception", exc_info=(kind, error, trace))
        self.crashed.emit("".join(traceback.format_exception(kind, error, trace)))

    def _show(self, report: str) -> None:
        if self._dialog is not None and self._dialog.isVisible():
            return
        self._dialog = CrashDialog(report)
        self._dialog.open()
