"""The log: one rotating file, into which Qt's own messages go too."""

import logging
import os
import sys
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from core import paths
from core.text import terminal_text

FILE_NAME = "visage.log"
MAX_BYTES = 1_000_000
LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
qt_logger = logging.getLogger("qt")


class _PrivateFileHandler(RotatingFileHandler):
    """Nobody but the user may read its files."""

    def _open(self) -> TextIOWrapper:
        paths.make_private_file(Path(self.baseFilename))
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """On a full disk the window goes on, and does not complain of each line."""
        if not isinstance(sys.exception(), OSError):
            super().handleError(record)


class _HomelessFormatter(logging.Formatter):
    """Leaves out whose home it is, and what would steer a terminal: people show a log to others."""

    def format(self, record: logging.LogRecord) -> str:
        text = terminal_text(super().format(record))
        return text.replace(f"{Path.home()}{os.sep}", f"~{os.sep}")


def start_log(folder: Path) -> None:
    """Write everything from INFO on into `folder`; go on without a log where that cannot be."""
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    try:
        paths.make_private_folder(folder)
        for old in folder.glob(f"{FILE_NAME}*"):
            paths.make_private_file(old)
        handler = _PrivateFileHandler(
            folder / FILE_NAME,
            maxBytes=MAX_BYTES,
            backupCount=3,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        logging.warning("There is no log file: %s", error)
    else:
        handler.setFormatter(
            _HomelessFormatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s")
        )
        root.addHandler(handler)
    qInstallMessageHandler(_log_qt_message)


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    qt_logger.log(LEVELS.get(kind, logging.WARNING), "%s", message)
