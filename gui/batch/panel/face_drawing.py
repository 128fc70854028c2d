"""Estimates the faces that a user draws, in a thread of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.batch.record import PhotoFacts
from core.errors import VisageError
from core.types import Box
from gui.language.translation import said
from gui.language.words import bug_sentence
from gui.start.crash_dialog import report_bug

if TYPE_CHECKING:
    from core.batch.drawn_face import FaceDrawer
    from core.batch.recipe import Recipe

MakeFaceDrawer = Callable[["Recipe"], "FaceDrawer"]


class FaceDrawing(QObject):
    """Keeps the model of the last batch, so that the second face comes at once.

    Args:
        make_drawer: called in the thread.

    Signals:
        done: carries what `draw` was given, and the detection with its face, or a sentence.
    """

    done = Signal(object, object)

    def __init__(self, make_drawer: MakeFaceDrawer, parent: QObject) -> None:
        super().__init__(parent)
        self._make_drawer = make_drawer
        self._executor: ThreadPoolExecutor | None = None
        self._recipe: Recipe | None = None
        self._drawer: FaceDrawer | None = None

    def draw(self, request: object, recipe: "Recipe", facts: PhotoFacts, box: Box) -> None:
        """Estimate the face in a box by a batch's recipe.

        Args:
            request: what `done` carries, too.
        """
        if self._executor is None:
            self._executor = ThreadPoolExecutor(1, "face drawing")
        self._executor.submit(self._draw, request, recipe, facts, box)

    def release(self) -> None:
        """Let the model go."""
        if self._executor is not None:
            self._executor.submit(self._close_drawer)

    def join(self) -> None:
        """Wait for the thread; what it has not begun is dropped."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None
        self._close_drawer()

    def _draw(self, request: object, recipe: "Recipe", facts: PhotoFacts, box: Box) -> None:
        try:
            answer: object = self._drawer_of(recipe).draw(facts, box)
        except VisageError as error:
            answer = said(str(error))
        except Exception:
            report_bug()
            answer = bug_sentence()
        self.done.emit(request, answer)

    def _drawer_of(self, recipe: "Recipe") -> "FaceDrawer":
        if self._drawer is None or recipe != self._recipe:
            self._close_drawer()
            self._drawer, self._recipe = self._make_drawer(recipe), recipe
        return self._drawer

    def _close_drawer(self) -> None:
        if self._drawer is not None:
            self._drawer.close()
            self._drawer = None
