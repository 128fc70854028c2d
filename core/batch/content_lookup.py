"""Asks the store what it knows of a photo, beside the thread that writes to it."""

from collections.abc import Sequence
from pathlib import Path

from core.batch.database import Database
from core.batch.outcome import SAME_CONTENT
from core.batch.record import LabelledFace
from core.batch.stored_row import FACE_COLUMNS, face_of


class ContentLookup:
    """A connection of its own, for one reading thread.

    Args:
        first_job: answers of jobs before it do not count.

    Raises:
        StoreError: if the store cannot be opened; so does each question.
    """

    def __init__(self, path: Path, recipe_text: str, first_job: int = 0) -> None:
        self._database = Database(path)
        self._recipe_text = recipe_text
        self._first_job = first_job

    def knows(self, content_hash: bytes) -> bool:
        """Whether a photo of these very bytes was labelled by this recipe."""
        values = (content_hash, self._recipe_text, self._first_job)
        return self._database.row(SAME_CONTENT, values) is not None

    def kept_faces(self, photo_id: int) -> Sequence[LabelledFace]:
        """The faces of a photo that waits to be labelled again: those that a person touched."""
        sql = f"SELECT {FACE_COLUMNS} FROM face WHERE photo_id = ? ORDER BY number"
        return [face for face in self._database.read(face_of, sql, (photo_id,)) if face]

    def close(self) -> None:
        self._database.close()
