"""One window per user and screen: a second start hands over what it was asked to open, and ends.

The first start holds a lock file. Who finds it locked asks the first by a local socket, which is
served once the window is on the screen; so a second start waits for it a while.
"""

import logging
import os
import socket as socketlib
import sys
from hashlib import sha256
from pathlib import Path
from struct import Struct
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QDeadlineTimer,
    QLockFile,
    QObject,
    QStandardPaths,
    Qt,
    QThread,
    QTimer,
    Signal,
)

from core import paths
from gui.start.open_request import MAX_PATHS, OpenRequest

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

logger = logging.getLogger(__name__)

ANSWER_TIMEOUT_MS = 5000
RETRY_MS = 50
MAX_MESSAGE_BYTES = 1_000_000
"""Of some ten thousand paths; with more, a start opens its own window."""
MAX_VISITORS = 8
_CREDENTIALS = Struct("3i")  # process, user and group, as Linux tells them


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
        message = request.to_text().encode() + b"\n"
        if len(message) > MAX_MESSAGE_BYTES or len(request.paths) > MAX_PATHS:
            return False
        socket.write(message)
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
        """Hear other starts, a few at a time: what they say comes when it comes."""
        assert self._server is not None
        while (socket := self._server.nextPendingConnection()) is not None:
            visitor = _Visitor(socket, self)
            visitor.asked.connect(self.handed_over)
            visitors = self.findChildren(_Visitor)
            if not _is_same_user(socket):
                visitor.dismiss()
            elif len(visitors) > MAX_VISITORS:
                visitors[0].dismiss()


class _Visitor(QObject):
    """Another start, which has a few seconds for one line of bounded length.

    Signals:
        asked: an OpenRequest.
    """

    asked = Signal(object)

    def __init__(self, socket: "QLocalSocket", parent: QObject) -> None:
        super().__init__(parent)
        self._socket = socket
        socket.setParent(self)
        socket.setReadBufferSize(MAX_MESSAGE_BYTES + 1)
        socket.readyRead.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        socket.disconnected.connect(self.deleteLater)
        QTimer.singleShot(ANSWER_TIMEOUT_MS, self, self.dismiss)
        QTimer.singleShot(0, self, self._hear)

    def _hear(self) -> None:
        if not self._socket.canReadLine():
            if self._socket.bytesAvailable() > MAX_MESSAGE_BYTES:
                self.dismiss()
            return
        line = bytes(self._socket.readLine(MAX_MESSAGE_BYTES + 1).data())
        try:
            request = OpenRequest.from_text(line.decode())
        except ValueError as error:
            logger.warning("Another program asked for something that makes no sense: %s", error)
            self.dismiss()
            return
        self._socket.write(b"taken\n")
        self._socket.flush()
        self._socket.disconnectFromServer()
        self.asked.emit(request)

    def dismiss(self) -> None:
        """Hear no more of it."""
        self.setParent(None)
        self._socket.abort()
        self.deleteLater()


def _is_same_user(socket: "QLocalSocket") -> bool:
    """Whether the other end is a process of this user; elsewhere the socket's own mode says so."""
    if sys.platform != "linux":
        return True
    with socketlib.socket(fileno=os.dup(int(socket.socketDescriptor()))) as end:
        credentials = end.getsockopt(socketlib.SOL_SOCKET, socketlib.SO_PEERCRED, _CREDENTIALS.size)
    _, user, _ = _CREDENTIALS.unpack(credentials)
    return bool(user == os.geteuid())


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
    place = QStandardPaths.writableLocation(location)
    return Path(place) if place else paths.data_dir()  # another user took the usual one in /tmp


def _instance_name() -> str:
    """One name for each user and screen."""
    screen = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    return f"visage-{sha256(f'{paths.data_dir()} {screen}'.encode()).hexdigest()[:12]}"
