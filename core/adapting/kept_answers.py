"""What a model said of corrected faces, kept while learning is stopped, so that it goes on there.

A file that only the user may read; it goes when learning ends.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core import paths

_FILE = "learning.npz"


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Of one face.

    Attributes:
        picture: tells pictures apart; of equal files the same.
    """

    style: NDArray[np.float32]
    estimated_years: float
    spread_years: float
    picture: str


class KeptAnswers:
    """Answers by the key of their face, which no other face of this or another time has.

    What cannot be read was never kept.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or paths.data_dir() / _FILE
        self._answers = self._read()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, key: str) -> Answer | None:
        return self._answers.get(key)

    def add(self, key: str, answer: Answer) -> None:
        """Know an answer; `save` keeps it."""
        self._answers[key] = answer

    def save(self) -> None:
        """Keep everything that is known.

        Raises:
            OSError: if it cannot be written.
        """
        if not self._answers:
            return
        answers = self._answers.values()
        paths.make_private_folder(self._path.parent)
        part = self._path.with_suffix(".part")
        paths.make_private_file(part)
        with part.open("wb") as stream:
            np.savez(
                stream,
                keys=np.array(list(self._answers)),
                styles=np.stack([answer.style for answer in answers]),
                estimated_years=np.array([answer.estimated_years for answer in answers]),
                spread_years=np.array([answer.spread_years for answer in answers]),
                pictures=np.array([answer.picture for answer in answers]),
            )
        part.replace(self._path)

    def forget(self) -> None:
        """Remove the file."""
        self._answers = {}
        self._path.unlink(missing_ok=True)

    def _read(self) -> dict[str, Answer]:
        try:
            with self._path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
                columns = [
                    arrays[name].tolist()
                    for name in ("keys", "estimated_years", "spread_years", "pictures")
                ]
                styles = arrays["styles"]
            rows = zip(*columns, styles, strict=True)
            return {
                key: Answer(style, estimated, spread, picture)
                for key, estimated, spread, picture, style in rows
            }
        except Exception:  # zip, NumPy and the disk each raise their own kind
            return {}
