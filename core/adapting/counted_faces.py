"""Faces that count once, however many equal files they are in."""

from collections import defaultdict
from collections.abc import Sequence

from core.batch.face_row import is_same_face
from core.batch.record import LabelledFace
from core.types import Box


class CountedFaces:
    """Tells which faces were met before: in another job, or in a copy of their file."""

    def __init__(self) -> None:
        self._boxes: defaultdict[tuple[str, float | None], list[Box]] = defaultdict(list)

    def are_new(
        self, file: str, frame_s: float | None, faces: Sequence[LabelledFace]
    ) -> list[bool]:
        """For each face of a photo, or frame of a video, whether it is met for the first time.

        Args:
            file: tells files apart; of equal ones the same.
        """
        met = self._boxes[file, frame_s]
        boxes = [face.face.box for face in faces]
        are_new = [not any(is_same_face(box, other) for other in met) for box in boxes]
        met += boxes
        return are_new
