"""Asks two models for the faces of one picture, in a thread."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.errors import VisageError
from core.settings import Settings
from gui.background import BackgroundCall
from gui.core_parts import CoreParts

if TYPE_CHECKING:
    from core.model_comparison import ComparedFace
    from core.types import Face, Frame


@dataclass(frozen=True, slots=True, eq=False)
class ComparisonRequest:
    """What to compare."""

    frame: "Frame"
    first_model: str
    second_model: str
    settings: Settings


class Comparison(QObject):
    """Answers one request at a time; a newer one takes the place of one that waits.

    Signals:
        done: a tuple of ComparedFace.
        failed: the sentence that says why there is no answer.
    """

    done = Signal(object)
    failed = Signal(str)

    def __init__(self, parts: CoreParts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._request: ComparisonRequest | None = None
        self._answered: ComparisonRequest | None = None
        self._call: BackgroundCall[tuple[ComparedFace, ...] | str] = BackgroundCall(
            self._compare, self
        )
        self._call.done.connect(self._tell)

    def ask(self, request: ComparisonRequest) -> None:
        """Compare two models on a picture."""
        self._request = request
        self._call.start()

    def join(self) -> None:
        """Wait for the thread."""
        self._call.join()

    def _compare(self) -> "tuple[ComparedFace, ...] | str":
        from core.model_comparison import compare_faces

        request = self._request
        assert request is not None
        self._answered = request
        try:
            first = self._faces(request, request.first_model)
            return compare_faces(first, self._faces(request, request.second_model))
        except VisageError as error:
            return str(error)

    def _faces(self, request: ComparisonRequest, model: str) -> "tuple[Face, ...]":
        from core.sources.frame_source import SourceKind

        pipeline = self._parts.make_pipeline(SourceKind.PHOTO, model, request.settings)
        try:
            return pipeline.process(replace(request.frame, index=0, time_s=0.0)).faces
        finally:
            pipeline.close()

    def _tell(self, answer: "tuple[ComparedFace, ...] | str") -> None:
        if self._answered is not self._request:
            self._call.join()
            self._call.start()
        elif isinstance(answer, str):
            self.failed.emit(answer)
        else:
            self.done.emit(answer)
