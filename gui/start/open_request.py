"""What a start of Visage was asked to open, and how the window opens it."""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from core.sources.file_check import is_there
from gui.window.main_window import MainWindow

RAISE_TOKEN_VARIABLE = "XDG_ACTIVATION_TOKEN"
MAX_PATHS = 20_000
"""Of a request that another start hands over: to look at more would hold the window up."""


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """Files and folders, or one source, or nothing.

    Attributes:
        paths: absolute, to be opened as if they were dropped on the window.
        source: as `--source` takes it.
        raise_token: lets a Wayland desktop bring another process's window to the front.
    """

    paths: tuple[str, ...] = ()
    source: str | None = None
    raise_token: str | None = None

    @classmethod
    def make(cls, paths: Iterable[str], source: str | None) -> Self:
        """The request of a command line, for a process with another working folder, too."""
        if source is not None and is_there(Path(source)):
            source = str(Path(source).absolute())
        absolute = tuple(str(Path(path).absolute()) for path in paths)
        return cls(absolute, source, os.environ.get(RAISE_TOKEN_VARIABLE))

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The request that `to_text` wrote, in whatever process.

        Raises:
            ValueError: if it is none.
        """
        try:
            values = json.loads(text)
            request = cls(tuple(values.pop("paths")), **values)
        except (TypeError, LookupError, AttributeError, RecursionError) as error:
            raise ValueError(f"no request ({type(error).__name__})") from error
        if len(request.paths) > MAX_PATHS:
            raise ValueError("more paths than any")
        if not all(map(_is_absolute, request.paths)):
            raise ValueError("a path that is none")
        if not (request.source is None or _is_name(request.source)):
            raise ValueError("a source that is none")
        if not (request.raise_token is None or _is_token(request.raise_token)):
            raise ValueError("a token that is none")
        return request

    def to_text(self) -> str:
        """One line."""
        return json.dumps(asdict(self))

    def raise_window(self, window: MainWindow) -> None:
        """Bring a window to the front that may lie behind others, or be minimized."""
        if self.raise_token is not None:
            os.environ[RAISE_TOKEN_VARIABLE] = self.raise_token
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()

    def open_in(self, window: MainWindow) -> None:
        """Show what is wanted."""
        if self.paths:
            window.open_paths([Path(path) for path in self.paths])
        elif self.source is not None:
            window.open_source(self.source)


def _is_name(word: object) -> bool:
    """Whether a file could be called so: the store keeps names as the system writes them."""
    if not isinstance(word, str) or "\0" in word:
        return False
    try:
        os.fsencode(word)
    except UnicodeEncodeError:
        return False
    return True


def _is_absolute(path: object) -> bool:
    return isinstance(path, str) and _is_name(path) and os.path.isabs(path)  # noqa: PTH117  Path is slow


def _is_token(word: object) -> bool:
    """Whether the environment takes it."""
    return isinstance(word, str) and word.isascii() and word.isprintable() and len(word) < 1000


class OpenedFiles(QObject):
    """Hears which files macOS wants to be opened: it tells them in events, not as arguments.

    Signals:
        opened: an OpenRequest.
    """

    opened = Signal(object)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QFileOpenEvent) and event.file():
            self.opened.emit(OpenRequest.make([event.file()], None))
            return True
        return super().eventFilter(watched, event)
