"""The tab for the camera: each session has tracks of its own."""

import time
from collections import OrderedDict
from threading import Lock

from core.assembly import make_pipeline
from core.errors import VisageError
from core.settings import Settings
from core.sources.frame_source import SourceKind
from core.types import Frame, Image
from gui.web import answers
from gui.web.words import Words

MAX_VIEWS = 8
"""Each holds a model; of more, the one that was asked longest ago is closed."""


class LiveView:
    """Follows the faces of one browser's camera.

    Args:
        model: by name.
    """

    def __init__(self, model: str) -> None:
        self.model = model
        self._pipeline = make_pipeline(SourceKind.CAMERA, model, Settings())
        self._started_s = time.monotonic()
        self._count = 0
        self._is_open = True
        self._lock = Lock()

    def look(self, image: Image, words: Words) -> str:
        """The picture with its faces; empty once it was closed."""
        with self._lock:
            if not self._is_open:
                return ""
            frame = Frame(image, self._count, time.monotonic() - self._started_s)
            self._count += 1
            result = self._pipeline.process(frame)
        return answers.picture(image, result.faces, "", words)

    def close(self) -> None:
        """Release the model."""
        with self._lock:
            self._is_open = False
            self._pipeline.close()


class LiveViews:
    """The views of all sessions. Gradio would keep them for an hour after their pages went."""

    def __init__(self) -> None:
        self._views: OrderedDict[str, LiveView] = OrderedDict()
        self._lock = Lock()

    def look(self, session: str, image: Image | VisageError, model: str, words: Words) -> str:
        """What is shown of a camera's picture, or of one that could not be read."""
        if isinstance(image, VisageError):
            return answers.sentence(words.said(image))
        return answers.or_sentence(lambda: self._view(session, model).look(image, words), words)

    def close(self, session: str) -> None:
        """Release what a session leaves."""
        with self._lock:
            view = self._views.pop(session, None)
        if view is not None:
            view.close()

    def close_all(self) -> None:
        """Release what all leave."""
        for session in tuple(self._views):
            self.close(session)

    def _view(self, session: str, model: str) -> LiveView:
        gone: list[LiveView] = []
        with self._lock:  # a browser sends the next picture before the first was answered
            view = self._views.get(session)
            if view is None or view.model != model:
                gone += [view] if view is not None else []
                view = self._views[session] = LiveView(model)
            self._views.move_to_end(session)
            if len(self._views) > MAX_VIEWS:
                gone.append(self._views.popitem(last=False)[1])
        for old in gone:
            old.close()
        return view
