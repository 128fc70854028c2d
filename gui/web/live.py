"""The tab for the camera: each session has tracks of its own."""

import time

from core.assembly import make_pipeline
from core.errors import VisageError
from core.settings import Settings
from core.sources.frame_source import SourceKind
from core.types import Frame, Image
from gui.web import answers
from gui.web.words import Words


class LiveView:
    """Follows the faces of one browser's camera. Gradio keeps it, and closes it when the page goes.

    Args:
        model: by name.
    """

    def __init__(self, model: str) -> None:
        self.model = model
        self._pipeline = make_pipeline(SourceKind.CAMERA, model, Settings())
        self._started_s = time.monotonic()
        self._count = 0

    def look(self, image: Image) -> str:
        """The picture with its faces."""
        frame = Frame(image, self._count, time.monotonic() - self._started_s)
        self._count += 1
        result = self._pipeline.process(frame)
        return answers.picture(image, result.faces, "")

    def close(self) -> None:
        """Release the model."""
        self._pipeline.close()


def look(
    image: Image | None, view: LiveView | None, model: str, words: Words
) -> tuple[str, LiveView | None]:
    """What is shown of a camera's picture, and the view that goes on."""
    if image is None:
        return "", view
    try:
        if view is None or view.model != model:
            close(view)
            view = LiveView(model)
        return view.look(image), view
    except VisageError as error:
        return answers.sentence(words.said(error)), view


def close(view: LiveView | None) -> None:
    """Release what a session leaves."""
    if view is not None:
        view.close()
