"""What a model said of corrected faces, kept while learning is stopped, so that it goes on there.

A file that only the user may read; it goes when learning ends.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core import paths
from core.batch.export.unfinished import unfinished_file

_FILE = "learning.npz"
_PRIVATE_MODE = 0o600


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Of one face.

    Attributes:
        look: of `core.adapting.likeness.difference_hash`, (256,).
        file: tells files apart; of equal ones the same.
    """

    style: NDArray[np.float32]
    look: NDArray[np.bool_]
    estimated_years: float
    spread_years: float
    file: str


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
        with unfinished_file(self._path.parent, _PRIVATE_MODE) as (stream, unfinished):
            np.savez(
                stream,
                keys=np.array(list(self._answers)),
                styles=np.stack([answer.style for answer in answers]),
                looks=np.stack([answer.look for answer in answers]),
                estimated_years=np.array([answer.estimated_years for answer in answers]),
                spread_years=np.array([answer.spread_years for answer in answers]),
                files=np.array([answer.file for answer in answers]),
            )
            stream.close()
            unfinished.replace(self._path)

    def forget(self) -> None:
        """Remove the file."""
        self._answers = {}
        self._path.unlink(missing_ok=True)

    def _read(self) -> dict[str, Answer]:
        try:
            with self._path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
                columns = [
                    arrays[name].tolist()
                    for name in ("keys", "estimated_years", "spread_years", "files")
                ]
                styles, looks = arrays["styles"], arrays["looks"]
            rows = zip(*columns, styles, looks, strict=True)
            return {
                key: Answer(style, look, estimated, spread, file)
                for key, estimated, spread, file, style, look in rows
            }
        except Exception:  # zip, NumPy and the disk each raise their own kind
            return {}
