"""Asks the store whether it knows a photo's content, beside the thread that writes to it."""

from pathlib import Path

from core.batch.database import Database
from core.batch.outcome import SAME_CONTENT


class ContentLookup:
    """A connection of its own, for one reading thread.

    Args:
        first_job: answers of jobs before it do not count.

    Raises:
        StoreError: if the store cannot be opened; so does `knows`.
    """

    def __init__(self, path: Path, recipe_text: str, first_job: int = 0) -> None:
        self._database = Database(path)
        self._recipe_text = recipe_text
        self._first_job = first_job

    def knows(self, content_hash: bytes) -> bool:
        """Whether a photo of these very bytes was labelled by this recipe."""
        values = (content_hash, self._recipe_text, self._first_job)
        return self._database.row(SAME_CONTENT, values) is not None

    def close(self) -> None:
        self._database.close()
