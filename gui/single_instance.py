"""One window per user and screen: a second start hands over what it was asked to open, and ends.

The first start holds a lock file. Who finds it locked asks the first by a local socket, which is
served once the window is on the screen; so a second start waits for it a while.
"""

import os
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QLockFile, QObject, QStandardPaths, QThread, Signal

from core import paths
from gui.open_request import OpenRequest

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

ANSWER_TIMEOUT_MS = 5000
RETRY_MS = 50


class SingleInstance(QObject):
    """The lock, and the door through which other starts hand over their requests.

    Args:
        folder: where the lock and the socket lie; None for the user's place for them.

    Signals:
        handed_over: the OpenRequest of another start, perhaps empty; this window is wanted.
    """

    handed_over = Signal(object)

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        place = (folder or _runtime_dir()) / _instance_name()
        self._name = place.name if sys.platform == "win32" else str(place)
        self._lock = QLockFile(f"{place}.lock")
        self._lock.setStaleLockTime(0)  # a process may hold it as long as it lives
        self._server: QLocalServer | None = None

    def is_first(self) -> bool:
        """Take the lock; true, too, where there can be none: Visage must start at any rate."""
        return self._lock.tryLock(0) or self._lock.error() != QLockFile.LockError.LockFailedError

    def hand_over(self, request: OpenRequest) -> bool:
        """Give the request to the first start; False if it does not answer."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        if not _connect(socket, self._name):
            return False
        _let_others_come_forward()
        socket.write(request.to_text().encode() + b"\n")
        return socket.waitForReadyRead(ANSWER_TIMEOUT_MS)

    def serve(self) -> None:
        """Listen to other starts from now on."""
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)
        QLocalServer.removeServer(self._name)  # a crash leaves it behind
        self._server.listen(self._name)

    def close(self) -> None:
        """Let another start be the first."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _welcome(self) -> None:
        """Hear one other start out; it writes at once, so nobody waits."""
        assert self._server is not None
        socket = self._server.nextPendingConnection()
        if socket.waitForReadyRead(ANSWER_TIMEOUT_MS):
            request = OpenRequest.from_text(socket.readLine().toStdString())
            socket.write(b"taken\n")
            socket.waitForBytesWritten(ANSWER_TIMEOUT_MS)
            self.handed_over.emit(request)
        socket.deleteLater()


def _connect(socket: "QLocalSocket", name: str) -> bool:
    """Knock until the first start listens; it may be about to show its window."""
    deadline = QDeadlineTimer(ANSWER_TIMEOUT_MS)
    while not deadline.hasExpired():
        socket.connectToServer(name)
        if socket.waitForConnected(RETRY_MS):
            return True
        QThread.msleep(RETRY_MS)
    return False


def _let_others_come_forward() -> None:
    """Windows raises a window only if the program in front allows it: now that is this one."""
    if sys.platform == "win32":
        import ctypes

        any_process = -1
        ctypes.windll.user32.AllowSetForegroundWindow(any_process)


def _runtime_dir() -> Path:
    """A folder of the user's own for what lives as long as a program."""
    kind = QStandardPaths.StandardLocation
    location = kind.TempLocation if sys.platform == "win32" else kind.RuntimeLocation
    return Path(QStandardPaths.writableLocation(location))


def _instance_name() -> str:
    """One name for each user and screen."""
    screen = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    return f"visage-{sha256(f'{paths.data_dir()} {screen}'.encode()).hexdigest()[:12]}"
