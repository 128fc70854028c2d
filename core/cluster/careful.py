"""Labels a part whose workers died: each photo in a process that may die."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import astuple
from multiprocessing import get_context
from pathlib import Path

from core.batch.export.csv_file import Row
from core.batch.outcome import PhotoFailure
from core.closing import Closing
from core.cluster.part_file import PartFile
from core.cluster.part_labeller import PartLabeller, rows_of_outcome, summed_up
from core.cluster.work import Part, WorkPhoto
from core.sources.file_check import display_name

_TRIES = 2
"""A process may be killed for other reasons than its photo."""


class _Child:
    """What lives in the process."""

    labeller: PartLabeller

    @classmethod
    def start(cls, make_labeller: Callable[[], PartLabeller]) -> None:
        cls.labeller = make_labeller()

    @classmethod
    def label(cls, part: Part) -> tuple[PartFile, list[Row]]:
        return cls.labeller.label(part)


class CarefulLabeller(Closing):
    """Labels parts, one at a time; photos that end the program get a sentence.

    Args:
        make_labeller: can be pickled.
        labelled_by: `Recipe.labelled_by`.
    """

    def __init__(self, make_labeller: Callable[[], PartLabeller], labelled_by: str) -> None:
        self._make_labeller = make_labeller
        self._labelled_by = labelled_by
        self._executor = self._start()

    def label(self, part: Part) -> tuple[PartFile, list[Row]]:
        """The rows of a part, and what they hold.

        Raises:
            ModelError: if the model fails.
        """
        answers = [self._label_alone(part.key, photo) for photo in part.photos]
        counts = [astuple(file)[1:] for file, _ in answers]
        file = PartFile(part.key, *map(sum, zip(*counts, strict=True)))
        return file, [row for _, rows in answers for row in rows]

    def close(self) -> None:
        """End the process."""
        self._executor.shutdown()

    def _label_alone(self, key: str, photo: WorkPhoto) -> tuple[PartFile, list[Row]]:
        alone = Part(key, (photo,))
        for _ in range(_TRIES):
            try:
                return self._executor.submit(_Child.label, alone).result()
            except BrokenProcessPool:
                self._executor.shutdown()
                self._executor = self._start()
        name = display_name(Path(photo.place))
        failure = PhotoFailure(0, f"{name} is passed over: Visage crashed while it read it.")
        return summed_up(alone, [failure]), rows_of_outcome(photo, failure, self._labelled_by)

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(1, get_context("spawn"), _Child.start, (self._make_labeller,))
