"""One worker of a cluster: it holds detector and model, and labels one part after the other."""

import os
from collections.abc import Mapping
from functools import partial

from core.assembly import make_part_labeller
from core.batch.recipe import Recipe
from core.cluster.careful import CarefulLabeller
from core.cluster.part_file import PartFile
from core.cluster.part_labeller import PartLabeller
from core.cluster.results import Results
from core.cluster.storage import Storage
from core.cluster.work import Part
from core.settings import EngineChoice


class Worker:
    """Lives in a process of its own; photos, faces and rows stay in it.

    Args:
        recipe_text: `Recipe.to_text`.
        source: where the photos lie, a URL or an absolute path.
        target: where the rows go, likewise.
        home: variables of the environment that name the user's home folder, where the worker was
            started with another.
    """

    def __init__(
        self, recipe_text: str, source: str, target: str, engine: str, home: Mapping[str, str]
    ) -> None:
        os.environ.update(home)
        self._recipe = Recipe.from_text(recipe_text)
        self._make_labeller = partial(
            make_part_labeller, self._recipe, source, EngineChoice(engine)
        )
        self._target = target
        self._labeller: PartLabeller | None = None

    def start(self) -> None:
        """Load detector and model; apart from `__init__`, whose trouble Ray tells as a death.

        Raises:
            ModelError: if the model cannot be used.
            StorageError: if no library reads the source.
        """
        self._labeller = self._make_labeller()

    def label(self, part: Part, *, is_careful: bool = False) -> PartFile:
        """Label a part and write its rows; what was written.

        Args:
            is_careful: workers died of this part: find out which photo it is, and pass it over.

        Raises:
            ModelError: if the model fails.
            StorageError: if the rows cannot be written.
            ExportError: likewise.
        """
        if is_careful:
            with CarefulLabeller(self._make_labeller, self._recipe.labelled_by) as careful:
                file, rows = careful.label(part)
        else:
            assert self._labeller is not None, "it was started"
            file, rows = self._labeller.label(part)
        Results(Storage(self._target)).write_part(file, rows)
        return file
